"""Two syncs of one invoice, approved at the same moment: one books it, the other says so."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sqlalchemy import update

from db import audit, syncs, tables
from db.engine import Database, open_database
from db.syncs import SyncState
from qb.post import Expanded, Superseded, expand
from qb.story import BY_ANOTHER, Step, story
from tests.books.exports import ONTARIO
from tests.books.waiting import wait_for
from tests.looked import looked

if TYPE_CHECKING:
    from tests.books.office import Office


def test_the_second_of_two_syncs_is_superseded(either_office: Office, database_url: str) -> None:
    """Its plan is made when the first one's effects are there, however close they come."""
    office = either_office
    office.ready(ONTARIO)
    outcomes: list[object] = []

    def expanded(database: Database, sync_id: str) -> None:
        outcomes.append(expand(database, office.firm_id, sync_id, office.clock(), looked_at=office.clock()))

    looked(office.database, office.firm_id, office.sandbox.realm_id, office.clock())
    another = open_database(database_url, given_clock=True)  # as a second process has it
    threads = [
        threading.Thread(target=expanded, args=(each, office.approve()))
        for each in (office.database, another)
    ]
    with office.database.write() as session:
        audit.hold(session, office.firm_id)
        for thread in threads:
            thread.start()
        wait_for(session, 2)
    for thread in threads:
        thread.join()
    another.close()
    assert {Expanded, Superseded} == {type(outcome) for outcome in outcomes}
    office.work()
    assert 1 == len(office.sandbox.books.entities("Invoice"))


def test_a_sync_without_effects_says_who_books(office: Office) -> None:
    """One that has lost its invoices to another is over, not waiting."""
    office.ready(ONTARIO)
    empty = office.approve()
    office.order()
    with office.database.write() as session:
        session.execute(update(tables.Sync).where(tables.Sync.id == empty).values(state=SyncState.RUNNING))
    assert () == office.settle(empty)
    with office.database.read() as session:
        told = story(session, office.firm_id, empty)
        sync = syncs.get(session, office.firm_id, empty)
    assert told is not None
    assert sync is not None
    assert (Step.REFUSED, BY_ANOTHER) == (told.invoices[0].step, told.invoices[0].sentence)
    assert (True, SyncState.DONE) == (told.settled, sync.state)
