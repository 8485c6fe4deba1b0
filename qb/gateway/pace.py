"""Keeps each company's calls within QuickBooks' limits: so many a second, a minute, and at once."""

import math
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import BoundedSemaphore, Lock
from typing import Protocol

from qb.gateway.faults import InDoubt

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
SOON = timedelta(seconds=1.5)
"""A call whose turn comes within this waits for it; longer, its work is left where it is for now."""
TOO_LATE = timedelta(seconds=0.1)
"""A call that oversleeps its moment by so much would meet the next ones: together they'd be too many."""
WRITTEN = re.compile(r"(\d{1,4})/s +(\d{1,4})/min +(\d{1,3}) at once")


class BadPace(ValueError):  # noqa: N818 - as BadAddress
    """A pace that can't be read, or that Intuit doesn't allow."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many calls one company may get from us; a little under 10 a second, 500 a minute, 10 at once.

    (Intuit: API call limits and throttles.)
    """

    per_second: int = 9
    per_minute: int = 480
    in_flight: int = 8

    @property
    def in_hand(self) -> int:
        """So many are taken in hand that the next is always ready when one comes back."""
        return self.in_flight + math.ceil(self.in_flight / 2)

    def __str__(self) -> str:
        return f"{self.per_second}/s {self.per_minute}/min {self.in_flight} at once"


MOST = Pace(10, 500, 10)
"""What Intuit takes from one app for one company."""


def read_pace(text: str) -> Pace:
    """The pace that is written as ``9/s 480/min 8 at once``; raises BadPace."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise BadPace(f"{text!r} is no pace: write it as {Pace()}")
    pace = Pace(*(int(number) for number in found.groups()))
    if min(pace.per_second, pace.per_minute, pace.in_flight) < 1:
        raise BadPace(f"{text!r} lets nothing through: write it as {Pace()}")
    if (
        pace.per_second > MOST.per_second
        or pace.per_minute > MOST.per_minute
        or pace.in_flight > MOST.in_flight
    ):
        raise BadPace(f"{text!r} is more than Intuit takes ({MOST})")
    return pace


class Turns(Protocol):
    """Gives each call to a company its moment."""

    @property
    def at_once(self) -> int:
        """How many writes of one firm may be in hand: those under way, and a few that are ready to follow."""

    def turn(self, realm: str, *, within: timedelta) -> AbstractContextManager[None]:
        """One call's turn; waits for it, or raises InDoubt (nothing sent) if it doesn't come ``within``."""

    def rest(self, realm: str, seconds: int) -> None:
        """Let this company alone for so many seconds, as it asked."""

    def busy(self) -> frozenset[str]:
        """The companies whose next call would have to wait for more than SOON."""


def next_moment(
    pace: Pace, begins: Sequence[datetime], rests_until: datetime | None, now: datetime
) -> datetime:
    """When the next call may begin; ``begins`` are the latest calls' moments, the newest last."""
    moments = [now, rests_until or now]
    if was_set_back(begins, now):
        return max(moments)
    # One after the other: two that meet on their way must not make eleven of some second's nine.
    if begins:
        moments.append(begins[-1] + SECOND / pace.per_second)
    if len(begins) >= pace.per_second:
        moments.append(begins[-pace.per_second] + SECOND)
    if len(begins) >= pace.per_minute:
        moments.append(begins[-pace.per_minute] + MINUTE)
    return max(moments)


def was_set_back(begins: Sequence[datetime], now: datetime) -> bool:
    """Nobody reserves so far ahead: the clock was set back, and what it said before is worth nothing."""
    return bool(begins) and begins[-1] - now > MINUTE


def too_busy(rest: timedelta) -> InDoubt:
    """What is raised where a call's turn comes only after ``rest``."""
    seconds = max(1, math.ceil(rest.total_seconds()))
    reason = f"QuickBooks takes only so many calls; ours is due in {seconds} s. Nothing was sent."
    return InDoubt(reason, sent=False, rest_seconds=seconds)


def all_taken() -> InDoubt:
    """What is raised where as many calls as may be are under way, and go on for too long."""
    return InDoubt("QuickBooks is busy with our other calls. Nothing was sent.", sent=False, rest_seconds=1)


def refuse_late(now: datetime, latest: datetime) -> None:
    """Raise where a turn came in time and was slept through: whoever asked may have lost its lease since."""
    if now - latest > TOO_LATE:
        raise too_busy(timedelta())


@dataclass(slots=True)
class _Company:
    """One company's calls: when the latest begin, how many are under way, and until when it rests."""

    under_way: BoundedSemaphore
    begins: deque[datetime]
    rests_until: datetime | None = None
    lock: Lock = field(default_factory=Lock)


class TurnsHere:
    """Turns in memory: all threads of one process share them, and no other process calls."""

    def __init__(self, pace: Pace, *, clock: Callable[[], datetime], sleep: Callable[[float], None]) -> None:
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._companies: dict[str, _Company] = {}
        self._lock = Lock()

    @property
    def at_once(self) -> int:
        """How many writes of one firm may be in hand: those under way, and a few that are ready to follow."""
        return self._pace.in_hand

    @contextmanager
    def turn(self, realm: str, *, within: timedelta) -> Iterator[None]:
        """One call's turn; waits for it, or raises InDoubt (nothing sent) if it doesn't come ``within``."""
        company, latest = self._company(realm), self._clock() + within
        if not company.under_way.acquire(timeout=max(0.0, within.total_seconds())):
            raise all_taken()
        try:
            self._wait(company, latest)
            yield
        finally:
            company.under_way.release()

    def rest(self, realm: str, seconds: int) -> None:
        """Let this company alone for so many seconds, as it asked."""
        company = self._company(realm)
        until = self._clock() + timedelta(seconds=seconds)
        with company.lock:
            company.rests_until = max(until, company.rests_until or until)

    def busy(self) -> frozenset[str]:
        """The companies whose next call would have to wait for more than SOON."""
        with self._lock:
            known = list(self._companies.items())
        return frozenset(realm for realm, company in known if self._is_busy(company))

    def _is_busy(self, company: _Company) -> bool:
        with company.lock:
            now = self._clock()
            return next_moment(self._pace, company.begins, company.rests_until, now) - now > SOON

    def _wait(self, company: _Company, latest: datetime) -> None:
        """Sleep until the reserved moment has come; who sleeps too long reserves another, once."""
        begin = self._reserved(company, latest)
        if self._slept_until(begin) > TOO_LATE:
            self._slept_until(self._reserved(company, latest))
        # A throttle may have come while we slept.
        rest = (company.rests_until or begin) - max(begin, self._clock())
        if rest > timedelta():
            raise too_busy(rest)
        refuse_late(self._clock(), latest)

    def _reserved(self, company: _Company, latest: datetime) -> datetime:
        """The next free moment, ours from now on: first come first."""
        with company.lock:
            now = self._clock()
            begin = next_moment(self._pace, company.begins, company.rests_until, now)
            if begin > latest:
                raise too_busy(begin - now)
            if was_set_back(company.begins, now):
                company.begins.clear()
            company.begins.append(begin)
            return begin

    def _slept_until(self, moment: datetime) -> timedelta:
        """Sleep until then; how much later it is."""
        wait = moment - self._clock()
        if wait > timedelta():
            self._sleep(wait.total_seconds())
        return max(timedelta(), self._clock() - moment)

    def _company(self, realm: str) -> _Company:
        with self._lock:
            if realm not in self._companies:
                self._companies[realm] = _Company(
                    BoundedSemaphore(self._pace.in_flight), deque(maxlen=self._pace.per_minute)
                )
            return self._companies[realm]
