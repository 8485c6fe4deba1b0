"""Whether this program can serve: database writable, tables current, worker seen, nothing long in doubt."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from db import heartbeats
from db.engine import schema_state

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from db.engine import Database

SEEN = timedelta(seconds=60)
WORKER, WEB = "worker", "web"


@dataclass(frozen=True, slots=True)
class Readiness:
    """Looks at the database, and tells it that this process lives."""

    database: Database
    clock: Callable[[], datetime]
    line_lost: Callable[[], bool] = lambda: False
    """Whether the line by which Slack speaks to us (Socket Mode) is down."""

    def troubles(self) -> tuple[str, ...]:
        """What stands in the way of serving, in words; nothing when all is well."""
        try:
            if not schema_state(self.database).fits:
                return ("the database's tables are of another version: run caseledger migrate",)
            self.beat(WEB)
            with self.database.read() as session:
                seen = heartbeats.last_seen(session, WORKER)
        except SQLAlchemyError as error:
            return (f"the database doesn't take a write ({type(error).__name__})",)
        if seen is None or self.clock() - seen > SEEN:
            return ("no worker was seen in the last minute",)
        if self.line_lost():
            return ("the line to Slack (Socket Mode) is down; it is opened anew every few seconds",)
        return ()

    def beat(self, role: str) -> None:
        """Say that this process lives, in this role."""
        process = f"{socket.gethostname()[:40]}:{os.getpid()}:{role}"
        with self.database.write() as session:
            heartbeats.beat(session, process, role, self.clock())
