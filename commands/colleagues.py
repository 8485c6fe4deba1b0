"""Who somebody is in the workspace: asked of Slack by the worker, remembered for the click."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from commands.favour import DEEDS, AwayFor, Colleague, Favour, Wish
from commands.stand_ins import absence_of, turns
from commands.views.text import some
from commands.views.turns import until_in_words
from db import firm_settings, firms, people
from db.people import Person, Standing
from qb.hold import Mend
from qb.mapping import row_of_key

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from slack_sdk import WebClient
    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.context import Context
    from db.firms import Firm
    from qb.hold import Hold

FRESH = timedelta(hours=12)
"""So long a name and standing are taken as they are."""
AT_ONCE = 10
"""The others are met with the next screen."""
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


def meet_holders(context: Context, client: WebClient, firm: Firm) -> None:
    """Ask Slack about whoever holds a role and wasn't met lately: buttons that ask them need their names."""
    with context.database.read() as session:
        unmet = people.unmet(session, firm.id, context.clock() - FRESH)
    for user_id in unmet[:AT_ONCE]:
        look_up(context, client, firm, user_id)


def who_may(session: Session, firm_id: str, roles: Iterable[str], *, but: str = "") -> tuple[Colleague, ...]:
    """Who holds one of these roles, in their order, as far as we know not absent; guests can't act here."""
    return _who(session, firm_id, roles, {Standing.MEMBER}, but)


def approvers(session: Session, firm_id: str) -> tuple[str, ...]:
    """Slack ids of who may approve bookings, as far as we know not absent: guests too who are approvers."""
    outside = _who(session, firm_id, [firms.APPROVER], {Standing.MEMBER, Standing.GUEST})
    inside = who_may(session, firm_id, [firms.ADMIN])
    return tuple(dict.fromkeys(one.user_id for one in (*outside, *inside)))


def _who(
    session: Session, firm_id: str, roles: Iterable[str], able: Container[Standing], but: str = ""
) -> tuple[Colleague, ...]:
    held = dict.fromkeys(user for role in roles for user in firms.people_with(session, firm_id, role))
    found = people.known(session, firm_id, held)
    away = {user_id for user_id, one in found.items() if one.standing not in able}
    return tuple(
        Colleague(user_id, found[user_id].name if user_id in found else "")
        for user_id in held
        if user_id not in away and user_id != but
    )


def favour(
    session: Session,
    firm_id: str,
    wish: Wish,
    *,
    but: str,
    thing: str = "",
    rows: Sequence[str] = (),
    today: date | None = None,
) -> Favour | None:
    """Whom somebody may ask for it: the first who may, isn't absent, and isn't they; None where nobody is.

    Who is away ``today`` (the firm's day; None: not looked at) gives way to their stand-in, else to the next.
    """
    found = who_may(session, firm_id, DEEDS[wish].roles, but=but)
    if not found:
        return None
    asked = Favour(wish, found[0], thing, tuple(rows))
    return asked if today is None else _of_who_is_here(session, firm_id, asked, found, today)


def favour_to(
    session: Session, asker: Asker, wish: Wish, *, thing: str = "", rows: Sequence[str] = ()
) -> Favour | None:
    """The same for who is asking now, on their own day."""
    firm_id, user, today = asker.firm.id, asker.user_id, asker.today
    return favour(session, firm_id, wish, but=user, thing=thing, rows=rows, today=today)


def _of_who_is_here(
    session: Session, firm_id: str, asked: Favour, able: Sequence[Colleague], today: date
) -> Favour:
    """The same asked of whoever acts for who is away; as it is where nobody who may is here."""
    chosen = firm_settings.settings_of(session, firm_id)
    away = absence_of(asked.of.user_id, chosen, today)
    turn = turns([one.user_id for one in able], chosen, today)[0]
    if away is None or turn.user_id == asked.of.user_id:
        return asked
    instead = next(one for one in able if one.user_id == turn.user_id)
    until = until_in_words(away.until, today)
    return replace(asked, of=instead, away=AwayFor(away.who, asked.of.name, until))


def favours_for(
    session: Session,
    firm_id: str,
    user_id: str,
    holds: Iterable[Hold],
    draft: str = "",
    today: date | None = None,
) -> tuple[Favour, ...]:
    """What somebody may ask of whom so that these holds are mended, where they can't mend them."""
    ask = partial(favour, session, firm_id, but=user_id, today=today)
    held, roles = tuple(holds), firms.roles_of(session, firm_id, user_id)
    rows = tuple(dict.fromkeys(hold.row for hold in held if hold.mend is Mend.MAP and hold.row))
    asks = []
    if any(hold.mend is Mend.CONNECT for hold in held) and firms.ADMIN not in roles:
        asks.append(ask(Wish.CONNECT))
    if rows and not roles & {firms.ADMIN, firms.APPROVER}:
        thing = some([row_of_key(key).label for key in rows], 1)
        asks.append(ask(Wish.MAP, thing=thing, rows=rows))
    if any(hold.mend is Mend.ALIKE for hold in held) and not roles & {firms.ADMIN, firms.APPROVER}:
        asks.append(ask(Wish.ALIKE))
    return tuple(replace(one, draft=draft) for one in asks if one is not None)


def _same(kept: Person, found: Person) -> bool:
    return (kept.name, kept.standing, kept.owns) == (found.name, found.standing, found.owns)
