"""Who somebody is in the workspace: asked of Slack by the worker, remembered for the click."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from commands.favour import Colleague
from db import firms, people
from db.people import Person, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from slack_sdk import WebClient
    from sqlalchemy.orm import Session

    from commands.context import Context
    from db.firms import Firm

FRESH = timedelta(hours=12)
"""So long a name and standing are taken as they are."""
NOT_OURS = ("is_ultra_restricted", "is_stranger", "deleted", "is_bot")
UNKNOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


def described(user: Mapping[str, Any], team_id: str | None, now: datetime) -> Person:
    """Somebody as Slack describes them (``users.info``)."""
    profile = user.get("profile") or {}
    name = (
        profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name")
    )
    elsewhere = user.get("team_id") not in {None, "", team_id}
    if elsewhere or any(user.get(mark) for mark in NOT_OURS):
        standing = Standing.ABSENT
    else:
        standing = Standing.GUEST if user.get("is_restricted") else Standing.MEMBER
    owns = bool(user.get("is_owner") or user.get("is_primary_owner"))
    return Person(
        str(user["id"]), str(name or ""), standing, owns=owns and standing is Standing.MEMBER, seen_at=now
    )


def look_up(context: Context, client: WebClient, firm: Firm, user_id: str) -> Person:
    """Ask Slack who this is now, and remember it; somebody Slack doesn't know is absent."""
    now = context.clock()
    try:
        found = described(client.users_info(user=user_id)["user"], firm.team_id, now)
    except SlackApiError as error:
        if error.response["error"] not in UNKNOWN:
            raise
        found = Person(user_id, "", Standing.ABSENT, owns=False, seen_at=now)
    remember(context, firm.id, found)
    return found


def remember(context: Context, firm_id: str, found: Person) -> None:
    """Keep it where it is new, changed, or was kept long ago."""
    with context.database.read() as session:
        kept = people.known(session, firm_id, [found.user_id]).get(found.user_id)
    if kept is not None and _same(kept, found) and found.seen_at - kept.seen_at < FRESH:
        return
    with context.database.write() as session:
        people.keep(session, firm_id, found)


def look_up_all(
    context: Context, client: WebClient, firm: Firm, user_ids: Iterable[str]
) -> Mapping[str, Person]:
    """These people, by Slack id; Slack is asked of whom we knew nothing lately."""
    wanted = tuple(dict.fromkeys(user_ids))
    with context.database.read() as session:
        known = dict(people.known(session, firm.id, wanted))
    for user_id in wanted:
        if user_id not in known or context.clock() - known[user_id].seen_at >= FRESH:
            known[user_id] = look_up(context, client, firm, user_id)
    return known


def who_may(session: Session, firm_id: str, roles: Iterable[str], *, but: str = "") -> tuple[Colleague, ...]:
    """Who holds one of these roles, in their order, as far as we know not absent; guests can't act here."""
    held = dict.fromkeys(user for role in roles for user in firms.people_with(session, firm_id, role))
    found = people.known(session, firm_id, held)
    away = {user_id for user_id, one in found.items() if one.standing is not Standing.MEMBER}
    return tuple(
        Colleague(user_id, found[user_id].name if user_id in found else "")
        for user_id in held
        if user_id not in away and user_id != but
    )


def _same(kept: Person, found: Person) -> bool:
    return (kept.name, kept.standing, kept.owns) == (found.name, found.standing, found.owns)
