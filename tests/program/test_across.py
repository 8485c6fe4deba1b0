"""Work left by one process wakes another's worker at once, and a lost line is opened anew."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.across import Across
from bot.bell import Bell
from bot.demo.playground.hands import wait_for
from db.engine import Database, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 0.5
"""Seconds: well before the next tick."""


@pytest.fixture
def two(postgres_url: str) -> Iterator[tuple[Database, Database]]:
    """The same database, as two processes have it."""
    here, there = open_database(postgres_url), open_database(postgres_url)
    yield here, there
    here.close()
    there.close()


def listening(database: Database) -> int:
    """How many lines listen."""
    asked = (
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
    )
    with database.read() as session:
        return int(session.scalar(text(asked)))


@pytest.mark.postgres
def test_an_answer_here_rings_the_bell_there(two: tuple[Database, Database]) -> None:
    """The web process has answered Slack; the worker elsewhere hears it before it would have looked."""
    web, bell = Across(two[0], Bell()), Bell()
    worker = Across(two[1], bell)
    web.start(calls=True, hears=False)
    worker.start(calls=False, hears=True)
    wait_for(lambda: listening(two[0]) == 1, 10)
    heard = bell.count
    begun = time.monotonic()
    with web.answering():
        pass
    rung = bell.wait(heard, 10)
    assert rung > heard
    assert time.monotonic() - begun < AT_ONCE
    web.stop()
    worker.stop()


@pytest.mark.postgres
def test_who_only_hears_never_calls(two: tuple[Database, Database]) -> None:
    """Else two processes would wake each other for ever."""
    bells = Bell(), Bell()
    both = [Across(database, bell) for database, bell in zip(two, bells, strict=True)]
    for each in both:
        each.start(calls=True, hears=True)
    wait_for(lambda: listening(two[0]) == 2, 10)
    counts = [bell.count for bell in bells]
    with both[0].answering():
        pass
    bells[1].wait(counts[1], 10)
    threading.Event().wait(AT_ONCE)
    assert bells[1].count - counts[1] <= 2
    for each in both:
        each.stop()


@pytest.mark.postgres
def test_a_lost_line_is_opened_anew(two: tuple[Database, Database]) -> None:
    """The database was restarted: calls are made and heard again."""
    web, bell = Across(two[0], Bell(), again_seconds=0.05), Bell()
    worker = Across(two[1], bell, again_seconds=0.05)
    web.start(calls=True, hears=False)
    worker.start(calls=False, hears=True)
    wait_for(lambda: listening(two[0]) == 1, 10)
    with web.answering():  # so that its line has been opened too
        pass
    heard = bell.wait(1, 10)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with two[0].write() as session:
        session.execute(text(f"{others} AND datname = current_database()"))
    heard = bell.wait(heard, 10)
    wait_for(lambda: listening(two[0]) == 1, 10)

    def called() -> bool:
        with web.answering():
            pass
        return bell.wait(heard + 1, AT_ONCE) > heard + 1

    wait_for(called, 10)
    web.stop()
    worker.stop()


def test_on_sqlite_there_is_nobody_else(sqlite_url: str) -> None:
    """One process does everything; its own bell is enough."""
    database, bell = open_database(sqlite_url), Bell()
    alone = Across(database, bell)
    alone.start(calls=True, hears=True)
    with alone.answering():
        pass
    assert 1 == bell.count
    alone.stop()
    database.close()
