"""A worker in a process of its own that stops dead at one point of its step, as SIGSTOP stops it."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from threading import Thread
from typing import TYPE_CHECKING, Any

import psutil
from sqlalchemy.exc import OperationalError

from bot.demo.playground.hands import wait_for
from db.engine import open_database
from tests.books.office import NOON, Clock
from tests.nets.core import Core
from tests.nets.plot import QUIET, Plot
from tests.nets.remote import Ids, Remote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from multiprocessing.connection import Connection

    from tests.nets.remote import Call, Said, Trouble
    from tests.nets.standing import Standing

PROCESSES = get_context("forkserver")  # each worker is forked from a process that has imported it all
PROCESSES.set_forkserver_preload(["tests.nets.frozen"])
PATIENCE = 30.0
GIVEN_UP = 3


class SharedClock(Clock):
    """The same time in every process; it passes only when a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self._seconds = PROCESSES.Value("d", 0.0)

    def __call__(self) -> datetime:
        """Now (UTC)."""
        return NOON + timedelta(seconds=self._seconds.value)

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass, for everybody."""
        with self._seconds.get_lock():
            self._seconds.value += seconds

    def __reduce__(self) -> tuple[Any, ...]:
        """Sent to another process, it stays the same clock."""
        return _clock_of, (self._seconds,)


def _clock_of(seconds: Any) -> SharedClock:  # noqa: ANN401 - multiprocessing names no such type
    clock = SharedClock.__new__(SharedClock)
    clock._seconds = seconds  # its own constructor would make another
    return clock


class Faraway(Remote):
    """The far side as the worker's process reaches it: through a pipe to where it lives."""

    def __init__(self, clock: Clock, ids: Ids, pipe: Connection) -> None:
        super().__init__(clock, ids)
        self._pipe = pipe

    def hear(self, call: Call, trouble: Trouble | None) -> Said | None:
        """What it says, where it lives."""
        self._pipe.send((call, trouble))
        said: Said | None = self._pipe.recv()
        return said


class Stopping(Core):
    """A core whose step stops the whole process at one point, until somebody wakes it."""

    stops_at = 0

    def _at(self, point: str) -> None:
        super()._at(point)
        if self._working and len(self._working[-1].passed) == self.stops_at:
            os.kill(os.getpid(), signal.SIGSTOP)


@dataclass(frozen=True, slots=True)
class Duty:
    """What the worker's process is told."""

    url: str
    standing: Standing
    clock: SharedClock
    ids: Ids
    plot: Plot
    stops_at: int


def work(duty: Duty, pipe: Connection) -> None:
    """What the worker's process does: one step; where its database has given up on it, it fails."""
    far = Faraway(duty.clock, duty.ids, pipe)
    core = Stopping(open_database(duty.url, given_clock=True), duty.standing, duty.clock, far)
    core.stops_at = duty.stops_at
    try:
        core.step(duty.plot)
    except OperationalError:
        sys.exit(GIVEN_UP)
    finally:
        core.close()


class Frozen:
    """A worker stopped in the middle of its step."""

    def __init__(self, core: Core, duty: Duty) -> None:
        ours, theirs = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=work, args=(duty, theirs), daemon=True)
        self._process.start()
        theirs.close()
        Thread(target=_answer, args=(core.remote, ours), daemon=True).start()
        self._seen = psutil.Process(self._process.pid)
        wait_for(self._has_stopped, PATIENCE)

    def wake(self) -> None:
        """Let it go on, to the end of its step."""
        self._seen.send_signal(signal.SIGCONT)
        self._process.join(PATIENCE)
        assert self._process.exitcode in {0, GIVEN_UP}

    def end(self) -> None:
        """Gone, whatever it was at."""
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _has_stopped(self) -> bool:
        assert self._process.exitcode is None
        return bool(self._seen.status() == psutil.STATUS_STOPPED)


@contextmanager
def frozen(core: Core, stops_at: int, plot: Plot = QUIET) -> Iterator[Frozen]:
    """A worker frozen at this point of the next step, gone afterwards."""
    assert isinstance(core.clock, SharedClock)
    duty = Duty(core.database.url, core.standing, core.clock, core.remote.ids, plot, stops_at)
    worker = Frozen(core, duty)
    try:
        yield worker
    finally:
        worker.end()


def _answer(remote: Remote, pipe: Connection) -> None:
    while True:
        try:
            call, trouble = pipe.recv()
        except EOFError:
            return
        pipe.send(remote.hear(call, trouble))
