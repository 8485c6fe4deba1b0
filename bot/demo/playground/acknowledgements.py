"""What an app's answer to a request means: pure decisions, carried out by the gestures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.demo.playground.courier import Delivery
    from bot.demo.playground.wire import Json

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True, slots=True)
class Reply:
    """A message that came back with the acknowledgement of a command."""

    body: Json

    @property
    def for_everybody(self) -> bool:
        """Whether the whole channel sees it."""
        return self.body.get("response_type") == "in_channel"


@dataclass(frozen=True, slots=True)
class Answer:
    """What to do after a modal was submitted."""

    action: str
    view: Json | None = None
    errors: dict[str, str] = field(default_factory=dict)


def command_failure(command: str, delivery: Delivery) -> str | None:
    """What Slackbot says when an app did not take a command, if it did not."""
    if delivery.accepted:
        return None
    code = "operation_timeout" if delivery.failure == "http_timeout" else "dispatch_failed"
    return f'{command} failed with the error "{code}"'


def command_reply(delivery: Delivery) -> Reply | None:
    """The message in the acknowledgement of a command, if there is one."""
    if not delivery.accepted or not delivery.answer.strip():
        return None
    found = delivery.json()
    if found is None:
        return Reply({"text": delivery.answer.decode("utf-8", "replace")})
    return Reply(found) if found.get("text") or found.get("blocks") else None


def submission_answer(delivery: Delivery, input_blocks: frozenset[str]) -> Answer | None:
    """What a modal does next; None where Slack would say that it had trouble connecting."""
    if not delivery.accepted:
        return None
    if not delivery.answer.strip():
        return Answer("close")
    found = delivery.json()
    if found is None:
        return None
    if "response_action" not in found:
        return Answer("close")
    return _action(found, input_blocks)


def _action(found: Json, input_blocks: frozenset[str]) -> Answer | None:
    action, view, errors = found["response_action"], found.get("view"), found.get("errors")
    if action == "clear":
        return Answer("clear")
    if action in ("update", "push") and isinstance(view, dict):
        return Answer(action, view)
    if action == "errors" and isinstance(errors, dict) and errors and set(errors) <= input_blocks:
        return Answer("errors", errors={key: str(text) for key, text in errors.items()})
    return None
