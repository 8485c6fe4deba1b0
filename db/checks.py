"""When the books were checked: once a night for each firm, and whenever somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from db import tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

NIGHTLY = "nightly"
ASKED = "asked"


def begin_night(session: Session, firm_id: str, realm_id: str, night: date, now: datetime) -> bool:
    """Whether this night's check is ours to do: the first who asks gets it, over all processes.

    ``night`` is the day in the firm's own time zone.
    """
    values = {
        "firm_id": firm_id,
        "realm_id": realm_id,
        "kind": NIGHTLY,
        "local_date": night.isoformat(),
        "began_at": now,
        "asked_by": "",
        "compared": 0,
    }
    return insert_if_absent(session, tables.Check, values)


def begun(session: Session, nights: set[date]) -> frozenset[tuple[str, date]]:
    """Whose checks of these nights were begun: firm id and night."""
    row = tables.Check
    days = {night.isoformat(): night for night in nights}
    found = select(row.firm_id, row.local_date).where(row.kind == NIGHTLY, row.local_date.in_(days))
    return frozenset((firm, days[day]) for firm, day in session.execute(found) if day)


def finish_night(
    session: Session, firm_id: str, night: date, *, realm_id: str, read_at: datetime, compared: int
) -> None:
    """This night's check came to its end; what was changed after ``read_at`` is for the next one."""
    row = tables.Check
    session.execute(
        update(row)
        .where(row.firm_id == firm_id, row.kind == NIGHTLY, row.local_date == night.isoformat())
        .values(realm_id=realm_id, read_at=read_at, compared=compared)
    )


def add_asked(
    session: Session, firm_id: str, *, realm_id: str, by: str, now: datetime, read_at: datetime, compared: int
) -> None:
    """A check that somebody asked for came to its end."""
    row = tables.Check(
        firm_id=firm_id,
        realm_id=realm_id,
        kind=ASKED,
        asked_by=by,
        began_at=now,
        read_at=read_at,
        compared=compared,
    )
    session.add(row)
    session.flush()


def last_read(session: Session, firm_id: str, realm_id: str) -> datetime | None:
    """From when on changes in the company haven't been looked at; None where it never was."""
    row = tables.Check
    found = select(func.max(row.read_at)).where(row.firm_id == firm_id, row.realm_id == realm_id)
    return session.execute(found).scalar_one()
