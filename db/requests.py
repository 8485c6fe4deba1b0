"""Requests for approval as they stand: whose turn each is, who was reminded, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from db import audit, tables
from db.records import InvoiceKey
from db.syncs import SyncState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from db.syncs import Sync


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"  # what it was asked for changed before it could be booked


@dataclass(frozen=True, slots=True)
class Request:
    """One request; ``rules`` are (kind, sentence), ``version`` is the sync's as it was shown.

    ``alone``: nobody else is there, and who asked confirms by looking a second time. ``channel`` and
    ``message_ts`` are where it stands in Slack, empty before it is posted. Moments are UTC.
    """

    id: str
    firm_id: str
    sync_id: str
    version: int
    state: RequestState
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    rules: tuple[tuple[str, str], ...]
    alone: bool = False
    channel: str = ""
    message_ts: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    handed_to: str = ""
    reminded_to: str = ""
    reminded_at: datetime | None = None
    reminders: int = 0
    handed_by: str = ""
    handed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Who asked for an invoice and when (UTC); ``approved_by`` is empty while it waits for approval."""

    asked_by: str
    at: datetime
    approved_by: str = ""


def taken(session: Session, firm_id: str) -> Mapping[str, Taken]:
    """Invoices (subjects) of syncs that wait for approval, or are approved and not begun yet."""
    row, asked = tables.Sync, tables.RequestRow
    found = (
        select(row.selection, row.asked_by, row.asked_at, row.approved_by, asked.asked_at.label("since"))
        .outerjoin(asked, (asked.sync_id == row.id) & (asked.version == row.version))
        .where(row.firm_id == firm_id, row.state.in_((SyncState.REQUESTED, SyncState.APPROVED)))
        .order_by(row.asked_at.desc(), row.id)
    )
    return {
        InvoiceKey(*key).subject: Taken(one.asked_by, one.since or one.asked_at, one.approved_by or "")
        for one in session.execute(found)
        for key in one.selection
    }


def of_sync(session: Session, firm_id: str, sync_id: str) -> Request | None:
    """The newest request for this sync; None where nobody was asked."""
    row = tables.RequestRow
    found = select(row).where(row.firm_id == firm_id, row.sync_id == sync_id).order_by(row.version.desc())
    return next(iter(_all(session, found.limit(1))), None)


def open_ones(session: Session, firm_id: str | None = None) -> tuple[Request, ...]:
    """Requests nobody has decided, oldest first; of every firm where none is named."""
    row = tables.RequestRow
    found = select(row).where(row.state == RequestState.OPEN).order_by(row.asked_at, row.id)
    return _all(session, found if firm_id is None else found.where(row.firm_id == firm_id))


def rejected_lately(session: Session, firm_id: str, asked_by: str, since: datetime) -> tuple[Request, ...]:
    """What this person asked for and somebody rejected after ``since``, newest first."""
    row = tables.RequestRow
    found = select(row).where(
        row.firm_id == firm_id,
        row.asked_by == asked_by,
        row.state == RequestState.REJECTED,
        row.decided_at > since,
    )
    return _all(session, found.order_by(row.decided_at.desc(), row.id))


def rejected_before(session: Session, request: Request) -> Request | None:
    """The newest rejection of any of a request's invoices before it was asked, whoever asked then."""
    row, sync = tables.RequestRow, tables.Sync
    chosen = session.scalar(select(sync.selection).where(sync.id == request.sync_id)) or []
    asked = {InvoiceKey(*key) for key in chosen}
    found = (
        select(row, sync.selection)
        .join(sync, sync.id == row.sync_id)
        .where(row.firm_id == request.firm_id, row.state == RequestState.REJECTED)
        .where(row.decided_at <= request.asked_at)
        .order_by(row.decided_at.desc(), row.id)
    )
    for one, selection in session.execute(found):
        if asked & {InvoiceKey(*key) for key in selection}:
            return _value(one)
    return None


def asked_for_already(session: Session, sync: Sync) -> tuple[str, tuple[InvoiceKey, ...]] | None:
    """Who waits for approval of some of this sync's invoices by another one, and of which; None if nobody."""
    row = tables.Sync
    others = select(row.asked_by, row.selection).where(
        row.firm_id == sync.firm_id, row.state == SyncState.REQUESTED, row.id != sync.id
    )
    for asked_by, selection in session.execute(others.order_by(row.asked_at, row.id)):
        chosen = {InvoiceKey(*key) for key in selection}
        both = tuple(key for key in sync.selection if key in chosen)
        if both:
            return asked_by, both
    return None


def last_reminded(session: Session, firm_id: str) -> Mapping[str, datetime]:
    """When each approver was last reminded of a request; who never was isn't there."""
    row = tables.RequestRow
    found = select(row.reminded_to, row.reminded_at).where(row.firm_id == firm_id, row.reminded_to != "")
    return {to: at for to, at in session.execute(found.order_by(row.reminded_at)) if at is not None}


def hand_over(session: Session, request: Request, *, to: str, by: str, now: datetime) -> bool:
    """Make it another approver's turn. False: decided already, theirs already, or they asked for it."""
    row = tables.RequestRow
    audit.hold(session, request.firm_id)
    still = (
        row.id == request.id,
        row.state == RequestState.OPEN,
        row.expires_at > now,
        row.handed_to != to,
        row.asked_by != to,
    )
    values = {"handed_to": to, "handed_by": by, "handed_at": now}
    handed = update(row).where(*still).values(**values).returning(row.id)
    if session.execute(handed).first() is None:
        return False
    note(session, request.firm_id, request.sync_id, by, "handed_over", now, {"to": to})
    return True


def remind(session: Session, request: Request, *, to: str, now: datetime) -> bool:
    """Count a reminder to one person. False: it isn't open, or somebody counted this one already."""
    row = tables.RequestRow
    still = (row.id == request.id, row.state == RequestState.OPEN, row.reminders == request.reminders)
    values = {"reminded_to": to, "reminded_at": now, "reminders": request.reminders + 1}
    return session.execute(update(row).where(*still).values(**values).returning(row.id)).first() is not None


def set_message(session: Session, request: Request, *, channel: str, ts: str) -> None:
    """Remember where it stands in Slack."""
    row = tables.RequestRow
    session.execute(update(row).where(row.id == request.id).values(channel=channel, message_ts=ts))


def note(
    session: Session,
    firm_id: str,
    sync_id: str,
    actor: str,
    what: str,
    now: datetime,
    content: Mapping[str, audit.Fact],
) -> None:
    """Write down in the audit what became of a sync's request; ``actor`` is a Slack user id."""
    subject, verb = f"sync|{sync_id}", f"request.{what}"
    audit.record(session, firm_id=firm_id, at=now, actor=actor, verb=verb, subject=subject, content=content)


def _all(session: Session, found: Select[tables.RequestRow]) -> tuple[Request, ...]:
    rows = session.scalars(found.execution_options(populate_existing=True))
    return tuple(_value(row) for row in rows)


def _value(row: tables.RequestRow) -> Request:
    return Request(
        id=row.id,
        firm_id=row.firm_id,
        sync_id=row.sync_id,
        version=row.version,
        state=RequestState(row.state),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        rules=tuple((kind, sentence) for kind, sentence in row.rules),
        alone=row.alone,
        channel=row.channel,
        message_ts=row.message_ts,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
        handed_to=row.handed_to,
        reminded_to=row.reminded_to,
        reminded_at=row.reminded_at,
        reminders=row.reminders,
        handed_by=row.handed_by,
        handed_at=row.handed_at,
    )
