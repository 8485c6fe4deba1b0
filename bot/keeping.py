"""`caseledger backup`, `restore` and `migrate --to`: what they do, told in sentences for an operator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.backups import BackupRefusedError, back_up
from db.copying import CopyDiffersError, RowRefusedError
from db.dialect import UnsupportedDatabaseError, read_url
from db.engine import AlreadyRunningError, SchemaMismatchError
from db.moving import move
from db.restoring import restore

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

REFUSALS = (
    AlreadyRunningError,
    BackupRefusedError,
    CopyDiffersError,
    RowRefusedError,
    SchemaMismatchError,
    UnsupportedDatabaseError,
)
"""What keeps one of them from being done; the message says why, and that nothing was changed."""
UNREACHABLE = (
    "The database can't be opened. Nothing was changed. See that its address is right, that it runs, and "
    "that we may write there."
)

UNWRITABLE = (
    "A file can't be read or written ({error}). Nothing was changed. See that its folder is there, that we "
    "may write there and that the disk has room."
)
LOOK_INTO_IT = (
    "Somebody changed the record by hand. It was copied as it is: compare it with an earlier backup, and "
    "keep both."
)
LOOKED_FOR = (
    "What was booked after that isn't known here, so from now on everything is looked for in QuickBooks "
    "before it is sent: what is there already is taken over, not booked twice."
)
NEXT = (
    "Start the program, connect QuickBooks again in Slack where it asks for that (/qb-connect), and import "
    "CaseEasy's newest exports."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What was done, and what to do next; ``doubts`` are what somebody must look into."""

    text: str
    doubts: tuple[str, ...] = ()


def back_up_to(url: str, file: Path, now: datetime) -> Told:
    """Write a backup; what to say of it. Raises one of ``REFUSALS``."""
    made = back_up(url, file, now)
    return Told(
        f"Backed up to {file}: {made.rows:,} rows, checked. QuickBooks' tokens in it are sealed: keep "
        "VAULT_KEYS somewhere else, it isn't in there.",
        made.broken,
    )


def restore_from(url: str, file: Path, now: datetime, *, replace: bool) -> Told:
    """Put a backup to work; what to say of it. Raises one of ``REFUSALS``."""
    done = restore(url, file, now, replace=replace)
    told = [f"Restored {done.rows:,} rows as they were on {done.taken_at:%Y-%m-%d at %H:%M} UTC."]
    if done.kept is not None:
        told.append(f"The database that was there is now {done.kept}.")
    return Told("\n".join([*told, LOOKED_FOR, NEXT]), done.broken)


def move_to(url: str, target: str, now: datetime) -> Told:
    """Move everything to PostgreSQL; what to do next. Raises one of ``REFUSALS``."""
    rows = move(url, target, now)
    place = read_url(target).render_as_string(hide_password=True)
    return Told(
        f"Moved {rows:,} rows to {place}, each compared after writing. Set DATABASE_URL in .env to it "
        "(with its password) and start the program. The old file is kept; the program won't start with it."
    )
