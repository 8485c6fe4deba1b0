"""The journal itself: entries that balance, replaced and taken out whole."""

from datetime import date
from decimal import Decimal

import pytest

from qb.sandbox.ledger import Entry, Ledger, Posting, UnbalancedError


def entry(debit: str, credit: str) -> Entry:
    """Invoice 1: a debit to account 1, a credit to account 2."""
    postings = (
        Posting("1", "CAD", Decimal(debit), Decimal(debit), customer="7"),
        Posting("2", "CAD", -Decimal(credit), -Decimal(credit)),
    )
    return Entry("Invoice", "1", date(2026, 3, 2), postings)


def test_an_entry_that_is_off_is_not_booked() -> None:
    """A cent is enough, and the earlier entry stays."""
    ledger = Ledger()
    ledger.put(entry("10.00", "10.00"))
    with pytest.raises(UnbalancedError):
        ledger.put(entry("10.01", "10.00"))
    assert Decimal("10.00") == ledger.home_balance("1")


def test_an_entry_replaces_the_transactions_earlier_one() -> None:
    """Balances of account, currency and customer follow."""
    ledger = Ledger()
    ledger.put(entry("10.00", "10.00"))
    ledger.put(entry("25.00", "25.00"))
    assert Decimal("25.00") == ledger.home_balance("1") == ledger.balance("1", "CAD") == ledger.owed_by("7")
    assert {"1": Decimal("25.00"), "2": Decimal("-25.00")} == ledger.trial_balance()


def test_an_entry_taken_out_leaves_nothing() -> None:
    """As if it had never been."""
    ledger = Ledger()
    ledger.put(entry("10.00", "10.00"))
    ledger.remove("Invoice", "1")
    assert ({}, ()) == (ledger.trial_balance(), ledger.entries())
    ledger.remove("Invoice", "1")
