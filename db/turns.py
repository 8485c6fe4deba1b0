"""Whose turn it is at an SQLite file: many readers, or one writer, first come first served."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.waiting import uncalled

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A thread in the queue; letting its lock go is its turn."""

    writes: bool
    called: threading.Lock = field(default_factory=uncalled)


class Turns:
    """Readers together, a writer alone, inside one process.

    SQLite's rollback journal lets a commit through only while nobody reads, and waits by polling. Here each
    thread waits at a lock of its own and is woken when it is its turn: to wake all who wait, at every turn,
    costs more than the turns themselves once fifty people press at one instant.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: deque[_Waiting] = deque()
        self._readers = 0
        self._writing = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Beside other readers; not while somebody writes, nor before who came earlier."""
        self._enter(_Waiting(writes=False))
        try:
            yield
        finally:
            with self._lock:
                self._readers -= 1
                self._call_next()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Alone."""
        self._enter(_Waiting(writes=True))
        try:
            yield
        finally:
            with self._lock:
                self._writing = False
                self._call_next()

    def _enter(self, me: _Waiting) -> None:
        with self._lock:
            self._queue.append(me)
            self._call_next()
        me.called.acquire()  # let go by whoever calls us

    def _call_next(self) -> None:
        """Let in who is first, and the readers right behind a reader; the caller holds the lock."""
        while self._queue and not self._writing and not (self._readers and self._queue[0].writes):
            first = self._queue.popleft()
            if first.writes:
                self._writing = True
            else:
                self._readers += 1
            first.called.release()
