"""Plays many schedules by one forking process, and compares how each ended with how it should."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from tests import memory
from tests.crashing.schedules import Schedule, plain
from tests.started import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Played:
    """A schedule, and what came of it."""

    schedule: Schedule
    told: Json

    @property
    def trace(self) -> list[str]:
        """The boundaries as they were reached."""
        return list(self.told.get("trace", []))

    @property
    def struck(self) -> bool:
        """Whether every blow found its boundary."""
        return len(self.told.get("struck", [])) == len(self.schedule.blows)


def play(schedules: Sequence[Schedule], folder: Path, server: str, at_once: int = 2) -> Iterator[Played]:
    """Play them, so many at once; each comes out when it has ended. ``server`` is PostgreSQL's or ""."""
    own = memory.new_folder(f"{folder.name}-", otherwise=folder)
    command = [
        sys.executable,
        "-m",
        "tests.crashing.zygote",
        str(own),
        str(at_once),
        *([server] if server else []),
    ]
    orders = [json.dumps({"number": number, "schedule": plain(one)}) for number, one in enumerate(schedules)]
    try:
        with _zygote(command, "\n".join(orders)) as zygote:
            for line in zygote.stdout or ():
                ended = json.loads(line)
                yield Played(schedules[ended.pop("number")], ended)
            if zygote.wait():
                raise subprocess.CalledProcessError(zygote.returncode, command)
    finally:
        shutil.rmtree(own)


@contextmanager
def _zygote(command: Sequence[str], orders: str) -> Iterator[subprocess.Popen[str]]:
    """In a process group of its own, of which nobody is left in the end."""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as there:
        asking = threading.Thread(target=_ask, args=(there.stdin, orders))
        asking.start()  # endings come back while orders still go out
        try:
            yield there
        finally:
            with suppress(ProcessLookupError):
                os.killpg(there.pid, signal.SIGKILL)
            asking.join()


def _ask(there: IO[str], orders: str) -> None:
    with suppress(BrokenPipeError), there:
        there.write(orders)
