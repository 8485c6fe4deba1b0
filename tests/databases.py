"""Databases for tests: SQLite and PostgreSQL, a fresh one for each test, made by our own migrations."""

import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg import Connection, sql
from psycopg.rows import TupleRow
from sqlalchemy.engine import URL, make_url

from db.engine import migrate
from tests import memory, postgres
from tests.leaving_out import leave_out

FOLDER = pytest.StashKey[Path]()
SERVER = pytest.StashKey[tuple[URL, str]]()
NUMBERS = itertools.count(1)
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated, empty database of either kind, gone after the test."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        yield request.getfixturevalue("postgres_url")


@pytest.fixture(params=BOTH)
def bare_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of either kind that no migration has touched yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('database_folder')}/bare.db"
    else:
        yield from fresh_database(*the_server(request.config), template="template0")


@pytest.fixture
def database_folder(pytestconfig: pytest.Config) -> Iterator[Path]:
    """A folder for a database file of the test's own, in memory where there is room; gone afterwards."""
    run = pytestconfig.stash[FOLDER]
    folder = memory.new_folder(f"{run.name}-", otherwise=run)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def sqlite_url(database_folder: Path, migrated_sqlite: Path) -> str:
    """A migrated SQLite database in a file of the test's own."""
    path = database_folder / "caseledger.db"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated PostgreSQL database of the test's own."""
    server, run = the_server(request.config)
    yield from fresh_database(server, run, template=f"caseledger_{run}")


@pytest.fixture
def empty_postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Another PostgreSQL database, that no migration has touched yet."""
    yield from fresh_database(*the_server(request.config), template="template0")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SQLite file that tests get copies of."""
    path = tmp_path_factory.mktemp("template") / "caseledger.db"
    migrate(f"sqlite:///{path}")
    return path


def the_server(config: pytest.Config) -> tuple[URL, str]:
    """This run's server and the run's mark in database names; made at the first call, with its template."""
    if SERVER not in config.stash:
        folder = config.stash[FOLDER]
        run = run_of(folder)
        try:
            with postgres.locked(folder):
                server = make_url(postgres.server_address(folder))
                make_template(server, f"caseledger_{run}")
        except postgres.NoPostgresError as missing:
            leave_out("PostgreSQL", str(missing))
        config.stash[SERVER] = (server, run)
    return config.stash[SERVER]


def make_template(server: URL, name: str) -> None:
    """Make the migrated database that tests get copies of, unless another process has.

    It gets its name last, so that one whose migration failed is never taken for it.
    """
    unfinished = f"{name}_unfinished"
    with connected(server) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        drop(connection, unfinished)
        create(connection, unfinished, template="template0")
        migrate(address(server, unfinished))
        # A database that somebody is connected to can be neither renamed nor copied.
        ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(ending, [unfinished])
        renaming = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(renaming.format(sql.Identifier(unfinished), sql.Identifier(name)))


def fresh_database(server: URL, run: str, template: str) -> Iterator[str]:
    """Give the address of a new copy of `template`, and remove the copy afterwards."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"caseledger_{run}_{worker}_{next(NUMBERS)}"
    with connected(server) as connection:
        create(connection, name, template)
    yield address(server, name)
    with connected(server) as connection:
        drop(connection, name)


def create(connection: Connection[TupleRow], name: str, template: str) -> None:
    """Make a database as a copy of another."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def drop(connection: Connection[TupleRow], name: str) -> None:
    """Remove a database, whoever is still connected to it."""
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def address(server: URL, name: str) -> str:
    """The address of another database on the same server."""
    return server.set(database=name).render_as_string(hide_password=False)


def connected(server: URL) -> Connection[TupleRow]:
    """A connection to the server, each statement its own transaction."""
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    return Connection.connect(plain, autocommit=True)


def pytest_configure(config: pytest.Config) -> None:
    """Choose the folder that all processes of this run share."""
    workerinput: dict[str, str] | None = getattr(config, "workerinput", None)
    folder = workerinput["database_folder"] if workerinput else tempfile.mkdtemp(prefix="caseledger-")
    config.stash[FOLDER] = Path(folder)
    if workerinput is None:
        # Whoever ends the run early, as `timeout` and CI do, ends it as Ctrl-C would: the server goes too.
        signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # noqa: ANN401 - pytest-xdist has no types
    """Tell a worker process of pytest-xdist which folder it is."""
    node.workerinput["database_folder"] = str(node.config.stash[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind: called in each process, the one that started the others last."""
    folder = config.stash.get(FOLDER, None)
    if folder is None or hasattr(config, "workerinput"):
        return
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        drop_all(make_url(given), run_of(folder))
    postgres.stop(folder)
    shutil.rmtree(folder)


def drop_all(server: URL, run: str) -> None:
    """Remove what this run made on a server that goes on living."""
    with connected(server) as connection:
        ours = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        for (name,) in connection.execute(ours, [f"caseledger_{run}"]).fetchall():
            drop(connection, name)


def run_of(folder: Path) -> str:
    """The run's mark in database names: the part of the folder's name that chance chose."""
    return folder.name.rpartition("-")[2]
