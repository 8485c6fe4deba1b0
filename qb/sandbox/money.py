"""Rounding by name, and one currency into another, the way QuickBooks does."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def cents(value: Decimal) -> Decimal:
    """`value` to two decimals, halves away from zero."""
    return value.quantize(CENT, ROUND_HALF_UP)


def at_rate(value: Decimal, rate: Decimal) -> Decimal:
    """`value` in home currency; `rate` is home units per foreign unit (Intuit: HomeTotalAmt)."""
    return cents(value * rate)


def percent_of(value: Decimal, percent: Decimal) -> Decimal:
    """`percent` per cent of `value`, to the cent."""
    return cents(value * percent / 100)
