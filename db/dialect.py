"""How each of the two databases is opened: its pragmas, time-outs and transactions."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

Dialect = Literal["sqlite", "postgresql"]

READING = "caseledger_reading"
"""Execution option of a connection that only reads."""

# SQLite up to 3.51.2 can corrupt a database when a write-ahead log starts over (sqlite.org: WAL-reset bug).
WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)

CACHE_KIB = 512
"""Of each connection, and a program keeps dozens: SQLite's own 2 MiB fill for hours, and look like a leak."""

POSTGRES_SETTINGS = {
    "timezone": "UTC",
    "lock_timeout": "5s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
    "synchronous_commit": "on",
}


class UnsupportedDatabaseError(ValueError):
    """The address names neither an SQLite file nor a PostgreSQL."""


def read_url(url: str) -> URL:
    """The address as SQLAlchemy knows it; a bare ``postgresql://`` gets our driver."""
    try:
        read = make_url(url)
    except ArgumentError as error:
        raise UnsupportedDatabaseError("DATABASE_URL isn't a database address") from error
    if read.drivername in {"postgres", "postgresql"}:
        read = read.set(drivername="postgresql+psycopg")
    if read.drivername in {"sqlite", "sqlite+pysqlite"} and read.database not in {None, "", ":memory:"}:
        return read
    if read.drivername == "postgresql+psycopg":
        return read
    raise UnsupportedDatabaseError(
        f"{read.render_as_string()} is neither sqlite:///FILE nor postgresql+psycopg://HOST/NAME"
    )


def dialect_of(url: URL) -> Dialect:
    """Which of the two databases the address is for."""
    return "sqlite" if url.get_backend_name() == "sqlite" else "postgresql"


def sqlite_file(url: URL) -> Path:
    """The file an SQLite address names."""
    return Path(url.database or "")


def make_engine(url: URL, *, foreign_keys: bool = True, patient: bool = False) -> Engine:
    """An engine with our settings; ``patient`` (migrations) waits without PostgreSQL's time-outs."""
    if dialect_of(url) == "sqlite":
        return _sqlite(url, foreign_keys=foreign_keys)
    return _postgresql(url, patient=patient)


def _sqlite(url: URL, *, foreign_keys: bool) -> Engine:
    engine = create_engine(url, pool_size=20, max_overflow=80, hide_parameters=True)

    def connect(connection: sqlite3.Connection, record: object) -> None:
        del record
        connection.isolation_level = None  # the driver begins nothing by itself; ``begin`` below does
        for setting in (
            "busy_timeout = 5000",
            f"journal_mode = {'WAL' if WAL_IS_SAFE else 'TRUNCATE'}",
            "synchronous = FULL",
            f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
            f"cache_size = -{CACHE_KIB}",
        ):
            connection.execute(f"PRAGMA {setting}").close()

    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get(READING, False)
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
        # A transaction that reads first and then writes would lose updates or fail "locked".
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", begin)
    return engine


def _postgresql(url: URL, *, patient: bool) -> Engine:
    settings: dict[str, Any] = dict(POSTGRES_SETTINGS)
    if patient:
        settings |= {"lock_timeout": "0", "statement_timeout": "0"}
    return create_engine(
        url,
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=30,  # kept open: a burst that opens its connections first waits for each
        max_overflow=10,
        connect_args={"options": " ".join(f"-c {name}={value}" for name, value in settings.items())},
    )
