"""Which processes live, as far as the database has heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from db import tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def beat(session: Session, process: str, role: str, now: datetime) -> None:
    """Note that the process lives, in this role."""
    if insert_if_absent(session, tables.Heartbeat, {"process": process, "role": role, "seen_at": now}):
        return
    session.execute(
        update(tables.Heartbeat).where(tables.Heartbeat.process == process).values(role=role, seen_at=now)
    )


def last_seen(session: Session, role: str) -> datetime | None:
    """When a process of the role was last heard of."""
    return session.scalar(select(func.max(tables.Heartbeat.seen_at)).where(tables.Heartbeat.role == role))


def forget(session: Session, before: datetime) -> None:
    """Drop processes not heard of since."""
    session.execute(delete(tables.Heartbeat).where(tables.Heartbeat.seen_at < before))
