"""Looks again, and again, how far something ordered in QuickBooks has come, while a screen shows it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from commands.firm import next_task
from db.effects import State

if TYPE_CHECKING:
    from commands.context import Context
    from commands.ids import Task
    from db.outbox import ClaimedTask

SOON, LATER = timedelta(seconds=0.3), timedelta(seconds=20)
IMPATIENT = 30
"""After so many looks the person is told that it takes long."""
REFUSED = frozenset({State.REJECTED, State.REVIEW})


def look_again(context: Context, task: ClaimedTask, kind: Task) -> None:
    """Leave the next look at the effect the task names, soon at first, then every twenty seconds."""
    content = {**task.content, "look": task.content["look"] + 1}
    after = SOON if content["look"] < IMPATIENT else LATER
    key = f"{kind}:{content['effect']}:{content['view']}:{content['look']}"
    with context.database.write() as session:
        next_task(session, context, task.firm_id, kind, content, key=key, after=after)
