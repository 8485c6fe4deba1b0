"""A Slack that remembers what was said: enough of its Web API for what follows a Book."""

from __future__ import annotations

import itertools
import json
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

Json = dict[str, Any]
KEPT = ("text", "blocks", "thread_ts")


class SlackStandIn:
    """Messages by channel and ts, screens by id."""

    def __init__(self, team: str, channel: str, message_ts: str) -> None:
        self.messages: dict[tuple[str, str], Json] = {(channel, message_ts): {"text": "the preview"}}
        self.screens: dict[str, Json] = {}
        self._team, self._channel = team, channel
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, respond: StartResponse) -> Iterable[bytes]:
        """One call of the Web API."""
        asked = _arguments(environ)
        with self._lock:
            answer = self._answer(environ["PATH_INFO"].removeprefix("/api/"), asked)
        body = json.dumps(answer).encode()
        respond("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, method: str, asked: Json) -> Json:
        answers = {
            "auth.test": self._who_we_are,
            "users.info": self._member,
            "chat.update": self._change,
            "chat.postMessage": self._post,
            "chat.postEphemeral": lambda _asked: {"message_ts": "1790000001.0"},
            "views.update": self._show,
        }
        if method not in answers:
            return {"ok": False, "error": "unknown_method"}
        return {"ok": True, **answers[method](asked)}

    def _who_we_are(self, _asked: Json) -> Json:
        return {"team_id": self._team, "team": "Northgate", "user_id": "U0BOT", "bot_id": "B0BOT"}

    def _member(self, asked: Json) -> Json:
        return {"user": {"id": asked["user"], "team_id": self._team, "deleted": False}}

    def _change(self, asked: Json) -> Json:
        place = (asked["channel"], asked["ts"])
        if place not in self.messages:
            return {"ok": False, "error": "message_not_found"}
        self.messages[place] = _kept(asked)
        return {"channel": place[0], "ts": place[1]}

    def _post(self, asked: Json) -> Json:
        ts = f"1790000001.{next(self._numbers):06}"
        self.messages[self._channel, ts] = _kept(asked)
        return {"channel": self._channel, "ts": ts}

    def _show(self, asked: Json) -> Json:
        self.screens[asked["view_id"]] = asked["view"]
        return {"view": {"id": asked["view_id"]}}


def _kept(asked: Json) -> Json:
    return {name: asked[name] for name in KEPT if name in asked}


def _arguments(environ: WSGIEnvironment) -> Json:
    body = environ["wsgi.input"].read().decode()
    if environ.get("CONTENT_TYPE", "").startswith("application/json"):
        return dict(json.loads(body or "{}"))
    fields: Json = dict(parse_qsl(body, keep_blank_values=True))
    for name in ("blocks", "view"):
        if name in fields:
            fields[name] = json.loads(fields[name])
    return fields
