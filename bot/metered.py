"""Counts the reads that Intuit meters, and adds them up in the database now and then."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from db import reads

if TYPE_CHECKING:
    from datetime import datetime

    from db.engine import Database


class MeteredReads:
    """How many reads this process made and hasn't written down; what isn't when it is killed is lost."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made = 0

    def one(self) -> None:
        """QuickBooks answered one."""
        with self._lock:
            self._made += 1

    def keep(self, database: Database, now: datetime) -> None:
        """Write down what was made since the last time; nothing where there is nothing."""
        with self._lock:
            made, self._made = self._made, 0
        if made:
            with database.write() as session:
                reads.add(session, now, made)
