"""The file of a large sync, put into its thread; where Slack doesn't let us, the same as messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from commands import speech
from commands.firm import next_task
from commands.ids import Task
from commands.parts import leave_parts
from commands.telling import story_to_show
from commands.views.blocks import Message, section
from commands.views.result import everything
from commands.views.sheet import sheet
from qb.story import story

if TYPE_CHECKING:
    from slack_sdk import WebClient
    from sqlalchemy.orm import Session

    from commands.context import Context
    from commands.speech import Posted
    from commands.views.outcome import Story
    from db.outbox import ClaimedTask
    from db.syncs import Sync

NOT_ALLOWED = frozenset({"missing_scope", "not_allowed_token_type", "file_uploads_disabled", "access_denied"})
"""Uploading needs files:write, which a workspace may have left out (Slack: files.getUploadURLExternal)."""
SAID = (
    "Slack doesn't let CaseLedger post files here (the optional permission files:write is missing), "
    "so every invoice follows below."
)


def leave_file(session: Session, context: Context, sync: Sync, posted: Posted, *, run: str) -> None:
    """Leave it to the worker to post the file of all into the thread of the result; once a ``run``."""
    content = {"sync": sync.id, "channel": posted.channel, "thread": posted.ts, "run": run}
    next_task(session, context, sync.firm_id, Task.RESULT_FILE, content, key=f"{Task.RESULT_FILE}:{run}")


def post_file(context: Context, task: ClaimedTask) -> None:
    """Task: upload the file; where that isn't allowed, say so and leave the parts."""
    with context.database.read() as session:
        told = story(session, task.firm_id, task.content["sync"])
    if told is None:
        return
    shown = story_to_show(context, told)
    if not _uploaded(context.slack(), task, shown):
        from_here = Message(SAID, (section(SAID),))
        _leave_messages(context, task, (from_here, *everything(shown)))


def _uploaded(client: WebClient, task: ClaimedTask, shown: Story) -> bool:
    try:
        client.files_upload_v2(
            channel=task.content["channel"],
            thread_ts=task.content["thread"],
            content=sheet(shown),
            filename=f"CaseLedger {shown.now:%Y-%m-%d}.csv",
            title=f"Every invoice of this sync ({len(shown.outcomes)})",
        )
    except SlackApiError as error:
        if error.response["error"] in NOT_ALLOWED:
            return False
        raise
    return True


def _leave_messages(context: Context, task: ClaimedTask, messages: tuple[Message, ...]) -> None:
    posted = speech.Posted(task.content["channel"], task.content["thread"])
    with context.database.write() as session:
        leave_parts(session, context, task.firm_id, posted, messages, run=f"all:{task.content['run']}")
