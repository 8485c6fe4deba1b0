"""One schedule from the press to its end: far side, processes, blows, and a clock that is put forward."""

from __future__ import annotations

import contextlib
import json
import socketserver
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from db.engine import open_database
from qb.sandbox import Switches
from tests.crashing.clock import SharedClock
from tests.crashing.ending import ending, is_settled, next_due
from tests.crashing.far_side import FarSide, books_since
from tests.crashing.nursery import Nursery
from tests.crashing.opening import CHANNEL, MESSAGE_TS, TEAM
from tests.crashing.pressing import Maria
from tests.crashing.program import CLOCK, WATCH, Birth
from tests.crashing.referee import Referee
from tests.crashing.slack import SlackStandIn
from tests.stage import environment, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crashing.opening import Opening
    from tests.crashing.schedules import Schedule

Json = dict[str, Any]
QUIET_SECONDS = 0.004
PAUSE_SECONDS = 0.002
GONE_SECONDS = 0.1
PATIENCE_SECONDS = 100.0
"""Of real time, until a schedule is called stuck: a busy machine is slow, and that is no fault."""
IDLE_SECONDS = 0.25
A_REST = timedelta(seconds=10)
"""Where what is due isn't taken for so long: QuickBooks has asked us to rest."""
AFTERWARDS = timedelta(minutes=5)
"""Until the books are read: what QuickBooks is still at, it has done by then."""
A_WHILE = timedelta(seconds=61)
"""Where nothing is due and all isn't done: until somebody takes it up again."""
MOST_LEAPS = 600


class StuckError(AssertionError):
    """The program doesn't come to an end."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a schedule runs: a folder of its own, and its copy of the opening's database."""

    folder: Path
    database_url: str
    opening: Opening


def run(schedule: Schedule, ground: Ground) -> Json:
    """Play the schedule, start again whoever died, and tell how it ended."""
    nursery = Nursery()  # before anything here has a thread
    try:
        return _Stage(schedule, ground, nursery).play()
    finally:
        nursery.close()


class _Stage:
    def __init__(self, schedule: Schedule, ground: Ground, nursery: Nursery) -> None:
        self._schedule, self._ground, self._nursery = schedule, ground, nursery
        self._clock = SharedClock(ground.folder / CLOCK)
        began = datetime.fromisoformat(ground.opening.began)
        self._sandbox = books_since(began, self._clock)
        self._sandbox.switches = Switches(requestid=schedule.request_ids)  # type: ignore[arg-type]
        self._sandbox.faults.add(*schedule.troubles)
        self._slack = SlackStandIn(TEAM, CHANNEL, MESSAGE_TS)
        self._referee = Referee(self._sandbox, schedule.blows)
        self._far = FarSide(self._sandbox, self._slack, self._referee, schedule.processes)
        self._database = open_database(ground.database_url, given_clock=True)
        self._pids: dict[int, int] = {}
        self._ports: dict[int, int] = {}
        self._maria = Maria(ground.opening, schedule.presses)
        self._births = self._leaps = 0

    def play(self) -> Json:
        """Until it is settled; StuckError where it never is."""
        begun = time.monotonic()
        with _watched(self._ground.folder / WATCH, self._referee, self._clock):
            for worker in range(self._schedule.processes):
                self._bear(worker)
            while not self._is_over():
                if time.monotonic() - begun > PATIENCE_SECONDS or self._leaps > MOST_LEAPS:
                    return self._told(stuck=True)
                time.sleep(PAUSE_SECONDS)
            return self._told(stuck=False)

    def _is_over(self) -> bool:
        """Take one more look, and do what is next: bear, press, put the clock forward."""
        living = self._referee.living()
        if not living:
            self._bear(0)
            return False
        if self._referee.quiet_for() > GONE_SECONDS:
            self._miss(living)
        if self._maria.presses_on(self._ports[min(living)]):
            return False
        if self._far.under_way or self._referee.quiet_for() < QUIET_SECONDS:
            return False
        with self._database.read() as session:
            settled, due = is_settled(session, self._ground.opening), next_due(session)
        if settled:
            return True
        self._skip_to(due)
        return False

    def _skip_to(self, due: datetime | None) -> None:
        """Put the clock forward, unless something has begun to happen."""
        now, quiet = self._clock(), self._referee.quiet_for()
        if due is not None and due <= now:
            due = now + A_REST if quiet > IDLE_SECONDS else now
        elif quiet < QUIET_SECONDS:
            due = now
        if due is None or due > now:
            self._leaps += 1
            self._clock.put_forward_to(due or now + A_WHILE)

    def _miss(self, living: set[int]) -> None:
        """Who says nothing for so long may have gone."""
        for worker in living:
            if self._nursery.has_ended(self._pids[worker]):
                self._referee.has_ended(worker)

    def _bear(self, worker: int) -> None:
        if worker in self._pids:
            self._nursery.bury(self._pids.pop(worker))
        port = self._ports[worker] = free_port()
        settings = _settings(self._ground, port, self._far.urls[worker])
        booking = self._schedule.threads
        pid = self._nursery.bear(Birth(worker, settings, booking, str(self._ground.folder)))
        self._pids[worker] = pid
        self._referee.born(worker, pid)
        self._births += 1

    def _told(self, *, stuck: bool) -> Json:
        why = self._referee.ask_where() if stuck else ""
        for worker in self._referee.living():
            self._referee.kill(worker)
        for pid in self._pids.values():
            self._nursery.bury(pid)
        self._clock.put_forward_to(self._clock() + AFTERWARDS)
        told = ending(self._database, self._ground.opening, self._sandbox, self._slack)
        self._database.close()
        return {
            "stuck": stuck,
            "why": why,
            "births": self._births,
            "leaps": self._leaps,
            "struck": self._referee.struck,
            "again": self._referee.again,
            "trace": self._referee.trace,
            **told,
        }


def _settings(ground: Ground, port: int, far: str) -> dict[str, str]:
    @dataclass(frozen=True, slots=True)
    class _There:
        url: str
        api_url: str

    there = _There(far, f"{far}/api/")
    ours = environment(f"http://127.0.0.1:{port}", ground.database_url, there, there)  # type: ignore[arg-type]
    return {**ours, "VAULT_KEYS": f"k1:{ours['VAULT_KEYS'].partition(':')[2]}"}


@contextlib.contextmanager
def _watched(address: Path, referee: Referee, clock: SharedClock) -> Iterator[None]:
    """Hear what the processes tell, a thread for each of their threads."""

    class Hearing(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(ConnectionError):  # it was killed in the middle of a word
                self._hear()

        def _hear(self) -> None:
            for line in self.rfile:
                told = json.loads(line)
                if "sleep_until" in told:
                    clock.put_forward_to(datetime.fromtimestamp(told["sleep_until"], UTC))
                elif not referee.commits(told["worker"], told["phrases"], told["side"]):
                    return
                self.wfile.write(b"\n")

    class Server(socketserver.ThreadingUnixStreamServer):
        daemon_threads = True
        block_on_close = False

    with Server(str(address), Hearing) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield
        server.shutdown()
