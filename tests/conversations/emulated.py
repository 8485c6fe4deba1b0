"""Hands at the independent emulator: what Slack's own client does in the browser, done for it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests

from bot.demo.playground.controls import all_controls, find_control, state_values
from bot.demo.playground.gestures.stage import Outcome
from bot.demo.playground.hands import Hands
from tests.conversations.relay import named
from tests.conversations.slack_requests import command, form, in_message, in_view, interaction, send

if TYPE_CHECKING:
    from pathlib import Path

    from slack_sdk import WebClient

    from tests.conversations.relay import Screens

Json = dict[str, Any]
BOT_USER = "U0CASE"
RESPONSE = "/services/T000000001/B000000001/X000000001"
KEPT = ("type", "text", "value", "style")
EPHEMERAL = re.compile(r"<h2>Ephemeral</h2>(.*?)</section>", re.DOTALL)
_BARE: Json = {"blocks": [], "thread_ts": None, "ephemeral": False, "files": [], "past": [], "values": {}}
MESSAGE_CELL = re.compile(r"<tr><td>[^<]*</td><td>.*?</td><td>(.*?)</td>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the emulated workspace: their own client, and the app's direct messages with them."""

    id: str
    client: WebClient
    channel: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the emulator, the relay before it and the program's address for Slack are."""

    emulator: str
    relay: str
    events: str
    secret: str
    samples: Path


@dataclass(slots=True)
class Memory:
    """What Slack's client and servers remember and the emulator doesn't."""

    given: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    bodies: list[str] = field(default_factory=list)


