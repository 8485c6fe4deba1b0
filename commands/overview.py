"""`/qb`: how things stand, what needs you, and help; with words behind it, the sync of that case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import speech, sync
from commands.firm import asker_in
from commands.ids import Task
from commands.standing import overview_of
from commands.views import overview as views
from commands.views.notices import loading

if TYPE_CHECKING:
    from commands.call import Call
    from commands.context import Context
    from db.outbox import ClaimedTask

HELP = frozenset({"", "help", "?"})
"""What may stand behind `/qb` without being looked for."""


def start(call: Call) -> None:
    """Open how things stand, with its help; `/qb 00002` goes straight to that case."""
    if call.text.casefold() not in HELP:
        sync.start(call)
        return
    call.ack()
    view_id = call.open(loading(views.TITLE, "Looking how things stand…"))
    with call.context.database.write() as session:
        call.later(session, Task.OVERVIEW, {"view": view_id})


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: gather how things stand, and show it."""
    client = context.slack()
    asker = asker_in(context, client, task)
    with context.database.read() as session:
        shown = overview_of(session, context, asker)
    speech.show(client, task.content["view"], views.screen(shown))
