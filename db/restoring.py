"""Puts a backup to work: in SQLite's place beside the old file, or into an empty PostgreSQL database."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from db import copying, epochs, tables
from db.backups import (
    FLUSHED_BY_SQLITE,
    BackupRefusedError,
    begin,
    check,
    flush,
    new_file,
    opened,
    settle,
)
from db.dialect import dialect_of, make_engine, read_url, sqlite_file
from db.process_lock import ProcessLock
from db.schema import SchemaMismatchError, state_of, upgrade

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

ALIVE = timedelta(seconds=60)
"""A process that was heard of so lately is taken to be running."""


class OccupiedError(BackupRefusedError):
    """The database that was to be filled holds a firm's records; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup put to work; ``kept`` is where the database lies that was there before, if any.

    ``broken`` says where a firm's audit chain doesn't hold.
    """

    taken_at: datetime
    rows: int
    kept: Path | None
    broken: tuple[str, ...]


def restore(url: str, file: Path, now: datetime, *, replace: bool = False) -> Restored:
    """Put the backup in ``file`` to work at ``url``; the file itself stays as it is.

    What is there is never overwritten: with ``replace`` an SQLite file is kept under another name; a
    PostgreSQL database must be empty. Raises ``BackupRefusedError``, ``CopyDiffersError``, and
    ``AlreadyRunningError`` where the program runs; nothing was changed then.
    """
    read = read_url(url)
    with ProcessLock(url), tempfile.TemporaryDirectory(dir=_near(url)) as folder:
        work = Path(folder) / "restoring.db"
        taken, broken = _looked_into(file, work)
        if dialect_of(read) == "postgresql":
            return Restored(taken, fill(url, work, now, partial(begin, now=now)), None, broken)
        target = sqlite_file(read)
        occupied = not _is_free(target)
        if occupied and not replace:
            raise BackupRefusedError(
                f"{target} holds a firm's records. Nothing was changed. To put the backup in its place, "
                "repeat with --replace; the old one is kept beside it."
            )
        with opened(work) as database, database.write() as session:
            begin(session, now)
        with opened(work) as database:
            rows = check(database, file).rows
        settle(work)
        kept = _set_aside(target, now) if occupied else None
        work.replace(target)
        flush(target.parent)
        return Restored(taken, rows, kept, broken)


def fill(
    url: str,
    file: Path,
    now: datetime,
    afterwards: Callable[[Session], object],
    leaving: Callable[[Session], object] = lambda _source: None,
) -> int:
    """Copy an SQLite file of our schema into an empty PostgreSQL, all of it or nothing; how many rows.

    ``afterwards`` is done in the same transaction. ``leaving`` changes the source, once all is copied; that
    is committed first, so that never both are worked with. Raises ``OccupiedError`` where it isn't empty,
    ``BackupRefusedError`` where somebody works with it, ``SchemaMismatchError``, ``CopyDiffersError`` and
    ``RowRefusedError``.
    """
    target = make_engine(read_url(url), patient=True)
    try:
        state = state_of(target)
        if not state.known:
            raise SchemaMismatchError(state)
        with opened(file) as source, target.begin() as there, source.write() as here:
            upgrade(there)
            there.execute(text("LOCK TABLE firms IN EXCLUSIVE MODE"))
            _refuse_busy(there, now)
            copied = copying.copy_rows(here.connection(), there)
            with Session(there, join_transaction_mode="create_savepoint") as session, session.begin():
                afterwards(session)
            leaving(here)
    finally:
        target.dispose()
    return sum(held.rows for held in copied.values())


def _near(url: str) -> Path | None:
    """On SQLite's own disk, where the finished file is put in place by its name alone."""
    read = read_url(url)
    return sqlite_file(read).absolute().parent if dialect_of(read) == "sqlite" else None


def _looked_into(file: Path, work: Path) -> tuple[datetime, tuple[str, ...]]:
    """A copy to work on, brought to this program's schema; when it was taken, and its broken audit chains."""
    if not file.is_file():
        raise BackupRefusedError(f"There is no file {file}.")
    new_file(work)
    shutil.copyfile(file, work)
    try:
        with opened(work) as database:
            known = state_of(database.engine)
            if known.current is None:
                raise BackupRefusedError(f"{file} is no backup of CaseLedger's. Nothing was changed.")
            if not known.known:
                raise BackupRefusedError(
                    f"{file} was written by a newer CaseLedger. Nothing was changed. Install that version."
                )
            with database.engine.begin() as connection:
                upgrade(connection)
            broken = check(database, file).broken
            with database.read() as session:
                taken = epochs.taken_at(session)
    except (DatabaseError, sqlite3.Error) as error:
        raise BackupRefusedError(f"{file} can't be read as a backup. Nothing was changed.") from error
    if taken is None:
        raise BackupRefusedError(
            f"{file} is a database, but no backup: caseledger backup makes one. Nothing was changed."
        )
    return taken, broken


def _is_free(target: Path) -> bool:
    """Whether nothing would be lost there; a file that can't be read may be all a firm has."""
    if not target.exists() or target.stat().st_size == 0:
        return True
    try:
        with opened(target) as database, database.engine.connect() as connection:
            return not inspect(connection).get_table_names() or (
                state_of(database.engine).fits and copying.is_empty(connection)
            )
    except DatabaseError:
        return False


def _set_aside(target: Path, now: datetime) -> Path:
    """Give what is there another name beside its own, which the backup is about to take over.

    It keeps both until then: a program started in between must not find nothing there and begin anew. What
    SQLite left beside it goes along, as it belongs to that file alone.
    """
    with suppress(sqlite3.Error), closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # what a crash left open is ended first
        connection.execute("SELECT count(*) FROM sqlite_master")
    kept = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%SZ}")
    for ending in FLUSHED_BY_SQLITE:
        beside = target.with_name(target.name + ending)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + ending))
    kept.hardlink_to(target)
    return kept


def _refuse_busy(target: Connection, now: datetime) -> None:
    seen = target.scalar(select(func.max(tables.Heartbeat.seen_at)))
    if seen is not None and now - seen < ALIVE:
        raise BackupRefusedError(
            "CaseLedger is running with that database. Nothing was changed. Stop every process first, "
            "wait a minute, then try again."
        )
    if not copying.is_empty(target):
        raise OccupiedError(
            "That database holds a firm's records. Nothing was changed. Make an empty database and name "
            "it instead; the old one stays as it is."
        )
