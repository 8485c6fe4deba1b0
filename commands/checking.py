"""Check the Books: for who asks on `/qb`'s screen, and every night; what was found, and settling it."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING

from commands import errands, speech
from commands.access import confirmers, must_check, who_hears
from commands.errors import RefusedError
from commands.favour import Wish
from commands.firm import asker_in, next_task
from commands.found import told_of
from commands.ids import Task
from commands.linked import look_quietly
from commands.parts import leave_parts
from commands.speech import Posted
from commands.views import checking as views
from commands.words import screens
from db import audit, checks, findings, outbox
from db.findings import Standing
from qb import sweeping
from qb.connection import lose
from qb.gateway import GatewayError, Reconnect
from qb.reading import UNSOUND

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from slack_sdk import WebClient
    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.outbox import ClaimedTask
    from qb.sweeping import Swept

BETWEEN_UPDATES = timedelta(seconds=2)
LATER = timedelta(minutes=15)
log = logging.getLogger("checking")
MOST_TRIES = 12
"""A night's check that gets no answer is tried again for three hours; then the next night looks at both."""


def start(call: Call) -> None:
    """Check the Books: for admins and approvers; answered at once, looked at by the worker, one a firm."""
    with call.context.database.read() as session:
        must_check(session, call.asker)
    call.ack()
    view_id = call.open(views.looking())
    firm_id = call.asker.firm.id
    with call.context.database.write() as session:
        audit.hold(session, firm_id)  # of two who press at once the second sees the first
        errands.settle(session, call.context, firm_id, Wish.CHECK, by=call.asker.user_id)
        under_way = outbox.live_tasks(session, firm_id, {Task.CHECK_ASKED})
        if not under_way:
            call.later(session, Task.CHECK_ASKED, {"view": view_id}, call.once(Task.CHECK_ASKED))
    if under_way and all(one["view"] != view_id for one in under_way):
        speech.show(call.context.slack_now(), view_id, views.under_way())


def asked(context: Context, task: ClaimedTask) -> None:
    """Task: compare every document with what was booked, and tell who asked; others hear what is news."""
    client = context.slack()
    asker = asker_in(context, client, task)
    view_id, now = task.content["view"], context.clock()
    swept = sweeping.sweep(
        context.database,
        context.company(task.firm_id),
        task.firm_id,
        now,
        everything=True,
        progress=_progress(context, client, view_id),
    )
    with context.database.write() as session:
        kept = sweeping.keep(session, task.firm_id, swept, now, context.new_id)
        checks.add_asked(
            session,
            task.firm_id,
            realm_id=swept.realm_id,
            by=asker.user_id,
            now=now,
            read_at=swept.read_at,
            compared=swept.compared,
        )
        waiting = [one.id for one in findings.open_ones(session, task.firm_id, swept.realm_id)]
        others = [one for one in confirmers(session, task.firm_id) if one != asker.user_id]
        _tell_later(session, context, task, [asker.user_id], waiting)
        _tell_later(session, context, task, others, kept.news)
    came = views.Came(swept.compared, len(waiting), len(swept.findings) - len(waiting), now)
    if not speech.show(client, view_id, views.report(came)) and not waiting:
        speech.post(client, asker.user_id, views.all_well(came))


def night(context: Context, task: ClaimedTask) -> None:
    """Task: look at what was changed since the last check; what is news is told to who can act on it."""
    firm_id, now = task.firm_id, context.clock()
    try:
        swept = sweeping.sweep(context.database, context.company(firm_id), firm_id, now, everything=False)
    except Reconnect as lost:
        with context.database.write() as session:
            lose(session, firm_id, lost, context.clock(), asked_at=now)
        return
    except GatewayError:
        _again_later(context, task)
        return
    except UNSOUND:
        log.exception("an answer of QuickBooks can't be read")
        _again_later(context, task)
        return
    _keep_night(context, task, swept, now)
    look_quietly(context, firm_id)


