"""How a person stops a sync: what surely wasn't sent yet is taken back, what was begun is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from db import audit, tables
from db.effects.values import Effect, State

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

STOPPED = "stopped"
"""The fault's code of what a person took back before it was sent."""
TAKEN_BACK = "It was stopped before it was sent, so it wasn't booked."
UNSENT = (State.READY, State.PARKED)


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


def stopped_by(effect: Effect) -> str:
    """Who took it back (a Slack user id); empty where nobody did."""
    fault = effect.fault or {}
    taken_back = effect.state is State.REJECTED and fault.get("code") == STOPPED
    return str(fault.get("by", "")) if taken_back else ""
