"""What the tests of the books share: a firm with an open database and a QuickBooks of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.engine import open_database
from qb.sandbox import Sandbox
from tests.books.coming_back import Copies
from tests.books.office import Clock, Office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def clock() -> Clock:
    """It is noon."""
    return Clock()


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    """A QuickBooks company that goes by the test's clock."""
    with Sandbox(clock=clock) as running:
        yield running


@pytest.fixture
def office(sqlite_url: str, sandbox: Sandbox, clock: Clock) -> Iterator[Office]:
    """A firm that has just been met."""
    database = open_database(sqlite_url, given_clock=True)
    yield Office(database, sandbox, clock)
    database.close()


@pytest.fixture
def either_office(database_url: str, sandbox: Sandbox, clock: Clock) -> Iterator[Office]:
    """The same on either database."""
    database = open_database(database_url, given_clock=True)
    yield Office(database, sandbox, clock)
    database.close()


@pytest.fixture
def postgres_office(postgres_url: str, sandbox: Sandbox, clock: Clock) -> Iterator[Office]:
    """The same on PostgreSQL, which several processes share."""
    database = open_database(postgres_url, given_clock=True)
    yield Office(database, sandbox, clock)
    database.close()


@pytest.fixture
def place(request: pytest.FixtureRequest, either_office: Office, tmp_path: Path) -> str:
    """Where a backup is restored to: an empty database of the same kind."""
    if either_office.database.dialect == "sqlite":
        return f"sqlite:///{tmp_path}/restored.db"
    found: str = request.getfixturevalue("empty_postgres_url")
    return found


@pytest.fixture
def copies(either_office: Office, place: str, tmp_path: Path) -> Iterator[Copies]:
    """Takes a backup, and comes back to it later."""
    made = Copies(either_office, place, tmp_path)
    yield made
    made.close()