def _keep_night(context: Context, task: ClaimedTask, swept: Swept, now: datetime) -> None:
    firm_id = task.firm_id
    with context.database.write() as session:
        kept = sweeping.keep(session, firm_id, swept, now, context.new_id)
        checks.finish_night(
            session,
            firm_id,
            date.fromisoformat(task.content["night"]),
            realm_id=swept.realm_id,
            read_at=swept.read_at,
            compared=swept.compared,
        )
        _tell_later(session, context, task, who_hears(session, firm_id), kept.news)


def _again_later(context: Context, task: ClaimedTask) -> None:
    """No clear answer: once more in a while; after a whole night of it, those who would hear are told."""
    tried, of_night = int(task.content["tried"]) + 1, task.content["night"]
    with context.database.write() as session:
        if tried < MOST_TRIES:
            content = dict(task.content) | {"tried": tried}
            key = f"{Task.CHECK_NIGHT}:{of_night}:{tried}"
            next_task(session, context, task.firm_id, Task.CHECK_NIGHT, content, key=key, after=LATER)
            return
        for user in who_hears(session, task.firm_id):
            told = {"user": user, "text": views.NO_ANSWER}
            key = f"{Task.NOTICE}:{Task.CHECK_NIGHT}:{of_night}:{user}"
            next_task(session, context, task.firm_id, Task.NOTICE, told, key=key)


def _tell_later(
    session: Session, context: Context, task: ClaimedTask, people: Sequence[str], found: Sequence[str]
) -> None:
    if not found:
        return
    for user in people:
        content = {"user": user, "findings": list(found)}
        key = f"{Task.FINDINGS}:{task.id}:{user}"
        next_task(session, context, task.firm_id, Task.FINDINGS, content, key=key)


def tell(context: Context, task: ClaimedTask) -> None:
    """Task: one person hears of what is still open of these findings."""
    with context.database.read() as session:
        found = findings.these(session, task.firm_id, task.content["findings"])
    still = [one for one in found if one.standing is Standing.OPEN]
    if not still:
        return
    client = context.slack()
    first, *more = views.findings(told_of(context, task.firm_id, still), still[0].last_seen)
    posted = speech.post(client, task.content["user"], first)
    with context.database.write() as session:
        leave_parts(session, context, task.firm_id, posted, more, run=f"findings:{task.id}")


def settle(session: Session, call: Call) -> None:
    """I Have Dealt with It: the message then says by whom; a second press changes nothing."""
    must_check(session, call.asker)
    firm_id, by = call.asker.firm.id, call.asker.user_id
    findings.settle(session, firm_id=firm_id, finding_id=call.value, by=by, now=call.context.clock())
    if not findings.these(session, firm_id, [call.value]):
        raise RefusedError(screens.FINDING_GONE.said())
    channel, ts = call.pressed_in
    content = {"channel": channel, "ts": ts, "findings": _in_message(call)}
    call.later(session, Task.SETTLED, content, call.once(Task.SETTLED))


def _in_message(call: Call) -> list[str]:
    """The findings of the message that was pressed, by the names of their buttons."""
    blocks = (call.body.get("message") or {}).get("blocks") or []
    names = [str(block.get("block_id", "")) for block in blocks]
    return [one.removeprefix(views.FINDING) for one in names if one.startswith(views.FINDING)]


def settled(context: Context, task: ClaimedTask) -> None:
    """Task: the message shows what of it is dealt with, and by whom."""
    content = task.content
    with context.database.read() as session:
        found = findings.these(session, task.firm_id, content["findings"])
    if found:
        first, *_ = views.findings(told_of(context, task.firm_id, found), found[0].last_seen)
        speech.change(context.slack(), Posted(content["channel"], content["ts"]), first)


def _progress(context: Context, client: WebClient, view_id: str) -> Callable[[int, int], None]:
    """Shows how far the reading is, as often as Slack wants to hear it."""
    shown = context.clock()

    def show(done: int, of: int) -> None:
        nonlocal shown
        if context.clock() - shown >= BETWEEN_UPDATES:
            shown = context.clock()
            speech.show(client, view_id, views.looking(done, of))

    return show
