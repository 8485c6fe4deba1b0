"""What the store's tests ask for: an open database, two firms in it, and a fixed moment."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import firms
from db.engine import Database, open_database
from db.firms import Firm
from tests.db.copies import HEAD
from tests.upgrades.earlier import left_by

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database whose leases run by the test's own clock."""
    database = open_database(database_url, given_clock=True)
    yield database
    database.close()


@pytest.fixture
def new_id() -> Callable[[], str]:
    """Ids in order."""
    numbers = itertools.count(1)
    return lambda: f"00000000-0000-4000-8000-{next(numbers):012}"


@pytest.fixture
def firm(database: Database, new_id: Callable[[], str]) -> Firm:
    """The firm most tests are about."""
    return a_firm(database, "T1", new_id)


@pytest.fixture
def other_firm(database: Database, new_id: Callable[[], str]) -> Firm:
    """A second firm, whose rows the first must never see."""
    return a_firm(database, "T2", new_id)


def a_firm(database: Database, team_id: str, new_id: Callable[[], str]) -> Firm:
    """A firm of that Slack workspace."""
    with database.write() as session:
        return firms.meet_firm(
            session,
            team_id=team_id,
            name=f'Firm {team_id} <!channel> & René "Ané" O\'Brien \\ 马春梅',
            timezone="America/Toronto",
            now=NOW,
            new_id=new_id,
        )


@pytest.fixture
def full_file(database_folder: Path) -> Path:
    """An SQLite file with rows in every table."""
    file = database_folder / "full.db"
    left_by(f"sqlite:///{file}", HEAD)
    return file
