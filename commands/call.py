"""One thing a person did in Slack, as every command and listener gets it."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from db import outbox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_bolt import Ack
    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.context import Context
    from commands.ids import Task
    from commands.views.blocks import View

DEEPEST = 3
"""Modals Slack stacks at most."""


def pressed_in(body: Mapping[str, Any]) -> tuple[str, str]:
    """Channel and ts of the message that was pressed; empty for commands and screens."""
    place = body.get("container") or {}
    return place.get("channel_id", ""), place.get("message_ts", "")


@dataclass(frozen=True, slots=True)
class Call:
    """A command, click, submission or search by one person; ``ack`` answers Slack within three seconds."""

    context: Context
    asker: Asker
    ack: Ack
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """What stands behind a command; Slack sends ``&``, ``<`` and ``>`` as entities (Escaping text)."""
        return unescape(str(self.body.get("text") or "")).strip()

    @property
    def view(self) -> Mapping[str, Any]:
        """The screen it happened in; empty for commands and messages."""
        return self.body.get("view") or {}

    @property
    def action(self) -> Mapping[str, Any]:
        """The control that was used."""
        found: Mapping[str, Any] = self.body["actions"][0]
        return found

    @property
    def value(self) -> str:
        """What the button carries."""
        return str(self.action.get("value") or "")

    @property
    def index(self) -> int:
        """The number behind the last underscore of the ``action_id``."""
        return int(str(self.action["action_id"]).rpartition("_")[2])

    @property
    def draft_id(self) -> str:
        """The draft the screen carries."""
        return str(self.view.get("private_metadata") or "")

    @property
    def pressed_in(self) -> tuple[str, str]:
        """Channel and ts of the message it happened in; empty for commands and screens."""
        return pressed_in(self.body)

    def typed(self, block: str, action: str) -> Mapping[str, Any]:
        """What stands in one control of the screen."""
        found: Mapping[str, Any] = self.view.get("state", {}).get("values", {}).get(block, {}).get(action, {})
        return found

    def open(self, view: View) -> str:
        """Open the screen, or push it on the one it was asked from; gives its id.

        At Slack's deepest level the screen below is used anew: the worker fills it.
        """
        client, trigger = self.context.slack_now(), self.body["trigger_id"]
        if not self.view or self.view.get("type") == "home":
            answer = client.views_open(trigger_id=trigger, view=view)
        elif self.depth < DEEPEST:
            answer = client.views_push(trigger_id=trigger, view=view)
        else:
            return str(self.view["id"])
        return str(answer["view"]["id"])

    @property
    def depth(self) -> int:
        """How many screens are stacked, this one included."""
        view = self.view
        if not view.get("previous_view_id"):
            return 1
        return 2 if view["previous_view_id"] == view.get("root_view_id") else DEEPEST

    def later(self, session: Session, task: Task, content: Mapping[str, Any], key: str | None = None) -> None:
        """Leave work to the worker, for this person; the same ``key`` twice is one task."""
        outbox.add_task(
            session,
            firm_id=self.asker.firm.id,
            kind=task,
            content={"user": self.asker.user_id, **content},
            now=self.context.clock(),
            new_id=self.context.new_id,
            key=key,
        )

    def once(self, task: Task) -> str:
        """A key under which a redelivered submission or click is the same."""
        if self.body["type"] == "view_submission":
            return f"{task}:{self.view['id']}:{self.view['hash']}"
        return f"{task}:{self.action['action_ts']}:{self.body['trigger_id']}"
