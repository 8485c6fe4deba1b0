"""A contact in a restored database: ours if it was added after the backup, somebody else's if before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db import effects
from db.effects import State
from qb.contact_orders import add_customer, customer_order
from tests.books.exports import CLIENT
from tests.books.office import MARIA

if TYPE_CHECKING:
    from tests.books.coming_back import Copies
    from tests.books.office import Office


def test_a_contact_added_after_the_backup_is_taken_over(either_office: Office, copies: Copies) -> None:
    """The same person under the same name: one customer in QuickBooks, and linked."""
    office = either_office
    office.connect()
    copies.take()
    assert (State.CONFIRMED, False) == added(office, "Zoë Nguyen")
    again = copies.come_back()
    assert (State.CONFIRMED, True) == added(again, "Zoë Nguyen")
    names = [one["DisplayName"] for one in again.sandbox.books.entities("Customer")]
    assert 1 == names.count("Zoë Nguyen")


def test_a_contact_from_before_the_backup_is_not_taken_for_ours(
    either_office: Office, copies: Copies
) -> None:
    """Somebody else has that name: refused with the reason, as in any other database."""
    office = either_office
    office.connect()
    office.clock.sleep(timedelta(days=1).total_seconds())
    copies.take()
    again = copies.come_back()
    assert (State.REJECTED, False) == added(again, "Priya Sharma (Brampton)")


def added(office: Office, name: str) -> tuple[State, bool]:
    """What comes of adding a contact: its state, and whether it was found there."""
    with office.database.write() as session:
        order = customer_order(
            session, office.firm_id, payer=CLIENT, name=name, email="z@example.com", currency="CAD"
        )
        asked = add_customer(session, firm_id=office.firm_id, order=order, by=MARIA, now=office.clock())
    office.work()
    with office.database.read() as session:
        effect = effects.get(session, office.firm_id, asked.effect_id)
    assert effect is not None
    return effect.state, effect.adopted
