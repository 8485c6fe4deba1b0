"""Money: exact, with its currency, rounded in one place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.money import (
    NO_CURRENCY,
    CurrencyMismatchError,
    Money,
    NotAnAmountError,
    decimals,
    round_half_up,
    total,
)

CENTS = st.integers(-(10**12), 10**12)
CURRENCIES = st.sampled_from(["CAD", "USD", "JPY", "KWD", NO_CURRENCY])


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("2330.00", "CAD", 233000),
        ("2330", "CAD", 233000),  # written without cents
        ("-56.00", "CAD", -5600),
        ("0.10", "USD", 10),
        ("2330", "JPY", 2330),  # no cents at all
        ("1.234", "KWD", 1234),  # three decimals
        ("1.50", NO_CURRENCY, 150),  # unknown: two
    ],
)
def test_minor_units_are_the_currencys(amount: str, currency: str, minor: int) -> None:
    """As the database keeps them."""
    assert minor == Money.of(amount, currency).minor


@given(CENTS, CURRENCIES)
def test_minor_units_come_back_exactly(minor: int, currency: str) -> None:
    """Nothing is lost between the database and the books."""
    money = Money.from_minor(minor, currency)

    assert minor == money.minor
    assert -money.amount.as_tuple().exponent == decimals(currency)  # type: ignore[operator]


@pytest.mark.parametrize("amount", ["1.005", "0.001"])
def test_a_fraction_of_a_cent_has_no_minor_units(amount: str) -> None:
    """It is never rounded in silence."""
    with pytest.raises(NotAnAmountError):
        _ = Money.of(amount, "CAD").minor


@pytest.mark.parametrize("text", ["", "abc", "1,356.00", "NaN", "Infinity", "$1"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    """Neither a word nor a mark for no number."""
    with pytest.raises(NotAnAmountError):
        Money.of(text, "CAD")


@pytest.mark.parametrize("currency", ["", "cad", "CA", "CADD"])
def test_what_is_no_currency_is_refused(currency: str) -> None:
    """Three capitals, as ISO 4217 has them."""
    with pytest.raises(NotAnAmountError):
        Money.of("1", currency)


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("0.005", "CAD", "0.01"),
        ("-0.005", "CAD", "-0.01"),  # away from zero, not towards the even cent
        ("0.015", "CAD", "0.02"),
        ("0.025", "CAD", "0.03"),
        ("0.0249", "CAD", "0.02"),
        ("448.385", "CAD", "448.39"),
        ("0.5", "JPY", "1"),
        ("1.2345", "KWD", "1.235"),
    ],
)
def test_halves_round_away_from_zero(amount: str, currency: str, rounded: str) -> None:
    """The one rounding of the house."""
    assert Money.of(rounded, currency) == round_half_up(Decimal(amount), currency)


@given(CENTS, CENTS, CURRENCIES)
def test_sums_are_exact(one: int, two: int, currency: str) -> None:
    """Adding cents adds cents; taking away is adding the other way."""
    first, second = Money.from_minor(one, currency), Money.from_minor(two, currency)

    assert one + two == (first + second).minor
    assert one - two == (first - second).minor == (first + -second).minor
    assert (one < two) == (first < second)
    assert bool(one) == bool(first)


@pytest.mark.parametrize("operation", ["__add__", "__sub__", "__lt__"])
def test_currencies_do_not_mix(operation: str) -> None:
    """Dollars of two countries are never added or compared."""
    with pytest.raises(CurrencyMismatchError):
        getattr(Money.of("1", "CAD"), operation)(Money.of("1", "USD"))


def test_the_total_of_nothing_is_nothing_of_a_currency() -> None:
    """With its decimals."""
    assert Money.of("0.00", "CAD") == total([], "CAD")
    assert Decimal("0.00").as_tuple() == total([], "CAD").amount.as_tuple()


def test_a_total_is_of_one_currency() -> None:
    """The parts are all of it."""
    parts = [Money.of("1500.00", "CAD"), Money.of("195.00", "CAD"), Money.of("635.00", "CAD")]

    assert Money.of("2330.00", "CAD") == total(parts, "CAD")
    with pytest.raises(CurrencyMismatchError):
        total(parts, "USD")
