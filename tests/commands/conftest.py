"""The whole product: empty for one test, or set up once for a module whose tests take their own clients."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.books.office import Office
from tests.commands.desk import standing_desk
from tests.commands.house import House
from tests.commands.putting_up import standing_house


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Office]:
    """A firm's books alone, with one invoice that is ready."""
    with standing_desk(sqlite_url) as standing:
        yield standing


@pytest.fixture
def desk_on_either(database_url: str) -> Iterator[Office]:
    """The same, on SQLite and on PostgreSQL."""
    with standing_desk(database_url) as standing:
        yield standing


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


@pytest.fixture
def careful_house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """The empty house of a firm that asks a second person for everything, as firms begin."""
    with standing_house(sqlite_url, tmp_path, trusting=False) as standing:
        yield standing


@pytest.fixture(scope="module")
def shared_careful_office(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Connected, imported and mapped once, in such a firm."""
    folder = tmp_path_factory.mktemp("careful")
    shutil.copyfile(migrated_sqlite, folder / "caseledger.db")
    url = f"sqlite:///{folder / 'caseledger.db'}"
    with standing_house(url, folder, trusting=False) as standing:
        standing.ready_to_sync()
        yield standing


@pytest.fixture
def careful_office(shared_careful_office: House) -> House:
    """The shared one, with no screen open."""
    return without_screens(shared_careful_office)


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
    return without_screens(shared_office)


def without_screens(house: House) -> House:
    """The same, every screen closed."""
    for person in (house.maria, house.ben, house.alice):
        while person.modal() is not None:
            person.close()
    return house
