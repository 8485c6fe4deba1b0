"""The firms we work for, and who may do what in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import bindparam, delete, select, update

from db import audit, tables
from db.insert import insert_if_absent
from db.people import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

# Every click passes here, so the statements are built once.
_FIRMS, _GIVEN = cast("Table", tables.Firm.__table__), cast("Table", tables.Role.__table__)
_PEOPLE = cast("Table", tables.PersonRow.__table__)
_OF_TEAM = select(_FIRMS.c.id, _FIRMS.c.team_id, _FIRMS.c.name, _FIRMS.c.timezone).where(
    _FIRMS.c.team_id == bindparam("team")
)
_HELD = (
    select(_FIRMS.c.id, _FIRMS.c.team_id, _FIRMS.c.name, _FIRMS.c.timezone, _GIVEN.c.role, _PEOPLE.c.standing)
    .outerjoin(_GIVEN, (_GIVEN.c.firm_id == _FIRMS.c.id) & (_GIVEN.c.user_id == bindparam("user")))
    .outerjoin(_PEOPLE, (_PEOPLE.c.firm_id == _FIRMS.c.id) & (_PEOPLE.c.user_id == bindparam("user")))
    .where(_FIRMS.c.team_id == bindparam("team"))
)
_ROLES = select(_GIVEN.c.role).where(
    _GIVEN.c.firm_id == bindparam("firm"), _GIVEN.c.user_id == bindparam("user")
)

ADMIN = "admin"
APPROVER = "approver"
TRUSTED = "trusted"
"""Books without asking, where the firm's policy says so."""
ROLES = (ADMIN, APPROVER, TRUSTED)


class WhichFirmError(LookupError):
    """The database holds several firms, and nothing says which is meant."""


class LastAdminError(Exception):
    """Nobody would be left who could give roles."""


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm; ``team_id`` is its Slack workspace's, None until Slack is met; ``timezone`` an IANA name."""

    id: str
    team_id: str | None
    name: str
    timezone: str


def meet_firm(
    session: Session,
    *,
    team_id: str | None,
    name: str,
    timezone: str,
    now: datetime,
    new_id: Callable[[], str],
) -> Firm:
    """The workspace's firm: known, or the one whose workspace was unknown so far, or a new one.

    Without ``team_id`` (no Slack yet) it is the only firm there is, or a new one;
    :class:`WhichFirmError` where there are several.
    """
    if team_id is None:
        return _firm_before_slack(session) or _new_firm(session, new_id(), None, name, timezone, now)
    return (
        firm_of_team(session, team_id)
        or _adopted(session, team_id)
        or _new_firm(session, new_id(), team_id, name, timezone, now)
    )


def firm_of_team(session: Session, team_id: str) -> Firm | None:
    """The firm of a Slack workspace."""
    row = session.execute(_OF_TEAM, {"team": team_id}).one_or_none()
    return None if row is None else Firm(*row)


def only_firm(session: Session) -> Firm | None:
    """The firm, where there is exactly one."""
    found = session.scalars(select(tables.Firm).limit(2)).all()
    return _value(found[0]) if len(found) == 1 else None


def get_firm(session: Session, firm_id: str) -> Firm | None:
    """The firm of this id."""
    return _value(session.get(tables.Firm, firm_id))


def all_firms(session: Session) -> tuple[Firm, ...]:
    """Every firm, oldest first."""
    found = select(tables.Firm).order_by(tables.Firm.created_at, tables.Firm.id)
    return tuple(Firm(row.id, row.team_id, row.name, row.timezone) for row in session.scalars(found))


def roles_of(session: Session, firm_id: str, user_id: str) -> frozenset[str]:
    """The roles a person holds in the firm; none means staff."""
    return frozenset(session.execute(_ROLES, {"firm": firm_id, "user": user_id}).scalars())


def member_of_team(
    session: Session, team_id: str, user_id: str
) -> tuple[Firm, frozenset[str], Standing] | None:
    """The firm of a Slack workspace, the roles this person holds there, and their standing; in one question.

    Of whom Slack has told us nothing yet, the standing is a member's: nothing is shown before it is asked.
    """
    rows = session.execute(_HELD, {"team": team_id, "user": user_id}).all()
    if not rows:
        return None
    standing = Standing(rows[0].standing or Standing.MEMBER)
    return Firm(*rows[0][:4]), frozenset(row.role for row in rows if row.role is not None), standing


def people_with(session: Session, firm_id: str, role: str) -> tuple[str, ...]:
    """Slack ids of who holds the role in the firm, first given first."""
    given = tables.Role
    found = select(given.user_id).where(given.firm_id == firm_id, given.role == role)
    return tuple(session.scalars(found.order_by(given.given_at, given.user_id)))


def give_role(session: Session, *, firm_id: str, user_id: str, role: str, by: str, now: datetime) -> bool:
    """Give a person a role; False where they hold it already."""
    values = {"firm_id": firm_id, "user_id": user_id, "role": role, "given_by": by, "given_at": now}
    if not insert_if_absent(session, tables.Role, values):
        return False
    audit.record(
        session,
        firm_id=firm_id,
        at=now,
        actor=by,
        verb="role.given",
        subject=user_id,
        content={"role": role},
    )
    return True


