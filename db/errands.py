"""What one person has asked another to do, until it is done or taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from db import audit, tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


class ErrandState(StrEnum):
    """The life of an errand."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Errand:
    """Who asked whom for what; ``subject`` names the thing, ``content`` is plain JSON about it."""

    id: str
    firm_id: str
    asked_by: str
    asked_of: str
    wish: str
    subject: str
    content: Mapping[str, Any]
    state: ErrandState
    asked_at: datetime
    done_by: str = ""
    channel: str = ""
    message_ts: str = ""


def ask(session: Session, errand: Errand) -> Errand | None:
    """Write an errand down, in the audit too; gives the one that stands already, or None where it is new.

    One person asks another for one thing once, until it is done.
    """
    audit.hold(session, errand.firm_id)
    values = {name: getattr(errand, name) for name in Errand.__slots__}
    if not insert_if_absent(session, tables.ErrandRow, values | {"content": dict(errand.content)}):
        return next(one for one in _same(session, errand) if one.asked_by == errand.asked_by)
    audit.record(
        session,
        firm_id=errand.firm_id,
        at=errand.asked_at,
        actor=errand.asked_by,
        verb="errand.asked",
        subject=errand.asked_of,
        content={"wish": errand.wish, "subject": errand.subject},
    )
    return None


def asked_first(session: Session, errand: Errand) -> Errand | None:
    """Who else asked the same of the same person before, if it is still open."""
    others = [one for one in _same(session, errand) if one.asked_by != errand.asked_by]
    return min(others, key=lambda one: (one.asked_at, one.id), default=None)


def get(session: Session, firm_id: str, errand_id: str) -> Errand | None:
    """The firm's errand of this id."""
    row = tables.ErrandRow
    found = select(row).where(row.id == errand_id, row.firm_id == firm_id)
    kept = session.scalar(found.execution_options(populate_existing=True))
    return None if kept is None else _value(kept)


def open_ones(session: Session, firm_id: str, *, wish: str = "", of: str = "") -> tuple[Errand, ...]:
    """What is still asked in the firm, oldest first; for one wish, or of one person, where given."""
    row = tables.ErrandRow
    found = select(row).where(row.firm_id == firm_id, row.state == ErrandState.OPEN)
    if wish:
        found = found.where(row.wish == wish)
    if of:
        found = found.where(row.asked_of == of)
    found = found.order_by(row.asked_at, row.id).execution_options(populate_existing=True)
    return tuple(_value(one) for one in session.scalars(found))


def end(session: Session, errand: Errand, *, state: ErrandState, by: str, now: datetime) -> bool:
    """It is done or withdrawn, in the audit too. False: it wasn't open any more."""
    audit.hold(session, errand.firm_id)
    row = tables.ErrandRow
    change = (
        update(row)
        .where(row.id == errand.id, row.firm_id == errand.firm_id, row.state == ErrandState.OPEN)
        .values(state=state, done_by=by, done_at=now)
        .execution_options(synchronize_session="fetch")
    )
    if session.execute(change.returning(row.id)).first() is None:
        return False
    audit.record(
        session,
        firm_id=errand.firm_id,
        at=now,
        actor=by,
        verb=f"errand.{state}",
        subject=errand.asked_by,
        content={"wish": errand.wish, "subject": errand.subject},
    )
    return True


def pass_on(session: Session, errand: Errand, *, to: str, by: str, now: datetime) -> bool:
    """Somebody else is asked from now on, in the audit too.

    False: it wasn't open any more, or who asked has asked them for the same.
    """
    audit.hold(session, errand.firm_id)
    if any(one.asked_by == errand.asked_by for one in _same(session, replace(errand, asked_of=to))):
        return False
    row = tables.ErrandRow
    mine = (row.id == errand.id, row.firm_id == errand.firm_id, row.state == ErrandState.OPEN)
    passed = update(row).where(*mine, row.asked_of == errand.asked_of)
    values = {"asked_of": to, "channel": "", "message_ts": ""}
    if session.execute(passed.values(**values).returning(row.id)).first() is None:
        return False
    audit.record(
        session,
        firm_id=errand.firm_id,
        at=now,
        actor=by,
        verb="errand.passed_on",
        subject=to,
        content={"wish": errand.wish, "subject": errand.subject, "asked_by": errand.asked_by},
    )
    return True


def set_message(session: Session, errand_id: str, *, firm_id: str, channel: str, ts: str) -> None:
    """Remember where it was put to the person asked."""
    row = tables.ErrandRow
    place = (row.id == errand_id, row.firm_id == firm_id)
    session.execute(update(row).where(*place).values(channel=channel, message_ts=ts))


def _same(session: Session, errand: Errand) -> list[Errand]:
    standing = open_ones(session, errand.firm_id, wish=errand.wish, of=errand.asked_of)
    return [one for one in standing if one.subject == errand.subject]


def _value(row: tables.ErrandRow) -> Errand:
    return Errand(
        id=row.id,
        firm_id=row.firm_id,
        asked_by=row.asked_by,
        asked_of=row.asked_of,
        wish=row.wish,
        subject=row.subject,
        content=row.content,
        state=ErrandState(row.state),
        asked_at=row.asked_at,
        done_by=row.done_by,
        channel=row.channel,
        message_ts=row.message_ts,
    )
