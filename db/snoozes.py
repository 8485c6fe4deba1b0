"""What people put off in the digest: until a day, or until it changes; by whom, and how it is undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from db import audit, tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

EVERYTHING = "everything"
"""The mark of the whole digest; the others are invoices'."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """One thing put off; ``until`` is the first day (in the firm's zone) it is shown again.

    None: until its fingerprint is another one.
    """

    mark: str
    until: date | None
    fingerprint: str
    by: str
    at: datetime


def put_off(
    session: Session,
    *,
    firm_id: str,
    marks: Mapping[str, str],
    until: date | None,
    by: str,
    now: datetime,
    about: str,
) -> None:
    """Put these off (mark to fingerprint), in place of what held before; ``about`` says in the audit what."""
    audit.hold(session, firm_id)
    row = tables.SnoozeRow
    session.execute(delete(row).where(row.firm_id == firm_id, row.mark.in_(marks)))
    day = until.isoformat() if until else None
    for mark, fingerprint in marks.items():
        session.add(
            row(
                firm_id=firm_id,
                mark=mark,
                until=day,
                fingerprint=fingerprint,
                snoozed_by=by,
                snoozed_at=now,
            )
        )
    session.flush()
    _note(session, firm_id, by, "digest.snoozed", now, {"until": day or "a change", "what": about})


def bring_back(
    session: Session, *, firm_id: str, marks: Sequence[str], by: str, now: datetime, about: str
) -> int:
    """Show these again; how many had been put off."""
    audit.hold(session, firm_id)
    row = tables.SnoozeRow
    gone = session.scalars(
        delete(row).where(row.firm_id == firm_id, row.mark.in_(marks)).returning(row.mark)
    ).all()
    if gone:
        _note(session, firm_id, by, "digest.unsnoozed", now, {"what": about})
    return len(gone)


def of_firm(session: Session, firm_id: str) -> tuple[Snooze, ...]:
    """Everything put off, oldest first; what holds no more is among it."""
    row = tables.SnoozeRow
    found = select(row).where(row.firm_id == firm_id).order_by(row.snoozed_at, row.mark)
    rows = session.scalars(found.execution_options(populate_existing=True))
    return tuple(_value(each) for each in rows)


def sweep(session: Session, before: date) -> None:
    """Forget what was to be shown again before this day."""
    row = tables.SnoozeRow
    session.execute(delete(row).where(row.until < before.isoformat()))


def _note(
    session: Session, firm_id: str, by: str, verb: str, now: datetime, content: Mapping[str, audit.Fact]
) -> None:
    audit.record(session, firm_id=firm_id, at=now, actor=by, verb=verb, subject="digest", content=content)


def _value(row: tables.SnoozeRow) -> Snooze:
    until = date.fromisoformat(row.until) if row.until else None
    return Snooze(row.mark, until, row.fingerprint, row.snoozed_by, row.snoozed_at)
