"""What the policy weighs of a plan: a contact is new to each payer who is linked to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, update

from db import mappings, tables
from qb.books import plan_for
from qb.mapping import Kind
from qb.weighing import weighed_plan
from tests.books.exports import CLIENT, INSTALMENTS, ONTARIO

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from qb.policy import Weighed
    from tests.books.office import Office


def new_contacts(office: Office) -> list[str]:
    """Who is told as new in the preview of everything."""
    with office.database.read() as session:
        return [one.name for one in weighed(session, office).new_contacts]


def changed(office: Office) -> list[str]:
    """Which rows of the mapping are told as new in the preview of everything."""
    with office.database.read() as session:
        return [one.label for one in weighed(session, office).changed]


def weighed(session: Session, office: Office) -> Weighed:
    """What is weighed of the preview of everything."""
    invoices = office.invoices(session)
    return weighed_plan(session, office.firm_id, plan_for(session, office.firm_id, invoices), invoices)


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


def test_a_row_is_new_though_its_target_was_booked_with_by_another(office: Office) -> None:
    """Cards go where e-transfers went long since: nothing was booked with the card's own row yet."""
    office.ready(ONTARIO)
    assert {"e-Transfer", "Payments in CAD", "Professional fees", "Disbursements"} < set(changed(office))
    office.clock.sleep(60)
    office.approve()
    assert [] == changed(office)
    cards = replace(INSTALMENTS, payments=(("T-2", "2825.00", "Credit Card"),))
    office.export(ONTARIO, cards)
    with office.database.write() as session:
        chosen = mappings.current(session, office.firm_id, office.sandbox.realm_id)
        (transfer,) = [one for one in chosen if one.kind == Kind.METHOD]
        office.choose(session, Kind.METHOD, "Credit Card", transfer.target_id, transfer.target_name)
    assert ["Credit Card"] == changed(office)
    office.clock.sleep(60)
    office.approve()
    assert [] == changed(office)


def test_a_row_chosen_anew_is_new_again(office: Office) -> None:
    """What was booked with the choice before says nothing of the one that holds."""
    office.ready(ONTARIO)
    office.clock.sleep(60)
    office.approve()
    office.clock.sleep(60)
    with office.database.write() as session:
        cheque = office.sandbox.books.id_of("PaymentMethod", "Cheque")
        office.choose(session, Kind.METHOD, "e-Transfer", cheque, "Cheque")
    assert ["e-Transfer"] == changed(office)
