"""What the tests of the books share: a firm with an open database and a QuickBooks of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.engine import open_database
from qb.sandbox import Sandbox
from tests.books.office import Clock, Office

if TYPE_CHECKING:
    from collections.abc import Iterator


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
