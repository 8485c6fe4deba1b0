"""Direct messages to us: dropped files are imported as by `/qb-import`, words get one plain answer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.access import NotAllowedError, asker_of
from commands.firm import asker_in, next_task
from commands.ids import Task
from commands.importing import named
from commands.views import direct as views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_bolt import Ack, App, BoltResponse

    from commands.context import Context
    from db.outbox import ClaimedTask

NEW = frozenset({"", "file_share", "me_message", "thread_broadcast"})
"""Subtypes of what somebody has just written; the others tell of edits, joins, apps (Slack: message)."""
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class Said:
    """What one person wrote to us or dropped, and the thread it stands in, if any."""

    user: str
    key: str  # the message itself, by whichever event we hear of it
    thread: str
    files: tuple[dict[str, str], ...]


def register_direct(app: App, context: Context) -> None:
    """Hear of every direct message to us.

    It is written down in the request's own thread: Bolt answers Slack before it calls an event's listener.
    """

    def heard(body: dict[str, Any], ack: Ack) -> BoltResponse:
        said = said_to_us(body["event"])
        if said is not None:
            with suppress(NotAllowedError):  # of another workspace: nothing of ours is done there
                _leave(context, str(body.get("team_id") or ""), said)
        return ack()

    app.event("message", middleware=[heard])(_heard)
    app.event("file_shared")(_heard)  # the message it came in tells us more


def _heard() -> None:
    """What Bolt would call afterwards; all is done."""


def said_to_us(event: Mapping[str, Any]) -> Said | None:
    """What a person has just said to us alone; None of all else a ``message`` event can tell."""
    user = str(event.get("user") or "")
    if event.get("channel_type") != "im" or (event.get("subtype") or "") not in NEW:
        return None
    if not user or user == SLACKBOT or event.get("bot_id"):
        return None
    files = tuple(named(file) for file in event.get("files") or ())
    key = f"{event['channel']}:{event['ts']}"
    return Said(user, key, str(event.get("thread_ts") or ""), files)


def _leave(context: Context, team_id: str, said: Said) -> None:
    """Leave it to the worker; the same message told twice is one task."""
    content: dict[str, Any] = {"user": said.user, "thread": said.thread}
    kind = Task.HINT
    if said.files:
        kind, content = Task.IMPORT, {**content, "files": list(said.files)}
    with context.database.write() as session:
        asker = asker_of(session, {"team_id": team_id, "user_id": said.user})
        next_task(session, context, asker.firm.id, kind, content, key=f"{kind}:{said.key}")


def hint(context: Context, task: ClaimedTask) -> None:
    """Task: say once what we can be asked, to somebody who wrote to us in words."""
    client, user = context.slack(), task.content["user"]
    asker_in(context, client, task)
    speech.post(client, user, views.hint(), task.content["thread"])
