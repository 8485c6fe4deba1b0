"""What was approved before: whether a plan that was let through had a certain thing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db import tables
from db.syncs import SyncState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

LET_THROUGH = (SyncState.APPROVED, SyncState.RUNNING, SyncState.DONE)


def any_approved_with(session: Session, firm_id: str, realm_id: str, text: str, since: datetime) -> bool:
    """Whether a plan approved since then, and not superseded, has ``text`` in its canonical form."""
    row = tables.Sync
    found = select(row.id).where(
        row.firm_id == firm_id,
        row.realm_id == realm_id,
        row.state.in_(LET_THROUGH),
        row.approved_at >= since,
        row.plan.contains(text, autoescape=True),
    )
    return session.execute(found.limit(1)).first() is not None
