"""When this database was copied: since when the books may hold what it doesn't know, or where it moved to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from db import tables

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

BACKUP, MOVED = "backup", "moved"
LONGEST_PLACE = 200
STOPPED_BY = timedelta(days=1)

_BEGUN = select(func.min(tables.EpochRow.taken_at), func.max(tables.EpochRow.began_at)).where(
    tables.EpochRow.kind == BACKUP, tables.EpochRow.began_at.is_not(None)
)
_ASKED = "caseledger_epoch"


@dataclass(frozen=True, slots=True)
class Epoch:
    """The database was put back from a backup: what was sent from ``unknown_since`` on isn't known here.

    ``began_at``: when it was last put to work. Both UTC.
    """

    unknown_since: datetime
    began_at: datetime

    @property
    def unknown_until(self) -> datetime:
        """Until when others may have sent: they were to be stopped before, and may not have been at once."""
        return self.began_at + STOPPED_BY


def stamp(session: Session, taken_at: datetime) -> None:
    """Say in a copy that it is a backup taken then; whoever works with it begins an epoch first."""
    session.add(tables.EpochRow(kind=BACKUP, taken_at=taken_at, began_at=None, place=""))
    session.flush()


def taken_at(session: Session) -> datetime | None:
    """When the backup that lies here was taken; None where this is no backup, or one put to work before."""
    row = tables.EpochRow
    return session.scalar(select(func.min(row.taken_at)).where(row.kind == BACKUP, row.began_at.is_(None)))


def open_epoch(session: Session, now: datetime) -> Epoch | None:
    """Put the backup that lies here to work; None where it is none. Of several processes one opens it."""
    row = tables.EpochRow
    opened = session.execute(
        update(row)
        .where(row.kind == BACKUP, row.began_at.is_(None))
        .values(began_at=now)
        .execution_options(synchronize_session="fetch")
        .returning(row.id)
    ).first()
    session.info.pop(_ASKED, None)
    if opened is None:
        return None
    session.execute(delete(row).where(row.kind == MOVED))  # it is worked with after all
    return current(session)


def current(session: Session) -> Epoch | None:
    """The epoch we are in; None where this database was never put back from a backup.

    Restored more than once, it is one span from the oldest of those backups to the last restore: what was
    sent in between, while this database knew of everything, is looked through too.
    """
    transaction, *known = session.info.get(_ASKED, (None,))
    if transaction is None or transaction is not session.get_transaction():
        known = list(session.execute(_BEGUN).one())
        session.info[_ASKED] = (session.get_transaction(), *known)  # a sync of a thousand asks as often
    since, began = known
    return None if began is None else Epoch(since, began)


def leave_behind(session: Session, place: str, now: datetime) -> None:
    """The firm's records have moved; whoever starts with this database is told where to."""
    session.add(tables.EpochRow(kind=MOVED, taken_at=now, began_at=None, place=place[:LONGEST_PLACE]))
    session.flush()


def arrive(session: Session) -> None:
    """The firm's records have come here: that they left another place isn't said of this one."""
    session.execute(delete(tables.EpochRow).where(tables.EpochRow.kind == MOVED))


def moved_to(session: Session) -> str | None:
    """Where the firm's records have moved to from here, if they have."""
    row = tables.EpochRow
    return session.scalar(select(row.place).where(row.kind == MOVED).order_by(row.id.desc()).limit(1))
