"""Writes that arrive together are committed together: one wait for the disk instead of one for each."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from db.waiting import uncalled

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

Found = TypeVar("Found")

MISTAKES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    SQLAlchemyError,
)
MOST = 16
"""Of one transaction: the first of them waits until the last is done."""


@dataclass(slots=True, eq=False)
class _Wanted(Generic[Found]):
    """A piece of work whose thread waits at its own lock; tried with nothing ``found``, it is done alone."""

    work: Callable[[Session], Found]
    tried: bool = False
    found: tuple[Found] | tuple[()] = ()
    refusals: tuple[type[Exception], ...] = ()
    called: threading.Lock = field(default_factory=uncalled)


class Together:
    """Whoever comes first does the work of all who come meanwhile, in one transaction, and wakes them."""

    def __init__(self, write: Callable[[], AbstractContextManager[Session]]) -> None:
        self._write = write
        self._lock = threading.Lock()
        self._queue: deque[_Wanted[Any]] = deque()
        self._led = False

    def write(self, work: Callable[[Session], Found], refusals: tuple[type[Exception], ...]) -> Found:
        """Do ``work`` in a transaction that is committed when this returns; what it raises is raised here.

        It may be done twice, the first time undone: where one of several fails, by one of its ``refusals`` or
        something a database or a mistake raises, each is done alone.
        """
        mine = _Wanted(work, refusals=refusals)
        with self._lock:
            self._queue.append(mine)
            leads = not self._led
            self._led = True
        if not leads:
            mine.called.acquire()  # let go by who has done it, or who led before
        if not mine.tried:
            self._lead()
        if mine.found:
            return mine.found[0]
        with self._write() as session:
            return work(session)

    def _lead(self) -> None:
        """Do what has come so far, then let the next in line lead."""
        with self._lock:
            some = [self._queue.popleft() for _ in range(min(MOST, len(self._queue)))]
        try:
            self._try_together(some)
        finally:
            with self._lock:
                following = [self._queue[0]] if self._queue else []
                self._led = bool(following)
            for one in (*some, *following):
                one.called.release()

    def _try_together(self, some: list[_Wanted[Any]]) -> None:
        for one in some:
            one.tried = True
        refusals = tuple(kind for one in some for kind in one.refusals)
        try:
            with self._write() as session:
                found = [one.work(session) for one in some]
        except MISTAKES + refusals:
            if len(some) == 1:
                raise
            return  # undone for all: each does its own again, and raises what is its own
        for one, result in zip(some, found, strict=True):
            one.found = (result,)
