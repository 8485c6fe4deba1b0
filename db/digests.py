"""Which daily digests were begun and told, what waited in each, and what came of a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update

from db import tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Kept:
    """A digest as it is kept; ``content`` is plain JSON, moments are UTC.

    ``told_at`` is None until it is known what to say; ``message_ts`` is empty where nothing was posted.
    """

    id: str
    firm_id: str
    kind: str
    began_at: datetime
    told_at: datetime | None
    channel: str
    message_ts: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a while: each booked invoice's total as ``1356.00 CAD``, and how many were refused.

    ``refused`` are invoices QuickBooks said no to, ``rejected`` requests an approver did.
    """

    booked: tuple[str, ...]
    refused: int
    rejected: int


def begin_day(session: Session, *, digest_id: str, firm_id: str, day: date, now: datetime) -> bool:
    """Whether this day's digest is ours to post: the first who asks gets it, over all processes.

    ``day`` is in the firm's own time zone.
    """
    values: dict[str, Any] = {
        "id": digest_id,
        "firm_id": firm_id,
        "kind": DAILY,
        "local_date": day.isoformat(),
        "began_at": now,
        "told_at": None,
        "channel": "",
        "message_ts": "",
        "content": {},
    }
    return insert_if_absent(session, tables.DigestRow, values)


def begun(session: Session, days: Collection[date]) -> frozenset[tuple[str, date]]:
    """Whose digests of these days were begun: firm id and day."""
    row = tables.DigestRow
    known = {day.isoformat(): day for day in days}
    found = select(row.firm_id, row.local_date).where(row.kind == DAILY, row.local_date.in_(known))
    return frozenset((firm, known[day]) for firm, day in session.execute(found) if day)


def get(session: Session, firm_id: str, digest_id: str) -> Kept | None:
    """The firm's digest of this id."""
    row = tables.DigestRow
    found = select(row).where(row.id == digest_id, row.firm_id == firm_id)
    kept = session.scalar(found.execution_options(populate_existing=True))
    return None if kept is None else _value(kept)


def posted_on(session: Session, firm_id: str, day: date) -> Kept | None:
    """The firm's digest of a day (in its own zone), if it stands in Slack."""
    row = tables.DigestRow
    mine = (row.firm_id == firm_id, row.kind == DAILY, row.local_date == day.isoformat())
    found = select(row).where(*mine, row.message_ts != "")
    kept = session.scalar(found.execution_options(populate_existing=True))
    return None if kept is None else _value(kept)


def last_told(session: Session, firm_id: str, before: datetime) -> Kept | None:
    """The newest daily digest begun before then of which it was known what to say."""
    row = tables.DigestRow
    found = (
        select(row)
        .where(
            row.firm_id == firm_id,
            row.kind == DAILY,
            row.told_at.is_not(None),
            row.began_at < before,
        )
        .order_by(row.began_at.desc())
        .limit(1)
    )
    kept = session.scalar(found.execution_options(populate_existing=True))
    return None if kept is None else _value(kept)


def keep(session: Session, firm_id: str, digest_id: str, content: Mapping[str, Any], now: datetime) -> None:
    """What it says, before it is posted; the moment of the first time stays."""
    row = tables.DigestRow
    mine = (row.id == digest_id, row.firm_id == firm_id)
    session.execute(update(row).where(*mine).values(content=dict(content)))
    session.execute(update(row).where(*mine, row.told_at.is_(None)).values(told_at=now))


def set_message(session: Session, firm_id: str, digest_id: str, *, channel: str, ts: str) -> None:
    """Remember where it stands."""
    row = tables.DigestRow
    session.execute(
        update(row).where(row.id == digest_id, row.firm_id == firm_id).values(channel=channel, message_ts=ts)
    )


def came_since(session: Session, firm_id: str, since: datetime) -> Came:
    """What was booked (read back), refused and rejected from then on; a payment counts as its invoice."""
    receipt, effect = tables.ReceiptRow, tables.Effect
    read = select(receipt.content).where(receipt.firm_id == firm_id, receipt.read_at >= since)
    refused = select(func.count(effect.invoice.distinct())).where(
        effect.firm_id == firm_id,
        effect.state == "rejected",
        effect.invoice != "",
        effect.settled_at >= since,
    )
    totals = tuple(str(content["total"]) for content in session.scalars(read.order_by(receipt.id)))
    request = tables.RequestRow
    rejected = (
        select(func.count())
        .select_from(request)
        .where(request.firm_id == firm_id, request.state == "rejected", request.decided_at >= since)
    )
    return Came(totals, session.execute(refused).scalar_one(), session.execute(rejected).scalar_one())


def sweep(session: Session, before: datetime) -> None:
    """Forget those begun before then; nobody presses their buttons any more."""
    row = tables.DigestRow
    session.execute(delete(row).where(row.began_at < before))


def _value(row: tables.DigestRow) -> Kept:
    return Kept(
        row.id, row.firm_id, row.kind, row.began_at, row.told_at, row.channel, row.message_ts, row.content
    )
