"""Who has opened our Home: whom to keep it fresh for, and who needs the first-visit guide no more."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from db import tables
from db.insert import insert_if_absent
from db.intake.imports import APPLIED

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Visit:
    """A person who opened Home; ``shown`` is the state of the records it shows, ``view_hash`` is Slack's."""

    firm_id: str
    user_id: str
    first_at: datetime
    opened_at: datetime
    guide_ended_at: datetime | None
    shown: str
    rests_until: datetime
    view_hash: str


def opened(session: Session, firm_id: str, user_id: str, now: datetime) -> None:
    """A person opened Home, for the first time or again; what it shows is out of date from here on."""
    first = {
        "firm_id": firm_id,
        "user_id": user_id,
        "first_at": now,
        "opened_at": now,
        "shown": "",
        "rests_until": now,
        "view_hash": "",
    }
    if not insert_if_absent(session, tables.Visit, first):
        _change(session, firm_id, user_id, opened_at=now)


def get(session: Session, firm_id: str, user_id: str) -> Visit | None:
    """What is known of this person's Home; None where it was never opened."""
    row = tables.Visit
    found = select(row).where(row.firm_id == firm_id, row.user_id == user_id)
    kept = session.scalar(found.execution_options(populate_existing=True))
    return None if kept is None else _value(kept)


def end_guide(session: Session, firm_id: str, user_id: str, now: datetime) -> None:
    """This person is never shown the first-visit guide again; the first time counts."""
    row = tables.Visit
    session.execute(
        update(row)
        .where(row.firm_id == firm_id, row.user_id == user_id, row.guide_ended_at.is_(None))
        .values(guide_ended_at=now)
        .execution_options(synchronize_session="fetch")
    )


def published(
    session: Session, firm_id: str, user_id: str, *, shown: str, view_hash: str, rests_until: datetime
) -> None:
    """Home was published as the records stood at ``shown``; not anew before ``rests_until``."""
    _change(session, firm_id, user_id, shown=shown, view_hash=view_hash, rests_until=rests_until)


def forget_hash(session: Session, firm_id: str, user_id: str, view_hash: str) -> None:
    """Slack shows something else than this; whoever published that may have written its own down already."""
    row = tables.Visit
    session.execute(
        update(row)
        .where(row.firm_id == firm_id, row.user_id == user_id, row.view_hash == view_hash)
        .values(view_hash="")
        .execution_options(synchronize_session="fetch")
    )


def state_of(session: Session, firm_id: str) -> str:
    """A word for how the firm's records stand: it changes with every decision, outcome, import and look."""
    head, took, others = tables.AuditHead, tables.Import, tables.OthersRead
    number = session.scalar(select(head.number).where(head.firm_id == firm_id))
    newest = session.scalar(select(func.max(took.id)).where(took.firm_id == firm_id, took.state == APPLIED))
    looked = session.scalar(select(func.max(others.read_at)).where(others.firm_id == firm_id))
    return f"{number or 0}.{newest or 0}" + (f".{looked:%y%m%d%H%M%S%f}" if looked else "")


def outdated(session: Session, now: datetime, since: datetime) -> dict[str, str]:
    """Firms of which somebody sees an older state of the records, each with a word for this wait.

    Only people who opened Home after ``since`` and whose Home doesn't rest at ``now``. The word changes when
    somebody's rest ends after another's was served: the state alone would be taken for done.
    """
    row = tables.Visit
    found = select(row.firm_id, row.shown, row.rests_until).where(
        row.opened_at >= since, row.rests_until <= now
    )
    seen = session.execute(found.order_by(row.rests_until)).all()
    states = {firm: state_of(session, firm) for firm in {firm for firm, _, _ in seen}}
    return {
        firm: f"{states[firm]}.{rested:%H%M%S%f}" for firm, shown, rested in seen if states[firm] != shown
    }


def visitors(session: Session, firm_id: str, since: datetime) -> tuple[Visit, ...]:
    """Who opened the firm's Home after ``since``, who did it last first."""
    row = tables.Visit
    found = select(row).where(row.firm_id == firm_id, row.opened_at >= since).order_by(row.opened_at.desc())
    return tuple(_value(one) for one in session.scalars(found.execution_options(populate_existing=True)))


def _change(session: Session, firm_id: str, user_id: str, **values: object) -> None:
    row = tables.Visit
    session.execute(
        update(row)
        .where(row.firm_id == firm_id, row.user_id == user_id)
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )


def _value(row: tables.Visit) -> Visit:
    return Visit(**{field.name: getattr(row, field.name) for field in fields(Visit)})
