"""How many calls QuickBooks takes per second, minute and month (Intuit: Limits, App Partner Program)."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock

from qb.sandbox.switches import Switches

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
PER_SECOND = 10
PER_MINUTE = 500
BATCHES_PER_MINUTE = 40
IN_FLIGHT = 10


class Pace:
    """The calls of the last minute to one company by one app."""

    def __init__(self) -> None:
        self._calls: deque[datetime] = deque()
        self._batches: deque[datetime] = deque()
        self._month = ""
        self._reads = 0
        self._flying = 0
        self._lock = Lock()

    @contextmanager
    def flight(self) -> Iterator[int]:
        """While a call is being answered; gives how many are, this one included."""
        with self._lock:
            self._flying += 1
            flying = self._flying
        try:
            yield flying
        finally:
            with self._lock:
                self._flying -= 1

    def allows(self, now: datetime, *, batch: bool, reads: int, switches: Switches) -> bool:
        """Whether one more call fits; a refused one doesn't count."""
        if not self._metered(now, reads, switches):
            return False
        if not switches.limits:
            return True
        _drop(self._calls, now - MINUTE)
        _drop(self._batches, now - MINUTE)
        if batch and len(self._batches) >= BATCHES_PER_MINUTE:
            return False
        counted = not batch or switches.batches_count_as_calls
        if counted and not self._fits(now):
            return False
        if counted:
            self._calls.append(now)
        if batch:
            self._batches.append(now)
        return True

    def _fits(self, now: datetime) -> bool:
        recent = sum(1 for one in self._calls if one > now - SECOND)
        return recent < PER_SECOND and len(self._calls) < PER_MINUTE

    def _metered(self, now: datetime, reads: int, switches: Switches) -> bool:
        """Reads are metered by calendar month; beyond the quota they wait for the next one."""
        month = f"{now:%Y-%m}"
        if month != self._month:
            self._month, self._reads = month, 0
        quota = switches.monthly_reads
        if reads and quota is not None and self._reads + reads > quota:
            return False
        self._reads += reads
        return True


def _drop(calls: deque[datetime], before: datetime) -> None:
    while calls and calls[0] <= before:
        calls.popleft()
