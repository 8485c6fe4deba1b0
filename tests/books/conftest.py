"""What the tests of the books share: a firm with an open database and a QuickBooks of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.engine import open_database
from qb.sandbox import Sandbox
from tests.books.coming_back import Copies
from tests.books.office import Clock, Office
from tests.books.practised import practise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.books.practised import Practised


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


@pytest.fixture(scope="session")
def practised_books() -> Iterator[Sandbox]:
    """The QuickBooks in which every kind of paid invoice was booked; ``practised`` is what became of each."""
    with Sandbox(clock=Clock()) as running:
        yield running


@pytest.fixture(scope="session")
def practised(
    practised_books: Sandbox, migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Practised:
    """A firm that has met every kind of paid invoice, once for all tests."""
    file = tmp_path_factory.mktemp("practised") / "firm.db"
    file.write_bytes(migrated_sqlite.read_bytes())
    database = open_database(f"sqlite:///{file}", given_clock=True)
    found = practise(Office(database, practised_books, Clock()))
    database.close()
    return found
