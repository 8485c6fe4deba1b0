"""Plays many schedules by one forking process, and compares how each ended with how it should."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
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
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as zygote:
        assert zygote.stdin is not None
        assert zygote.stdout is not None
        orders = "".join(
            json.dumps({"number": number, "schedule": plain(one)}) + "\n"
            for number, one in enumerate(schedules)
        )
        asking = threading.Thread(target=_ask, args=(zygote.stdin, orders))
        asking.start()
        for line in zygote.stdout:
            told = json.loads(line)
            yield Played(schedules[told.pop("number")], told)
        asking.join()
    if zygote.returncode:
        raise subprocess.CalledProcessError(zygote.returncode, command)
    shutil.rmtree(own)


def _ask(there: IO[str], orders: str) -> None:
    """In a thread of its own: endings come back while orders still go out."""
    with there:
        there.write(orders)
