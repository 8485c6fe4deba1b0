"""Reads the amounts and currencies of a row, noting as a doubt what can't be read."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import is_currency

from db.intake.cells import amount
from db.money import NO_CURRENCY, Money, NotAnAmountError
from db.records import Doubt

if TYPE_CHECKING:
    from collections.abc import MutableSet


def known_currency(code: str) -> bool:
    """Whether it is a currency of ISO 4217 that money can be in."""
    return is_currency(code) and code != NO_CURRENCY


def money_of(text: str, currency: str, doubts: MutableSet[Doubt]) -> Money | None:
    """The amount a cell says, nothing at all being zero; None and a doubt where it can't be read."""
    read = amount(text)
    if isinstance(read, Decimal):
        money = Money(read, currency)
        try:
            money.minor  # noqa: B018 - a currency without cents refuses some
        except NotAnAmountError:
            pass
        else:
            return money
    doubts.add(Doubt.UNREADABLE)
    return None
