"""How a person stops a sync: what surely wasn't sent yet is taken back, what was begun is finished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from db import audit, tables
from db.effects.reading import ordered_anew
from db.effects.values import Effect, State

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

STOPPED = "stopped"
"""The fault's code of what a person took back before it was sent."""
TAKEN_BACK = "It was stopped before it was sent, so it wasn't booked."
UNSENT = (State.READY, State.PARKED)


@dataclass(frozen=True, slots=True)
class Stopped:
    """How many invoices of a sync are stopped, and who stopped them (a Slack user id)."""

    sync_id: str
    by: str
    invoices: int


def stop(session: Session, sync_id: str, by: str, now: datetime, *, firm_id: str) -> int:
    """Take back the invoices of a sync that surely weren't sent; how many.

    They count as refused: free to be ordered anew, their payments waiting in vain until then. Whatever
    belongs to an invoice that was begun goes on, so that nothing is left half booked. What may have been sent
    by those whose memory a restore lost goes on too: only a look tells whether it is booked.
    """
    audit.hold(session, firm_id)
    row = tables.Effect
    stopped = session.execute(
        update(row)
        .where(
            row.firm_id == firm_id,
            row.sync_id == sync_id,
            row.state.in_(UNSENT),
            row.doubtful.is_(False),
            row.depends_on.is_(None),
        )
        .values(state=State.REJECTED, fault={"code": STOPPED, "by": by}, reason=TAKEN_BACK, settled_at=now)
        .execution_options(synchronize_session="fetch")
        .returning(row.id)
    ).all()
    if stopped:
        audit.record(
            session,
            firm_id=firm_id,
            at=now,
            actor=by,
            verb="sync.stopped",
            subject=f"sync|{sync_id}",
            content={"count": len(stopped)},
        )
    return len(stopped)


def stopped_since(session: Session, firm_id: str, since: datetime) -> tuple[Stopped, ...]:
    """What people stopped at ``since`` (UTC) or later and nobody ordered anew, by sync, the newest first."""
    row = tables.Effect
    found = _stopped().where(row.firm_id == firm_id, row.settled_at >= since, row.sync_id.is_not(None))
    stopped: dict[str, Stopped] = {}
    for effect in session.scalars(found.order_by(row.settled_at.desc(), row.id)):
        sync_id, by = str(effect.sync_id), str((effect.fault or {}).get("by", ""))
        invoices = stopped[sync_id].invoices + 1 if sync_id in stopped else 1
        stopped[sync_id] = Stopped(sync_id, by, invoices)
    return tuple(stopped.values())


def stopped_in(session: Session, sync_id: str) -> int:
    """How many invoices of a sync were stopped and not ordered anew."""
    found = _stopped().where(tables.Effect.sync_id == sync_id)
    return session.execute(select(func.count()).select_from(found.subquery())).scalar_one()


def _stopped() -> Select[tables.Effect]:
    """Invoices that were stopped and not ordered anew."""
    row = tables.Effect
    taken_back = row.fault["code"].as_string() == STOPPED
    return select(row).where(row.state == State.REJECTED, taken_back, ~ordered_anew())


def stopped_by(effect: Effect) -> str:
    """Who took it back (a Slack user id); empty where nobody did."""
    fault = effect.fault or {}
    taken_back = effect.state is State.REJECTED and fault.get("code") == STOPPED
    return str(fault.get("by", "")) if taken_back else ""
