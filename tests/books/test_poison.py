"""One effect that can't be carried out never stops the others."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from db import audit, tables
from db.effects import State
from qb.post import step
from qb.sending import STUMBLED, UNSENDABLE
from tests.books.exports import ONTARIO

if TYPE_CHECKING:
    from collections.abc import Callable

    from qb.gateway import Company
    from tests.books.office import Office


def test_what_cannot_be_put_together_is_for_a_person(either_office: Office) -> None:
    """Nothing of it is sent, it says whose mistake it is, and the next one is booked."""
    office = either_office
    office.ready(ONTARIO, replace(ONTARIO, number="INV-2", payments=(("T-9", "2330.00", "e-Transfer"),)))
    sync_id = office.order()
    poison, _, *others = office.effects(sync_id)
    with office.database.write() as session:
        session.execute(update(tables.Effect).where(tables.Effect.id == poison.id).values(content={}))
    office.work()
    found = {effect.id: effect for effect in office.effects(sync_id)}
    assert (State.REVIEW, UNSENDABLE) == (found[poison.id].state, found[poison.id].reason)
    assert [State.CONFIRMED] * len(others) == [found[other.id].state for other in others]


@pytest.mark.postgres
def test_who_holds_the_firms_record_may_change_what_is_set_aside(postgres_office: Office) -> None:
    """An effect that can't be put together waits for the record without holding its row: no deadlock."""
    office = postgres_office
    office.ready(ONTARIO)
    poison, _ = office.effects(office.order())
    spoil = update(tables.Effect).where(tables.Effect.id == poison.id)
    with office.database.write() as session:
        session.execute(spoil.values(content={}))
    with ThreadPoolExecutor(1) as worker:
        with office.database.write() as session:
            audit.hold(session, poison.firm_id)
            stepping = worker.submit(office.step)
            wait_for(lambda: office.effects(poison.sync_id or "")[0].state is State.SENDING)
            session.execute(spoil.values(content={}))
        outcome = stepping.result(10)
    assert outcome is not None
    assert outcome.kept


def wait_for(so: Callable[[], bool]) -> None:
    """Until it is so, ten seconds at most."""
    until = time.monotonic() + 10
    while not so() and time.monotonic() < until:
        time.sleep(0.01)
    assert so()


def test_an_answer_we_stumble_over_is_doubt_and_then_for_a_person(office: Office) -> None:
    """It may be booked, so it is looked for; but not without end."""
    office.ready(ONTARIO)
    sync_id = office.order()

    def unsound(_: str) -> Company:
        raise KeyError("Id")

    def stumble() -> None:
        step(office.database, unsound, office.clock, office.clock.monotonic)
        office.clock.sleep(200)

    stumble()
    invoice, _ = office.effects(sync_id)
    assert (State.SENDING, True, STUMBLED) == (invoice.state, invoice.doubtful, invoice.reason)
    for _ in range(12):
        stumble()
    assert State.REVIEW is office.effects(sync_id)[0].state
