"""Keeps each company's calls within QuickBooks' limits: so many a second, a minute, and at once."""

import math
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import BoundedSemaphore, Lock

from qb.gateway.faults import InDoubt

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many calls one company may get from us; a little under 10 a second, 500 a minute, 10 at once.

    (Intuit: API call limits and throttles.)
    """

    per_second: int = 9
    per_minute: int = 480
    in_flight: int = 8


@dataclass(slots=True)
class _Company:
    """One company's calls: when the latest begin, how many are under way, and until when it rests."""

    under_way: BoundedSemaphore
    begins: deque[datetime]
    rests_until: datetime | None = None
    lock: Lock = field(default_factory=Lock)


class Turns:
    """Gives each call its moment, company by company; all threads of the process share one."""

    def __init__(self, pace: Pace, *, clock: Callable[[], datetime], sleep: Callable[[float], None]) -> None:
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._companies: dict[str, _Company] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, realm: str, *, within: timedelta) -> Iterator[None]:
        """One call's turn; waits for it, or raises InDoubt (nothing sent) if it doesn't come ``within``."""
        company = self._company(realm)
        if not company.under_way.acquire(timeout=max(0.0, within.total_seconds())):
            raise InDoubt(
                "QuickBooks is busy with our other calls. Nothing was sent.", sent=False, rest_seconds=1
            )
        try:
            self._wait(company, within)
            yield
        finally:
            company.under_way.release()

    def rest(self, realm: str, seconds: int) -> None:
        """Let this company alone for so many seconds, as it asked."""
        company = self._company(realm)
        until = self._clock() + timedelta(seconds=seconds)
        with company.lock:
            company.rests_until = max(until, company.rests_until or until)

    def _wait(self, company: _Company, within: timedelta) -> None:
        """Reserve the next free moment and sleep until it has come: one sleep a call, first come first."""
        with company.lock:
            now = self._clock()
            begin = self._next_moment(company, now)
            if begin - now > within:
                raise _too_busy(begin - now)
            company.begins.append(begin)
        if begin > now:
            self._sleep((begin - now).total_seconds())
        # A throttle may have come while we slept.
        rest = (company.rests_until or begin) - max(begin, self._clock())
        if rest > timedelta():
            raise _too_busy(rest)

    def _next_moment(self, company: _Company, now: datetime) -> datetime:
        begins = company.begins
        if begins and begins[-1] - now > MINUTE:
            # Nobody reserves so far ahead: the clock was set back, and what it said before is worth nothing.
            begins.clear()
        moments = [now, company.rests_until or now]
        if len(begins) >= self._pace.per_second:
            moments.append(begins[-self._pace.per_second] + SECOND)
        if len(begins) >= self._pace.per_minute:
            moments.append(begins[-self._pace.per_minute] + MINUTE)
        return max(moments)

    def _company(self, realm: str) -> _Company:
        with self._lock:
            if realm not in self._companies:
                self._companies[realm] = _Company(
                    BoundedSemaphore(self._pace.in_flight), deque(maxlen=self._pace.per_minute)
                )
            return self._companies[realm]


def _too_busy(rest: timedelta) -> InDoubt:
    seconds = max(1, math.ceil(rest.total_seconds()))
    reason = f"QuickBooks takes only so many calls; ours is due in {seconds} s. Nothing was sent."
    return InDoubt(reason, sent=False, rest_seconds=seconds)
