"""What one message can't hold follows in its thread, one part a task, so that none is lost or said twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import speech
from commands.firm import next_task
from commands.ids import Task
from commands.views.blocks import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from commands.context import Context
    from commands.speech import Posted
    from db.outbox import ClaimedTask


def leave_parts(
    session: Session, context: Context, firm_id: str, posted: Posted, messages: Sequence[Message], *, run: str
) -> None:
    """Leave messages to follow in the thread of one, in this order; the same ``run`` leaves them once."""
    if not messages:
        return
    content = {
        "channel": posted.channel,
        "thread": posted.ts,
        "run": run,
        "parts": [{"text": message.text, "blocks": list(message.blocks)} for message in messages],
    }
    key = f"{Task.PARTS}:{run}:{len(messages)}"
    next_task(session, context, firm_id, Task.PARTS, content, key=key)


def post_part(context: Context, task: ClaimedTask) -> None:
    """Task: post the first of the parts, and leave the others."""
    content = task.content
    first, *more = [Message(part["text"], tuple(part["blocks"])) for part in content["parts"]]
    posted = speech.Posted(content["channel"], content["thread"])
    speech.post(context.slack(), posted.channel, first, thread=posted.ts)
    with context.database.write() as session:
        leave_parts(session, context, task.firm_id, posted, more, run=content["run"])
