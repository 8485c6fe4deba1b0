"""Who may do what, checked at the moment of the click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from commands.colleagues import favour_to, who_may
from commands.favour import Favour, Wish
from commands.rights import Right
from commands.views.text import people
from commands.words import access as words
from commands.zones import zone_of
from db import connections, firms
from db.people import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from commands.rights import Need
    from db.firms import Firm
    from db.refusal import Refusal


class NotAllowedError(Exception):
    """Somebody may not do this; made of the :class:`Refusal` that says who may.

    ``asks`` is what they may ask of whom instead, where somebody can do it for them.
    """

    def __init__(self, told: Refusal, asks: Favour | None = None) -> None:
        """Keep both; ``told`` alone is what the exception says."""
        super().__init__(told)
        self.told = told
        self.asks = asks


@dataclass(frozen=True, slots=True)
class Asker:
    """The person who typed or clicked, and their roles at this moment.

    ``standing`` and ``owns`` (the workspace) are as Slack last told us; tasks ask anew. ``today`` is the
    firm's own day, by which people are away; None: that isn't looked at.
    """

    firm: Firm
    user_id: str
    roles: frozenset[str]
    standing: Standing = Standing.MEMBER
    owns: bool = False
    today: date | None = None


def asker_of(session: Session, body: Mapping[str, Any], now: datetime | None = None) -> Asker:
    """Who sent this payload ``now`` (aware); :class:`NotAllowedError` unless a known workspace's member."""
    team_id, user_id, home = identity(body)
    if home and home != team_id:
        raise NotAllowedError(words.OTHER_WORKSPACE.said())
    found = firms.member_of_team(session, team_id, user_id)
    if found is None:
        raise NotAllowedError(words.NOT_SET_UP.said())
    firm, roles, standing = found
    return Asker(firm, user_id, roles, standing, today=None if now is None else day_of(firm, now))


def day_of(firm: Firm, now: datetime) -> date:
    """The firm's own day at a moment (aware)."""
    return now.astimezone(zone_of(firm.timezone)).date()


def admit(session: Session, asker: Asker, need: Need) -> None:
    """Let in whoever has the right, by what we know; :class:`NotAllowedError` tells the others who may.

    This is the door that all commands, controls and screens pass. Their functions check again what depends on
    more: whose sync it is, who is named.
    """
    refuse_outsiders(asker.standing, asker.roles, approving=need.right is Right.APPROVE)
    if need.right is Right.ADMIN:
        must_admin(session, asker, need.what, need.wish)
    elif need.right is Right.CONFIRM:
        _must_confirm(session, asker, need.what, need.wish)


def refuse_outsiders(standing: Standing, roles: frozenset[str], *, approving: bool = False) -> None:
    """Guests, strangers and the deactivated may look at nothing.

    The one exception: a guest whom an admin made an approver, such as an outside bookkeeper, may approve.
    """
    if standing is Standing.MEMBER:
        return
    if standing is Standing.GUEST and approving and firms.APPROVER in roles:
        return
    raise NotAllowedError(words.GUEST.said())


def is_admin(asker: Asker) -> bool:
    """Whether this person is an admin."""
    return firms.ADMIN in asker.roles


def must_admin(session: Session, asker: Asker, what: str, wish: Wish | None = None) -> None:
    """Only an admin may do ``what`` (a verb and its object, as in "change the channels").

    Where it is a ``wish``, the refusal offers to ask one of them.
    """
    if not is_admin(asker):
        who, ask = who_can(session, asker.firm.id, Right.ADMIN)
        refusal = words.ADMINS_ONLY.said(what=what, who=who, ask=ask)
        raise NotAllowedError(refusal, favour_to(session, asker, wish) if wish else None)


def may_name(asker: Asker) -> bool:
    """Whether this person may give and take roles: admins, and always the workspace's owners."""
    return is_admin(asker) or (asker.owns and asker.standing is Standing.MEMBER)


def may_confirm(asker: Asker) -> bool:
    """Whether this person may confirm the mapping: admins and approvers."""
    return bool({firms.ADMIN, firms.APPROVER} & asker.roles)


def may_mend(asker: Asker, asked_by: str) -> bool:
    """Whether this person may decide what becomes of a sync that needs a person: who asked, and confirmers.

    Whoever asked may be on leave, and nobody else could get it on its way again.
    """
    return asker.user_id == asked_by or may_confirm(asker)


def confirmers(session: Session, firm_id: str) -> tuple[str, ...]:
    """Who may confirm the mapping, as far as we know not absent."""
    return tuple(one.user_id for one in who_may(session, firm_id, (firms.APPROVER, firms.ADMIN)))


def who_hears(session: Session, firm_id: str) -> tuple[str, ...]:
    """Whom to tell what isn't as it should be in QuickBooks: confirmers; without any, who connected it."""
    standing = connections.get(session, firm_id)
    return confirmers(session, firm_id) or ((standing.connected_by,) if standing else ())


def must_confirm(session: Session, asker: Asker) -> None:
    """Only an admin or approver confirms the mapping."""
    _must_confirm(session, asker, "confirm the mapping", Wish.MAP)


def must_explain(session: Session, asker: Asker) -> None:
    """Only an admin or approver says what a column of the exports means."""
    _must_confirm(session, asker, "say what a column means", Wish.COLUMNS)


def must_check(session: Session, asker: Asker) -> None:
    """Only an admin or approver checks the books and settles what is found."""
    _must_confirm(session, asker, "check the books", Wish.CHECK)


def _must_confirm(session: Session, asker: Asker, what: str, wish: Wish | None) -> None:
    if not may_confirm(asker):
        who, ask = who_can(session, asker.firm.id, Right.CONFIRM)
        refusal = words.CONFIRMERS_ONLY.said(what=what, who=who, ask=ask)
        raise NotAllowedError(refusal, favour_to(session, asker, wish) if wish else None)


def who_can(session: Session, firm_id: str, right: Right) -> tuple[str, str]:
    """Who has the right, and whom to ask: one alone by name; markup for the places ``who`` and ``ask``."""
    roles = (firms.ADMIN,) if right is Right.ADMIN else (firms.APPROVER, firms.ADMIN)
    found = [one.user_id for one in who_may(session, firm_id, roles)]
    if not found:
        return words.NOBODY_NAMED, words.NOBODY_TO_ASK
    return people(found), words.ONE_OF_THEM if len(found) > 1 else words.ASK.format(who=people(found))


def identity(body: Mapping[str, Any]) -> tuple[str, str, str]:
    """Team, user, and the user's own team where Slack tells it, else empty."""
    if "user_id" in body:  # a slash command
        return body["team_id"], body["user_id"], ""
    user = body["user"]
    team = body.get("team") or {}
    return team.get("id") or user.get("team_id", ""), user["id"], user.get("team_id", "")
