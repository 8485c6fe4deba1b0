"""Maria's presses: Book, then Add Contact, and each again until Slack is answered, as people do."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import requests

from commands.ids import Act, Screen
from commands.views.add_contact import CLIENT, EMAIL_BLOCK, NAME_BLOCK, WHO_BLOCK
from tests.books.office import MARIA
from tests.conversations.slack_requests import form, send
from tests.crashing.opening import ADDING, CHANNEL, MESSAGE_TS, NEWCOMER, TEAM
from tests.stage import SIGNING_SECRET

if TYPE_CHECKING:
    from tests.crashing.opening import Opening

Json = dict[str, Any]


class Maria:
    """What she has pressed and seen taken; ``presses`` is how often she presses Book."""

    def __init__(self, opening: Opening, presses: int) -> None:
        self._left = [*(_book(opening, number) for number in range(presses)), _add(opening)]

    def presses_on(self, port: int) -> bool:
        """Press what wasn't taken yet, at the program on this port; whether anything was left to press."""
        if not self._left:
            return False
        try:
            answer = send(f"http://127.0.0.1:{port}/slack/events", SIGNING_SECRET, form(self._left[0]))
        except requests.RequestException:
            time.sleep(0.005)  # not there yet, or not any more
            return True
        if answer.ok:
            self._left.pop(0)
        return True


def _book(opening: Opening, number: int) -> Json:
    value = json.dumps({"s": opening.sync_id, "v": opening.version})
    action = {
        "type": "button",
        "action_id": Act.BOOK,
        "block_id": "b",
        "value": value,
        "action_ts": f"{number}.1",
    }
    place = {"type": "message", "message_ts": MESSAGE_TS, "channel_id": CHANNEL, "is_ephemeral": False}
    return _payload(
        "block_actions",
        container=place,
        channel={"id": CHANNEL, "name": "directmessage"},
        message={"type": "message", "ts": MESSAGE_TS},
        actions=[action],
        trigger_id=f"t{number}",
    )


def _add(opening: Opening) -> Json:
    typed = {
        NAME_BLOCK: {Act.ADD_NAME: {"type": "plain_text_input", "value": NEWCOMER}},
        EMAIL_BLOCK: {Act.ADD_EMAIL: {"type": "email_text_input", "value": None}},
        WHO_BLOCK: {Act.ADD_WHO: {"type": "radio_buttons", "selected_option": {"value": CLIENT}}},
    }
    view = {
        "id": ADDING,
        "hash": "1.a",
        "type": "modal",
        "callback_id": Screen.ADD_CONTACT,
        "private_metadata": opening.draft_id,
        "state": {"values": typed},
        "blocks": [],
    }
    return _payload("view_submission", view=view, trigger_id="t9")


def _payload(kind: str, **parts: object) -> Json:
    person = {"id": MARIA, "username": "maria", "name": "maria", "team_id": TEAM}
    payload = {"type": kind, "user": person, "team": {"id": TEAM, "domain": "t"}, "api_app_id": "A0", **parts}
    return {"payload": json.dumps(payload)}
