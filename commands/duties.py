"""What waits with somebody as approver or admin, and who gets it in the transaction that takes the role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from commands.access import day_of
from commands.asked_of import somebody_else
from commands.drafting import company_now
from commands.errands import favour_in
from commands.firm import next_task
from commands.ids import Task
from commands.reminding import whose_turn
from commands.request_places import about
from commands.stand_ins import absence_of
from commands.views.duties import Duties
from commands.views.errands import wished
from db import client_money, direct_messages, errands, firm_settings, firms, requests
from db.errands import ErrandState
from qb.mapping import HOLDING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.context import Context
    from db.errands import Errand
    from db.requests import Request

DECIDING = frozenset({firms.ADMIN, firms.APPROVER})


def duties_of(
    session: Session, firm_id: str, user_id: str, today: date, roles: Collection[str] = ()
) -> Duties:
    """What would have to go to others if this person held only these ``roles``."""
    chosen = firm_settings.settings_of(session, firm_id)
    asked = tuple(wished(favour_in(one)) for one in _errands_beyond(session, firm_id, user_id, roles))
    if DECIDING & set(roles):
        return Duties(errands=asked)
    is_second = chosen.trust_approver == user_id and chosen.banking in HOLDING
    return Duties(
        requests=len(_requests_of(session, firm_id, user_id)),
        errands=asked,
        is_second=is_second,
        trust_waits=_trust_waits(session, firm_id) if is_second else 0,
        stands_for=tuple(
            who
            for who, _until, instead in chosen.away
            if instead == user_id and absence_of(who, chosen, today) is not None
        ),
    )


def pass_on(session: Session, context: Context, asker: Asker, user_id: str, roles: Collection[str]) -> None:
    """Hand what waits with somebody who now holds only ``roles`` to who may; each is a line of the audit.

    What their own absence was for is forgotten; who is named for client money or stands in stays named, and
    the settings and Home ask for another.
    """
    firm_id, by, now = asker.firm.id, asker.user_id, context.clock()
    for errand in _errands_beyond(session, firm_id, user_id, roles):
        _pass_errand(session, context, asker, errand)
    if DECIDING & set(roles):
        return
    chosen, today = firm_settings.settings_of(session, firm_id), day_of(asker.firm, now)
    for request in _requests_of(session, firm_id, user_id):
        to = whose_turn(session, replace(request, handed_to=""), chosen, today)
        if to and requests.hand_over(session, request, to=to, by=by, now=now):
            content = {"sync": request.sync_id, "to": to, "user": by}
            key = f"{Task.HANDED_OVER}:{request.id}:{to}:{now.timestamp()}"
            next_task(session, context, firm_id, Task.HANDED_OVER, content, key=key)
    away = tuple(one for one in chosen.away if one[0] != user_id)
    firm_settings.change(session, firm_id=firm_id, by=by, now=now, away=away)
    next_task(session, context, firm_id, Task.ROLE_TAKEN, {"whom": user_id, "user": by})


def _pass_errand(session: Session, context: Context, asker: Asker, errand: Errand) -> None:
    now, by = context.clock(), asker.user_id
    to = somebody_else(session, asker, errand)
    passed = bool(to) and errands.pass_on(session, errand, to=to, by=by, now=now)
    if not passed and not errands.end(session, errand, state=ErrandState.WITHDRAWN, by=by, now=now):
        return  # it was done meanwhile
    content = {
        "errand": errand.id,
        "was": errand.asked_of,
        "channel": errand.channel,
        "ts": errand.message_ts,
        "user": errand.asked_by,
    }
    key = f"{Task.ERRAND_PASSED}:{errand.id}:{to}"
    next_task(session, context, errand.firm_id, Task.ERRAND_PASSED, content, key=key)


def _errands_beyond(
    session: Session, firm_id: str, user_id: str, roles: Collection[str]
) -> tuple[Errand, ...]:
    """What was asked of them and needs a role that isn't among these."""
    asked = errands.open_ones(session, firm_id, of=user_id)
    return tuple(one for one in asked if not set(favour_in(one).deed.roles) & set(roles))


def _requests_of(session: Session, firm_id: str, user_id: str) -> tuple[Request, ...]:
    """Requests handed to them, or that stand in their direct messages alone."""
    found = []
    for one in requests.open_ones(session, firm_id):
        place = (user_id, one.channel, one.message_ts)
        kept = direct_messages.about(session, firm_id, about(one))
        stands = any((each.user_id, each.channel, each.message_ts) == place for each in kept)
        if not one.alone and (one.handed_to == user_id or (stands and not one.handed_to)):
            found.append(one)
    return tuple(found)


def _trust_waits(session: Session, firm_id: str) -> int:
    asked = client_money.all_of(session, firm_id, company_now(session, firm_id))
    return sum(one.approved_at is None and one.rejected_at is None for one in asked)
