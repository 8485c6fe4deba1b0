"""Moves a firm's records from SQLite to PostgreSQL, all of them or none, and leaves a note behind."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from db import effects, epochs, outbox
from db.backups import BackupRefusedError, check, opened
from db.dialect import dialect_of, read_url, sqlite_file
from db.engine import check_schema
from db.process_lock import ProcessLock
from db.restoring import OccupiedError, fill

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def move(source: str, target: str, now: datetime) -> int:
    """Copy everything from an SQLite file to an empty PostgreSQL, in one transaction; how many rows.

    Whoever held an effect or a task is gone; its doubt and its wait are kept, as at a start on SQLite. The
    source stays whole, with a note that keeps the program from starting with it again. The note stands
    before the target does: cut in between, neither is worked with, and the same move again goes on. Raises
    ``AlreadyRunningError`` while the program runs, ``BackupRefusedError``, ``CopyDiffersError`` and
    ``SchemaMismatchError``; neither database was changed then.
    """
    here, there = read_url(source), read_url(target)
    if (dialect_of(here), dialect_of(there)) != ("sqlite", "postgresql"):
        raise BackupRefusedError(
            "This moves an SQLite file to PostgreSQL. Nothing was changed. For any other way take a "
            "backup and restore it there."
        )
    file = sqlite_file(here)
    if not file.exists():
        raise BackupRefusedError(f"There is no database at {file}, so nothing to move.")
    place = there.render_as_string(hide_password=True)[: epochs.LONGEST_PLACE]
    with ProcessLock(source):
        with opened(file) as database:
            check_schema(database)
            broken = check(database, file).broken
            if broken:
                raise BackupRefusedError(f"{broken[0]} Nothing was changed. Run caseledger check first.")
            with database.read() as session:
                before = epochs.moved_to(session)
        if before is not None and before != place:
            raise BackupRefusedError(_moved(before))
        # With the note alone nobody knows whether the records arrived: the same move again asks the target.
        leaving = partial(epochs.leave_behind, place=place, now=now)
        try:
            return fill(target, file, now, partial(_arrive, now=now), leaving)
        except OccupiedError as full:
            raise BackupRefusedError(_moved(before)) if before else full from full


def _moved(place: str) -> str:
    return f"It was moved to {place} before. Nothing was changed."


def _arrive(session: Session, now: datetime) -> None:
    epochs.arrive(session)
    effects.void_leases(session, now)
    outbox.void_task_leases(session)
