"""Runs of a plan: asked for by one person, approved once, and what was read back of each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import String, bindparam, func, or_, select, update

from db import audit, outbox, tables
from db.records import InvoiceKey

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Row, Select, Table
    from sqlalchemy.orm import Session

EXPAND = "sync.expand"
"""The task an approval leaves behind: turn the sync into effects."""

_NAMES = uuid.UUID("0f6d7b0e-52c4-5b39-8a55-3b6d3f0c9a11")


class Approver(StrEnum):
    """Who of those who may approve at all may approve this one."""

    ANYONE = "anyone"
    REQUESTER = "requester"  # who asked for it, alone
    ANOTHER = "another"  # anyone but who asked for it


class SyncState(StrEnum):
    """Where a sync stands."""

    PROPOSED = "proposed"
    REQUESTED = "requested"  # a second person is asked
    APPROVED = "approved"
    RUNNING = "running"
    DONE = "done"
    SUPERSEDED = "superseded"  # something changed before it ran; asked again
    CANCELLED = "cancelled"


# Built once: people press at the same moment, and SQLite's writers wait for one another.
_SYNCS = cast("Table", tables.Sync.__table__)
_APPROVE = (
    update(_SYNCS)
    .where(
        _SYNCS.c.id == bindparam("sync"),
        _SYNCS.c.firm_id == bindparam("firm"),
        _SYNCS.c.version == bindparam("shown"),
        _SYNCS.c.state == bindparam("begun"),
        or_(
            bindparam("who", type_=String) == Approver.ANYONE,
            (bindparam("who", type_=String) == Approver.REQUESTER) & (_SYNCS.c.asked_by == bindparam("by")),
            (bindparam("who", type_=String) == Approver.ANOTHER) & (_SYNCS.c.asked_by != bindparam("by")),
        ),
    )
    .values(
        state=SyncState.APPROVED,
        approved_by=bindparam("by"),
        approved_at=bindparam("now"),
        channel=func.coalesce(bindparam("place", type_=String), _SYNCS.c.channel),
        message_ts=func.coalesce(bindparam("ts", type_=String), _SYNCS.c.message_ts),
    )
    .returning(_SYNCS.c.plan_sha256)
)
_GET = select(_SYNCS).where(_SYNCS.c.id == bindparam("sync"), _SYNCS.c.firm_id == bindparam("firm"))


@dataclass(frozen=True, slots=True)
class Sync:
    """One run of a plan; ``plan`` is its canonical JSON: what was shown and will be booked."""

    id: str
    firm_id: str
    realm_id: str
    state: SyncState
    version: int
    asked_by: str
    asked_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    finished_at: datetime | None
    selection: tuple[InvoiceKey, ...]
    plan: str
    plan_sha256: str
    channel: str
    message_ts: str
    weighed: Mapping[str, Any] | None = None


def propose(  # noqa: PLR0913 - a sync's columns, all named
    session: Session,
    *,
    firm_id: str,
    realm_id: str,
    selection: Sequence[InvoiceKey],
    plan: str,
    plan_sha256: str,
    asked_by: str,
    now: datetime,
    new_id: Callable[[], str],
    weighed: Mapping[str, Any] | None = None,
) -> Sync:
    """Write down what a person was shown and may approve; ``weighed`` is what the policy looks at of it."""
    row = tables.Sync(
        id=new_id(),
        firm_id=firm_id,
        realm_id=realm_id,
        state=SyncState.PROPOSED,
        version=1,
        asked_by=asked_by,
        asked_at=now,
        selection=[[key.case, key.number, key.client] for key in selection],
        plan=plan,
        plan_sha256=plan_sha256,
        weighed=None if weighed is None else dict(weighed),
        channel="",
        message_ts="",
    )
    session.add(row)
    session.flush()
    _note(session, row.firm_id, row.id, asked_by, "sync.proposed", now, {"plan": plan_sha256})
    return _value(row)


def approve(  # noqa: PLR0913 - an approval's facts, all named
    session: Session,
    *,
    firm_id: str,
    sync_id: str,
    version: int,
    by: str,
    now: datetime,
    who: Approver = Approver.ANYONE,
    begun: SyncState = SyncState.PROPOSED,
    channel: str = "",
    ts: str = "",
) -> bool:
    """Approve what was shown, once, whoever presses first, and leave the task to expand it.

    ``channel`` and ``ts`` are the message that was pressed, where known: it is the sync's from here on.
    False: decided already, another version, no such sync, or ``by`` isn't ``who`` may approve it.
    """
    press = {"sync": sync_id, "firm": firm_id, "shown": version, "by": by, "now": now}
    place = {"place": channel, "ts": ts} if ts else {"place": None, "ts": None}
    whose = {"who": who, "begun": begun}
    plan = session.execute(_APPROVE, press | place | whose).scalar_one_or_none()
    if plan is None:
        return False
    _note(session, firm_id, sync_id, by, "sync.approved", now, {"plan": plan, "version": version})
    outbox.add_task(
        session,
        firm_id=firm_id,
        kind=EXPAND,
        content={"sync": sync_id},
        now=now,
        new_id=lambda: str(uuid.uuid5(_NAMES, f"{sync_id}|{version}")),
        key=f"{EXPAND}:{sync_id}:{version}",
    )
    return True


def await_approval(session: Session, sync_id: str, *, firm_id: str, version: int, by: str) -> bool:
    """It waits for a second person. False: ``by`` wasn't shown this version, or it is decided."""
    row = tables.Sync
    shown = (row.id == sync_id, row.firm_id == firm_id, row.version == version, row.asked_by == by)
    waits = update(row).where(*shown, row.state == SyncState.PROPOSED).values(state=SyncState.REQUESTED)
    return session.execute(waits.returning(row.id)).first() is not None


