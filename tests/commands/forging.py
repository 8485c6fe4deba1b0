"""Requests that Slack might send, or somebody who has our signing secret: signed and posted as they come."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import requests
from slack_sdk.signature import SignatureVerifier

from tests.commands.house import SECRET

if TYPE_CHECKING:
    from tests.commands.house import House

Json = dict[str, Any]


def last_payload(house: House, kind: str) -> Json:
    """What the newest request of a kind carried (``command``, ``block_actions`` …)."""
    for delivery in reversed(house.hands.deliveries()):
        fields = dict(parse_qsl(delivery["body"], keep_blank_values=True))
        payload: Json = json.loads(fields["payload"]) if "payload" in fields else fields
        if payload.get("type", "command") == kind:
            return payload
    raise AssertionError(f"no {kind} was sent")


def last_event(house: House) -> Json:
    """The newest event Slack told us."""
    sent = [each["body"] for each in house.hands.deliveries() if each["kind"] == "event"]
    event: Json = json.loads(sent[-1])
    return event


def tell(house: House, event: Json) -> requests.Response:
    """Tell the product of an event, signed now."""
    return _post(house, json.dumps(event), "application/json", SECRET)


def post(house: House, payload: Json, secret: str = SECRET) -> requests.Response:
    """Send what a command, a click or a modal carries to the product, signed now."""
    fields = payload if "command" in payload else {"payload": json.dumps(payload)}
    return _post(house, urlencode(fields), "application/x-www-form-urlencoded", secret)


def _post(house: House, body: str, kind: str, secret: str) -> requests.Response:
    stamp = str(int(house.program.context.clock().timestamp()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""
    headers = {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature,
    }
    return requests.post(f"{house.address}/slack/events", data=body, headers=headers, timeout=10)


def as_person(payload: Json, user_id: str, *, team: str | None = None) -> Json:
    """The same, done by somebody else, of another workspace if given."""
    if "command" in payload:
        return {**payload, "user_id": user_id, **({"team_id": team} if team else {})}
    user = {**payload["user"], "id": user_id, **({"team_id": team} if team else {})}
    return {**payload, "user": user}


def clicking(payload: Json, action_id: str, value: str = "") -> Json:
    """A click on another control in the same place."""
    action = {
        "action_id": action_id,
        "block_id": "forged",
        "type": "button",
        "value": value,
        "action_ts": "1.1",
    }
    return {**payload, "type": "block_actions", "actions": [action]}
