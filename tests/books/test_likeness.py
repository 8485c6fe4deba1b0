"""What somebody types finds a payment method also by an accountant's word for it."""

import pytest

from qb.likeness import is_meant


@pytest.mark.parametrize("typed", ["cards", "Card", "credit card", "vis", "VISA"])
def test_visa_is_found_by_what_it_is(typed: str) -> None:
    """Its own name, a part of it, or that it is a card."""
    assert is_meant(typed, "Visa")


@pytest.mark.parametrize(
    ("typed", "text"), [("visa", "Mastercard"), ("cards", "Cheque"), ("cheques", "E-Transfer"), ("x", "Visa")]
)
def test_another_method_is_not_found(typed: str, text: str) -> None:
    """One card's name isn't another's."""
    assert not is_meant(typed, text)


@pytest.mark.parametrize(("typed", "text"), [("interac", "E-Transfer"), ("checks", "Cheque"), ("eft", "PAD")])
def test_a_method_is_found_by_its_other_names(typed: str, text: str) -> None:
    """As people in Canada call them."""
    assert is_meant(typed, text)
