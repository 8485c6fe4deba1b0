"""A playground with a small real Bolt app on its far side, both over HTTP."""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from flask import Flask, Response, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk import WebClient
from waitress.server import create_server
from waitress.wasyncore import close_all

from bot.demo.playground import Channel, Person, Playground
from bot.demo.playground.hands import Hands, PersonsHands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json = dict[str, Any]
SECRET = "a-signing-secret"
TOKEN = "xoxb-a-bot-token"
HOSTILE = "<!channel> & <https://evil|Approve>"
FOREIGN = 'René "Ané" O\'Brien \\ 马春梅'
COMMANDS = ("/qb", "/qb-sync", "/qb-import")
SCOPES = ("commands", "chat:write", "im:write", "users:read", "files:read", "files:write", "im:read")
PEOPLE = (
    Person(id="U0MARIA", name="Maria", title="Staff"),
    Person(id="U0BEN", name="Ben", title="Approver"),
    Person(id="U0ALICE", name="Alice", title="Admin", admin=True),
)
CHANNELS = (
    Channel(id="C0GENERAL", name="general", app_is_in=False),
    Channel(id="C0BOOKS", name="books", topic="Month-end"),
    Channel(id="C0APPROVE", name="books-approvals", private=True, members=("U0BEN", "U0ALICE")),
)


def manifest(**changes: object) -> Json:
    """A manifest with all the playground can do; `scopes` and `events` replace its own."""
    commands = [
        {
            "command": name,
            "description": f"What {name} does",
            "usage_hint": "[case or client]",
            "should_escape": True,
        }
        for name in COMMANDS
    ]
    return {
        "display_information": {"name": "CaseLedger"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "CaseLedger"},
            "slash_commands": commands,
        },
        "oauth_config": {"scopes": {"bot": list(changes.get("scopes", SCOPES))}},  # type: ignore[call-overload]
        "settings": {
            "event_subscriptions": {"bot_events": changes.get("events", ["app_home_opened", "message.im"])},
            "interactivity": {"is_enabled": True, "message_menu_options_url": "https://here/slack/events"},
        },
    }


def payload_of(delivery: Json) -> Json:
    """What a delivery carried, decoded."""
    body = delivery["body"]
    if delivery["kind"] == "event":
        event: Json = json.loads(body)
        return event
    fields = dict(parse_qsl(body, keep_blank_values=True))
    found: Json = json.loads(fields["payload"]) if "payload" in fields else fields
    return found


@dataclass(slots=True)
class Clock:
    """The real time, and whatever a test adds to it, in seconds."""

    ahead: float = 0.0

    def __call__(self) -> float:
        """Unix seconds."""
        return time.time() + self.ahead


@dataclass(frozen=True, slots=True)
class Stand:
    """Both sides, and three people's hands."""

    playground: Playground
    app: App
    client: WebClient
    clock: Clock
    hands: Hands
    received: list[Json]

    def payload(self, kind: str) -> Json:
        """The newest payload of a kind that the app was sent: form fields, interaction or event."""
        sent = [each for each in self.hands.deliveries() if each["kind"] == kind]
        return payload_of(sent[-1])

    @property
    def maria(self) -> PersonsHands:
        """Staff."""
        return self.hands.as_("U0MARIA")

    @property
    def ben(self) -> PersonsHands:
        """Approver."""
        return self.hands.as_("U0BEN")

    @property
    def alice(self) -> PersonsHands:
        """Admin."""
        return self.hands.as_("U0ALICE")


def hearing(stand: Stand, event: str | Json) -> list[Json]:
    """A list that grows with each event of a kind that the app hears."""
    heard: list[Json] = []

    @stand.app.event(event)
    def hear(event: Json) -> None:
        heard.append(event)

    return heard


@contextmanager
def standing(
    samples: Path | None = None,
    hints: tuple[str, ...] = (),
    people: tuple[Person, ...] = PEOPLE,
    channels: tuple[Channel, ...] = CHANNELS,
    **changes: object,
) -> Iterator[Stand]:
    """Both sides up; keyword arguments change the manifest."""
    clock = Clock()
    received: list[Json] = []
    listening = socket.create_server(("127.0.0.1", 0))
    playground = Playground(
        app_url=f"http://127.0.0.1:{listening.getsockname()[1]}",
        signing_secret=SECRET,
        bot_token=TOKEN,
        manifest=manifest(**changes),
        people=people,
        channels=channels,
        samples=samples,
        hints=hints,
        clock=clock,
    )
    with playground:
        client = WebClient(token=TOKEN, base_url=playground.api_url)
        app = App(client=client, signing_secret=SECRET, token_verification_enabled=False)
        with _served(app, listening, received):
            yield Stand(playground, app, client, clock, Hands(playground.url), received)


@contextmanager
def _served(app: App, listening: socket.socket, received: list[Json]) -> Iterator[None]:
    flask, handler = Flask("far side"), SlackRequestHandler(app)

    @flask.post("/slack/events")
    def events() -> Response:
        received.append({"headers": dict(request.headers), "body": request.get_data()})
        answer: Response = handler.handle(request)
        return answer

    connections: dict[int, Any] = {}
    server = create_server(flask, sockets=[listening], threads=64, map=connections)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield
    server.trigger.pull_trigger(lambda: close_all(connections, ignore_all=True))  # type: ignore[union-attr]
    thread.join()
    server.task_dispatcher.shutdown()
