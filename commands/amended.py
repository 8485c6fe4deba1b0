"""What an import says otherwise than was booked: told once, and decided by an approver or admin."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.access import confirmers, must_check
from commands.booking import say
from commands.digest_stale import redraw_later
from commands.errors import RefusedError
from commands.firm import next_task
from commands.found import told_of
from commands.ids import Act, Task
from commands.parts import leave_parts
from commands.speech import Posted
from commands.views import amended as views
from commands.views.text import count, person, verb
from commands.words import screens
from db import connections, findings
from db.findings import AMENDED, Standing
from qb.amending import look

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from commands.views.blocks import Message
    from db.findings import Found, Kept
    from db.outbox import ClaimedTask


@dataclass(frozen=True, slots=True)
class Noticed:
    """How many booked invoices CaseEasy says something else of, and who was told of what is new."""

    open: int = 0
    told: tuple[str, ...] = ()


def noticed(context: Context, task: ClaimedTask) -> Noticed:
    """Compare what is booked with what an import left in the records; who decides hears of what is new.

    The day's posted digest follows what was imported.
    """
    firm_id, told = task.firm_id, list[str]()

    def tell_them(session: Session, kept: Kept) -> None:
        told.extend(confirmers(session, firm_id) if kept.news else ())
        for user in told:
            content = {"user": user, "findings": list(kept.news)}
            key = f"{Task.AMENDED}:{task.id}:{user}"
            next_task(session, context, firm_id, Task.AMENDED, content, key=key)

    look(context.database, firm_id, context.clock(), context.new_id, follow=tell_them)
    with context.database.write() as session:
        redraw_later(session, context, firm_id)
        return Noticed(len(open_amended(session, firm_id)), tuple(told))


def open_amended(session: Session, firm_id: str) -> tuple[Found, ...]:
    """Those that wait for a person, oldest first."""
    connection = connections.get(session, firm_id)
    if connection is None:
        return ()
    found = findings.amended(session, firm_id, connection.realm_id)
    return tuple(one for one in found if one.standing is Standing.OPEN)


def tell(context: Context, task: ClaimedTask) -> None:
    """Task: one person hears of what is still open of these."""
    with context.database.read() as session:
        found = findings.these(session, task.firm_id, task.content["findings"])
    still = [one for one in found if one.standing is Standing.OPEN]
    if not still:
        return
    first, *more = _messages(context, task.firm_id, still)
    posted = speech.post(context.slack(), task.content["user"], first)
    with context.database.write() as session:
        leave_parts(session, context, task.firm_id, posted, more, run=f"amended:{task.id}")


def show(call: Call) -> None:
    """Show Them: all that is open, as a new message."""
    with call.context.database.write() as session:
        must_check(session, call.asker)
        found = [one.id for one in open_amended(session, call.asker.firm.id)]
        if found:
            call.later(session, Task.AMENDED, {"findings": found}, call.once(Task.AMENDED))
        say(session, call, "They come as a direct message." if found else "Nothing is open any more.")
    call.ack()


def righted(session: Session, call: Call) -> None:
    """I Put It Right in QuickBooks: kept with who said so; the next check compares the document itself."""
    _decide(session, call, _place(call), views.RIGHTED)


def leave(call: Call) -> None:
    """Leave the Books: asks why."""
    with call.context.database.read() as session:
        must_check(session, call.asker)
        found = _one(session, call, call.value)
    (told,) = told_of(call.context, call.asker.firm.id, [found])
    call.ack()
    call.open(views.leave(json.dumps(_place(call)), views.sentence(told)))


def left(call: Call) -> None:
    """The reason is given: the books stay, and it isn't told again while CaseEasy says the same."""
    answer = str((call.typed(views.WHY, Act.AMENDED_WHY).get("selected_option") or {}).get("value") or "")
    reason = str(call.typed(views.REASON, Act.AMENDED_REASON).get("value") or "").strip()
    if answer not in {views.WRONG, views.STAYS} or not reason:
        missing = {views.REASON: "Say why, in a few words."} if answer else {views.WHY: "Choose one."}
        call.ack(response_action="errors", errors=missing)
        return
    with call.context.database.write() as session:
        _decide(session, call, json.loads(call.draft_id), answer, reason)
    call.ack()


def later(session: Session, call: Call) -> None:
    """Remind Me Later: this person hears of it again, if it is still open then."""
    must_check(session, call.asker)
    found = _one(session, call, call.value)
    content = {"user": call.asker.user_id, "findings": [found.id]}
    key, after = call.once(Task.AMENDED), timedelta(days=views.DAYS)
    next_task(session, call.context, call.asker.firm.id, Task.AMENDED, content, key=key, after=after)
    say(session, call, f"We remind you in {count(views.DAYS, 'day')}, if it is still open then.")


def settled(context: Context, task: ClaimedTask) -> None:
    """Task: the message shows what of it is decided, by whom and how."""
    content = task.content
    with context.database.read() as session:
        found = findings.these(session, task.firm_id, content["findings"])
    if found and content["ts"]:
        first, *_ = _messages(context, task.firm_id, found)
        speech.change(context.slack(), Posted(content["channel"], content["ts"]), first)


def in_the_answer(found: Noticed) -> str:
    """One line for who imported; markup."""
    if not found.open:
        return ""
    told = (
        f" {', '.join(map(person, found.told))} {verb(len(found.told), 'was', 'were')} told."
        if found.told
        else ""
    )
    return f"{views.headline(found.open)}. {views.LEFT_ALONE}{told}"


def _decide(session: Session, call: Call, place: Mapping[str, Any], answer: str, reason: str = "") -> None:
    must_check(session, call.asker)
    found = _one(session, call, place["finding"])
    now, by = call.context.clock(), call.asker.user_id
    won = findings.accept(
        session, firm_id=call.asker.firm.id, finding_id=found.id, by=by, now=now, answer=answer, reason=reason
    )
    if not won:
        say(session, call, screens.DECIDED_ALREADY.said())
    call.later(session, Task.AMENDED_SETTLED, place, call.once(Task.AMENDED_SETTLED))


def _one(session: Session, call: Call, finding_id: str) -> Found:
    found = findings.these(session, call.asker.firm.id, [finding_id])
    if not found or found[0].kind != AMENDED:
        raise RefusedError(screens.FINDING_GONE.said())
    return found[0]


def _place(call: Call) -> dict[str, Any]:
    """Where it was pressed, and what else stands in that message."""
    channel, ts = call.pressed_in
    blocks = (call.body.get("message") or {}).get("blocks") or []
    names = [str(block.get("block_id", "")) for block in blocks]
    ids = [one.removeprefix(views.AMENDED) for one in names if one.startswith(views.AMENDED)]
    return {"finding": call.value, "channel": channel, "ts": ts, "findings": ids}


def _messages(context: Context, firm_id: str, found: Sequence[Found]) -> tuple[Message, ...]:
    return views.message(told_of(context, firm_id, found), [_reason(one) for one in found])


def _reason(one: Found) -> str:
    answer, reason = one.content.get("answer", ""), one.content.get("reason", "")
    told = views.ANSWERS.get(answer, "has dealt with it")
    return f"{told} (“{reason}”)" if reason else told
