"""A process that has everything imported and no threads, and forks a fresh one for each schedule it is given.

Run as a program: schedules come in as lines of JSON, endings go out as they come, each with its number.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg  # noqa: F401 - imported here once, for all that are forked
from sqlalchemy import make_url
from sqlalchemy.orm import configure_mappers

from db.engine import migrate
from tests.crashing.opening import Opening, open_firm, read_opening
from tests.crashing.running import Ground, run
from tests.crashing.schedules import Schedule, schedule_from
from tests.databases import address, connected, create, drop

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

Json = dict[str, Any]
FRESH_SECONDS = 200
"""Slack's signatures are good for five minutes, and openings are as old as their clocks."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Which opening a schedule needs."""

    postgres: bool
    invoices: int


class Openings:
    """Keeps an opening of each kind that is wanted, made anew when it is too old."""

    def __init__(self, folder: Path, server: URL | None) -> None:
        self._folder, self._server = folder, server
        self._made: dict[Kind, tuple[float, int]] = {}
        self._numbers = 0
        self._mark = os.getpid()

    def ground(self, kind: Kind, number: int) -> Ground:
        """A folder and a database of its own for one schedule."""
        begun, version = self._made.get(kind, (0.0, 0))
        if time.monotonic() - begun > FRESH_SECONDS:
            self._numbers += 1
            version = self._numbers
            _in_child(lambda: self._make(kind, version))
            self._made[kind] = (time.monotonic(), version)
        folder = self._folder / f"schedule-{number}"
        folder.mkdir()
        return Ground(folder, self._copied(kind, version, folder), read_opening(self._kept(version)))

    def forget(self, kind: Kind, ground: Ground) -> None:
        """Remove what a schedule used."""
        shutil.rmtree(ground.folder)
        if kind.postgres and self._server is not None:
            with connected(self._server) as connection:
                drop(connection, self._copy_of(ground.folder))

    def close(self) -> None:
        """Remove the openings on the server."""
        for kind, (_, version) in self._made.items():
            if kind.postgres and self._server is not None:
                with connected(self._server) as connection:
                    drop(connection, self._name(version))

    def _make(self, kind: Kind, version: int) -> None:
        if kind.postgres and self._server is not None:
            with connected(self._server) as connection:
                create(connection, self._name(version), "template0")
            url = address(self._server, self._name(version))
        else:
            url = f"sqlite:///{self._folder}/opening-{version}.db"
        migrate(url)
        opening: Opening = open_firm(url, datetime.now(UTC), kind.invoices)
        opening.write(self._kept(version))

    def _copied(self, kind: Kind, version: int, folder: Path) -> str:
        if kind.postgres and self._server is not None:
            name = self._copy_of(folder)
            with connected(self._server) as connection:
                create(connection, name, self._name(version))
            return address(self._server, name)
        shutil.copyfile(self._folder / f"opening-{version}.db", folder / "caseledger.db")
        return f"sqlite:///{folder}/caseledger.db"

    def _kept(self, version: int) -> Path:
        return self._folder / f"opening-{version}.json"

    def _name(self, version: int) -> str:
        return f"opening_{self._mark}_{version}"

    def _copy_of(self, folder: Path) -> str:
        return f"{folder.name.replace('-', '_')}_{self._mark}"


def _in_child(work: Any) -> None:  # noqa: ANN401
    pid = _forked(work)
    _, status = os.waitpid(pid, 0)
    if status:
        raise ChildProcessError(status)


def _forked(work: Any) -> int:  # noqa: ANN401
    pid = os.fork()
    if pid:
        return pid
    ended = 1
    try:
        work()
        ended = 0
    finally:
        if ended:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(ended)


def serve(folder: Path, server: URL | None, at_once: int) -> None:
    """Play the schedules that come in, so many at once."""
    configure_mappers()
    warm(folder / "warm.db")
    openings = Openings(folder, server)
    playing: dict[int, tuple[int, Kind, Ground]] = {}
    for line in sys.stdin:
        told = json.loads(line)
        while len(playing) >= at_once:
            _finish(playing, openings)
        number, schedule = told["number"], schedule_from(told["schedule"])
        kind = Kind(schedule.postgres, schedule.invoices)
        ground = openings.ground(kind, number)
        playing[_forked(lambda s=schedule, g=ground: _play(s, g))] = (number, kind, ground)
    while playing:
        _finish(playing, openings)
    openings.close()


def warm(file: Path) -> None:
    """Do once what every process would do at first: what is imported late, compiled or looked up."""
    migrate(f"sqlite:///{file}")
    open_firm(f"sqlite:///{file}", datetime.now(UTC), 1)
    assert threading.active_count() == 1, threading.enumerate()
    gc.freeze()


def _play(schedule: Schedule, ground: Ground) -> None:
    told = run(schedule, ground)
    (ground.folder / "ending.json").write_text(json.dumps(told), encoding="utf-8")


def _finish(playing: dict[int, tuple[int, Kind, Ground]], openings: Openings) -> None:
    """Wait for one of them to end, and tell how it did."""
    pid, status = os.wait()
    number, kind, ground = playing.pop(pid)
    file = ground.folder / "ending.json"
    told: Json = json.loads(file.read_text(encoding="utf-8")) if status == 0 else {"broken": status}
    log = ground.folder / "caseledger.log"
    if (told.get("stuck") or status) and log.exists():
        told["log"] = log.read_text(errors="replace")[-20_000:]
    sys.stdout.write(json.dumps({"number": number, **told}) + "\n")
    sys.stdout.flush()
    openings.forget(kind, ground)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), make_url(sys.argv[3]) if sys.argv[3:] else None, int(sys.argv[2]))
