"""The pace the settings ask for: shared where several processes may call, and counted for the operator."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from qb.gateway import TurnsHere
from qb.shared_pace import SharedTurns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from bot.clock import Time
    from bot.metrics import Metrics
    from db.engine import Database
    from qb.gateway import Pace, Turns


def turns_of(pace: Pace, database: Database, time: Time) -> Turns:
    """Who may call when: in memory on SQLite, whose one process is alone; else in the database."""
    if database.dialect == "sqlite":
        return TurnsHere(pace, clock=time.now, sleep=time.sleep)
    return SharedTurns(database, pace, clock=time.now, sleep=time.sleep)


class CountedTurns:
    """The same turns, each call and each throttle counted."""

    def __init__(self, turns: Turns, metrics: Metrics) -> None:
        self._turns = turns
        self._metrics = metrics

    @property
    def at_once(self) -> int:
        """How many writes of one firm may be in hand: those under way, and a few that are ready to follow."""
        return self._turns.at_once

    @contextmanager
    def turn(self, realm: str, *, within: timedelta) -> Iterator[None]:
        """One call's turn, counted once it has come."""
        with self._turns.turn(realm, within=within):
            self._metrics.called(realm)
            yield

    def rest(self, realm: str, seconds: int) -> None:
        """Let this company alone for so many seconds, as it asked."""
        self._metrics.throttled()
        self._turns.rest(realm, seconds)

    def busy(self) -> frozenset[str]:
        """The companies whose next call would have to wait."""
        return self._turns.busy()
