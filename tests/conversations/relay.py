"""A post between the program and the emulator: carries each call on and keeps the views the emulator took.

The emulator has no call that gives a view back, so who has which modal open is kept here, by its answers.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import requests

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
VIEWS = "/api/views."
CARRIED = ("Authorization", "Content-Type")
SECONDS = 20


class Screens:
    """Each person's open modals, the one in front last."""

    def __init__(self) -> None:
        self.being_answered = threading.Lock()  # held while a submission's answer isn't carried out yet
        self._lock = threading.Lock()
        self._people: dict[str, str] = {}
        self._views: dict[str, Json] = {}
        self._stacks: dict[str, list[str]] = {}

    def expect(self, trigger: str, person: str) -> None:
        """A view opened with this trigger is this person's."""
        self._people[trigger] = person

    def took(self, method: str, asked: Json, view: Json) -> None:
        """The emulator took a view (``open``, ``push``, ``update``) and keeps it like this."""
        with self._lock:
            self._views[view["id"]] = {**view, "blocks": named(view["blocks"])}
            if method == "open":
                self._stacks[self._people[asked["trigger_id"]]] = [view["id"]]
            elif method == "push":
                self._stacks[self._people[asked["trigger_id"]]].append(view["id"])

    def open_for(self, person: str) -> list[Json]:
        """What this person has open."""
        with self._lock:
            return [self._views[view_id] for view_id in self._stacks.get(person, [])]

    def view(self, view_id: str) -> Json:
        """A view as it is now."""
        with self._lock:
            return self._views[view_id]

    def close(self, person: str, view_id: str) -> None:
        """The person sees it no more."""
        with self._lock:
            self._stacks[person] = [each for each in self._stacks[person] if each != view_id]

    def clear(self, person: str) -> None:
        """All of them are closed."""
        with self._lock:
            self._stacks[person] = []


def named(blocks: list[Json]) -> list[Json]:
    """With the names that Slack gives to blocks that have none."""
    return [{"block_id": f"unnamed-{number}", **block} for number, block in enumerate(blocks)]


@contextmanager
def relay(there: str, screens: Screens) -> Iterator[str]:
    """Carry calls on to ``there``; gives the address to be called instead."""

    class Carrying(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if self.path == f"{VIEWS}update":
                with screens.being_answered:
                    self._carry("POST", body)
            else:
                self._carry("POST", body)

        def do_GET(self) -> None:
            self._carry("GET", b"")

        def _carry(self, method: str, body: bytes) -> None:
            headers = {name: self.headers[name] for name in CARRIED if name in self.headers}
            answer = requests.request(
                method, f"{there}{self.path}", data=body, headers=headers, timeout=SECONDS
            )
            if self.path.startswith(VIEWS) and answer.json()["ok"]:
                kind = self.path.removeprefix(VIEWS)
                screens.took(kind, json.loads(body), answer.json()["view"])
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers.get("Content-Type", ""))
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - its name in the base class
            """Say nothing."""
            del format

    server = ThreadingHTTPServer(("127.0.0.1", 0), Carrying)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
