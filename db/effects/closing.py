"""How a worker puts an effect down: its outcome counts only while it still holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from db import audit, tables
from db.effects.values import (
    LONGEST_REASON,
    Await,
    Change,
    Confirm,
    Doubt,
    Effect,
    Overtaken,
    Park,
    Reject,
    Release,
    Review,
    State,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def close(session: Session, effect: Effect, change: Change, now: datetime) -> bool:
    """Write the outcome and its audit line. False: the hold was lost, nothing changed, do nothing more.

    A refusal of what may have been sent before isn't proof that nothing was booked: it becomes a review.
    So does a confirmation by a document that belongs to another effect already.
    """
    audit.hold(session, effect.firm_id)
    safe = _safe(session, effect, change)
    row = tables.Effect
    written = session.execute(
        update(row)
        .where(
            row.id == effect.id,
            row.fence == effect.fence,
            row.state == State.SENDING,
            row.lease_until.is_not(None),
        )
        .values(lease_until=None, **_values(effect, safe, now))
        .returning(row.state)
    ).scalar_one_or_none()
    if written is None:
        return False
    _note(session, effect, State(written), safe, now)
    return True


def document_taken(session: Session, effect: Effect, remote_id: str) -> bool:
    """Whether the QuickBooks document is another effect's already."""
    row = tables.Effect
    same = select(func.count()).where(
        row.realm_id == effect.realm_id,
        row.entity == effect.entity,
        row.remote_id == remote_id,
    )
    return session.execute(same).scalar_one() > 0


def _safe(session: Session, effect: Effect, change: Change) -> Change:
    if isinstance(change, Reject) and effect.doubtful and not change.absent:
        return Review(change.reason or "QuickBooks refused it, but may have booked it before.", change.fault)
    if isinstance(change, Confirm) and document_taken(session, effect, change.remote_id):
        return Review(f"QuickBooks' {effect.entity} {change.remote_id} belongs to another booking already.")
    return change


def _values(effect: Effect, change: Change, now: datetime) -> dict[str, Any]:
    match change:
        case Confirm():
            return confirmed(change, now)
        case Reject() | Overtaken():
            return {
                "state": State.REJECTED,
                "fault": dict(change.fault) if isinstance(change, Reject) else None,
                "reason": change.reason[:LONGEST_REASON],
                "settled_at": now,
            }
        case Doubt():
            return {"doubtful": True, "due_at": change.due_at, "reason": change.reason[:LONGEST_REASON]}
        case Release():
            return _not_sent(State.SENDING if effect.doubtful else State.READY, change.due_at, change.reason)
        case Review():
            fault = None if change.fault is None else dict(change.fault)
            return {"state": State.REVIEW, "fault": fault, "reason": change.reason[:LONGEST_REASON]}
        case Park() | Await():
            return _not_sent(State.PARKED, now, change.reason)


def confirmed(change: Confirm, now: datetime) -> dict[str, Any]:
    """What a confirmation writes into the row."""
    return {
        "state": State.CONFIRMED,
        "remote_id": change.remote_id,
        "sync_token": change.sync_token,
        "document_number": change.document_number,
        "intuit_tid": change.tid,
        "adopted": change.adopted,
        "doubtful": False,
        "reason": "",
        "settled_at": now,
    }


def _not_sent(state: State, due_at: datetime, reason: str) -> dict[str, Any]:
    attempt = tables.Effect.attempt - 1
    return {"state": state, "due_at": due_at, "attempt": attempt, "reason": reason[:LONGEST_REASON]}


def _note(session: Session, effect: Effect, state: State, change: Change, now: datetime) -> None:
    in_doubt = state == State.SENDING
    content: dict[str, audit.Fact] = {
        "effect": effect.id,
        "operation": effect.operation,
        "generation": effect.generation,
        "attempt": effect.attempt,
    }
    if isinstance(change, Confirm):
        content |= {"quickbooks_id": change.remote_id, "tid": change.tid, "adopted": change.adopted}
    elif change.reason:
        content["reason"] = change.reason
    audit.record(
        session,
        firm_id=effect.firm_id,
        at=now,
        actor=audit.PROGRAM,
        verb="effect.in_doubt" if in_doubt else f"effect.{state}",
        subject=effect.subject,
        content=content,
    )
