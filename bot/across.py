"""Rings the bell in other processes too, so that work left by one is taken up by another at once."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from db.signals import LineLostError, signal_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.bell import Bell
    from db.engine import Database
    from db.signals import SignalLine

HEARING_SECONDS, AGAIN_SECONDS = 1.0, 5.0
log = structlog.get_logger("across")


class Across:
    """Calls the other processes after each answer, and rings our bell when they call.

    Until it is started, on SQLite, or while the database is away, it does nothing: the tick sees to it.
    """

    def __init__(self, database: Database, bell: Bell, *, again_seconds: float = AGAIN_SECONDS) -> None:
        self._database = database
        self._bell = bell
        self._again_seconds = again_seconds
        self._left = threading.Event()
        self._leaving = threading.Event()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """As the bell's: around each request that may leave work."""
        try:
            with self._bell.answering():
                yield
        finally:
            self._left.set()

    def start(self, *, calls: bool, hears: bool) -> None:
        """Begin to call, where we answer; and to hear, where we work."""
        if self._database.dialect != "postgresql":
            return
        for name, wanted, on_the_line in (("call", calls, self._call), ("hear", hears, self._hear)):
            if wanted:
                threading.Thread(target=self._keep, args=(on_the_line,), name=name, daemon=True).start()

    def stop(self) -> None:
        """Neither call nor hear any more."""
        self._leaving.set()
        self._left.set()

    def _keep(self, on_the_line: Callable[[SignalLine], None]) -> None:
        while not self._leaving.is_set():
            try:
                with signal_line(self._database) as line:
                    on_the_line(line)
            except LineLostError:
                log.warning("the line to the other processes is lost; work left meanwhile is found later")
                self._leaving.wait(self._again_seconds)

    def _call(self, line: SignalLine) -> None:
        while not self._leaving.is_set():
            self._left.wait()
            self._left.clear()  # before calling: what is left from here on gets a call of its own
            line.call()

    def _hear(self, line: SignalLine) -> None:
        line.listen()
        self._bell.ring()  # for what was left while nobody listened
        while not self._leaving.is_set():
            if line.heard(HEARING_SECONDS):
                self._bell.ring()
