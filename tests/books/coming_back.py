"""A backup taken midway, and the office that comes back to it when the rest is forgotten."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING

from db.backups import back_up
from db.engine import open_database
from db.restoring import restore
from tests.books.office import Office

if TYPE_CHECKING:
    from pathlib import Path


class Copies:
    """A backup taken midway, and the office that goes on with it after the other one's memory was lost."""

    def __init__(self, office: Office, place: str, folder: Path) -> None:
        self._office = office
        self._place = place
        self._file = folder / "backup"
        self._again: Office | None = None

    def take(self) -> None:
        """Back up now."""
        back_up(self._office.database.url, self._file, self._office.clock())

    def come_back(self, *, connected: bool = True) -> Office:
        """Half a day later: the old database is gone, the backup is put to work, and connected anew."""
        office = self._office
        office.clock.sleep(timedelta(hours=12).total_seconds())
        restore(self._place, self._file, office.clock())
        self._again = Office(open_database(self._place, given_clock=True), office.sandbox, office.clock)
        self._again._numbers = itertools.count(1_000_000)
        assert office.firm_id == self._again.firm_id
        if connected:
            self._again.connect()
        return self._again

    def close(self) -> None:
        """Close what was opened."""
        if self._again is not None:
            self._again.database.close()
