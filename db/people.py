"""People as Slack last described them: their names, and who is a guest or gone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from db import tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

LONGEST_NAME = 200


class Standing(StrEnum):
    """What somebody is in the workspace."""

    MEMBER = "member"
    GUEST = "guest"
    ABSENT = "absent"  # deactivated, an app, or of another workspace


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by name; ``owns`` says whether they own the workspace, ``seen_at`` when Slack told (UTC)."""

    user_id: str
    name: str
    standing: Standing
    owns: bool
    seen_at: datetime


def keep(session: Session, firm_id: str, person: Person) -> None:
    """Keep what Slack says of somebody now."""
    values = {
        "firm_id": firm_id,
        "user_id": person.user_id,
        "name": person.name[:LONGEST_NAME],
        "standing": person.standing,
        "owns": person.owns,
        "seen_at": person.seen_at,
    }
    if insert_if_absent(session, tables.PersonRow, values):
        return
    row = session.get_one(tables.PersonRow, (firm_id, person.user_id))
    row.name, row.standing = person.name[:LONGEST_NAME], person.standing
    row.owns, row.seen_at = person.owns, person.seen_at
    session.flush()


def known(session: Session, firm_id: str, user_ids: Iterable[str]) -> Mapping[str, Person]:
    """What we know of these people, by Slack id; nobody of whom Slack has told us nothing."""
    row = tables.PersonRow
    found = select(row).where(row.firm_id == firm_id, row.user_id.in_(tuple(user_ids)))
    rows = session.scalars(found.execution_options(populate_existing=True))
    return {
        one.user_id: Person(one.user_id, one.name, Standing(one.standing), one.owns, one.seen_at)
        for one in rows
    }


def unmet(session: Session, firm_id: str, before: datetime) -> tuple[str, ...]:
    """Slack ids of who holds a role and of whom we know nothing, or only from ``before``."""
    row, given = tables.PersonRow, tables.Role
    same = (row.firm_id == given.firm_id) & (row.user_id == given.user_id)
    lately = or_(row.user_id.is_(None), row.seen_at < before)
    found = select(given.user_id).outerjoin(row, same).where(given.firm_id == firm_id, lately)
    return tuple(session.scalars(found.distinct().order_by(given.user_id)))