class EmulatedHands(Hands):
    """Takes the place of the playground's pages, so that the same hands work at both."""

    def __init__(self, place: Place, app: WebClient, screens: Screens, members: list[Member]) -> None:
        self._place = place
        self._app = app
        self._screens = screens
        self._members = {member.id: member for member in members}
        self._memory = Memory()
        self._moments = itertools.count(1)

    # What the hands ask for.

    def get(self, path: str, **query: str) -> Any:  # noqa: ANN401 - as the playground's
        """The screen of one person."""
        if path != "state":
            raise NotImplementedError(path)
        member = self._members[query["as"]]
        return {
            "rooms": [
                {
                    "id": _direct(member),
                    "name": "CaseLedger",
                    "kind": "direct",
                    "messages": self._messages(member),
                }
            ],
            "modals": [self._shown_view(view) for view in self._screens.open_for(member.id)],
            "home": None,
        }

    def post(self, path: str, body: Json) -> Json:
        """One gesture of one person."""
        if path == "redeliver":
            again = send(self._place.events, self._place.secret, self._memory.bodies[body["id"] - 1])
            return {"status": again.status_code}
        gestures = {
            "command": self._command,
            "press": self._press,
            "answer": self._answer,
            "options": self._options,
            "submit": self._submit,
            "close": self._close,
        }
        if path == "sample":
            return {"file": self.upload(body["as"], body["name"], self._sample(body["name"]))}
        return gestures[path](self._members[body["as"]], body).json()

    def upload(self, person_id: str, name: str, content: bytes) -> Json:
        """Into the direct messages with the app: the emulator knows no file input."""
        member = self._members[person_id]
        answer = member.client.files_upload_v2(channel=member.channel, filename=name, content=content)
        file: Json = answer["files"][0]
        there = urlsplit(file["url_private_download"])
        return {**file, "url_private_download": f"{self._place.relay}{there.path}?{there.query}"}

    # What is on the screen.

    def _messages(self, member: Member) -> list[Json]:
        shown = [_shown_message(member, message) for message in self._history(member)]
        notices = [*self._memory.said.get(member.id, []), *self._whispered(member)]
        return [*shown, *(_notice(member, text) for text in notices)]

    def _history(self, member: Member) -> list[Json]:
        found = member.client.conversations_history(channel=member.channel, limit=200)["messages"]
        return [{**message, "blocks": named(message.get("blocks", []))} for message in reversed(found)]

    def _whispered(self, member: Member) -> list[str]:
        """Ephemeral messages: no call gives them, but the emulator's own page shows them."""
        page = requests.get(
            self._place.emulator, params={"tab": "messages", "channel": member.channel}, timeout=10
        )
        section = EPHEMERAL.search(page.text)
        return [unescape(cell) for cell in MESSAGE_CELL.findall(section.group(1))] if section else []

    def _shown_view(self, view: Json) -> Json:
        return {**view, "values": self._values(view), "versions": 1}

    def _values(self, surface: Json) -> dict[str, dict[str, Json]]:
        return state_values(surface["blocks"], self._memory.given.get(surface.get("id", ""), {}))

    # What the person does.

    def _command(self, member: Member, body: Json) -> Outcome:
        permits = {"trigger_id": self._trigger(member), "response_url": self._place.relay + RESPONSE}
        fields = command(
            body["command"], body["text"], user=member.id, channel=member.channel, permits=permits
        )
        answer, outcome = self._send(fields)
        if outcome.ok and answer.text:
            self._memory.said.setdefault(member.id, []).append(answer.json()["text"])
        return outcome

    def _press(self, member: Member, body: Json) -> Outcome:
        surface = self._surface(member, body["where"])
        control = find_control(surface["blocks"], body["block_id"], body["action_id"])
        kept: Json = {key: control[key] for key in KEPT if key in control}
        return self._act(member, body, kept)

    def _answer(self, member: Member, body: Json) -> Outcome:
        surface = self._surface(member, body["where"])
        control = find_control(surface["blocks"], body["block_id"], body["action_id"])
        complete = {"type": control["type"], **body["answer"]}
        given = self._memory.given.setdefault(surface["id"], {})
        given.setdefault(body["block_id"], {})[body["action_id"]] = complete
        block = next(each for each, inner in all_controls(surface["blocks"]) if inner is control)
        if block["type"] != "input" or block.get("dispatch_action"):
            return self._act(member, body, complete)
        return Outcome()

    def _options(self, member: Member, body: Json) -> Outcome:
        names = {key: body[key] for key in ("block_id", "action_id", "value")}
        scene = in_view(self._stateful(self._surface(member, body["where"])))
        answer, outcome = self._send(interaction("block_suggestion", member.id, **names, **scene))
        found = answer.json()
        return Outcome(**{**outcome.json(), "options": found.get("option_groups") or found["options"]})

    def _submit(self, member: Member, body: Json) -> Outcome:
        view = self._screens.view(body["view_id"])
        trigger = self._trigger(member, view["id"])
        with self._screens.being_answered:
            answer, outcome = self._send(
                interaction("view_submission", member.id, trigger_id=trigger, view=self._stateful(view))
            )
            told = answer.json() if outcome.ok and answer.text else {"response_action": "close"}
            if told["response_action"] == "errors":
                return Outcome(**{**outcome.json(), "ok": False, "errors": told["errors"]})
            self._carry_out(member, view["id"], told)
        return outcome

    def _carry_out(self, member: Member, view_id: str, told: Json) -> None:
        """What Slack does with the answer to a submission, through the calls the emulator has."""
        match told["response_action"]:
            case "close":
                self._screens.close(member.id, view_id)
            case "clear":
                self._screens.clear(member.id)
            case "update":
                kept = self._app.views_update(view_id=view_id, view=told["view"])
                self._screens.took("update", {}, kept["view"])
            case "push":
                trigger = self._trigger(member, view_id)
                kept = self._app.views_push(trigger_id=trigger, view=told["view"])
                self._screens.took("push", {"trigger_id": trigger}, kept["view"])

    def _close(self, member: Member, body: Json) -> Outcome:
        self._screens.close(member.id, body["view_id"])
        return Outcome()

    # How.

    def _act(self, member: Member, body: Json, detail: Json) -> Outcome:
        action = {**detail, "action_id": body["action_id"], "block_id": body["block_id"]}
        action["action_ts"] = f"1.{next(self._moments):06}"
        where = body["where"]
        surface = self._surface(member, where)
        if "view_id" in where:
            scene = in_view(self._stateful(surface))
        else:
            scene = {**in_message(surface, member.channel), "response_url": self._place.relay + RESPONSE}
        trigger = self._trigger(member, where.get("view_id", ""))
        fields = interaction("block_actions", member.id, actions=[action], trigger_id=trigger, **scene)
        return self._send(fields)[1]

    def _surface(self, member: Member, where: Json) -> Json:
        if "view_id" in where:
            return self._screens.view(where["view_id"])
        return next(each for each in self._history(member) if each["ts"] == where["ts"])

    def _stateful(self, view: Json) -> Json:
        return {**view, "state": {"values": self._values(view)}, "app_installed_team_id": view["team_id"]}

    def _trigger(self, member: Member, view_id: str = "") -> str:
        asked = {"user_id": member.id, **({"view_id": view_id} if view_id else {})}
        trigger = str(self._app.api_call("views.generateTriggerId", json=asked)["trigger_id"])
        self._screens.expect(trigger, member.id)
        return trigger

    def _send(self, fields: Json) -> tuple[requests.Response, Outcome]:
        body = form(fields)
        self._memory.bodies.append(body)
        delivery = len(self._memory.bodies)
        answer = send(self._place.events, self._place.secret, body)
        return answer, Outcome(ok=answer.ok, status=answer.status_code, delivery=delivery)

    def _sample(self, name: str) -> bytes:
        return (self._place.samples / name).read_bytes()


def _direct(member: Member) -> str:
    """How the hands call a person's direct messages with the app."""
    return "D" + member.id[1:]


def _shown_message(member: Member, message: Json) -> Json:
    return {
        **_BARE,
        "channel": _direct(member),
        "ts": message["ts"],
        "author": message["user"],
        "text": message["text"],
        "blocks": message["blocks"],
        "thread_ts": message.get("thread_ts"),
    }


def _notice(member: Member, text: str) -> Json:
    return {
        **_BARE,
        "channel": _direct(member),
        "ts": "0",
        "author": BOT_USER,
        "text": text,
        "ephemeral": True,
    }
