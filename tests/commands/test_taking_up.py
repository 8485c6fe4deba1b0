"""An approved sync loses its connection, and somebody books by hand meanwhile: nothing is doubled."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from qb.sandbox import Fault, Stranger
from tests.commands.house import House, choose_contact, open_sync, preview_of, seen_message

if TYPE_CHECKING:
    from qb.sandbox.wire import Json

CLIENT = "Amélie Tremblay"


def theirs(house: House, kind: str) -> list[Json]:
    """What QuickBooks holds of Amélie."""
    whose = house.sandbox.books.id_of("Customer", CLIENT)
    return [one for one in house.sandbox.books.entities(kind) if one["CustomerRef"]["value"] == whose]


def count(house: House) -> tuple[int, int, int]:
    """Invoices, payments and sales receipts of hers."""
    return len(theirs(house, "Invoice")), len(theirs(house, "Payment")), len(theirs(house, "SalesReceipt"))


def asked(house: House) -> None:
    """Maria has her preview."""
    house.ready_to_sync()
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    preview_of(house, CLIENT)


def by_hand(house: House) -> None:
    """Ben enters it as a sales receipt, under its number."""
    dated = house.program.context.clock().date()
    house.sandbox.enter(Stranger("SalesReceipt", CLIENT, Decimal("5168.31"), dated, number="1008"))


def test_what_waited_to_be_sent_is_looked_for_again(house: House) -> None:
    """The door shut at the write; Ben enters the sale; Alice reconnects: it comes back as held, unsent."""
    asked(house)
    before = count(house)
    house.sandbox.faults.add(Fault("expired", method="POST", path="invoice", times=2))
    house.maria.click("Book 1 Invoice")
    seen_message(house.maria, "waiting for QuickBooks; it goes on by itself once an admin reconnects")
    by_hand(house)
    house.connect_again()
    seen_message(house.maria, "0 of 1 invoice booked")
    seen_message(house.maria, "Looks already booked: sales receipt")
    house.idle()
    assert (before[0], before[1], before[2] + 1) == count(house)


def test_what_was_not_begun_is_looked_for_again(house: House) -> None:
    """Approved with the door shut already: nothing is written out, and it is held when it opens."""
    asked(house)
    before = count(house)
    house.sandbox.disconnect()
    house.maria.click("Book 1 Invoice")
    seen_message(house.maria, "Once QuickBooks is connected this goes on by itself")
    by_hand(house)
    house.connect_again()
    seen_message(house.maria, "Looks already booked: sales receipt")
    house.idle()
    assert (before[0], before[1], before[2] + 1) == count(house)
