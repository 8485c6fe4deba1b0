"""The pace the program keeps: alone or with others, and what an operator sees of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.clock import REAL
from bot.metrics import Metrics
from bot.pace import CountedTurns, turns_of
from db.engine import open_database
from qb.gateway import Pace, TurnsHere
from qb.shared_pace import SharedTurns

if TYPE_CHECKING:
    from qb.gateway import Turns

REALM = "9341453172058321"


def test_processes_share_a_pace_where_there_can_be_several(database_url: str) -> None:
    """In memory on SQLite, in the database on PostgreSQL."""
    database = open_database(database_url)
    turns = turns_of(Pace(), database, REAL)
    kinds: dict[str, type[Turns]] = {"sqlite": TurnsHere, "postgresql": SharedTurns}
    assert isinstance(turns, kinds[database.dialect])
    assert 12 == turns.at_once
    database.close()


def test_calls_and_throttles_are_counted(sqlite_url: str) -> None:
    """Two calls and a throttle show in the numbers, and the company rests."""
    database = open_database(sqlite_url)
    metrics = Metrics(database, REAL.now, REAL.monotonic, lambda: (0, 0))
    turns = CountedTurns(turns_of(Pace(), database, REAL), metrics)
    for _ in range(2):
        with turns.turn(REALM, within=timedelta(seconds=5)):
            pass
    turns.rest(REALM, 60)
    page = metrics.page().decode()
    assert "caseledger_quickbooks_calls_total 2.0" in page
    assert "caseledger_quickbooks_throttles_total 1.0" in page
    assert REALM not in page
    assert frozenset({REALM}) == turns.busy()
    database.close()
