"""What was approved before: whether a plan that was let through had a certain thing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db import tables
from db.syncs import SyncState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

AT_ONCE = 20
"""Plans are long, and mostly the first one tells."""
LET_THROUGH = (SyncState.APPROVED, SyncState.RUNNING, SyncState.DONE)


def rows_approved(
    session: Session, firm_id: str, realm_id: str, since: Mapping[str, datetime]
) -> frozenset[str]:
    """Which of these mapping rows, by key, something rested on that was approved since their moment (UTC).

    Not counted is what was superseded, and what was shown before we kept the rows a plan rests on.
    """
    if not since:
        return frozenset()
    row, left = tables.Sync, dict(since)
    found = select(row.approved_at, row.weighed).where(
        row.firm_id == firm_id,
        row.realm_id == realm_id,
        row.state.in_(LET_THROUGH),
        row.approved_at >= min(since.values()),
    )
    newest_first = found.order_by(row.approved_at.desc(), row.id)
    for approved_at, weighed in session.execute(newest_first.execution_options(yield_per=AT_ONCE)):
        rested = (weighed or {}).get("rows", ())
        for key in [key for key in rested if key in left and left[key] <= approved_at]:
            del left[key]
        if not left:
            break
    return frozenset(since) - left.keys()


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
