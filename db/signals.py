"""Tells the other processes at PostgreSQL that work was left; a call that is lost costs them a second."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection as Opened

    from db.engine import Database

_CALL, _LISTEN = text("NOTIFY caseledger_work"), text("LISTEN caseledger_work")


class LineLostError(Exception):
    """The database doesn't answer just now; open another line later."""


class SignalLine:
    """A connection of one's own to the database, to call or to listen on."""

    def __init__(self, connection: Opened) -> None:
        self._connection = connection

    def call(self) -> None:
        """Wake whoever listens; raises :class:`LineLostError`."""
        try:
            self._connection.execute(_CALL)
        except SQLAlchemyError as error:
            raise LineLostError from error

    def listen(self) -> None:
        """Hear calls from now on; raises :class:`LineLostError`."""
        try:
            self._connection.execute(_LISTEN)
        except SQLAlchemyError as error:
            raise LineLostError from error

    def heard(self, seconds: float) -> bool:
        """Wait for a call, so long at most; raises :class:`LineLostError`."""
        from psycopg import Connection, Error  # SQLite's firms needn't load it

        driver = self._connection.connection.driver_connection
        if not isinstance(driver, Connection):
            raise LineLostError
        try:
            return any(True for _ in driver.notifies(timeout=seconds, stop_after=1))
        except Error as error:
            raise LineLostError from error


@contextmanager
def signal_line(database: Database) -> Iterator[SignalLine]:
    """A line to the others; on PostgreSQL only. Raises :class:`LineLostError`."""
    alone = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    try:
        connection = alone.connect()
    except SQLAlchemyError as error:
        raise LineLostError from error
    try:
        yield SignalLine(connection)
    finally:
        connection.invalidate()  # one that listens is no use to anybody else
        connection.close()
