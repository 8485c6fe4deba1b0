"""Backups: one file whichever database it comes from, checked after writing, and looked into on restoring."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import URL, delete
from sqlalchemy.exc import DatabaseError

from db import audit, copying, effects, epochs, firms, outbox, tables
from db.dialect import dialect_of, make_engine, read_url, sqlite_file
from db.engine import damage, open_database
from db.schema import state_of, upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from db.engine import Database
    from db.epochs import Epoch

FLUSHED_BY_SQLITE = ("-journal", "-wal", "-shm")
"""What SQLite may leave beside a file; it belongs to that file and to no other."""


class BackupRefusedError(Exception):
    """It can't be done; the message says why, that nothing was changed, and what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written and checked; ``broken`` says where a firm's audit chain doesn't hold."""

    taken_at: datetime
    rows: int
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a copy holds, and where a firm's audit chain doesn't: it is kept all the same, and said."""

    rows: int
    broken: tuple[str, ...]


def back_up(url: str, file: Path, now: datetime) -> Backup:
    """Write a backup to ``file``, while the program may run; it appears there once it is whole and checked.

    SQLite is copied by its own backup, PostgreSQL row by row at one moment; either way the file is an SQLite
    database, readable by its owner alone. Raises :class:`BackupRefusedError`, ``CopyDiffersError``.
    """
    if file.exists():
        raise BackupRefusedError(f"{file} is there already. Nothing was changed. Choose another name.")
    _refuse_another_schema(url)
    with _unfinished(file) as unfinished:
        if dialect_of(read_url(url)) == "sqlite":
            copy_file(sqlite_file(read_url(url)), unfinished)
        else:
            _copy_out(url, unfinished)
        with opened(unfinished) as copy:
            with copy.write() as session:
                session.execute(delete(tables.Heartbeat))
                epochs.stamp(session, now)
            checked = check(copy, file)
        settle(unfinished)
        unfinished.rename(file)
        flush(file.parent)
    return Backup(now, checked.rows, checked.broken)


def begin(session: Session, now: datetime) -> Epoch | None:
    """Put the backup that lies here to work: nothing it says is unsent is sent before it was looked for.

    None where this database is no backup, or one that works already.
    """
    epoch = epochs.open_epoch(session, now)
    if epoch is None:
        return None
    effects.doubt_open_ones(session, epoch)
    outbox.void_task_leases(session)
    for firm in firms.all_firms(session):
        audit.record(
            session,
            firm_id=firm.id,
            at=now,
            actor=audit.PROGRAM,
            verb="database.restored",
            subject="database",
            content={"unknown_since": epoch.unknown_since.isoformat()},
        )
    return epoch


def check(database: Database, file: Path) -> Checked:
    """What a copy holds; :class:`BackupRefusedError` where the file is damaged."""
    broken = damage(database)
    if broken:
        raise BackupRefusedError(f"{file} is damaged ({broken[0]}). Nothing was changed. Use another backup.")
    with database.read() as session:
        held = copying.held(session.connection())
        return Checked(sum(each.rows for each in held.values()), broken_audits(session))


def broken_audits(session: Session) -> tuple[str, ...]:
    """Where a firm's audit chain doesn't hold, in words."""
    return tuple(
        f"The audit chain of {firm.name} doesn't hold at line {found.number}: {found.trouble}."
        for firm in firms.all_firms(session)
        for found in audit.verify(session, firm.id)[:1]
    )


@contextmanager
def opened(file: Path) -> Iterator[Database]:
    """An SQLite file as a database."""
    database = open_database(URL.create("sqlite", database=str(file)).render_as_string())
    try:
        yield database
    finally:
        database.close()


def copy_file(source: Path, target: Path) -> None:
    """Copy an SQLite file that others may be writing to, as it stands at one moment."""
    with closing(sqlite3.connect(source, timeout=30)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)


def settle(file: Path) -> None:
    """Everything of an SQLite file is in that one file, and on the disk."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    flush(file)


def flush(path: Path) -> None:
    """See that a file, or a folder's names, outlive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def new_file(file: Path) -> None:
    """Make it anew, empty, for its owner alone."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def _unfinished(file: Path) -> Iterator[Path]:
    """Where the backup is written before it has its name; gone afterwards, whatever happens."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        new_file(unfinished)
        yield unfinished
    except (DatabaseError, sqlite3.Error) as error:
        raise BackupRefusedError(
            f"The backup couldn't be written ({type(error).__name__}: {error}). Nothing was changed. "
            "See that the folder is there, that we may write there and that the disk has room."
        ) from error
    finally:
        for ending in ("", *FLUSHED_BY_SQLITE):
            unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)


def _refuse_another_schema(url: str) -> None:
    read = read_url(url)
    if dialect_of(read) == "sqlite" and not sqlite_file(read).exists():
        raise BackupRefusedError(f"There is no database at {sqlite_file(read)} yet, so nothing to back up.")
    engine = make_engine(read)
    try:
        state = state_of(engine)
    finally:
        engine.dispose()
    if not state.fits:
        raise BackupRefusedError(
            f"The database is at schema {state.current or 'none'}, this program's is {state.head}. Nothing "
            "was changed. Take the backup with the CaseLedger that runs it, before you update."
        )


def _copy_out(url: str, file: Path) -> None:
    source = make_engine(read_url(url), patient=True)
    at_one_moment = source.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    try:
        with opened(file) as copy, at_one_moment.connect() as here, copy.engine.begin() as there:
            upgrade(there)
            copying.copy_rows(here, there)
    finally:
        source.dispose()
