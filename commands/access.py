"""Who may do what, checked at the moment of the click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from commands.views.text import people
from db import firms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slack_sdk import WebClient
    from sqlalchemy.orm import Session

    from db.firms import Firm

STRANGERS = ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted", "is_bot")


class NotAllowedError(Exception):
    """Somebody may not do this; the message says who may."""


@dataclass(frozen=True, slots=True)
class Asker:
    """The person who typed or clicked, and their roles at this moment."""

    firm: Firm
    user_id: str
    roles: frozenset[str]


def asker_of(session: Session, body: Mapping[str, Any]) -> Asker:
    """Who sent this payload; :class:`NotAllowedError` unless a member of a workspace we know."""
    team_id, user_id, home = identity(body)
    if home and home != team_id:
        raise NotAllowedError("Only members of this workspace can use CaseLedger. Nothing was done.")
    found = firms.member_of_team(session, team_id, user_id)
    if found is None:
        raise NotAllowedError("CaseLedger isn't set up for this workspace yet. Nothing was done.")
    firm, roles = found
    return Asker(firm, user_id, roles)


def is_admin(asker: Asker) -> bool:
    """Whether this person is an admin."""
    return firms.ADMIN in asker.roles


def must_admin(session: Session, asker: Asker, what: str) -> None:
    """Only an admin may do ``what`` (a verb and its object, as in "change the channels")."""
    if not is_admin(asker):
        who = _ask(firms.people_with(session, asker.firm.id, firms.ADMIN))
        raise NotAllowedError(f"Only an admin may {what}. {who} Nothing was changed.")


def may_confirm(asker: Asker) -> bool:
    """Whether this person may confirm the mapping: admins and approvers."""
    return bool({firms.ADMIN, firms.APPROVER} & asker.roles)


def may_mend(asker: Asker, asked_by: str) -> bool:
    """Whether this person may decide what becomes of a sync that needs a person: who asked, and confirmers.

    Whoever asked may be on leave, and nobody else could get it on its way again.
    """
    return asker.user_id == asked_by or may_confirm(asker)


def confirmers(session: Session, firm_id: str) -> tuple[str, ...]:
    """Who may confirm the mapping."""
    found = (
        *firms.people_with(session, firm_id, firms.APPROVER),
        *firms.people_with(session, firm_id, firms.ADMIN),
    )
    return tuple(dict.fromkeys(found))


def must_confirm(session: Session, asker: Asker) -> None:
    """Only an admin or approver confirms the mapping."""
    if not may_confirm(asker):
        who = _ask(confirmers(session, asker.firm.id))
        raise NotAllowedError(
            f"Only an admin or approver may confirm the mapping. {who} Nothing was changed."
        )


def must_check(session: Session, asker: Asker) -> None:
    """Only an admin or approver checks the books and settles what is found."""
    if not may_confirm(asker):
        who = _ask(confirmers(session, asker.firm.id))
        raise NotAllowedError(f"Only an admin or approver may check the books. {who} Nothing was changed.")


def refuse_guests(client: WebClient, firm: Firm, user_id: str) -> None:
    """Ask Slack who this is: guests, strangers and the deactivated may look at nothing."""
    user = client.users_info(user=user_id)["user"]
    elsewhere = user.get("team_id") not in {None, "", firm.team_id}
    if elsewhere or any(user.get(mark) for mark in STRANGERS):
        raise NotAllowedError("Only full members of this workspace can use CaseLedger. Nothing was done.")


def _ask(found: Sequence[str]) -> str:
    if not found:
        return "Nobody is named yet: whoever runs CaseLedger sets ADMINS and restarts it."
    return f"Please ask {people(found)}."


def identity(body: Mapping[str, Any]) -> tuple[str, str, str]:
    """Team, user, and the user's own team where Slack tells it, else empty."""
    if "user_id" in body:  # a slash command
        return body["team_id"], body["user_id"], ""
    user = body["user"]
    team = body.get("team") or {}
    return team.get("id") or user.get("team_id", ""), user["id"], user.get("team_id", "")
