"""QuickBooks' lists (accounts, items, tax codes …) as they were last read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select

from db import audit, tables
from db.portions import portions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of a QuickBooks list; ``facts`` is plain JSON."""

    kind: str
    remote_id: str
    name: str
    active: bool
    facts: Mapping[str, Any]


def replace_list(
    session: Session,
    firm_id: str,
    realm_id: str,
    kind: str,
    entries: Iterable[ListEntry],
    now: datetime,
) -> None:
    """Keep the list as just read, in place of what was kept of it."""
    audit.hold(session, firm_id)
    row = tables.DirectoryEntry
    session.execute(delete(row).where(row.firm_id == firm_id, row.realm_id == realm_id, row.kind == kind))
    _insert(session, firm_id, realm_id, entries, now)


def put(session: Session, firm_id: str, realm_id: str, entries: Sequence[ListEntry], now: datetime) -> None:
    """Keep these as just read, each in its list's place or beside what else is kept of it."""
    audit.hold(session, firm_id)
    row = tables.DirectoryEntry
    for kind in {entry.kind for entry in entries}:
        ids = [entry.remote_id for entry in entries if entry.kind == kind]
        for some in portions(ids):
            own = (row.firm_id == firm_id, row.realm_id == realm_id, row.kind == kind)
            session.execute(delete(row).where(*own, row.remote_id.in_(some)))
    _insert(session, firm_id, realm_id, entries, now)


def _insert(
    session: Session, firm_id: str, realm_id: str, entries: Iterable[ListEntry], now: datetime
) -> None:
    rows = [
        {
            "firm_id": firm_id,
            "realm_id": realm_id,
            "kind": entry.kind,
            "remote_id": entry.remote_id,
            "name": entry.name[:500],
            "active": entry.active,
            "facts": dict(entry.facts),
            "read_at": now,
        }
        for entry in entries
    ]
    if rows:
        session.execute(insert(tables.DirectoryEntry), rows)


def entries(session: Session, firm_id: str, realm_id: str, *kinds: str) -> tuple[ListEntry, ...]:
    """What is kept, by kind and name; of these kinds only, where given."""
    row = tables.DirectoryEntry
    found = select(row).where(row.firm_id == firm_id, row.realm_id == realm_id)
    if kinds:
        found = found.where(row.kind.in_(kinds))
    rows = session.scalars(found.order_by(row.kind, row.name, row.remote_id))
    return tuple(ListEntry(each.kind, each.remote_id, each.name, each.active, each.facts) for each in rows)


def read_at(session: Session, firm_id: str, realm_id: str, *kinds: str) -> datetime | None:
    """When the list that is oldest among those kept was read; of these kinds only, where given."""
    row = tables.DirectoryEntry
    found = select(func.min(row.read_at)).where(row.firm_id == firm_id, row.realm_id == realm_id)
    return session.scalar(found.where(row.kind.in_(kinds)) if kinds else found)
