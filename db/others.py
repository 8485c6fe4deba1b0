"""What others wrote into the firm's books, kept as last read from QuickBooks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from db import audit, tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Kept:
    """Others' documents (plain JSON) dated ``since`` a day or later, as they were at ``read_at`` (UTC)."""

    since: date
    read_at: datetime
    documents: tuple[Mapping[str, Any], ...]


def load(session: Session, firm_id: str, realm_id: str) -> Kept | None:
    """What is kept of a company; None where it was never read."""
    row = tables.OthersRead
    found = session.execute(
        select(row.since, row.read_at, row.documents).where(row.firm_id == firm_id, row.realm_id == realm_id)
    ).one_or_none()
    if found is None:
        return None
    return Kept(date.fromisoformat(found.since), found.read_at, tuple(found.documents))


def last_read(session: Session, firm_id: str, realm_id: str) -> tuple[date, datetime] | None:
    """Since which day and when (UTC) it was last read, without what was; None where it never was."""
    row = tables.OthersRead
    found = session.execute(
        select(row.since, row.read_at).where(row.firm_id == firm_id, row.realm_id == realm_id)
    ).one_or_none()
    return None if found is None else (date.fromisoformat(found.since), found.read_at)


def keep(session: Session, firm_id: str, realm_id: str, kept: Kept) -> None:
    """Keep it in place of what was kept before, unless that reaches further back, or as far and is newer.

    Whoever was slower may have begun before the other's reading was there.
    """
    audit.hold(session, firm_id)
    before = last_read(session, firm_id, realm_id)
    if before is not None and (before[0], kept.read_at) < (kept.since, before[1]):
        return
    row = tables.OthersRead
    session.execute(delete(row).where(row.firm_id == firm_id, row.realm_id == realm_id))
    values = {
        "firm_id": firm_id,
        "realm_id": realm_id,
        "since": kept.since.isoformat(),
        "read_at": kept.read_at,
        "documents": [dict(one) for one in kept.documents],
    }
    session.execute(insert(row).values(**values))
