"""Slack's end of Socket Mode: hands out addresses of lines, sends envelopes down them, waits for each word.

It stands between a playground and the program: what the playground would post to the program's address goes
down a line instead, and the acknowledgement comes back as the answer; all other calls are carried on.
"""

from __future__ import annotations

import itertools
import json
import socket
import struct
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.server import ServerConnection

Json = dict[str, Any]
APP_TOKEN = "xapp-1-A1-stage-token"
CARRIED = ("Authorization", "Content-Type", "X-Playground")
SECONDS = 30.0
LONGEST_FRAME = 20_480  # Slack ends the line at a longer one, with code 1009


@dataclass(slots=True)
class Envelope:
    """One request on its way: its words, and the answer once it is there."""

    words: Json
    line: int = 0  # the number of the line it went down last
    answer: Json | None = None
    answered: threading.Event = field(default_factory=threading.Event)


class SlackLine:
    """The lines that are open, and what went down them; what one left unanswered goes down the next."""

    def __init__(self, there: str) -> None:
        self.there = there
        self.cuts_after_sending = 0  # so many envelopes' lines are cut as soon as they are sent
        self.refuses = ""  # the error apps.connections.open answers with
        self.leads_to = ""  # another address for the next lines
        self.sent: list[Envelope] = []
        self._lines: dict[int, ServerConnection] = {}
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()
        self.port = 0
        self.lines_port = 0

    @property
    def url(self) -> str:
        """Where Slack is, for the program and for the playground's own addresses."""
        return f"http://127.0.0.1:{self.port}"

    def opened(self) -> Json:
        """What ``apps.connections.open`` answers."""
        if self.refuses:
            return {"ok": False, "error": self.refuses}
        there = self.leads_to or f"ws://127.0.0.1:{self.lines_port}/link/?ticket=a-ticket&app_id=A1"
        return {"ok": True, "url": there}

    def serve_line(self, line: ServerConnection) -> None:
        """One line, from its hello to its end."""
        line.send(json.dumps({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}}))
        with self._changed:
            number = next(self._numbers)
            self._lines[number] = line
            left = [each for each in self.sent if not each.answered.is_set() and each.line not in self._lines]
            self._changed.notify_all()
        for envelope in left:
            self._send(envelope, number, line)
        try:
            for text in line:
                self._hear(json.loads(text))
        except ConnectionClosed:
            pass
        finally:
            with self._changed:
                self._lines.pop(number, None)
                self._changed.notify_all()

    def wait_for_lines(self, count: int = 1, *, newer_than: int = 0) -> list[int]:
        """Wait until so many lines are open, all newer than the one of that number; their numbers."""
        with self._changed:
            good = self._changed.wait_for(
                lambda: len(self._lines) == count and all(each > newer_than for each in self._lines), SECONDS
            )
            assert good, f"open lines: {sorted(self._lines)}"
            return sorted(self._lines)

    def deliver(self, kind: str, payload: Json) -> Envelope:
        """Send one envelope down the next line, when there is one."""
        identity = f"envelope-{len(self.sent)}"
        words = {
            "envelope_id": identity,
            "type": kind,
            "accepts_response_payload": True,
            "payload": payload,
        }
        with self._changed:
            assert self._changed.wait_for(lambda: self._lines, SECONDS), "no line is open"
            numbers = sorted(self._lines)
            number = numbers[len(self.sent) % len(numbers)]
            line, envelope = self._lines[number], Envelope(words, number)
            self.sent.append(envelope)
        self._send(envelope, number, line)
        return envelope

    def cut(self) -> int:
        """Cut every line without a farewell; the newest one's number."""
        with self._changed:
            lines = dict(self._lines)
        for line in lines.values():
            reset(line.socket)
        return max(lines, default=0)

    def ask_to_come_again(self) -> int:
        """Say that these lines will be closed, as Slack does every few hours; the newest one's number."""
        with self._changed:
            lines, self._lines = self._lines, {}  # nothing new goes down them
        for line in lines.values():
            line.send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
        return max(lines, default=0)

    def _send(self, envelope: Envelope, number: int, line: ServerConnection) -> None:
        envelope.line = number
        line.send(json.dumps(envelope.words))
        if self.cuts_after_sending:
            self.cuts_after_sending -= 1
            reset(line.socket)

    def _hear(self, words: Json) -> None:
        for envelope in self.sent:
            if envelope.words["envelope_id"] == words["envelope_id"]:
                envelope.answer = words.get("payload") or {}
                envelope.answered.set()


def reset(line: socket.socket) -> None:
    """End a connection at once, what is on its way lost."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.shutdown(socket.SHUT_RDWR)


def envelope_of(body: bytes) -> tuple[str, Json]:
    """The kind and payload of what would have been posted."""
    fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return (
        ("interactive", json.loads(fields["payload"])) if "payload" in fields else ("slash_commands", fields)
    )


class Between(BaseHTTPRequestHandler):
    """The HTTP side: the playground's posts go down a line, everything else is carried on to it."""

    slack: SlackLine

    def do_POST(self) -> None:
        """A request for the program, a line asked for, or a call to carry on."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/slack/events":
            self._by_line(body)
        elif self.path == "/api/apps.connections.open":
            known = self.headers.get("Authorization") == f"Bearer {APP_TOKEN}"
            self._say(self.slack.opened() if known else {"ok": False, "error": "invalid_auth"})
        else:
            self._carry("POST", body)

    def do_GET(self) -> None:
        """A file."""
        self._carry("GET", b"")

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - its name in the base class
        """Say nothing."""
        del format

    def _by_line(self, body: bytes) -> None:
        envelope = self.slack.deliver(*envelope_of(body))
        if envelope.answered.wait(SECONDS):
            self._say(envelope.answer)
        else:
            self.send_error(504)

    def _say(self, words: Json | None) -> None:
        self._answer(200, "application/json", json.dumps(words).encode() if words else b"")

    def _carry(self, method: str, body: bytes) -> None:
        headers = {name: self.headers[name] for name in CARRIED if name in self.headers}
        answer = requests.request(
            method, self.slack.there + self.path, data=body, headers=headers, timeout=SECONDS
        )
        self._answer(answer.status_code, answer.headers.get("Content-Type", ""), answer.content)

    def _answer(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def slack_line(there: str) -> Iterator[SlackLine]:
    """Slack's end between a playground at ``there`` and the program."""
    slack = SlackLine(there)
    posts = ThreadingHTTPServer(("127.0.0.1", 0), type("Between", (Between,), {"slack": slack}))
    slack.port = posts.server_port
    with serve(slack.serve_line, "127.0.0.1", 0, max_size=LONGEST_FRAME) as lines:
        slack.lines_port = int(lines.socket.getsockname()[1])
        threads = [
            threading.Thread(target=posts.serve_forever, args=(0.05,)),
            threading.Thread(target=lines.serve_forever),
        ]
        for thread in threads:
            thread.start()
        try:
            yield slack
        finally:
            posts.shutdown()
            lines.shutdown()
            for thread in threads:
                thread.join()
            posts.server_close()
