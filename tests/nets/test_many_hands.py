"""Many hands at one moment: one decision, each piece of work in one hand, one tick after a long sleep.

That Slack delivers everything twice is in ``tests/conversations/test_twice.py``.
"""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from bot.demo.playground.hands import wait_for
from bot.schedule import start_clock
from db import outbox, syncs, tables
from db.engine import open_database
from tests.books.office import NOON
from tests.db.conftest import a_firm
from tests.db.ledger import add as add_effect
from tests.db.ledger import invoice_effect
from tests.nets.claimants import NIGHTS, claimed_by_processes
from tests.nets.frozen import PATIENCE
from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.engine import Database
    from db.firms import Firm

HANDS = 50
MISSED = 1000
A_WHILE = 0.3


@pytest.fixture
def new_id() -> Callable[[], str]:
    """Ids in order."""
    numbers = itertools.count(1)
    return lambda: f"00000000-0000-4000-8000-{next(numbers):012}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Either database."""
    database = open_database(database_url, given_clock=True)
    yield database
    database.close()


def propose(database: Database, firm: Firm, new_id: Callable[[], str]) -> str:
    """Somebody is shown a plan; the sync's id."""
    with database.write() as session:
        proposed = syncs.propose(
            session,
            firm_id=firm.id,
            realm_id="4620816365",
            selection=(),
            plan="{}",
            plan_sha256="a" * 64,
            asked_by="UMARIA",
            now=NOON,
            new_id=new_id,
        )
    return proposed.id


def decisions(database: Database, firm: Firm, sync_id: str, hands: int) -> list[str]:
    """Who of so many, all pressing at the same instant, was told that it was they who approved."""
    ready = threading.Barrier(hands)

    def press(who: str) -> bool:
        ready.wait()
        with database.write() as session:
            return syncs.approve(session, firm_id=firm.id, sync_id=sync_id, version=1, by=who, now=NOON)

    people = [f"U{number:03}" for number in range(hands)]
    with ThreadPoolExecutor(hands) as threads:
        return [who for who, won in zip(people, threads.map(press, people), strict=True) if won]


def press_at_once(database: Database, new_id: Callable[[], str], hands: int, rounds: int) -> None:
    """Round after round one decision, by the one who is recorded, and one task from it."""
    firm = a_firm(database, "T1", new_id)
    for _ in range(rounds):
        sync_id = propose(database, firm, new_id)
        won = decisions(database, firm, sync_id, hands)
        with database.read() as session:
            sync = syncs.get(session, firm.id, sync_id)
        assert sync is not None
        assert [sync.approved_by] == won
    task, line = tables.Task, tables.AuditLine
    with database.read() as session:
        assert rounds == session.scalar(select(func.count()).select_from(task))
        approved = select(func.count()).select_from(line).where(line.verb == "sync.approved")
        assert rounds == session.scalar(approved)


@pytest.mark.parametrize("hands", [2, HANDS])
def test_however_many_press_at_once_one_decides(
    database: Database, new_id: Callable[[], str], hands: int
) -> None:
    """Two people, and fifty: the first to be written down is the approver, the others are told so."""
    press_at_once(database, new_id, hands, rounds=5)


@pytest.mark.prove
def test_fifty_press_at_once_a_hundred_times(database: Database, new_id: Callable[[], str]) -> None:
    """A hundred rounds of fifty threads."""
    press_at_once(database, new_id, HANDS, rounds=100)
    say("Many hands", f"{HANDS} at once, {database.dialect}", "100 rounds, one decision in each")


@pytest.mark.postgres
def test_two_processes_take_each_thing_once(postgres_url: str, new_id: Callable[[], str]) -> None:
    """Two programs tick at the same moment: every effect, task and night's check in one hand."""
    database = open_database(postgres_url, given_clock=True)
    due = set()
    for team in ("T1", "T2"):
        firm = a_firm(database, team, new_id)
        for number in range(20):
            effect = add_effect(database, invoice_effect(firm, subject=f"invoice|{number}", due_at=NOON))
            with database.write() as session:
                task = outbox.add_task(
                    session, firm_id=firm.id, kind="any", content={}, now=NOON, new_id=new_id
                )
            due |= {f"effect {effect.id}", f"task {task}"}
        due |= {f"night {firm.id} {night}" for night in NIGHTS}
    first, second = claimed_by_processes(postgres_url, 2)
    database.close()
    assert sorted(due) == sorted(first + second)
    assert first
    assert second


def test_a_thousand_ticks_after_a_sleep_are_one() -> None:
    """The machine slept through a thousand ticks: one comes at once, and the next when it is due."""
    ticks: list[float] = []
    hour = timedelta(hours=1)
    began = datetime.now(UTC) - MISSED * hour
    stop = start_clock(lambda: ticks.append(monotonic()), seconds=hour.total_seconds(), first=began)
    wait_for(lambda: ticks, PATIENCE)
    wait_for(lambda: monotonic() - ticks[0] > A_WHILE, PATIENCE)
    stop()
    assert 1 == len(ticks)


def test_a_tick_that_lasts_is_never_two() -> None:
    """While one tick is at it, those that would come meanwhile are left out."""
    ticks: list[float] = []
    hold, inside = threading.Event(), threading.Event()

    def tick() -> None:
        ticks.append(monotonic())
        inside.set()
        hold.wait(PATIENCE)

    stop = start_clock(tick, seconds=0.01)
    assert inside.wait(PATIENCE)
    wait_for(lambda: monotonic() - ticks[0] > A_WHILE, PATIENCE)  # thirty times a tick was due
    during = len(ticks)
    stop()
    hold.set()
    assert 1 == during
