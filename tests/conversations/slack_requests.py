"""What Slack sends to an app, signed as Slack signs it (Slack: Slash commands; Interaction payloads).

Written from Slack's documentation and not from our playground, so that the program hears it from two sides.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import requests
from slack_sdk.signature import SignatureVerifier

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]
TEAM = "T000000001"
APP = "A0CASE"
ACK_SECONDS = 30


def command(name: str, text: str, *, user: str, channel: str, permits: Mapping[str, str]) -> Json:
    """The fields of a slash command; ``permits`` are its trigger and response URL."""
    return {
        "token": "gone",
        "team_id": TEAM,
        "team_domain": "emulate",
        "channel_id": channel,
        "channel_name": "directmessage",
        "user_id": user,
        "user_name": user.lower(),
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        **permits,
    }


def interaction(kind: str, user: str, **parts: object) -> Json:
    """A click, submission or search as the one form field it comes in."""
    payload = {
        "type": kind,
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": TEAM},
        "api_app_id": APP,
        "token": "gone",
        "team": {"id": TEAM, "domain": "emulate"},
        "enterprise": None,
        "is_enterprise_install": False,
        **parts,
    }
    return {"payload": json.dumps(payload)}


def in_view(view: Json) -> Json:
    """Where something in a modal happened."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": view}


def in_message(message: Json, channel: str) -> Json:
    """Where something in a message happened."""
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel,
        "is_ephemeral": False,
    }
    return {
        "container": container,
        "channel": {"id": channel, "name": "directmessage"},
        "message": {"type": "message", **message},
        "state": {"values": {}},
    }


def send(url: str, secret: str, body: str) -> requests.Response:
    """Deliver a form, signed at this moment."""
    stamp = str(int(time.time()))
    signed = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signed,
    }
    return requests.post(url, data=body, headers=headers, timeout=ACK_SECONDS)


def form(fields: Json) -> str:
    """The body of a request."""
    return urlencode(fields)
