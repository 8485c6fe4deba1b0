"""How many reads Intuit counted for our app each month, over all firms and processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from db import tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def add(session: Session, now: datetime, reads: int) -> None:
    """Add reads to the month of ``now`` (UTC)."""
    row = tables.MeteredReads
    month = f"{now:%Y-%m}"
    if insert_if_absent(session, row, {"month": month, "reads": reads}):
        return
    session.execute(update(row).where(row.month == month).values(reads=row.reads + reads))


def this_month(session: Session, now: datetime) -> int:
    """The reads of the month of ``now`` (UTC) so far."""
    row = session.get(tables.MeteredReads, f"{now:%Y-%m}", populate_existing=True)
    return 0 if row is None else row.reads