def turn_down(session: Session, sync_id: str, now: datetime, *, firm_id: str, by: str) -> bool:
    """Its request was rejected, withdrawn or left to expire: it books nothing. False: it didn't wait."""
    return _move(session, firm_id, sync_id, (SyncState.REQUESTED,), SyncState.CANCELLED, by, now)


def get(session: Session, firm_id: str, sync_id: str) -> Sync | None:
    """The firm's sync of this id."""
    found = session.execute(_GET, {"sync": sync_id, "firm": firm_id}).one_or_none()
    return None if found is None else _value(found)


def set_message(session: Session, sync_id: str, *, firm_id: str, channel: str, ts: str) -> None:
    """Remember the message that shows the sync."""
    row = tables.Sync
    session.execute(
        update(row).where(row.id == sync_id, row.firm_id == firm_id).values(channel=channel, message_ts=ts)
    )


def start(session: Session, sync_id: str, now: datetime, *, firm_id: str) -> bool:
    """Its effects are written down. False: it wasn't approved, or runs already."""
    return _move(session, firm_id, sync_id, (SyncState.APPROVED,), SyncState.RUNNING, audit.PROGRAM, now)


def finish(session: Session, sync_id: str, now: datetime, *, firm_id: str) -> bool:
    """All its effects are settled and read back. False: it wasn't running."""
    return _move(session, firm_id, sync_id, (SyncState.RUNNING,), SyncState.DONE, audit.PROGRAM, now)


def reopen(session: Session, sync_id: str, now: datetime, *, firm_id: str, by: str) -> bool:
    """What was stopped goes on: there is something to send again. False: it wasn't finished."""
    return _move(session, firm_id, sync_id, (SyncState.DONE,), SyncState.RUNNING, by, now)


def supersede(session: Session, sync_id: str, now: datetime, *, firm_id: str, why: str) -> bool:
    """Something changed before it ran: it books nothing. False: it ran, or was ended before."""
    begun = (SyncState.PROPOSED, SyncState.APPROVED)
    return _move(session, firm_id, sync_id, begun, SyncState.SUPERSEDED, audit.PROGRAM, now, why)


def cancel(session: Session, sync_id: str, now: datetime, *, firm_id: str, by: str) -> bool:
    """A person takes back what nobody approved yet. False: too late."""
    return _move(session, firm_id, sync_id, (SyncState.PROPOSED,), SyncState.CANCELLED, by, now)


def running(session: Session, firm_id: str) -> tuple[Sync, ...]:
    """The firm's syncs that are approved and not finished, oldest first."""
    row = tables.Sync
    begun = row.state.in_((SyncState.APPROVED, SyncState.RUNNING))
    return _all(session, select(row).where(row.firm_id == firm_id, begun).order_by(row.approved_at, row.id))


def recent(session: Session, firm_id: str, limit: int) -> tuple[Sync, ...]:
    """The firm's newest syncs, newest first."""
    row = tables.Sync
    found = select(row).where(row.firm_id == firm_id).order_by(row.asked_at.desc(), row.id).limit(limit)
    return _all(session, found)


def _move(  # noqa: PLR0913, PLR0917 - one transition's facts
    session: Session,
    firm_id: str,
    sync_id: str,
    begun: Collection[SyncState],
    state: SyncState,
    by: str,
    now: datetime,
    why: str = "",
) -> bool:
    row = tables.Sync
    ended = {} if state == SyncState.RUNNING else {"finished_at": now}
    moved = session.execute(
        update(row)
        .where(row.id == sync_id, row.firm_id == firm_id, row.state.in_(begun))
        .values(state=state, **ended)
        .returning(row.id)
    ).first()
    if moved is not None:
        _note(session, firm_id, sync_id, by, f"sync.{state}", now, {"why": why} if why else {})
    return moved is not None


def _note(
    session: Session,
    firm_id: str,
    sync_id: str,
    actor: str,
    verb: str,
    now: datetime,
    content: Mapping[str, audit.Fact],
) -> None:
    audit.record(
        session, firm_id=firm_id, at=now, actor=actor, verb=verb, subject=f"sync|{sync_id}", content=content
    )


def _all(session: Session, found: Select[tables.Sync]) -> tuple[Sync, ...]:
    rows = session.scalars(found.execution_options(populate_existing=True))
    return tuple(_value(row) for row in rows)


def _value(row: tables.Sync | Row[Any]) -> Sync:
    return Sync(
        id=row.id,
        firm_id=row.firm_id,
        realm_id=row.realm_id,
        state=SyncState(row.state),
        version=row.version,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        finished_at=row.finished_at,
        selection=tuple(InvoiceKey(*key) for key in row.selection),
        plan=row.plan,
        plan_sha256=row.plan_sha256,
        channel=row.channel,
        message_ts=row.message_ts,
        weighed=row.weighed,
    )
