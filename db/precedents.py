"""What was approved before: whether a plan that was let through had a certain thing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db import tables
from db.syncs import SyncState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

AT_ONCE = 20
"""Plans are long, and mostly the first one tells."""
LET_THROUGH = (SyncState.APPROVED, SyncState.RUNNING, SyncState.DONE)


def approved_with(session: Session, firm_id: str, realm_id: str, text: str, since: datetime) -> Iterator[str]:
    """Canonical plans approved since then, and not superseded, with ``text`` in them; newest first."""
    row = tables.Sync
    found = select(row.plan).where(
        row.firm_id == firm_id,
        row.realm_id == realm_id,
        row.state.in_(LET_THROUGH),
        row.approved_at >= since,
        row.plan.contains(text, autoescape=True),
    )
    newest_first = found.order_by(row.approved_at.desc(), row.id)
    yield from session.scalars(newest_first.execution_options(yield_per=AT_ONCE))
