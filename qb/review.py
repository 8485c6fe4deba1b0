"""What a person can do about an invoice that nobody here can tell about: look once more, or give it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import effects
from db.effects import GiveUp, LookAgain, State
from qb.lineage import newest

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.effects import Effect, Outcome

NOT_THERE = "A person made sure that it isn't in QuickBooks."


def look_again(session: Session, *, firm_id: str, sync_id: str, subject: str, by: str, now: datetime) -> int:
    """A person has put things right in QuickBooks: look once more at what of an invoice is under review."""
    return _decide(session, firm_id, _under_review(session, firm_id, sync_id, subject), by, now, LookAgain())


def give_up(session: Session, *, firm_id: str, sync_id: str, subject: str, by: str, now: datetime) -> int:
    """A person has made sure that it isn't in QuickBooks: it counts as refused and may be synced anew."""
    found = _under_review(session, firm_id, sync_id, subject)
    return _decide(session, firm_id, found, by, now, GiveUp(NOT_THERE))


def _under_review(session: Session, firm_id: str, sync_id: str, subject: str) -> list[Effect]:
    found = newest(effects.of_sync(session, sync_id))
    return [e for e in found if e.firm_id == firm_id and e.invoice == subject and e.state is State.REVIEW]


def _decide(
    session: Session, firm_id: str, found: list[Effect], by: str, now: datetime, outcome: Outcome
) -> int:
    return sum(
        effects.resolve_review(session, effect.id, by, now, outcome, firm_id=firm_id) for effect in found
    )
