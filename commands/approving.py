"""The second person's press: approve, reject or hand over, decided once; who asked may withdraw."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.access import NotAllowedError, may_confirm
from commands.asking import declared_alone, others_who_approve, what_happened
from commands.booking import say
from commands.errors import RefusedError
from commands.ids import Act, Task
from commands.second import second_for
from commands.stand_ins import absence_of
from commands.views import request as views
from commands.views.preview import NOT_YET
from commands.views.text import day, people, person
from commands.words import approvals as words
from commands.words.access import NOT_YOURS
from db import decisions, firm_settings, requests, syncs
from db.requests import RequestState
from qb.canonical import from_canonical
from qb.policy import RuleKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.call import Call
    from db.requests import Request


def approve(session: Session, call: Call) -> None:
    """Approve: what was asked for is booked, once; every other press is told what happened."""
    request = _asked(session, call, call.value)
    if _answered(session, call, request):
        return
    _must_decide(session, call, request)
    won = decisions.approve(
        session,
        firm_id=request.firm_id,
        sync_id=request.sync_id,
        version=request.version,
        by=call.asker.user_id,
        now=call.context.clock(),
    )
    _after(session, call, request, won=won)


def confirm_alone(session: Session, call: Call) -> None:
    """The second look of who works alone: books it, marked so in the audit; not once somebody else could."""
    request = _asked(session, call, call.value)
    if _answered(session, call, request):
        return
    if request.asked_by != call.asker.user_id:
        raise NotAllowedError(words.NOT_ASKED_BY_YOU.said(who=person(request.asked_by)))
    chosen = firm_settings.settings_of(session, request.firm_id)
    others = others_who_approve(session, request.firm_id, request.asked_by)
    if others or not declared_alone(call.asker, chosen):
        raise RefusedError(words.NOT_ALONE.said())
    won = decisions.approve(
        session,
        firm_id=request.firm_id,
        sync_id=request.sync_id,
        version=request.version,
        by=call.asker.user_id,
        now=call.context.clock(),
        alone=True,
    )
    _after(session, call, request, won=won)


def withdraw(session: Session, call: Call) -> None:
    """Withdraw: by who asked, while nobody has decided."""
    request = _asked(session, call, call.value)
    if _answered(session, call, request):
        return
    if request.asked_by != call.asker.user_id:
        raise NotAllowedError(words.NOT_ASKED_BY_YOU.said(who=person(request.asked_by)))
    won = decisions.withdraw(
        session,
        firm_id=request.firm_id,
        sync_id=request.sync_id,
        version=request.version,
        by=call.asker.user_id,
        now=call.context.clock(),
    )
    _after(session, call, request, won=won)


def preview_again(session: Session, call: Call) -> None:
    """Preview Again: the same invoices as they stand now, as a new message to who asked."""
    shown = json.loads(call.value)
    sync = syncs.get(session, call.asker.firm.id, shown["s"])
    if sync is None:
        raise RefusedError(words.GONE.said())
    if sync.asked_by != call.asker.user_id:
        raise NotAllowedError(NOT_YOURS.said(who=person(sync.asked_by)))
    keys = [key.plain for key in sync.selection]
    call.later(session, Task.PREVIEW, {"invoices": keys, "fresh": True}, call.once(Task.PREVIEW))
    say(session, call, f"A new preview follows as a new message. {NOT_YET}")


def reject(call: Call) -> None:
    """Reject: asks for the reason, which who asked will read."""
    _open(call, "reject")


def hand_over(call: Call) -> None:
    """Hand Over: asks to whom."""
    _open(call, "hand_over")


def _open(call: Call, what: str) -> None:
    with call.context.database.write() as session:
        request = _asked(session, call, call.value)
        answered = _answered(session, call, request)
        if not answered:
            _must_decide(session, call, request)
            invoices = _in_words(session, request)
    call.ack()
    if not answered:
        screen = views.reject if what == "reject" else views.hand_over
        call.open(screen(call.value, invoices))


def rejected(call: Call) -> None:
    """The reason is given: the request is turned down, once."""
    reason = str(call.typed(views.REASON_BLOCK, Act.REASON).get("value") or "").strip()
    if not reason:
        call.ack(response_action="errors", errors={views.REASON_BLOCK: "Say why, in a few words."})
        return
    with call.context.database.write() as session:
        request = _asked(session, call, call.draft_id)
        answered = _answered(session, call, request)
        if not answered:
            _must_decide(session, call, request)
            won = decisions.reject(
                session,
                firm_id=request.firm_id,
                sync_id=request.sync_id,
                version=request.version,
                by=call.asker.user_id,
                now=call.context.clock(),
                reason=reason,
            )
            _after(session, call, request, won=won)
    call.ack()


def handed_over(call: Call) -> None:
    """It is somebody else's turn, who hears of it directly."""
    to = str(call.typed(views.TO_BLOCK, Act.HAND_TO).get("selected_user") or "")
    by, now = call.asker.user_id, call.context.clock()
    with call.context.database.write() as session:
        request = _asked(session, call, call.draft_id)
        answered = _answered(session, call, request)
        if not answered:
            _must_decide(session, call, request)
            problem = _not_to(session, call, request, to)
            if not problem and requests.hand_over(session, request, to=to, by=by, now=now):
                content = {"sync": request.sync_id, "to": to}
                call.later(session, Task.HANDED_OVER, content, call.once(Task.HANDED_OVER))
    if not answered and problem:
        call.ack(response_action="errors", errors={views.TO_BLOCK: problem})
        return
    call.ack()


