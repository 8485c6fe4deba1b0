"""A bell: whoever leaves work rings it, idle workers wake at once."""

from __future__ import annotations

import threading


class Bell:
    """Wakes every waiting thread; a ring while nobody waits isn't lost."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self._count = 0

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

    def wait(self, heard: int, seconds: float) -> int:
        """Sleep until it has rung more than ``heard`` times or ``seconds`` passed; the new count."""
        with self._rung:
            self._rung.wait_for(lambda: self._count > heard, timeout=seconds)
            return self._count
