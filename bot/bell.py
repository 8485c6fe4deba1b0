"""A bell: whoever leaves work rings it, idle workers wake at once."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Bell:
    """Wakes every waiting thread; a ring while nobody waits isn't lost."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self._count = 0
        self._answering = 0

    @property
    def count(self) -> int:
        """How often it has rung so far."""
        with self._rung:
            return self._count

    def ring(self) -> None:
        """Wake everyone."""
        with self._rung:
            self._count += 1
            self._rung.notify_all()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While somebody waits for an answer: work that can wait lets them go first. Rings at the end."""
        with self._rung:
            self._answering += 1
        try:
            yield
        finally:
            with self._rung:
                self._answering -= 1
            self.ring()

    def let_answers_go_first(self, seconds: float) -> None:
        """Wait until nobody waits for an answer, for so many seconds at most."""
        with self._rung:
            self._rung.wait_for(lambda: not self._answering, timeout=seconds)

    def wait(self, heard: int, seconds: float) -> int:
        """Sleep until it has rung more than ``heard`` times or ``seconds`` passed; the new count."""
        with self._rung:
            self._rung.wait_for(lambda: self._count > heard, timeout=seconds)
            return self._count
