"""Client money the named second person doesn't approve: rejected with a reason, told to whoever asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from commands import speech
from commands.access import NotAllowedError
from commands.drafting import draft_of, same_company
from commands.errors import RefusedError
from commands.firm import next_task
from commands.ids import Act, Task
from commands.second import second_for
from commands.trust import chosen_of, follow, seen_in, shown_as, ticked_on
from commands.views import trust as views
from commands.views.notices import loading
from commands.views.text import person
from commands.words import trust as words
from commands.words.approvals import NAMED_FOR_TRUST
from db import client_money, drafts

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.client_money import TrustApproval
    from db.outbox import ClaimedTask


def start(call: Call) -> None:
    """Reject What Is Ticked: asks for the reason; the ticks are kept."""
    with call.context.database.write() as session:
        _must_be_second(session, call)
        draft = draft_of(session, call)
        same_company(session, draft)
        chosen = chosen_of(draft, ticked_on(call))
        if not chosen:
            raise RefusedError(words.TICK_FIRST.said())
        content = {**draft.content, "rejecting": sorted(chosen), "below": call.view["id"]}
        drafts.keep(session, replace(draft, content=content), call.context.clock())
    call.ack()
    view_id = call.open(loading(views.TITLE))
    with call.context.database.write() as session:
        call.later(session, Task.TRUST_REASON, {"view": view_id, "draft": draft.id})


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: the form for the reason, at Slack's deepest level in the place of the screen below."""
    with context.database.read() as session:
        draft = drafts.get(session, task.firm_id, task.content["draft"])
    if draft is not None:
        form = views.why_not(len(draft.content["rejecting"]), draft.id)
        speech.show(context.slack(), task.content["view"], form)


def submitted(call: Call) -> None:
    """The reason is given: each is rejected once, whoever waits for it hears, the screen below follows."""
    reason = str(call.typed(views.REASON_BLOCK, Act.REASON).get("value") or "").strip()
    if not reason:
        call.ack(response_action="errors", errors={views.REASON_BLOCK: "Say why, in a few words."})
        return
    with call.context.database.write() as session:
        _must_be_second(session, call)
        draft = draft_of(session, call)
        same_company(session, draft)
        said = _reject(session, call, draft.content["realm"], draft.content["rejecting"], reason)
        _leave_word(session, call, said)
        below = draft.content["below"]
        if said and below != call.view["id"]:
            call.later(session, Task.TRUST, {"view": below}, call.once(Task.TRUST))
    call.ack(response_action="update", view=views.turned_down(len(said)))


def tell(context: Context, task: ClaimedTask) -> None:
    """Task: one who asked hears that it was rejected, by whom and why."""
    content = task.content
    with context.database.read() as session:
        found = seen_in(session, task.firm_id, content["seen"])
    if found:
        told = views.rejected(content["by"], content["reason"], [shown_as(one) for one in found])
        speech.post(context.slack(), content["user"], told)
    follow(context, task.firm_id)


def _must_be_second(session: Session, call: Call) -> None:
    second = second_for(session, call.asker.firm.id, call.asker.today)
    if not second.is_of(call.asker):
        raise NotAllowedError(NAMED_FOR_TRUST.said(who=person(second.acting)))


def _reject(
    session: Session, call: Call, realm: str, seen: Collection[str], reason: str
) -> list[TrustApproval]:
    """What this submission rejected, delivered once or twice."""
    firm_id, by, now = call.asker.firm.id, call.asker.user_id, call.context.clock()
    for one in client_money.all_of(session, firm_id, realm):
        if one.fingerprint in seen:
            word = replace(one, rejected_by=by, rejected_at=now, reason=reason)
            client_money.reject(session, firm_id, realm, word)
    held = client_money.all_of(session, firm_id, realm)
    return [one for one in held if one.fingerprint in seen and one.rejected_by == by]


def _leave_word(session: Session, call: Call, said: list[TrustApproval]) -> None:
    by_asker: dict[str, list[str]] = {}
    for one in said:
        by_asker.setdefault(one.asked_by, []).append(one.fingerprint)
    for user, seen in by_asker.items():
        content = {"user": user, "by": call.asker.user_id, "seen": seen, "reason": said[0].reason}
        key = f"{call.once(Task.TRUST_REJECTED)}:{user}"
        next_task(session, call.context, call.asker.firm.id, Task.TRUST_REJECTED, content, key=key)
