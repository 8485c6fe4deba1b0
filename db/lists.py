"""QuickBooks' lists (accounts, items, tax codes …) as they were last read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select

from db import audit, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
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
    rows = [
        {
            "firm_id": firm_id,
            "realm_id": realm_id,
            "kind": kind,
            "remote_id": entry.remote_id,
            "name": entry.name[:500],
            "active": entry.active,
            "facts": dict(entry.facts),
            "read_at": now,
        }
        for entry in entries
    ]
    if rows:
        session.execute(insert(row), rows)


def entries(session: Session, firm_id: str, realm_id: str, kind: str | None = None) -> tuple[ListEntry, ...]:
    """What is kept, by kind and name; of one kind only, where given."""
    row = tables.DirectoryEntry
    found = select(row).where(row.firm_id == firm_id, row.realm_id == realm_id)
    if kind is not None:
        found = found.where(row.kind == kind)
    rows = session.scalars(found.order_by(row.kind, row.name, row.remote_id))
    return tuple(ListEntry(each.kind, each.remote_id, each.name, each.active, each.facts) for each in rows)


def read_at(session: Session, firm_id: str, realm_id: str) -> datetime | None:
    """When the list that is oldest among those kept was read."""
    row = tables.DirectoryEntry
    return session.scalar(
        select(func.min(row.read_at)).where(row.firm_id == firm_id, row.realm_id == realm_id)
    )
