"""The sandbox's own time: the clock it was given, and how far ahead of it somebody put it."""

from collections.abc import Callable
from datetime import datetime, timedelta


class Clock:
    """A clock that can be put forward; aware, UTC."""

    def __init__(self, base: Callable[[], datetime]) -> None:
        self._base = base
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        """Now."""
        return self._base() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self._ahead += timedelta(seconds=seconds)
