"""The whole product: empty for one test, or set up once for a module whose tests take their own clients."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.house import House
from tests.commands.putting_up import standing_house


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """Empty records, nothing connected, nobody has done anything yet."""
    with standing_house(sqlite_url, tmp_path) as standing:
        yield standing


@pytest.fixture
def house_on_either(database_url: str, tmp_path: Path) -> Iterator[House]:
    """The same, on SQLite and on PostgreSQL."""
    with standing_house(database_url, tmp_path) as standing:
        yield standing


@pytest.fixture(scope="module")
def shared_office(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Connected, imported and mapped once."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copyfile(migrated_sqlite, folder / "caseledger.db")
    with standing_house(f"sqlite:///{folder / 'caseledger.db'}", folder) as standing:
        standing.ready_to_sync()
        yield standing


@pytest.fixture
def office(shared_office: House) -> House:
    """The shared one, with no screen open."""
    for person in (shared_office.maria, shared_office.ben, shared_office.alice):
        while person.modal() is not None:
            person.close()
    return shared_office
