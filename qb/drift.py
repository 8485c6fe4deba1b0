"""Says in words how a document of QuickBooks differs from what we booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qb.hold import amount_text, day_text
from qb.receipt import Difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from db.money import Money
    from qb.entry import Named
    from qb.sweep import Document, Ours

MOST = 200
"""Characters of a list of lines, as told."""


def differences(one: Ours, own: Document, *, invoice_is_gone: bool) -> tuple[Difference, ...]:
    """What of a document isn't as booked: amount, tax, customer, account, number, date, lines, our mark.

    The balance isn't compared: it is what total and payments leave, and those are.
    """
    if one.entry.linked is not None and one.payment is None:
        return tuple(_linked(one, own))
    found = _payment(one, own, invoice_is_gone) if one.payment else _invoice(one, own)
    return (*found, *_mark(one, own))


def _invoice(one: Ours, own: Document) -> Iterator[Difference]:
    entry = one.entry
    yield from _money("Total", entry.total, own.total)
    yield from _money("Tax", entry.tax, own.tax)
    yield from _named("Customer", entry.customer, own.customer)
    yield from _text("Number", one.effect.document_number or entry.number, own.number)
    yield from _day(entry.date, own.date)
    booked = [(line.item, line.amount) for line in entry.lines]
    if _by_item(booked) != _by_item(own.lines):
        yield Difference("Lines", _lines(booked), _lines(own.lines))


def _linked(one: Ours, own: Document) -> Iterator[Difference]:
    """An invoice that somebody else wrote: what it comes to and whose it is; the rest is theirs."""
    yield from _money("Total", one.entry.total, own.total)
    yield from _named("Customer", one.entry.customer, own.customer)


def _payment(one: Ours, own: Document, invoice_is_gone: bool) -> Iterator[Difference]:  # noqa: FBT001 - private
    payment = one.payment
    if payment is None:
        return
    yield from _money("Amount", payment.amount, own.total)
    yield from _named("Deposited to", payment.account, own.account)
    yield from _named("Customer", one.entry.customer, own.customer)
    yield from _day(payment.date, own.date)
    if own.total == payment.amount and not invoice_is_gone:
        yield from _money("Applied to its invoice", payment.amount, own.applied_to(one.invoice_id))


def _mark(one: Ours, own: Document) -> Iterator[Difference]:
    if one.mark not in own.marks:
        yield Difference("Our mark in its memo", one.mark, "not there")


def _money(what: str, booked: Money, found: Money) -> Iterator[Difference]:
    if booked != found:
        yield Difference(what, amount_text(booked), amount_text(found))


def _named(what: str, booked: Named, found: Named) -> Iterator[Difference]:
    if booked.id != found.id:
        yield Difference(what, booked.name, found.name or found.id or "nothing")


def _text(what: str, booked: str, found: str) -> Iterator[Difference]:
    if booked and booked != found:
        yield Difference(what, booked, found or "nothing")


def _day(booked: date, found: date | None) -> Iterator[Difference]:
    if booked != found:
        yield Difference("Date", day_text(booked), day_text(found) if found else "nothing")


def _by_item(lines: Sequence[tuple[Named, Money]]) -> list[tuple[str, Decimal]]:
    return sorted((item.id, amount.amount) for item, amount in lines)


def _lines(lines: Sequence[tuple[Named, Money]]) -> str:
    told = ", ".join(f"{item.name or item.id} {amount_text(amount)}" for item, amount in lines)
    return told[:MOST] or "none"
