"""What is said once a role was taken: to whom it was, to who is asked instead, and to who had asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import request_places as places
from commands import speech
from commands.errands import favour_in, put_to
from commands.speech import Posted
from commands.views import errands as views
from commands.views import request_turns as whose
from commands.views.blocks import Message, section
from db import errands, requests, syncs
from db.errands import ErrandState
from qb.canonical import from_canonical

if TYPE_CHECKING:
    from commands.context import Context
    from db.outbox import ClaimedTask


def tell_errand(context: Context, task: ClaimedTask) -> None:
    """Task: an errand went to somebody else, or came to its end; all three hear so."""
    client, content = context.slack(), task.content
    with context.database.read() as session:
        errand = errands.get(session, task.firm_id, content["errand"])
    if errand is None:
        return
    wanted, was = favour_in(errand), content["was"]
    to = errand.asked_of if errand.state is not ErrandState.WITHDRAWN else ""
    if content["ts"]:
        place = Posted(content["channel"], content["ts"])
        speech.change(client, place, views.passed_on(wanted, to))
    if errand.state is ErrandState.OPEN and not errand.message_ts:
        put_to(context, errand)
    told = views.asked_instead(wanted, was, to)
    speech.reach(client, errand.asked_by, Message(told, (section(told),)))


def tell_requests(context: Context, task: ClaimedTask) -> None:
    """Task: requests that still stand with somebody who may not decide any more lose their buttons there."""
    whom = task.content["whom"]
    with context.database.read() as session:
        waiting = requests.open_ones(session, task.firm_id)
    for request in waiting:
        with context.database.read() as session:
            sync = syncs.get(session, task.firm_id, request.sync_id)
        handed_on = request.handed_to not in {"", whom}  # which is said of itself
        if sync is not None and not handed_on and not places.stands_with(context, request, whom):
            entries = from_canonical(sync.plan).entries
            places.move_from(context, request, entries, whom, whose.role_changed(task.content["user"]))
