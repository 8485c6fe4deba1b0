"""Sessions: writers alone and whole, readers who can't write, one process on SQLite."""

import sqlite3
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError

from db import heartbeats, tables
from db.clock import lease_clock
from db.engine import (
    Database,
    NestedWriteError,
    UnsupportedDatabaseError,
    damage,
    open_database,
)
from tests.db.conftest import NOW


class StopError(Exception):
    """Something went wrong half-way."""


def test_a_write_that_fails_changes_nothing(database: Database) -> None:
    """A session left by an exception is rolled back whole."""

    def stop_half_way() -> None:
        with database.write() as session:
            heartbeats.beat(session, "p1", "worker", NOW)
            raise StopError

    with pytest.raises(StopError):
        stop_half_way()

    with database.read() as session:
        assert heartbeats.last_seen(session, "worker") is None


def test_a_write_is_seen_once_it_is_left(database: Database) -> None:
    """Leaving the session commits it."""
    with database.write() as session:
        heartbeats.beat(session, "p1", "worker", NOW)

    with database.read() as session:
        assert heartbeats.last_seen(session, "worker") == NOW


def test_a_reader_can_not_write(database: Database) -> None:
    """The database itself refuses a change in a reading session, and the connection writes again later."""
    with pytest.raises(DBAPIError), database.read() as session:
        heartbeats.beat(session, "p1", "worker", NOW)

    with database.write() as session:
        heartbeats.beat(session, "p1", "worker", NOW)


@pytest.mark.postgres
def test_a_reader_sees_one_moment(postgres_url: str) -> None:
    """What is committed while a session reads doesn't change what it sees, as on SQLite by its nature."""
    database = open_database(postgres_url)

    def beat(at: datetime) -> None:
        with database.write() as session:
            heartbeats.beat(session, "p1", "worker", at)

    beat(NOW)
    with database.read() as session, ThreadPoolExecutor(1) as elsewhere:
        before = heartbeats.last_seen(session, "worker")
        elsewhere.submit(beat, NOW + timedelta(hours=1)).result()
        assert before == heartbeats.last_seen(session, "worker")
    database.close()


@pytest.mark.parametrize("outer", ["read", "write"])
def test_a_write_inside_another_session_is_refused_at_once(database: Database, outer: str) -> None:
    """It would wait for its own thread; it says so instead."""
    session_kind = database.read if outer == "read" else database.write
    with session_kind(), pytest.raises(NestedWriteError), database.write():
        pass

    with database.write() as session:
        heartbeats.beat(session, "p1", "worker", NOW)


def test_a_write_gives_way_before_it_begins(database: Database) -> None:
    """What can wait lets others go first while it holds nothing: another write gets through meanwhile."""
    seen = []

    def another_goes_first() -> None:
        database.give_way = lambda: None
        with database.write() as session:
            heartbeats.beat(session, "p2", "web", NOW)
        seen.append("the other")

    database.give_way = another_goes_first
    with database.write() as session:
        heartbeats.beat(session, "p1", "worker", NOW)
        seen.append("the one that waited")
    assert ["the other", "the one that waited"] == seen


@pytest.mark.postgres
def test_of_the_writes_that_hold_a_firms_record_one_begins_at_a_time(postgres_url: str) -> None:
    """A second one of the firm waits here, not in the database; another firm's, or any other, doesn't."""
    database, begun = open_database(postgres_url), threading.Event()

    def write_of_the_same() -> None:
        with database.write(record_of="firm"):
            begun.set()

    second = threading.Thread(target=write_of_the_same, daemon=True)
    with database.write(record_of="firm"), ThreadPoolExecutor(1) as elsewhere:
        second.start()
        elsewhere.submit(lambda: written(database, "another firm")).result(10)
        elsewhere.submit(lambda: written(database, "")).result(10)
        assert not begun.wait(0.05)
    assert begun.wait(10)
    second.join(10)
    database.close()


def written(database: Database, record_of: str) -> None:
    """One whole write."""
    with database.write(record_of=record_of) as session:
        heartbeats.beat(session, "p3", record_of, NOW)


def count_up(databases: Sequence[Database], times: int) -> str:
    """What one row says after so many read-modify-writes by 8 threads, in turn on these."""
    with databases[0].write() as session:
        heartbeats.beat(session, "count", "0", NOW)

    def add_one(number: int) -> None:
        with databases[number % len(databases)].write() as session:
            found = select(tables.Heartbeat).where(tables.Heartbeat.process == "count").with_for_update()
            row = session.execute(found).scalar_one()
            row.role = str(int(row.role) + 1)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add_one, range(times)))
    with databases[0].read() as session:
        return session.get_one(tables.Heartbeat, "count").role


