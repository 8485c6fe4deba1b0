"""Messages of ours to one person that change with what they are about, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from db import tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class DirectMessage:
    """A message to ``user_id``, which stands at ``channel`` and ``message_ts``; ``posted_at`` is UTC.

    ``about`` names what it follows, such as ``request|…``; ``content`` is plain JSON about it.
    """

    id: str
    firm_id: str
    about: str
    user_id: str
    channel: str
    message_ts: str
    posted_at: datetime
    content: Mapping[str, Any] = field(default_factory=dict)


def keep(session: Session, message: DirectMessage) -> None:
    """Remember where it stands: it follows what becomes of what it is about."""
    values = {name: getattr(message, name) for name in DirectMessage.__slots__}
    session.add(tables.DirectMessageRow(**values | {"content": dict(message.content)}))
    session.flush()


def about(session: Session, firm_id: str, what: str) -> tuple[DirectMessage, ...]:
    """Those that still follow it, oldest first."""
    row = tables.DirectMessageRow
    found = select(row).where(row.firm_id == firm_id, row.about == what, row.ended_at.is_(None))
    rows = session.scalars(found.order_by(row.posted_at, row.id).execution_options(populate_existing=True))
    return tuple(
        DirectMessage(
            one.id,
            one.firm_id,
            one.about,
            one.user_id,
            one.channel,
            one.message_ts,
            one.posted_at,
            one.content,
        )
        for one in rows
    )


def end(session: Session, message: DirectMessage, now: datetime) -> None:
    """It says its last: from here on it stays as it is."""
    row = tables.DirectMessageRow
    mine = (row.id == message.id, row.firm_id == message.firm_id)
    session.execute(update(row).where(*mine).values(ended_at=now))


def sweep(session: Session, before: datetime) -> None:
    """Forget those posted before then; Slack keeps them."""
    row = tables.DirectMessageRow
    session.execute(delete(row).where(row.posted_at < before))
