"""The worker's threads: take what is due, do it, wait for the bell, and outlive whatever goes wrong."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.bell import Bell

IDLE_SECONDS = 5.0
log = structlog.get_logger("worker")


class Worker:
    """Threads that each call one kind of work until it says there is nothing left."""

    def __init__(self, *, bell: Bell) -> None:
        self._bell = bell
        self._leaving = threading.Event()
        self._threads: list[threading.Thread] = []
        self._left_at = 0.0

    def add(self, name: str, work: Callable[[], bool], *, threads: int, quiet: bool = False) -> None:
        """Have ``threads`` threads do ``work``; it returns whether there was something to do.

        The bell is rung after each piece; where ``quiet``, only when a thread finds no further one.
        """
        self._threads += [
            threading.Thread(target=self._loop, args=(work, quiet), name=f"{name}-{number}", daemon=True)
            for number in range(1, threads + 1)
        ]

    def start(self) -> None:
        """Start every thread."""
        for thread in self._threads:
            thread.start()

    @property
    def whole(self) -> bool:
        """Whether every thread lives."""
        return all(thread.is_alive() for thread in self._threads)

    @property
    def living(self) -> tuple[int, int]:
        """How many threads live, of how many that were started."""
        started = [thread for thread in self._threads if thread.ident is not None]
        return sum(thread.is_alive() for thread in started), len(started)

    def leave(self) -> None:
        """Take nothing new; what is in hand goes on."""
        if not self._leaving.is_set():
            self._left_at = time.monotonic()
            self._leaving.set()
        self._bell.ring()

    def stop(self, *, seconds: float) -> bool:
        """Let each thread finish what it holds; whether all did within ``seconds`` of leaving."""
        self.leave()
        until = self._left_at + seconds
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _loop(self, work: Callable[[], bool], quiet: bool) -> None:  # noqa: FBT001 - threads take positions
        with self._bell.at_leisure():
            self._work_on(work, quiet)

    def _work_on(self, work: Callable[[], bool], quiet: bool) -> None:  # noqa: FBT001 - as above
        heard, owes_a_ring = self._bell.count, False
        while not self._leaving.is_set():
            self._bell.let_answers_go_first()
            did = self._did(work)
            owes_a_ring = owes_a_ring or did
            if owes_a_ring and not (did and quiet):
                self._bell.ring()  # what was done may have made something else due
                owes_a_ring = False
            if not did:
                heard = self._bell.wait(heard, IDLE_SECONDS)

    def _did(self, work: Callable[[], bool]) -> bool:
        try:
            return work()
        except Exception:
            log.exception("a piece of work failed; it stays as it was written down, and comes up again")
            return False
