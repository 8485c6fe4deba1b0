"""Hears of every commit and call of a schedule, and strikes where the schedule says so."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from qb.sandbox import Fault
from tests.crashing.schedules import ANY, KILL, KILL_SOON, Blow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qb.sandbox import Sandbox

LATE_SECONDS = 20.0
"""How long after the connection broke QuickBooks still books what came over it."""

SOON = 16
"""Milliseconds, at most, until a process dies that is killed soon."""
POST = "QuickBooks POST "
KEYS = {"customer": "DisplayName", "invoice": "DocNumber", "payment": "PaymentRefNum"}
"""What a document is told apart by, in this story."""
HELD = (" sending", " taken up", " running")
"""How phrases end by which a worker takes something in hand, until it says another thing of it."""

AT_QUICKBOOKS: dict[str, Fault] = {
    "cut": Fault("cut", after=True),
    "cut before": Fault("cut"),
    "late": Fault("late", seconds=LATE_SECONDS),
    **{f"500 {when}": Fault("status", status=500, after=when == "after") for when in ("before", "after")},
    **{f"504 {when}": Fault("gateway", after=when == "after") for when in ("before", "after")},
    **{f"429 {when}": Fault("throttle", after=when == "after") for when in ("before", "after")},
}


class Referee:
    """Safe in any thread; ``trace`` lists each boundary as it was reached."""

    def __init__(self, sandbox: Sandbox, blows: Sequence[Blow]) -> None:
        self.trace: list[str] = []
        self.struck: list[str] = []
        self.again: list[str] = []
        self._sandbox = sandbox
        self._blows = list(blows)
        self._reached: dict[str, int] = {}
        self._pids: dict[int, int] = {}
        self._armed: set[int] = set()
        self._cutting: set[int] = set()
        self._held: dict[int, set[str]] = {}
        self._last = time.monotonic()
        self._lock = threading.RLock()

    # Who lives.

    def born(self, worker: int, pid: int) -> None:
        """A worker's process has begun."""
        with self._lock:
            self._pids[worker] = pid
            self._held[worker] = set()
            self._armed.discard(worker)
            self._last = time.monotonic()

    def has_ended(self, worker: int) -> None:
        """A process has gone by itself, as one does that finds it can't start."""
        with self._lock:
            self._pids.pop(worker, None)

    def living(self) -> set[int]:
        """The workers that haven't been killed."""
        with self._lock:
            return set(self._pids)

    def quiet_for(self) -> float:
        """Seconds since anything happened; 0 while a living worker holds something."""
        with self._lock:
            busy = any(self._held[worker] for worker in self._pids)
            return 0.0 if busy else time.monotonic() - self._last

    def kill(self, worker: int) -> None:
        """SIGKILL, where it stands."""
        with self._lock, contextlib.suppress(ProcessLookupError):
            pid = self._pids.pop(worker, None)
            if pid is not None:
                os.kill(pid, signal.SIGKILL)

    def ask_where(self) -> str:
        """Have every living process write down where each of its threads stands; what they hold."""
        with self._lock:
            for pid in self._pids.values():
                os.kill(pid, signal.SIGUSR1)
        time.sleep(0.3)
        return f"workers hold {self._held}, silent for {time.monotonic() - self._last:.1f} s"

    # What the program does inside.

    def commits(self, worker: int, phrases: list[str], side: str) -> bool:
        """A commit is about to happen, or has; whether the process may go on."""
        name = "commit " + ", ".join(phrases)
        with self._lock:
            if worker not in self._pids:
                return False
            self._last = time.monotonic()
            if side == "before" and worker in self._armed:
                self.kill(worker)
                return False
            if side == "before":
                self._reach(name)
            if side == "after":
                self._keep(worker, phrases)
            blow = self._due(name, (side, KILL, KILL_SOON))
            return blow is None or not self._strike(worker, blow)

    # What it asks of others.

    def arrives(self, worker: int, name: str, text: str) -> str:
        """A call has come; what becomes of it instead of being done."""
        with self._lock:
            if worker not in self._pids:
                return "dead"
            self._last = time.monotonic()
            self._reach(name)
            if name.startswith(POST):
                self._see(name, text)
            blow = self._due(name)
            if blow is None:
                return ""
            if blow.fault in {"nothing", KILL, KILL_SOON}:
                return "dead" if self._strike(worker, blow) else ""
            self.struck.append(str(blow))
            self._armed.add(worker)
            return self._meet(worker, name, text, blow.fault)

    def is_answered(self, worker: int, name: str) -> str:
        """A call is done."""
        del name
        with self._lock:
            self._last = time.monotonic()
            self._reached[ANY] = self._reached.get(ANY, 0) + 1
            blow = self._due(ANY)
            struck = blow is not None and worker in self._pids and self._strike(worker, blow)
            cut = worker in self._cutting or struck
            self._cutting.discard(worker)
            return "cut" if cut else ""

    def _see(self, name: str, text: str) -> None:
        """Nothing may be sent that QuickBooks has, or is still at, whatever it would make of it."""
        kind = name.removeprefix(POST).split()[0]
        late = [json.loads(call.body) for _, call in self._sandbox._company.pending if call.resource == kind]
        if any(one.get(KEYS[kind]) == text for one in (*self._sandbox.books.entities(kind.title()), *late)):
            self.again.append(name.removeprefix(POST))

    def _strike(self, worker: int, blow: Blow) -> bool:
        """Kill the process, now or a little later; whether it is dead."""
        self.struck.append(str(blow))
        if blow.fault != KILL_SOON:
            self.kill(worker)
            return True
        pid = self._pids[worker]
        later = threading.Timer(blow.nth % SOON / 1000, self._kill_if, (worker, pid))
        later.daemon = True
        later.start()
        return False

    def _kill_if(self, worker: int, pid: int) -> None:
        """Kill the worker's process if it is still that one."""
        with self._lock:
            if self._pids.get(worker) == pid:
                self.kill(worker)

    def _meet(self, worker: int, name: str, text: str, fault: str) -> str:
        """Have this very call meet the trouble: QuickBooks' own, or Slack's."""
        if fault == "answered":
            return ""
        if name.startswith("QuickBooks "):
            method, path = ("POST", name.split()[2]) if " POST " in name else ("*", "*")
            path = "query" if " query " in name else path
            aimed = AT_QUICKBOOKS[fault]
            self._sandbox.faults.add(
                replace(aimed, method=method, path=path, containing=text if path != "customer" else "")
            )
            return ""
        if fault == "cut":
            self._cutting.add(worker)
            return ""
        return fault

    # Counting.

    def _reach(self, name: str) -> None:
        self.trace.append(name)
        for known in (name, ANY):
            self._reached[known] = self._reached.get(known, 0) + 1

    def _due(self, name: str, faults: tuple[str, ...] = ()) -> Blow | None:
        if not self._blows:
            return None
        blow = self._blows[0]
        if blow.boundary not in {name, ANY} or self._reached.get(blow.boundary, 0) < blow.nth:
            return None
        if faults and blow.fault not in faults:
            return None
        self._reached = {}
        return self._blows.pop(0)

    def _keep(self, worker: int, phrases: list[str]) -> None:
        """What this worker holds now: effects it claimed, tasks it began."""
        held = self._held[worker]
        for phrase in phrases:
            if phrase.endswith(HELD) and not phrase.startswith("sync "):
                held.add(_what(phrase))
            elif not phrase.endswith(" left"):  # another task, not the one in hand
                held.discard(_what(phrase))


def _what(phrase: str) -> str:
    """The effect or task a phrase is about, without what becomes of it."""
    return phrase.rpartition(" ")[0].removesuffix(" taken").removesuffix(" in").removesuffix(" put")
