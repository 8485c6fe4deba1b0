"""What counts as a request of Slack's, and what is turned away before anything reads it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.shape import read_request

FORM, JSON = "application/x-www-form-urlencoded", "application/json; charset=utf-8"
CLICK = {
    "type": "block_actions",
    "team": {"id": "T1", "domain": "northgate"},
    "enterprise": None,
    "is_enterprise_install": False,
    "user": {"id": "U1", "username": "maria", "team_id": "T1"},
    "trigger_id": "1.1.a",
    "container": {"type": "message", "message_ts": "1.1", "channel_id": "D1", "is_ephemeral": False},
    "channel": {"id": "D1", "name": "directmessage"},
    "message": {"type": "message", "text": "", "ts": "1.1"},
    "response_url": "https://hooks.slack.com/actions/T1/1/a",
    "actions": [{"action_id": "book", "block_id": "b", "type": "button", "value": "x", "action_ts": "1.1"}],
}
VIEW = {
    "id": "V1",
    "team_id": "T1",
    "type": "modal",
    "hash": "1.a",
    "callback_id": "sync",
    "private_metadata": "",
    "state": {"values": {"block": {"action": {"type": "plain_text_input", "value": None}}}},
    "previous_view_id": None,
    "root_view_id": "V1",
}
SUBMISSION = {**CLICK, "type": "view_submission", "view": VIEW, "actions": None, "response_urls": []}
SEARCH = {
    **CLICK,
    "type": "block_suggestion",
    "action_id": "choose",
    "block_id": "b",
    "value": "",
    "view": VIEW,
}
COMMAND = {"command": "/qb", "text": "", "team_id": "T1", "user_id": "U1", "trigger_id": "1.1.a"}


def payload(found: Any) -> bytes:  # noqa: ANN401 - anything JSON can say
    """An interaction's form."""
    return urlencode({"payload": json.dumps(found)}).encode()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (payload(CLICK), FORM),
        (payload({**CLICK, "team": None, "enterprise": {"id": "E1", "name": "Org"}}), FORM),
        (payload(SUBMISSION), FORM),
        (payload({**SUBMISSION, "type": "view_closed"}), FORM),
        (payload(SEARCH), FORM),
        (payload({**CLICK, "type": "shortcut", "callback_id": "c"}), FORM),
        (urlencode(COMMAND).encode(), FORM),
        (urlencode({**COMMAND, "text": 'René "Ané" O\'Brien \\ 马春梅'}).encode(), FORM),
        (b'{"type":"url_verification","challenge":"c","token":"t"}', JSON),
        (b'{"type":"event_callback","team_id":"T1","event":{"type":"app_home_opened","user":"U1"}}', JSON),
        (b'{"type":"event_callback","event":{"type":"message","channel":"D1","ts":"1.1","user":"U1"}}', JSON),
    ],
)
def test_what_slack_sends_passes(body: bytes, content_type: str) -> None:
    """Clicks, submissions, searches, commands and events, as Slack documents them."""
    assert read_request(body, content_type) is not None


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", FORM),
        (b"x=1", FORM),
        (b"payload=", FORM),
        (b"payload=%7B", FORM),
        (payload([]), FORM),
        (payload({}), FORM),
        (payload({**CLICK, "user": "U1"}), FORM),
        (payload({**CLICK, "actions": []}), FORM),
        (payload({**CLICK, "actions": [{"action_id": 7}]}), FORM),
        (payload({**SUBMISSION, "view": None}), FORM),
        (payload({**SUBMISSION, "view": {**VIEW, "state": {"values": {"block": 7}}}}), FORM),
        (b"command=%2Fqb&team_id=T1", FORM),
        (b'{"type":"event_callback"}', JSON),
        (b'{"type":"event_callback","event":{"type":"x","user":7}}', JSON),
        (b'{"type":"event_callback","event":{"type":"message","channel":"D1","user":"U1"}}', JSON),
        (b'{"type":"event_callback","event":{"type":"message","channel":"D1","ts":"1.1","files":[7]}}', JSON),
        (b"[" * 100_000, JSON),
        (b"\xff\xfe", JSON),
        (b"payload=" + b"%5B" * 100_000, FORM),
    ],
    ids=range(19),
)
def test_anything_else_is_turned_away(body: bytes, content_type: str) -> None:
    """Half a payload, other types, too deep, not text."""
    assert read_request(body, content_type) is None


def test_a_command_may_speak_of_payloads() -> None:
    """Whatever a person types behind a command is text."""
    asked = {**COMMAND, "text": "payload & payload=1"}
    assert asked == read_request(urlencode(asked).encode(), FORM)


def test_what_is_read_is_all_that_was_sent() -> None:
    """Parts that aren't checked are handed on too."""
    assert CLICK == read_request(payload(CLICK), FORM)
