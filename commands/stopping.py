"""Stop and Resume: what isn't sent yet stays unsent, what is begun is finished, and it goes on when asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands import speech
from commands.access import may_confirm
from commands.asking import judged
from commands.booking import say, sync_to_mend
from commands.books import read_lists
from commands.comparing import look_for
from commands.firm import next_task, preview_anew
from commands.ids import Task
from commands.speech import Posted
from commands.telling import story_to_show
from commands.views import stopping as views
from commands.views.result import progress
from commands.watching import first_watch
from db import effects, outbox, requests, syncs
from db.requests import RequestState
from qb import stopping
from qb.story import story

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.outbox import ClaimedTask
    from db.syncs import Sync
    from qb.stopping import Resumed


def stop(session: Session, call: Call) -> None:
    """Stop: for who asked for the sync, approvers and admins; a second press changes nothing."""
    sync = sync_to_mend(session, call, json.loads(call.value)["s"])
    now, by = call.context.clock(), call.asker.user_id
    if effects.stop(session, sync.id, by, now, firm_id=sync.firm_id):
        call.later(session, Task.STOPPED, {"sync": sync.id}, call.once(Task.STOPPED))
    else:
        say(session, call, views.NOTHING_TO_STOP)


def stopped(context: Context, task: ClaimedTask) -> None:
    """Task: the message says at once that it stops; whoever follows the sync tells how it ended."""
    with context.database.read() as session:
        told = story(session, task.firm_id, task.content["sync"])
    if told is not None and not told.settled and told.sync.message_ts:
        message = progress(story_to_show(context, told))
        speech.change(context.slack(), Posted(told.sync.channel, told.sync.message_ts), message)


def resume(session: Session, call: Call) -> None:
    """Resume: the worker plans anew what was stopped, and goes on with what hasn't changed."""
    sync = sync_to_mend(session, call, json.loads(call.value)["s"])
    content = {"sync": sync.id, "channel": call.pressed_in[0], "anew": not _goes_on(session, call, sync)}
    call.later(session, Task.RESUME, content, call.once(Task.RESUME))


def _goes_on(session: Session, call: Call, sync: Sync) -> bool:
    now, told = call.context.clock(), story(session, sync.firm_id, sync.id)
    request = requests.of_sync(session, sync.firm_id, sync.id)
    verdict = judged(session, call.asker, sync.id, now)
    press = stopping.Resuming(
        approved_at=sync.approved_at,
        asked_by=sync.asked_by,
        stopped_by=told.stopped_by if told else "",
        presser=call.asker.user_id,
        confirms=may_confirm(call.asker),
        by_request=request is not None and request.state is RequestState.APPROVED,
        needs=verdict is None or verdict[0].needs,
    )
    return stopping.goes_on(press, now)


def resumed(context: Context, task: ClaimedTask) -> None:
    """Task: look what others wrote, order it, follow it, and preview anew what would be booked otherwise."""
    firm_id, looked_at = task.firm_id, context.clock()
    with context.database.read() as session:
        sync = syncs.get(session, firm_id, task.content["sync"])
    read_lists(context, firm_id, serve=False)  # an account may be trust since
    look_for(context, firm_id, () if sync is None else sync.selection)

    def follow(session: Session, came: Resumed) -> None:
        _follow(session, context, task, came)

    stopping.resume(
        context.database,
        firm_id=firm_id,
        sync_id=task.content["sync"],
        by=task.content["user"],
        now=context.clock(),
        looked_at=looked_at,
        anew=task.content.get("anew", False),
        follow=follow,
    )


def _follow(session: Session, context: Context, task: ClaimedTask, came: Resumed) -> None:
    """In the commit that resumes it: killed after that, nothing of it is left unfollowed or untold."""
    if came.sync is not None and (came.reopened or (came.ordered and not _is_followed(session, came.sync))):
        first_watch(session, context, came.sync, run=task.id)
    if came.changed:
        user, key = task.content["user"], f"{Task.PREVIEW}:{task.id}"
        preview_anew(session, context, task.firm_id, came.changed, came.why, user=user, key=key)
    told = {"user": task.content["user"], "channel": task.content["channel"]}
    content = told | {"text": views.what_follows(came.ordered, len(came.changed))}
    next_task(session, context, task.firm_id, Task.NOTICE, content, key=f"{Task.NOTICE}:{task.id}")


def _is_followed(session: Session, sync: Sync) -> bool:
    live = outbox.live_tasks(session, sync.firm_id, {Task.WATCH})
    return any(content.get("sync") == sync.id for content in live)
