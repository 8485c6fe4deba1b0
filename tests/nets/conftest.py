"""What the proofs of the nets share: a database of a firm made ready, as many times as it takes."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, make_url

from db.engine import Database, open_database
from tests.books.office import Clock
from tests.databases import BOTH, fresh_database, the_server
from tests.nets.core import Core
from tests.nets.frozen import SharedClock
from tests.nets.mutants import NONE, Mutant
from tests.nets.remote import Ids, Remote
from tests.nets.standing import Standing, make_ready

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    NewCore = Callable[..., Core]


@pytest.fixture(scope="session")
def ready_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Standing]:
    """The SQLite file of a firm made ready, to be copied, and who the firm is."""
    path = tmp_path_factory.mktemp("ready") / "caseledger.db"
    shutil.copyfile(migrated_sqlite, path)
    return path, make_ready(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def ordered_sqlite(
    ready_sqlite: tuple[Path, Standing], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Standing]:
    """The same with its first invoice ordered."""
    source, standing = ready_sqlite
    path = tmp_path_factory.mktemp("ordered") / "caseledger.db"
    shutil.copyfile(source, path)
    order_first(f"sqlite:///{path}", standing)
    return path, standing


@pytest.fixture(scope="session")
def ordered_postgres(pytestconfig: pytest.Config) -> Iterator[tuple[str, Standing]]:
    """The name of a PostgreSQL database with the first invoice ordered, to be copied."""
    server, run = the_server(pytestconfig)
    with contextmanager(fresh_database)(server, run, f"caseledger_{run}") as url:
        standing = make_ready(url)
        order_first(url, standing)
        yield make_url(url).database or "", standing


def order_first(url: str, standing: Standing) -> None:
    """Order the first invoice and its payment."""
    clock = Clock()
    core = Core(open_database(url, given_clock=True), standing, clock, Remote(clock, Ids.HONOURED))
    core.approve(standing.keys[:1])
    core.close()


@pytest.fixture(params=BOTH)
def shared_core(request: pytest.FixtureRequest) -> Iterator[NewCore]:
    """Makes cores whose clock and database other processes share; only the last one is open."""
    if request.param == "sqlite":
        path, standing = request.getfixturevalue("ordered_sqlite")
        yield from cores(path, standing, request.getfixturevalue("database_folder"), SharedClock)
        return
    template, standing = request.getfixturevalue("ordered_postgres")
    server, run = the_server(request.config)
    with ExitStack() as opened:

        def make(ids: Ids, mutant: Mutant = NONE) -> Core:
            opened.close()
            url = opened.enter_context(contextmanager(fresh_database)(server, run, template))
            clock = SharedClock()
            database = open_database(url, given_clock=True)
            mutant.attach(database.engine)
            core = Core(database, standing, clock, Remote(clock, ids), mutant, first_id=100)
            opened.callback(core.close)
            return core

        yield make


@pytest.fixture
def new_core(ready_sqlite: tuple[Path, Standing], database_folder: Path) -> Iterator[NewCore]:
    """Makes cores, each on a database of its own with nothing ordered; only the last one is open."""
    yield from cores(*ready_sqlite, database_folder)


@pytest.fixture
def ordered_core(ordered_sqlite: tuple[Path, Standing], database_folder: Path) -> Iterator[NewCore]:
    """The same with the first invoice ordered."""
    yield from cores(*ordered_sqlite, database_folder)


def cores(
    source: Path, standing: Standing, folder: Path, new_clock: type[Clock] = Clock
) -> Iterator[NewCore]:
    """Give what makes cores on copies of a file, each in the place of the one before."""
    path = folder / "caseledger.db"
    opened = opened_at(path)

    def make(ids: Ids, mutant: Mutant = NONE) -> Core:
        database = opened if mutant is NONE else opened_at(path)
        mutant.attach(database.engine)
        opened.close()
        shutil.copyfile(source, path)
        clock = new_clock()
        return Core(database, standing, clock, Remote(clock, ids), mutant, first_id=100)

    yield make
    opened.close()


def opened_at(path: Path) -> Database:
    """The database in this file; what it has once compiled it needn't again, whatever is copied there."""
    database = open_database(f"sqlite:///{path}", given_clock=True)
    event.listen(database.engine, "connect", unsafe_and_fast)
    return database


def unsafe_and_fast(connection: sqlite3.Connection, record: object) -> None:
    """Only the program dies here, not the machine: nothing need wait for the disk."""
    connection.execute("PRAGMA synchronous = OFF").close()
    connection.execute("PRAGMA journal_mode = MEMORY").close()
    connection.execute("PRAGMA busy_timeout = 50").close()
