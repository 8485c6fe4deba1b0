"""Taking back what one has asked of a colleague, while it isn't done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import speech
from commands.access import NotAllowedError
from commands.errands import answer, favour_in, place_of
from commands.errors import RefusedError
from commands.firm import asker_in
from commands.ids import Task
from commands.speech import Posted
from commands.views import errands as views
from commands.views.text import person
from commands.words import screens
from commands.words.access import NOT_YOURS
from db import errands
from db.errands import ErrandState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.outbox import ClaimedTask


def withdraw(session: Session, call: Call) -> None:
    """Withdraw (a decision): by who asked, once; what is done stays done."""
    errand = errands.get(session, call.asker.firm.id, call.value)
    if errand is None:
        raise RefusedError(screens.OLDER_CONTROL.said())
    if errand.asked_by != call.asker.user_id:
        raise NotAllowedError(NOT_YOURS.said(who=person(errand.asked_by)))
    by, now = call.asker.user_id, call.context.clock()
    ended = errands.end(session, errand, state=ErrandState.WITHDRAWN, by=by, now=now)
    content = {"errand": errand.id, "ended": ended, **place_of(call)}
    call.later(session, Task.ERRAND_WITHDRAWN, content, call.once(Task.ERRAND_WITHDRAWN))


def tell(context: Context, task: ClaimedTask) -> None:
    """Task: the colleague's message says so, and who took it back hears it where they pressed."""
    client = context.slack()
    asker = asker_in(context, client, task)
    with context.database.read() as session:
        errand = errands.get(session, task.firm_id, task.content["errand"])
    if errand is None:
        return
    wanted = favour_in(errand)
    if not task.content["ended"]:
        answer(context, task, views.over_already(wanted, errand.done_by or errand.asked_of))
        return
    if errand.message_ts:
        gone = views.withdrawn(wanted, asker.user_id)
        speech.change(client, Posted(errand.channel, errand.message_ts), gone)
    answer(context, task, views.taken_back(wanted))
