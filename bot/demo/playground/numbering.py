"""Ids, time stamps and hashes in the shapes Slack gives them, never the same twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MICROSECONDS = 1_000_000


class Numbering:
    """Counts everything this workspace hands out; `clock` gives Unix seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._count = 0
        self._last = 0

    def now(self) -> float:
        """Unix seconds."""
        return self._clock()

    def ts(self) -> str:
        """A message's time stamp, which is also its name: later than every one before."""
        self._last = max(self._last + 1, int(self._clock() * MICROSECONDS))
        return f"{self._last // MICROSECONDS}.{self._last % MICROSECONDS:06d}"

    def id(self, prefix: str) -> str:
        """A new id such as `V000000001A`."""
        self._count += 1
        return f"{prefix}{self._count:010X}"

    def hash(self) -> str:
        """A view's new hash."""
        self._count += 1
        return f"{int(self._clock())}.{self._count:08x}"
