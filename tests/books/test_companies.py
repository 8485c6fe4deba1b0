"""What was ordered for one QuickBooks company never reaches another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from db import connections, effects, tables
from db.effects import FOR_ANOTHER, State
from qb.sandbox import Fault
from tests.books.exports import ONTARIO
from tests.books.office import MARIA

if TYPE_CHECKING:
    from tests.books.office import Office

ANOTHER = "9130"


def move(office: Office) -> None:
    """The firm connects another company, through the door."""
    with office.database.write() as session:
        connections.connect(
            session,
            firm_id=office.firm_id,
            realm_id=ANOTHER,
            company_name="Other",
            home_currency="CAD",
            pair=connections.sealed_pair(session, office.firm_id),
            by=MARIA,
            now=office.clock(),
        )
        effects.unpark(session, office.firm_id, ANOTHER, office.clock())


def writes(office: Office) -> int:
    """How many documents anyone was asked to book."""
    return sum(seen.entity in {"invoice", "payment"} for seen in office.sandbox.requests())


def test_what_waits_for_the_old_company_is_refused(office: Office) -> None:
    """Ordered and unsent when the firm moves: nothing is sent, and it may be ordered anew."""
    office.ready(ONTARIO)
    sync_id = office.order()
    move(office)
    office.work()
    assert 0 == writes(office)
    invoice, payment = office.effects(sync_id)
    assert (State.REJECTED, FOR_ANOTHER) == (invoice.state, invoice.reason)
    assert State.READY is payment.state


def test_what_was_parked_for_the_old_company_is_refused(office: Office) -> None:
    """The connection was lost, and another company is connected next."""
    office.ready(ONTARIO)
    office.sandbox.disconnect()
    sync_id = office.order()
    office.work()
    assert [State.PARKED] * 2 == [effect.state for effect in office.effects(sync_id)]
    before = writes(office)
    move(office)
    office.work()
    assert before == writes(office)
    assert [State.REJECTED] * 2 == [effect.state for effect in office.effects(sync_id)]


def test_doubt_in_another_company_is_for_a_person(office: Office) -> None:
    """Should the door ever fail: what may be booked there is neither sent here nor given up."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.sandbox.faults.add(office.aimed(Fault("cut", after=True), "invoice"))
    office.step()
    with office.database.write() as session:
        session.execute(update(tables.Connection).values(realm_id=ANOTHER))
    office.work()
    assert 1 == writes(office)
    assert State.REVIEW is office.effects(sync_id)[0].state