def _not_to(session: Session, call: Call, request: Request, to: str) -> str:
    """Why it can't be handed to this person, as plain text; empty where it can."""
    if to not in others_who_approve(session, request.firm_id, request.asked_by):
        return "This person can't decide it: choose an approver or admin who didn't ask for it."
    if to == request.handed_to:
        return "It is this person's turn already: choose somebody else, or cancel."
    chosen, today = firm_settings.settings_of(session, request.firm_id), call.asker.today
    away = None if today is None else absence_of(to, chosen, today)
    return f"This person is away until {day(away.until)}: choose somebody who is here." if away else ""


def _asked(session: Session, call: Call, value: str) -> Request:
    shown = json.loads(value)
    request = requests.of_sync(session, call.asker.firm.id, shown["s"])
    if request is None or request.version != int(shown["v"]):
        raise RefusedError(words.GONE.said())
    return request


def _must_decide(session: Session, call: Call, request: Request) -> None:
    """:class:`NotAllowedError` unless this person may decide what another one asked for."""
    others = others_who_approve(session, request.firm_id, request.asked_by)
    who = people(others) if others else "nobody yet"
    if request.asked_by == call.asker.user_id:
        raise NotAllowedError(words.OWN.said(who=who))
    if not may_confirm(call.asker):
        raise NotAllowedError(words.NOT_AN_APPROVER.said(who=who))
    if any(kind == RuleKind.TRUST for kind, _ in request.rules):
        second = second_for(session, request.firm_id, call.asker.today)
        if not second.is_of(call.asker):
            raise NotAllowedError(words.NAMED_FOR_TRUST.said(who=person(second.acting)))


def _answered(session: Session, call: Call, request: Request) -> bool:
    """Tell what became of it, where that is decided; whether it was."""
    if request.state is RequestState.OPEN and request.expires_at > call.context.clock():
        return False
    say(session, call, what_happened(request))
    return True


def _after(session: Session, call: Call, request: Request, *, won: bool) -> None:
    """The messages follow; who came too late hears what happened."""
    now = requests.of_sync(session, request.firm_id, request.sync_id) or request
    if not won:
        say(session, call, what_happened(now))
        return
    channel, ts = call.pressed_in
    if ts and not request.message_ts:  # whoever posted it died before writing it down
        requests.set_message(session, request, channel=channel, ts=ts)
    content = {"sync": request.sync_id}
    call.later(session, Task.DECIDED, content, f"{Task.DECIDED}:{request.id}:{now.state}")


def _in_words(session: Session, request: Request) -> str:
    sync = syncs.get(session, request.firm_id, request.sync_id)
    return "" if sync is None else views.what_in_words(from_canonical(sync.plan).entries)