def test_no_update_is_lost_among_threads(database: Database) -> None:
    """Each sees what the one before wrote."""
    assert count_up([database], 200) == "200"


def test_no_update_is_lost_among_processes(database: Database, database_url: str) -> None:
    """Nor between two that share nothing but the database."""
    another = open_database(database_url)
    assert count_up([database, another], 60) == "60"
    another.close()


def test_writers_wait_for_their_turn_in_the_program(sqlite_url: str) -> None:
    """50 threads that write at once all get through, though SQLite itself would wait for nobody."""
    database = open_database(sqlite_url)
    event.listen(database.engine, "connect", impatient)
    ready = threading.Barrier(50)

    def beat(number: int) -> None:
        ready.wait()
        with database.write() as session:
            heartbeats.beat(session, f"p{number}", "worker", NOW)

    with ThreadPoolExecutor(50) as threads:
        list(threads.map(beat, range(50)))

    with database.read() as session:
        assert len(session.scalars(select(tables.Heartbeat)).all()) == 50
    database.close()


def impatient(connection: sqlite3.Connection, record: object) -> None:
    """Refuse at once where the file is locked."""
    connection.execute("PRAGMA busy_timeout = 0").close()


def test_sqlite_is_opened_as_measured(sqlite_url: str) -> None:
    """Full synchronisation, foreign keys, a five-second patience, and a log only where it is safe."""
    database = open_database(sqlite_url)
    with database.read() as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("synchronous", "foreign_keys", "busy_timeout", "journal_mode")
        }
    database.close()

    safe = sqlite3.sqlite_version_info >= (3, 51, 3)
    assert found == {
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "journal_mode": "wal" if safe else "truncate",
    }


@pytest.mark.postgres
def test_postgresql_is_opened_with_limits(postgres_url: str) -> None:
    """Nobody waits for ever for a lock, a statement or a forgotten transaction."""
    database = open_database(postgres_url)
    with database.write() as session:
        found = [
            session.execute(text(f"SHOW {name}")).scalar_one()
            for name in (
                "lock_timeout",
                "statement_timeout",
                "idle_in_transaction_session_timeout",
                "synchronous_commit",
                "transaction_isolation",
            )
        ]
    database.close()

    assert found == ["5s", "30s", "1min", "on", "read committed"]


@pytest.mark.postgres
def test_leases_run_by_postgresqls_own_clock(postgres_url: str) -> None:
    """A worker whose clock is a year behind judges leases as everyone else does."""
    database = open_database(postgres_url)
    with database.write() as session:
        moment = lease_clock(session, NOW - timedelta(days=365))
        assert moment == session.execute(text("SELECT now()")).scalar_one()
    database.close()


def test_leases_run_by_the_given_clock_on_sqlite(sqlite_url: str) -> None:
    """One process, one clock: the caller's."""
    database = open_database(sqlite_url)
    with database.write() as session:
        assert lease_clock(session, NOW) == NOW
    database.close()


def test_a_sound_database_has_no_damage(database: Database) -> None:
    """Neither a file nor a server."""
    assert damage(database) == ()


@pytest.mark.parametrize("page", [0, 5])
def test_a_damaged_file_is_noticed(sqlite_url: str, page: int) -> None:
    """In its first page or in a later one, it is said and not stumbled over."""
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    content = bytearray(file.read_bytes())
    content[page * 4096 : page * 4096 + 2000] = b"\xff" * 2000
    file.write_bytes(content)
    database = open_database(sqlite_url)

    assert damage(database) != ()
    database.close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "books.db",
        "sqlite://",  # in memory: every thread would have its own
        "sqlite:///:memory:",
        "mysql://localhost/books",
        "postgresql+psycopg2://localhost/books",  # another driver
    ],
)
def test_an_address_of_neither_database_is_refused(url: str) -> None:
    """It is said at the start, not at the first query."""
    with pytest.raises(UnsupportedDatabaseError):
        open_database(url)


@pytest.mark.parametrize("url", ["postgresql://host/books", "postgres://host/books"])
def test_a_bare_postgresql_address_gets_our_driver(url: str) -> None:
    """People paste what their host gives them."""
    database = open_database(url)

    assert database.dialect == "postgresql"
    assert database.engine.driver == "psycopg"


def test_a_password_is_not_in_the_refusal() -> None:
    """What is refused may be logged; its password may not."""
    with pytest.raises(UnsupportedDatabaseError) as refusal:
        open_database("mysql://alice:wonderland@host/books")

    assert "wonderland" not in str(refusal.value)
