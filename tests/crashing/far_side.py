"""QuickBooks and Slack on one server, a port for each worker: calls are told before and after."""

from __future__ import annotations

import io
import json
import re
import socket
import threading
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qs

from waitress.server import create_server

from qb.sandbox import Sandbox
from qb.sandbox.web import make_app
from tests.crashing.referee import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from wsgiref.types import StartResponse, WSGIEnvironment

    from tests.crashing.slack import SlackStandIn

THREADS = 8
FROM = re.compile(r"from (\w+)(?: where (\w+(?:\.\w+)?))?", re.IGNORECASE)


class Witness(Protocol):
    """Who is told of calls, and says what becomes of them."""

    def arrives(self, worker: int, name: str, text: str) -> str:
        """A call has come; gives "" to let it be done, or the trouble it meets: "dead", "500", "429"."""

    def is_answered(self, worker: int, name: str) -> str:
        """A call is done, its answer not sent yet; gives "" or "cut"."""


class FarSide:
    """Serves from the moment it is made."""

    def __init__(self, sandbox: Sandbox, slack: SlackStandIn, witness: Witness, workers: int) -> None:
        self._books = make_app(sandbox._company)
        self._slack = slack
        self._witness = witness
        lines = [socket.create_server(("127.0.0.1", 0)) for _ in range(workers)]
        self._workers = {line.getsockname()[1]: number for number, line in enumerate(lines)}
        self.urls = [f"http://127.0.0.1:{port}" for port in self._workers]
        self.under_way = 0
        self._lock = threading.Lock()
        self._server = create_server(self, sockets=lines, threads=THREADS, ident=None)
        threading.Thread(target=self._server.run, daemon=True).start()

    def __call__(self, environ: WSGIEnvironment, respond: StartResponse) -> Iterable[bytes]:
        """One call of one worker."""
        worker = self._workers[int(environ["SERVER_PORT"])]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        is_slack = environ["PATH_INFO"].startswith("/api/")
        name, text = _slack_call(environ, body) if is_slack else _books_call(environ, body)
        name = f"{'Slack' if is_slack else 'QuickBooks'} {name}"
        with self._lock:
            self.under_way += 1
        try:
            trouble = self._witness.arrives(worker, name, text)
            if trouble:
                return _troubled(trouble, environ, respond)
            done = list((self._slack if is_slack else self._books)(environ, respond))
            if self._witness.is_answered(worker, name) == "cut":
                hang_up(environ)
        finally:
            with self._lock:
                self.under_way -= 1
        return done


def _troubled(trouble: str, environ: WSGIEnvironment, respond: StartResponse) -> list[bytes]:
    """Nothing was done: the caller is dead, or hears that it can't be done now."""
    if trouble == "dead":
        hang_up(environ)
    status = {"429": "429 Too Many Requests"}.get(trouble, "500 Internal Server Error")
    respond(status, [("Content-Type", "text/plain"), ("Retry-After", "0"), ("Content-Length", "0")])
    return [b""]


def _books_call(environ: WSGIEnvironment, body: bytes) -> tuple[str, str]:
    """A name that says what is asked for, and the text that tells this call from others like it."""
    path, method = environ["PATH_INFO"].split("/"), environ["REQUEST_METHOD"]
    kind = path[4] if path[1:2] == ["v3"] else path[-1]
    if kind == "query":
        asked = parse_qs(environ.get("QUERY_STRING", "")).get("query", [body.decode()])[0]
        found = FROM.search(asked)
        where = f" by {found.group(2)}" if found and found.group(2) else ""
        return f"query {found.group(1) if found else ''}{where}", asked
    if method != "POST" or path[1:2] != ["v3"]:
        return f"{method} {kind}", ""
    sent: dict[str, Any] = json.loads(body)
    text = str(sent.get(KEYS.get(kind, ""), ""))
    return f"POST {kind}" if kind == "customer" else f"POST {kind} {text}", text


def _slack_call(environ: WSGIEnvironment, body: bytes) -> tuple[str, str]:
    method = environ["PATH_INFO"].removeprefix("/api/")
    words = body.decode("utf-8", "replace")
    if method == "chat.update":
        return f"{method} {'result' if 'booked in QuickBooks' in words else 'progress'}", ""
    return method, ""


def hang_up(environ: WSGIEnvironment) -> None:
    """Break the connection before a byte of the answer is sent; waitress lends its channel, which has it."""
    channel = getattr(environ.get("waitress.client_disconnected"), "__self__", None)
    line = getattr(channel, "socket", None)
    if isinstance(line, socket.socket):
        line.shutdown(socket.SHUT_RDWR)


def books_since(began: datetime, now: Callable[[], datetime]) -> Sandbox:
    """A QuickBooks that knows the tokens it gave out then, and goes by ``now`` from here on."""
    given = False

    def clock() -> datetime:
        return now() if given else began

    sandbox = Sandbox(clock=clock)
    sandbox.grant()
    given = True
    return sandbox
