"""An import on its way: how far it is, in one message that ends as the answer."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackClientError

from commands import speech
from commands.speech import Posted
from commands.views import importing as views
from db import outbox

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from commands.context import Context
    from commands.views.blocks import Message
    from db.intake.stage import Progress
    from db.outbox import ClaimedTask

BETWEEN_UPDATES = timedelta(seconds=3)
"""A message is changed at most this often (Slack: Rate limits); what is quicker shows no progress."""


class Taking:
    """Tells the person a task is for how far their import is; call it with each :class:`Progress`.

    Where the message stands is kept with the task: begun anew, it goes on in the same one.
    """

    def __init__(self, context: Context, client: WebClient, task: ClaimedTask) -> None:
        self._context, self._client, self._task = context, client, task
        self._last = context.clock()
        place = task.content.get("told")
        self._posted = Posted(*place) if place else None

    def __call__(self, progress: Progress) -> None:
        """Say it, unless it was said a moment ago; a Slack that gives no answer stops no import."""
        now = self._context.clock()
        if now - self._last < BETWEEN_UPDATES:
            return
        self._last = now
        with suppress(SlackClientError, OSError):
            self._say(progress)

    def answer(self, message: Message) -> None:
        """End with the answer, where progress was told in its place."""
        if self._posted is None or not speech.change(self._client, self._posted, message):
            self._post(message)

    def _say(self, progress: Progress) -> None:
        view = self._task.content.get("view")
        if view:
            speech.show(self._client, view, views.still_working(progress))
        message = views.on_its_way(progress)
        if self._posted is not None:
            speech.change(self._client, self._posted, message)
            return
        posted = self._posted = self._post(message)
        content = {**self._task.content, "told": [posted.channel, posted.ts]}
        with self._context.database.write() as session:
            outbox.carry_on(session, self._task, content)

    def _post(self, message: Message) -> Posted:
        thread = self._task.content.get("thread", "")
        return speech.post(self._client, self._task.content["user"], message, thread)
