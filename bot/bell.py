"""A bell: whoever leaves work rings it, idle workers wake at once; who waits for an answer goes first."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 16
"""Requests answered side by side: as many as one commit takes; more would only take turns at Python."""
ANSWERS_FIRST_SECONDS = 0.5
"""Slack wants its answers within three seconds; what the worker does can wait this long."""


class Bell:
    """Wakes every waiting thread; a ring while nobody waits isn't lost."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rung = threading.Condition(self._lock)
        self._quiet = threading.Condition(self._lock)
        self._count = 0
        self._answering = 0
        self._places = threading.Semaphore(AT_ONCE)
        self._mine = threading.local()

    @property
    def count(self) -> int:
        """How often it has rung so far."""
        with self._lock:
            return self._count

    def ring(self) -> None:
        """Wake everyone."""
        with self._lock:
            self._ring()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While somebody waits for an answer: a few at a time, and work that can wait lets them go first.

        Rings when the last of those who came together has been answered.
        """
        with self._lock:
            self._answering += 1
        try:
            with self._places:
                yield
        finally:
            with self._lock:
                self._answering -= 1
                if not self._answering:
                    self._ring()
                    self._quiet.notify_all()

    @contextmanager
    def at_leisure(self) -> Iterator[None]:
        """What this thread does meanwhile can wait; of any other thread somebody may want an answer."""
        self._mine.leisure = True
        try:
            yield
        finally:
            self._mine.leisure = False

    def let_answers_go_first(self, seconds: float = ANSWERS_FIRST_SECONDS) -> None:
        """Wait until nobody waits for an answer, for so many seconds at most; only who is at leisure does.

        Bolt answers from threads of its own: one that waited here would wait for itself.
        """
        if not getattr(self._mine, "leisure", False):
            return
        with self._lock:
            self._quiet.wait_for(lambda: not self._answering, timeout=seconds)

    def wait(self, heard: int, seconds: float) -> int:
        """Sleep until it has rung more than ``heard`` times or ``seconds`` passed; the new count."""
        with self._lock:
            self._rung.wait_for(lambda: self._count > heard, timeout=seconds)
            return self._count

    def _ring(self) -> None:
        self._count += 1
        self._rung.notify_all()
