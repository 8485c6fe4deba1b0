"""What the policy weighs of a plan: a contact is new to each payer who is linked to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, update

from db import tables
from qb.books import plan_for
from qb.weighing import weighed_plan
from tests.books.exports import CLIENT, ONTARIO

if TYPE_CHECKING:
    from tests.books.office import Office


def new_contacts(office: Office) -> list[str]:
    """Who is told as new in the preview of everything."""
    with office.database.read() as session:
        plan = plan_for(session, office.firm_id, office.invoices(session))
        return [one.name for one in weighed_plan(session, office.firm_id, plan).new_contacts]


def test_another_payers_link_or_booking_hides_no_new_contact(office: Office) -> None:
    """Somebody else was linked to the same contact later: that says nothing of this payer's."""
    office.ready(ONTARIO)
    assert ["Amélie Tremblay"] == new_contacts(office)
    office.clock.sleep(60)
    office.approve()
    assert [] == new_contacts(office)
    office.clock.sleep(60)
    office.link(payer="A-00099")
    assert [] == new_contacts(office)
    office.clock.sleep(60)
    office.link("Sofia Rossi", payer=CLIENT)
    office.link("Amélie Tremblay", payer=CLIENT)
    assert ["Amélie Tremblay"] == new_contacts(office)


def test_a_contact_another_payer_was_booked_to_is_new_to_this_one(office: Office) -> None:
    """What was approved is another client's, linked to the same contact: no precedent for this one."""
    office.ready(ONTARIO)
    office.clock.sleep(60)
    office.approve()
    assert [] == new_contacts(office)
    with office.database.write() as session:
        another = func.replace(tables.Sync.plan, f'"client":"{CLIENT}"', '"client":"A-00077"')
        session.execute(update(tables.Sync).values(plan=another))
    assert ["Amélie Tremblay"] == new_contacts(office)
