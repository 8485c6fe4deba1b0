"""Turns that several processes share: the same limits as in one, kept in the database they have in common."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from db import pace as kept
from db.pace import Moments
from qb.gateway import SOON, TOO_LATE, all_taken, next_moment, refuse_late, too_busy, was_set_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.engine import Database
    from db.pace import Calls
    from qb.gateway import Pace

LONGEST_CALL = timedelta(seconds=40)
"""From its moment on a call is over by then: its place comes free though whoever made it was killed."""
BETWEEN_LOOKS = timedelta(seconds=0.1)
FURTHEST = timedelta(hours=1, minutes=1)
"""No call's moment is further ahead: the longest rest that QuickBooks gets from us, and a minute's calls."""


class SharedTurns:
    """A short transaction before each call and one after it; none is open while QuickBooks is asked.

    Moments are the database's: processes on machines whose clocks differ keep one pace.
    """

    def __init__(
        self, database: Database, pace: Pace, *, clock: Callable[[], datetime], sleep: Callable[[float], None]
    ) -> None:
        self._database = database
        self._pace = pace
        self._clock = clock
        self._sleep = sleep

    @property
    def at_once(self) -> int:
        """How many writes of one firm may be in hand: those under way, and a few that are ready to follow."""
        return self._pace.in_hand

    @contextmanager
    def turn(self, realm: str, *, within: timedelta) -> Iterator[None]:
        """One call's turn; waits for it, or raises InDoubt (nothing sent) if it doesn't come ``within``."""
        latest = self._clock() + within
        ticket, wait = self._ticket(realm, latest)
        try:
            if wait > timedelta():
                if self._overslept(wait):
                    self._overslept(self._another(realm, ticket, latest))
                self._look_for_rest(realm)
            refuse_late(self._clock(), latest)
            yield
        finally:
            self._give_back(realm, ticket)

    def rest(self, realm: str, seconds: int) -> None:
        """Let this company alone for so many seconds, as it asked: in every process."""
        with self._database.write() as session:
            calls, now = kept.hold(session, realm, self._clock())
            until = now + timedelta(seconds=seconds)
            resting = replace(calls, rests_until=max(until, calls.rests_until or until))
            kept.keep(session, realm, resting, self._free_at(resting, now))

    def busy(self) -> frozenset[str]:
        """The companies whose next call would have to wait for more than SOON."""
        with self._database.read() as session:
            return kept.busy(session, self._clock(), SOON, FURTHEST)

    def _ticket(self, realm: str, latest: datetime) -> tuple[int, timedelta]:
        """A place among those under way, and how long until its moment."""
        left = latest - self._clock()
        while True:
            taken = self._take(realm, latest)
            if taken is not None:
                return taken
            if min(left, latest - self._clock()) < BETWEEN_LOOKS:
                raise all_taken()
            self._sleep(BETWEEN_LOOKS.total_seconds())
            left -= BETWEEN_LOOKS  # counted too: a clock set back mustn't make us wait the longer

    def _take(self, realm: str, latest: datetime) -> tuple[int, timedelta] | None:
        """A place, if one is free; raises InDoubt where its moment comes too late."""
        with self._database.write() as session:
            calls, now = kept.hold(session, realm, self._clock())
            flying = _still_under_way(calls, now)
            if len(flying) >= self._pace.in_flight:
                return None
            ticket = calls.tickets + 1
            placed = replace(calls, under_way=flying, tickets=ticket)
            return ticket, self._reserved(session, realm, placed, ticket, now=now, latest=latest)

    def _another(self, realm: str, ticket: int, latest: datetime) -> timedelta:
        """How long until another moment, for a place whose own was overslept."""
        with self._database.write() as session:
            calls, now = kept.hold(session, realm, self._clock())
            return self._reserved(session, realm, calls, ticket, now=now, latest=latest)

    def _reserved(
        self, session: Session, realm: str, calls: Calls, ticket: int, *, now: datetime, latest: datetime
    ) -> timedelta:
        """How long until the next free moment, which is the ticket's from now on.

        ``now`` and what is kept are by the database's clock, ``latest`` by ours: only lengths are compared.
        """
        begin = self._free_at(calls, now)
        if begin - now > latest - self._clock():
            raise too_busy(begin - now)
        before = Moments() if was_set_back(calls.begins, now) else calls.begins
        taken = replace(
            calls,
            begins=before.with_another(begin, self._pace.per_minute),
            under_way={**calls.under_way, ticket: begin + LONGEST_CALL},
        )
        kept.keep(session, realm, taken, self._free_at(taken, now))
        return begin - now

    def _overslept(self, wait: timedelta) -> bool:
        """Sleep so long; whether it became so much longer that we'd meet the next calls."""
        until = self._clock() + wait
        self._sleep(max(0.0, wait.total_seconds()))
        return self._clock() - until > TOO_LATE

    def _look_for_rest(self, realm: str) -> None:
        """A throttle may have come while we slept, to any process."""
        with self._database.read() as session:
            rest = kept.rest_left(session, realm, self._clock())
        if rest > timedelta():
            raise too_busy(rest)

    def _give_back(self, realm: str, ticket: int) -> None:
        with self._database.write() as session:
            kept.give_back(session, realm, ticket)

    def _free_at(self, calls: Calls, now: datetime) -> datetime:
        return next_moment(self._pace, calls.begins, calls.rests_until, now)


def _still_under_way(calls: Calls, now: datetime) -> dict[int, datetime]:
    """Those who took a place and were killed don't hold it for ever."""
    return {ticket: over for ticket, over in calls.under_way.items() if over > now}
