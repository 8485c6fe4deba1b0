"""What the intake's tests ask for: an open database with two firms, and a way to import into it."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from db import firms
from db.engine import Database, open_database
from db.intake.stage import ImportResult, IncomingFile, import_files
from tests.intake.sheets import Rows, xlsx

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


class Clock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """The moment it shows."""
        return self.now

    def forward(self, span: timedelta) -> None:
        """Let time pass."""
        self.now += span


class Importing(Protocol):
    """Imports reports given as rows, for the firm most tests are about."""

    def __call__(self, *reports: Rows | IncomingFile, firm_id: str = ...) -> ImportResult:
        """Import them in one go; each is a workbook called ``export.xlsx``."""


@pytest.fixture
def clock() -> Clock:
    """The test's own clock."""
    return Clock()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database of either kind."""
    database = open_database(database_url)
    yield database
    database.close()


@pytest.fixture
def new_firm(database: Database) -> Callable[[], str]:
    """Adds a firm and gives its id."""
    numbers = itertools.count(1)

    def add() -> str:
        number = next(numbers)
        with database.write() as session:
            firm = firms.meet_firm(
                session,
                team_id=f"T{number}",
                name=f"Firm {number}",
                timezone="America/Toronto",
                now=NOW,
                new_id=lambda: f"00000000-0000-4000-8000-{number:012}",
            )
        return firm.id

    return add


@pytest.fixture
def firm_id(new_firm: Callable[[], str]) -> str:
    """The firm most tests are about."""
    return new_firm()


@pytest.fixture
def take(database: Database, firm_id: str, clock: Clock) -> Importing:
    """Imports rows as workbooks, or files as they are."""

    def go(*reports: Rows | IncomingFile, firm_id: str = firm_id) -> ImportResult:
        files = [
            one if isinstance(one, IncomingFile) else IncomingFile("export.xlsx", xlsx(one))
            for one in reports
        ]
        return import_files(database, firm_id=firm_id, files=files, asked_by="U0MARIA", now=clock)

    return go
