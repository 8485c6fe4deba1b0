"""A night's check is left once for each connected firm, whoever's clock ticks and however long it slept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import text

from commands.context import Context
from commands.ids import Task
from commands.nightly import check_due
from db import connections, firms, outbox
from db.connections import SealedPair
from db.engine import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.engine import Database

TWO = datetime(2026, 6, 10, 6, 0, tzinfo=UTC)
"""Two in the morning in Toronto."""


def never(*_: object) -> None:
    """Nobody is asked for this."""
    raise AssertionError


class Firms:
    """Connected firms of one time zone, and a clock that the test sets."""

    def __init__(self, database: Database, number: int) -> None:
        self.database = database
        self.now = TWO
        self.ids = [self._firm(place) for place in range(number)]

    def _firm(self, place: int) -> str:
        pair = SealedPair("access", "refresh", TWO, TWO)
        with self.database.write() as session:
            firm = firms.meet_firm(
                session,
                team_id=f"T{place}",
                name="<!channel> & René",
                timezone="America/Toronto",
                now=TWO,
                new_id=lambda: str(uuid4()),
            )
            connections.connect(
                session,
                firm_id=firm.id,
                realm_id=f"91{place}",
                company_name="Northgate",
                home_currency="CAD",
                pair=pair,
                by="U0ALICE",
                now=TWO,
            )
        return firm.id

    def context(self) -> Context:
        """What one process ticks with."""
        return Context(
            database=self.database,
            clock=lambda: self.now,
            new_id=lambda: str(uuid4()),
            random_bytes=bytes,
            slack=never,  # type: ignore[arg-type]
            slack_now=never,  # type: ignore[arg-type]
            company=never,  # type: ignore[arg-type]
            download=never,  # type: ignore[arg-type]
            public_url="",
            environment="sandbox",
        )

    def left(self) -> list[tuple[str, str]]:
        """Firms and nights of the checks that wait."""
        with self.database.read() as session:
            return [
                (firm, content["night"])
                for firm in self.ids
                for content in outbox.live_tasks(session, firm, {Task.CHECK_NIGHT})
            ]


@pytest.fixture
def three(database_url: str) -> Iterator[Firms]:
    """Three firms."""
    database = open_database(database_url, given_clock=True)
    yield Firms(database, 3)
    database.close()


def test_eight_that_tick_at_once_leave_one_each(three: Firms) -> None:
    """Whichever process is first has it."""
    context = three.context()
    with ThreadPoolExecutor(8) as threads:
        left = list(threads.map(lambda _: check_due(context), range(8)))
    assert 3 == sum(left)
    assert [(firm, "2026-06-10") for firm in three.ids] == three.left()
    assert 0 == check_due(context)


def test_after_a_sleep_of_many_nights_there_is_one(three: Firms) -> None:
    """For the newest of them; the next comes at the next two o'clock."""
    context = three.context()
    three.now = TWO + timedelta(days=20, hours=9)
    assert 3 == check_due(context)
    assert {"2026-06-30"} == {night for _, night in three.left()}
    three.now = TWO + timedelta(days=21) - timedelta(seconds=1)
    assert 0 == check_due(context)
    three.now += timedelta(seconds=1)
    assert 3 == check_due(context)


def test_a_firm_that_isnt_let_in_is_left_alone(three: Firms) -> None:
    """It gets its check the same day once it is connected again."""
    context, firm = three.context(), three.ids[1]
    with three.database.write() as session:
        connections.mark(session, firm, connections.RECONNECT, "gone", now=TWO)
    assert 2 == check_due(context)
    with three.database.write() as session:
        connections.mark(session, firm, connections.OK, "", now=TWO)
    assert 1 == check_due(context)


def test_firms_begin_one_after_another(three: Firms) -> None:
    """Not all in the same second, before everything else that is due."""
    check_due(three.context())
    with three.database.write() as session:
        begun = [outbox.claim_task(session, TWO + timedelta(seconds=at)) for at in (0, 0, 2, 2, 4, 4)]
    assert [True, False] * 3 == [one is not None for one in begun]


def test_a_firm_whose_time_zone_is_none_has_its_nights_by_utc(
    three: Firms, caplog: pytest.LogCaptureFixture
) -> None:
    """It stops nobody else's, and the log says so once a night."""
    context, firm = three.context(), three.ids[1]
    with three.database.write() as session:
        session.execute(
            text("UPDATE firms SET timezone = 'Canada/Torronto' WHERE id = :firm"), {"firm": firm}
        )
    assert 3 == check_due(context)
    assert 0 == check_due(context)
    assert 1 == caplog.text.count("'Canada/Torronto'")
    three.now = TWO.replace(hour=1, minute=59) + timedelta(days=1)
    assert 0 == check_due(context)
    three.now += timedelta(minutes=1)
    assert 1 == check_due(context)
