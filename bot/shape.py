"""Reads a request of Slack's: one that hasn't what each of its kind has at least is turned away."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from pydantic import BaseModel, Field

JSON = "application/json"


class _Known(BaseModel):
    """Something with an id."""

    id: str


class _Person(_Known):
    team_id: str | None = None


class _State(BaseModel):
    values: dict[str, dict[str, dict[str, Any]]] = Field(default_factory=dict)


class _Screen(_Known):
    hash: str = ""
    callback_id: str = ""
    private_metadata: str | None = None
    state: _State | None = None
    previous_view_id: str | None = None
    root_view_id: str | None = None


class _Action(BaseModel):
    action_id: str
    block_id: str
    action_ts: str = ""
    type: str
    value: str | None = None
    selected_option: dict[str, Any] | None = None


class _Interaction(BaseModel):
    """A click, a submission, a search in a select (Slack: Interaction payloads)."""

    type: str
    user: _Person
    team: _Known | None = None
    enterprise: _Known | None = None
    trigger_id: str | None = None
    callback_id: str = ""
    view: _Screen | None = None
    container: dict[str, Any] | None = None
    channel: _Known | None = None
    value: str | None = None


class _Click(_Interaction):
    actions: list[_Action] = Field(min_length=1)


class _Submission(_Interaction):
    view: _Screen


class _Search(_Interaction):
    action_id: str
    block_id: str


class _Command(BaseModel):
    """A slash command (Slack: Implementing slash commands)."""

    command: str
    team_id: str
    user_id: str


class _Happening(BaseModel):
    """What happened, by and to whom."""

    type: str = ""
    user: str | _Known | None = None
    channel: str | _Known | None = None
    team: str | _Known | None = None
    enterprise: str | _Known | None = None
    item: dict[str, Any] | None = None
    message: dict[str, Any] | None = None
    previous_message: dict[str, Any] | None = None


class _Said(_Happening):
    """A message, and what came with it (Slack: message)."""

    user: str | None = None
    channel: str
    ts: str
    subtype: str | None = None
    thread_ts: str | None = None
    files: list[dict[str, Any]] | None = None


class _Event(BaseModel):
    """Something that happened, or Slack's question whether we are there (Slack: Events API)."""

    type: str
    team_id: str | None = None
    challenge: str | None = None
    authorizations: list[dict[str, Any]] | None = None
    event: _Happening | None = None


INTERACTIONS: dict[str, type[_Interaction]] = {
    "block_actions": _Click,
    "view_submission": _Submission,
    "view_closed": _Submission,
    "block_suggestion": _Search,
}


def is_certificate_check(body: bytes) -> bool:
    """Whether Slack only looks at our certificate (Slack: Slash commands, ``ssl_check``); it wants a 200."""
    return dict(parse_qsl(body.decode(errors="replace"))).get("ssl_check") == "1"


def read_request(body: bytes, content_type: str) -> dict[str, Any] | None:
    """The command, interaction or event; None where a part that is read of it is missing.

    Bolt gets it read: its own reading takes a command whose text says "payload" for no command.
    """
    try:
        text = body.decode()
        if content_type.partition(";")[0].strip() == JSON or text.startswith("{"):
            found: dict[str, Any] = json.loads(text)
            event = _Event.model_validate(found)
            if event.event is not None and event.event.type == "message":
                _Said.model_validate(found["event"])
            return None if event.type == "event_callback" and event.event is None else found
        fields = dict(parse_qsl(text, keep_blank_values=True))
        if "payload" in fields:
            found = json.loads(fields["payload"])
            payload = _Interaction.model_validate(found)
            INTERACTIONS.get(payload.type, _Interaction).model_validate(found)
            return found
        _Command.model_validate(fields)
    except (ValueError, RecursionError):  # pydantic's, JSON's and UTF-8's are all ValueErrors
        return None
    return fields
