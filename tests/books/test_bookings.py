"""docs/bookings.md says what the books say: each kind of paid invoice with its debits and credits."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from db.effects import State
from qb.hold import Reason
from tests.books.bookings_page import page
from tests.books.held_elsewhere import held_elsewhere
from tests.books.practice import BOOKED, HELD

if TYPE_CHECKING:
    from qb.sandbox import Sandbox
    from tests.books.practised import Practised

PAGE = Path(__file__).resolve().parents[2] / "docs/bookings.md"


def test_the_page_says_what_the_books_say(practised: Practised) -> None:
    """Every kind, booked or held; GOLDEN=write writes it anew."""
    text = page(practised, held_elsewhere())
    if os.environ.get("GOLDEN") == "write":
        PAGE.write_text(text, encoding="utf-8")
    assert text == PAGE.read_text(encoding="utf-8")


def test_every_reason_to_hold_is_on_the_page(practised: Practised) -> None:
    """A new reason needs an example before anybody meets it."""
    said = [hold.reason for one in practised.plan.held for hold in one.holds]
    said += [hold.reason for _, holds in held_elsewhere() for hold in holds]
    assert set() == set(Reason) - set(said)


def test_all_that_is_planned_is_booked_and_nothing_else(
    practised: Practised, practised_books: Sandbox
) -> None:
    """What is held leaves no trace in QuickBooks: neither a document nor a cent."""
    assert {told.number for told in BOOKED} == practised.sides.keys()
    assert {told.number for told in HELD} == {one.key.number for one in practised.plan.held}
    assert {State.CONFIRMED} == practised.states
    assert [()] * len(BOOKED) == [receipt.differences for receipt in practised.receipts]
    numbers = {one["DocNumber"] for one in practised_books.books.entities("Invoice")}
    assert numbers == {told.number for told in BOOKED} | {"1042"}  # that one is somebody else's
    assert 16 == len(practised_books.books.entities("Payment"))


def test_debits_are_credits_and_nobody_owes_anything(practised: Practised, practised_books: Sandbox) -> None:
    """Kind by kind; of all customers only the stranger of the example still owes."""
    for number, sides in practised.sides.items():
        assert 0 == sum(side.amount for side in sides), number
        receivable = [side.amount for side in sides if side.account.startswith("Accounts Receivable")]
        assert 0 == sum(receivable), number
    assert {"Chen Wei": Decimal("450.00")} == practised_books.books.owed()


def test_what_was_received_is_in_the_banks(practised: Practised, practised_books: Sandbox) -> None:
    """By account: 18,450.25 were in Chequing before; not a cent reached trust."""
    received = {
        account: sum(
            side.amount for sides in practised.sides.values() for side in sides if side.account == account
        )
        for account in ("Chequing", "Card Clearing", "Client Trust CAD")
    }
    assert {"Chequing": Decimal("24825.30"), "Card Clearing": Decimal("2389.90"), "Client Trust CAD": 0} == (
        received
    )
    balance = practised_books.books.trial_balance()
    assert Decimal("43275.55") == balance["Chequing"]
    assert Decimal("25600.00") == balance["Client Trust CAD"]
