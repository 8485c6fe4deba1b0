"""How a person ends what only a person can tell: an effect under review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import update

from db import audit, tables
from db.effects.closing import confirmed, document_taken
from db.effects.reading import get
from db.effects.values import LONGEST_REASON, Confirm, State

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Found:
    """It is in QuickBooks, as this document."""

    document: Confirm


@dataclass(frozen=True, slots=True)
class LookAgain:
    """Something was put right in QuickBooks: look once more, then go on as before."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It isn't in QuickBooks, and the person makes sure of that; it counts as refused."""

    reason: str


Outcome: TypeAlias = Found | LookAgain | GiveUp


def resolve_review(
    session: Session, effect_id: str, by: str, now: datetime, outcome: Outcome, *, firm_id: str
) -> bool:
    """Write a person's decision. False: it isn't under review (any more), or the document is taken."""
    audit.hold(session, firm_id)
    effect = get(session, firm_id, effect_id)
    if effect is None:
        return False
    if isinstance(outcome, Found) and document_taken(session, effect, outcome.document.remote_id):
        return False
    row = tables.Effect
    change = update(row).where(row.id == effect_id, row.firm_id == firm_id, row.state == State.REVIEW)
    written = session.execute(
        change.values(**_values(outcome, now)).returning(row.state)
    ).scalar_one_or_none()
    if written is None:
        return False
    audit.record(
        session,
        firm_id=firm_id,
        at=now,
        actor=by,
        verb="effect.decided",
        subject=effect.subject,
        content={"effect": effect_id, "decision": type(outcome).__name__, "state": written},
    )
    return True


def _values(outcome: Outcome, now: datetime) -> dict[str, Any]:
    match outcome:
        case Found():
            return confirmed(outcome.document, now)
        case LookAgain():
            return {"state": State.SENDING, "doubtful": True, "due_at": now, "attempt": 0, "reason": ""}
        case GiveUp():
            return {
                "state": State.REJECTED,
                "doubtful": False,
                "reason": outcome.reason[:LONGEST_REASON],
                "settled_at": now,
            }