def set_roles(
    session: Session, *, firm_id: str, user_id: str, roles: Iterable[str], by: str, now: datetime
) -> bool:
    """Give a person exactly these roles; False where they held just those.

    :class:`LastAdminError` where that would leave the firm without an admin who is a member here: one change
    waits for the other, so two admins can't remove each other at once.
    """
    audit.hold(session, firm_id)
    wanted, held = frozenset(roles), roles_of(session, firm_id, user_id)
    for role in sorted(held - wanted):
        _take_role(session, firm_id=firm_id, user_id=user_id, role=role, by=by, now=now)
    for role in sorted(wanted - held):
        give_role(session, firm_id=firm_id, user_id=user_id, role=role, by=by, now=now)
    return wanted != held


def everyone_with_roles(session: Session, firm_id: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Slack ids of whoever holds a role, with all their roles; first given first."""
    given = tables.Role
    found = select(given.user_id, given.role).where(given.firm_id == firm_id)
    held: dict[str, set[str]] = {}
    for user_id, role in session.execute(found.order_by(given.given_at, given.user_id)):
        held.setdefault(user_id, set()).add(role)
    return tuple((user_id, frozenset(roles)) for user_id, roles in held.items())


def _other_admins(session: Session, firm_id: str, but: str) -> set[str]:
    """Who else is an admin and, by what Slack told us last, a member: others can't open anything here."""
    others = set(people_with(session, firm_id, ADMIN)) - {but}
    row = tables.PersonRow
    away = select(row.user_id).where(
        row.firm_id == firm_id, row.user_id.in_(others), row.standing != Standing.MEMBER
    )
    return others - set(session.scalars(away))


def _take_role(session: Session, *, firm_id: str, user_id: str, role: str, by: str, now: datetime) -> None:
    if role == ADMIN and not _other_admins(session, firm_id, user_id):
        raise LastAdminError(user_id)
    row = tables.Role
    held = (row.firm_id == firm_id, row.user_id == user_id, row.role == role)
    session.execute(delete(row).where(*held))
    audit.record(
        session,
        firm_id=firm_id,
        at=now,
        actor=by,
        verb="role.taken",
        subject=user_id,
        content={"role": role},
    )


def set_timezone(session: Session, *, firm_id: str, timezone: str, by: str, now: datetime) -> None:
    """Give the firm another time zone, an IANA name; nothing where it is the same."""
    audit.hold(session, firm_id)
    row = session.get_one(tables.Firm, firm_id, populate_existing=True)
    if row.timezone == timezone:
        return
    content: dict[str, audit.Fact] = {"timezone": f"{row.timezone} → {timezone}"}
    row.timezone = timezone
    session.flush()
    audit.record(
        session,
        firm_id=firm_id,
        at=now,
        actor=by,
        verb="settings.changed",
        subject="timezone",
        content=content,
    )


def begin_roles(
    session: Session, firm_id: str, admins: Iterable[str], approvers: Iterable[str], now: datetime
) -> None:
    """Give the first roles from the settings; a role that was ever given or taken is left to the people."""
    for role, people in ((ADMIN, admins), (APPROVER, approvers)):
        if people_with(session, firm_id, role) or _was_taken(session, firm_id, role):
            continue
        for user_id in people:
            give_role(session, firm_id=firm_id, user_id=user_id, role=role, by=audit.PROGRAM, now=now)


def _was_taken(session: Session, firm_id: str, role: str) -> bool:
    """Whether people took the role away from somebody: a restart must not give it back."""
    line = tables.AuditLine
    taken = (line.firm_id == firm_id, line.verb == "role.taken", line.content == f'{{"role":"{role}"}}')
    return session.scalar(select(line.number).where(*taken).limit(1)) is not None


def _firm_before_slack(session: Session) -> Firm | None:
    found = session.scalars(select(tables.Firm).limit(2)).all()
    if len(found) > 1:
        raise WhichFirmError("several firms are kept here, and nothing says which is meant")
    return _value(found[0]) if found else None


def _adopted(session: Session, team_id: str) -> Firm | None:
    firm = only_firm(session)
    if firm is None or firm.team_id is not None:
        return None
    session.execute(
        update(tables.Firm)
        .where(tables.Firm.id == firm.id, tables.Firm.team_id.is_(None))
        .values(team_id=team_id)
        .execution_options(synchronize_session="fetch")
    )
    return firm_of_team(session, team_id)


def _new_firm(
    session: Session, firm_id: str, team_id: str | None, name: str, timezone: str, now: datetime
) -> Firm:
    values = {
        "id": firm_id,
        "team_id": team_id,
        "name": name[:200],
        "timezone": timezone,
        "created_at": now,
    }
    insert_if_absent(session, tables.Firm, values)
    found = get_firm(session, firm_id) if team_id is None else firm_of_team(session, team_id)
    if found is None:
        raise WhichFirmError("the firm was removed while it was met")
    return found


def _value(row: tables.Firm | None) -> Firm | None:
    return None if row is None else Firm(row.id, row.team_id, row.name, row.timezone)
