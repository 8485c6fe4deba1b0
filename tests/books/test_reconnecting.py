"""Parking and connecting anew: nothing waits for tokens that are there, nothing tries tokens in vain."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from db import audit, connections, effects
from db.effects import State
from qb.sandbox import Fault
from tests.books.exports import ONTARIO
from tests.books.office import MARIA
from tests.books.waiting import wait_for

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.connections import Connection
    from tests.books.office import Office


def connect_in(session: Session, office: Office) -> None:
    """Maria has given her consent anew."""
    connections.connect(
        session,
        firm_id=office.firm_id,
        realm_id=office.sandbox.realm_id,
        company_name="Northgate Immigration Law",
        home_currency="CAD",
        pair=connections.sealed_pair(session, office.firm_id),
        by=MARIA,
        now=office.clock(),
    )
    effects.unpark(session, office.firm_id, office.sandbox.realm_id, office.clock())


def connection(office: Office) -> Connection:
    """The firm's connection."""
    with office.database.read() as session:
        found = connections.get(session, office.firm_id)
    assert found is not None
    return found


def test_nothing_is_parked_for_a_connection_just_made(either_office: Office) -> None:
    """The consent comes while a worker is about to park: it sees it, and goes on."""
    office = either_office
    office.ready(ONTARIO)
    sync_id = office.order()
    with office.database.write() as session:
        connections.mark(session, office.firm_id, connections.RECONNECT, "gone", now=office.clock())
    office.clock.sleep(1)
    worker = threading.Thread(target=office.step)
    with office.database.write() as session:
        audit.hold(session, office.firm_id)
        worker.start()
        wait_for(session, 1)
        connect_in(session, office)
    worker.join()
    office.work()
    assert {State.CONFIRMED} == {effect.state for effect in office.effects(sync_id)}


def test_fresh_tokens_that_are_refused_ask_for_a_new_consent(office: Office) -> None:
    """Renewing works and QuickBooks takes none of the tokens: it is parked once, and goes on afterwards."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.sandbox.faults.add(office.aimed(Fault("expired", times=2), "invoice"))
    assert 1 == len(office.work(minutes=24 * 60))
    assert connections.RECONNECT == connection(office).state
    assert {State.PARKED} == {effect.state for effect in office.effects(sync_id)}
    office.clock.sleep(1)
    office.connect()
    office.work()
    assert {State.CONFIRMED} == {effect.state for effect in office.effects(sync_id)}
