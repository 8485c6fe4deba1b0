"""Watches a program from inside its process: tells each commit to whoever may kill it there, and waits.

It hangs on SQLAlchemy's own events; the program knows nothing of it.
"""

from __future__ import annotations

import json
import re
import socket
import threading
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from db import tables
from tests.crashing.phrases import Phrases

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.engine.interfaces import ExecutionContext

WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
SAID = "caseledger_said"


class Line:
    """A thread's line to the schedule that runs this process; what is told waits for the answer."""

    def __init__(self, address: Path, worker: int) -> None:
        self._address = str(address)
        self._worker = worker
        self._own = threading.local()

    def tell(self, **what: object) -> None:
        """Say what is about to happen or has happened, and go on once that is heard."""
        if not hasattr(self._own, "file"):
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.connect(self._address)
            self._own.file = line.makefile("rwb")
        self._own.file.write(json.dumps({"worker": self._worker, **what}).encode() + b"\n")
        self._own.file.flush()
        self._own.file.readline()


def watch_commits(line: Line) -> None:
    """Tell ``line`` before and after every commit that writes something, by what it writes."""
    phrases, own = Phrases(), threading.local()

    def begins(connection: Connection) -> None:
        connection.info[SAID] = []

    def executes(
        connection: Connection,
        _cursor: object,
        statement: str,
        _parameters: object,
        context: ExecutionContext | None,
        _many: object,
    ) -> None:
        found = WRITES.match(statement)
        if found and context is not None:
            given: list[dict[str, Any]] = getattr(context, "compiled_parameters", None) or [{}]
            verb, table = found.group(1).split()[0].upper(), found.group(2)
            connection.info[SAID] += [phrases.of(verb, table, row) for row in given]

    def commits(connection: Connection) -> None:
        own.said = sorted({phrase for phrase in connection.info.get(SAID, []) if phrase})
        if own.said:
            line.tell(phrases=own.said, side="before")

    def has_committed(_session: Session) -> None:
        said, own.said = getattr(own, "said", []), []
        if said:
            line.tell(phrases=said, side="after")

    event.listen(Engine, "begin", begins)
    event.listen(Engine, "before_cursor_execute", executes)
    event.listen(Engine, "commit", commits)
    event.listen(Session, "after_commit", has_committed)
    event.listen(
        tables.Effect, "load", lambda row, _context: phrases.meet_effect(row.id, row.subject, row.operation)
    )
    event.listen(tables.Task, "load", lambda row, _context: phrases.meet_task(row.id, row.kind))
