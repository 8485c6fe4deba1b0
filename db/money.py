"""An amount and its currency, never one without the other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Self

from babel.numbers import get_currency_precision

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_CURRENCY = "XXX"
"""ISO 4217's own code for "no currency": an amount whose currency the exports don't tell."""


class CurrencyMismatchError(ValueError):
    """Two amounts of different currencies were added or compared."""


class NotAnAmountError(ValueError):
    """A text is not an amount, or has more decimals than its currency knows."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount of one currency (ISO 4217, upper case)."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        """Refuse what isn't a finite amount in a three-letter currency."""
        if not self.amount.is_finite():
            message = f"{self.amount} is not an amount"
            raise NotAnAmountError(message)
        if len(self.currency) != 3 or not self.currency.isupper():  # noqa: PLR2004 - ISO 4217
            message = f"{self.currency!r} is not a currency code"
            raise NotAnAmountError(message)

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Self:
        """Read ``amount`` exactly; :class:`NotAnAmountError` where it isn't a number."""
        try:
            return cls(Decimal(amount), currency)
        except InvalidOperation as error:
            message = f"{amount!r} is not an amount"
            raise NotAnAmountError(message) from error

    @classmethod
    def from_minor(cls, minor: int, currency: str) -> Self:
        """Money from whole minor units (cents), as the database keeps it."""
        return cls(Decimal(minor).scaleb(-decimals(currency)), currency)

    @property
    def minor(self) -> int:
        """Whole minor units (cents); :class:`NotAnAmountError` where a fraction of one is left."""
        scaled = self.amount.scaleb(decimals(self.currency))
        if scaled != scaled.to_integral_value():
            message = f"{self.amount} {self.currency} has a fraction of a cent"
            raise NotAnAmountError(message)
        return int(scaled)

    def __add__(self, other: Money) -> Money:
        """Sum of one currency."""
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        """Difference of one currency."""
        return Money(self.amount - self._same(other).amount, self.currency)

    def __neg__(self) -> Money:
        """The same amount the other way."""
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        """Smaller, in one currency."""
        return self.amount < self._same(other).amount

    def __bool__(self) -> bool:
        """Whether it is anything but nothing."""
        return self.amount != 0

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            message = f"{self.currency} and {other.currency} don't mix"
            raise CurrencyMismatchError(message)
        return other


def decimals(currency: str) -> int:
    """How many decimals the currency's amounts have (2 where unknown)."""
    return 2 if currency == NO_CURRENCY else get_currency_precision(currency)


def round_half_up(amount: Decimal, currency: str) -> Money:
    """The one rounding of the house: to the currency's minor unit, halves away from zero."""
    return Money(amount.quantize(Decimal(1).scaleb(-decimals(currency)), ROUND_HALF_UP), currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Sum of amounts of ``currency``; nothing at all is zero of it."""
    result = Money(Decimal(0).scaleb(-decimals(currency)), currency)
    for amount in amounts:
        result += amount
    return result
