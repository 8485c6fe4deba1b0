"""The way into the database: sessions that read, and sessions that write alone and commit whole."""

from __future__ import annotations

import threading
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from db.clock import GIVEN_CLOCK
from db.dialect import READING, Dialect, UnsupportedDatabaseError, dialect_of, make_engine, read_url
from db.process_lock import AlreadyRunningError, ProcessLock
from db.schema import SchemaMismatchError, SchemaState, migrate, state_of
from db.together import Together
from db.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import Engine

__all__ = [
    "AlreadyRunningError",
    "Database",
    "NestedWriteError",
    "ProcessLock",
    "SchemaMismatchError",
    "SchemaState",
    "UnsupportedDatabaseError",
    "check_schema",
    "damage",
    "migrate",
    "open_database",
    "schema_state",
]


Found = TypeVar("Found")
PATIENCE = 5.0
"""Seconds that closing waits for who is still inside."""


class NestedWriteError(RuntimeError):
    """A write was begun inside another session of the same thread, where it would wait for itself."""


class Database:
    """An open database. Sessions belong to one thread and end with their ``with``."""

    def __init__(self, engine: Engine, url: str, dialect: Dialect, *, given_clock: bool) -> None:
        self.engine = engine
        self.url = url
        self.dialect: Dialect = dialect
        self._given_clock = given_clock
        # SQLite lets one writer in; waiting here is fair and cheap, waiting there is polling.
        self._turns = Turns() if dialect == "sqlite" else None
        self._thread = threading.local()
        self._inside, self._closed, self._leaving = 0, False, threading.Condition()
        self._records: dict[str, threading.Lock] = {}
        self._together = Together(self.write)
        self.give_way: Callable[[], object] = lambda: None
        """Called before each session: work that can wait lets others go first, outside any transaction."""

    @contextmanager
    def write(self, record_of: str = "") -> Iterator[Session]:
        """A session that commits on leaving, or rolls back whole where anything is raised.

        What holds a firm's record from its beginning says so by ``record_of``: of those in one process only
        one at a time begins, so that an answer somebody waits for never queues behind them all.
        Raises :class:`NestedWriteError` inside another session of this thread.
        """
        if getattr(self._thread, "open", 0):
            raise NestedWriteError("a write inside another session of this thread waits for itself")
        with self._record(record_of):
            self.give_way()
            turn = self._turns.writing() if self._turns else nullcontext()
            with self._counted(), turn, self._session() as session, session.begin():
                session.connection()
                yield session

    def write_together(
        self, work: Callable[[Session], Found], refusals: tuple[type[Exception], ...] = ()
    ) -> Found:
        """Do ``work`` as in :meth:`write`, in one commit with what others ask for at this moment.

        What it raises is raised here, and nothing of it stays; others are not touched by it: ``refusals``
        are the kinds it may raise on purpose. It may be done twice, the first time undone.
        """
        if getattr(self._thread, "open", 0):
            raise NestedWriteError("a write inside another session of this thread waits for itself")
        return self._together.write(work, refusals)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database and can't change it."""
        options: dict[str, Any] = {READING: True}
        if self.dialect == "postgresql":
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        inside = getattr(self._thread, "open", 0)  # who reads already mustn't wait for a writer who waits
        if not inside:
            self.give_way()
        turn = self._turns.reading() if self._turns and not inside else nullcontext()
        with self._counted(), turn, self._session() as session:
            session.connection(execution_options=options)
            yield session

    def close(self) -> None:
        """Close all connections once the sessions in use have ended, which is waited for so long at most.

        A connection still in use is closed by nobody: the last session to end does it then.
        """
        with self._leaving:
            self._closed = True
            mine = getattr(self._thread, "open", 0)
            self._leaving.wait_for(lambda: self._inside <= mine, timeout=PATIENCE)
            if not self._inside:
                self.engine.dispose()

    def _record(self, firm_id: str) -> AbstractContextManager[object]:
        if not firm_id or self._turns:
            return nullcontext()
        return self._records.setdefault(firm_id, threading.Lock())

    def _session(self) -> Session:
        return Session(self.engine, expire_on_commit=False, info={GIVEN_CLOCK: self._given_clock})

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._thread.open = getattr(self._thread, "open", 0) + 1
        with self._leaving:
            self._inside += 1
        try:
            yield
        finally:
            self._thread.open -= 1
            with self._leaving:
                self._inside -= 1
                if self._closed and not self._inside:
                    self.engine.dispose()
                    self._leaving.notify_all()


def open_database(url: str, *, given_clock: bool = False) -> Database:
    """Open ``sqlite:///FILE`` or ``postgresql+psycopg://…``; nothing is connected yet.

    Leases run by PostgreSQL's clock and, on SQLite, by the ``now`` the caller gives; ``given_clock`` makes
    that so on PostgreSQL too, for tests with a clock of their own.
    Raises :class:`UnsupportedDatabaseError`.
    """
    read = read_url(url)
    return Database(make_engine(read), url, dialect_of(read), given_clock=given_clock)


def damage(database: Database) -> tuple[str, ...]:
    """What is broken in an SQLite file, in SQLite's words; a PostgreSQL looks after itself."""
    if database.dialect == "postgresql":
        return ()
    try:
        with database.read() as session:
            found = session.execute(text("PRAGMA quick_check")).scalars().all()
    except DatabaseError as error:
        return (str(error.orig),)
    return () if found == ["ok"] else tuple(found)


def schema_state(database: Database) -> SchemaState:
    """Which schema the database has, and which this program needs."""
    return state_of(database.engine)


def check_schema(database: Database) -> None:
    """Raise :class:`SchemaMismatchError`, which says the remedy, unless the schema fits."""
    state = schema_state(database)
    if not state.fits:
        raise SchemaMismatchError(state)
