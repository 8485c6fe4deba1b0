"""A far side for the gateway: an HTTP server that says what it is told, and remembers what it heard."""

import json
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Say:
    """Answer with this."""

    status: int = 200
    body: bytes = b""
    headers: Headers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SayRaw:
    """Put exactly these bytes on the wire, then cut."""

    wire: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """Read the request and cut the line."""


@dataclass(frozen=True, slots=True)
class Hang:
    """Read the request and say nothing until the far side is closed."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as it came in."""

    method: str
    path: str
    params: dict[str, str]
    headers: dict[str, str]
    body: bytes
    port: int


Act = Say | SayRaw | Cut | Hang


def say(content: object, status: int = 200, **headers: str) -> Say:
    """Answer with this as JSON, under Intuit's number tid-1; header names are written with _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = json.dumps(content).encode()
    return Say(status, body, {"Content-Type": "application/json", "intuit_tid": "tid-1", **named})


class FarSide:
    """Plays its acts in order, one a request; asked for more than it has, it answers 418."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._acts: list[Act | Callable[[Heard], Act]] = []
        self._heard: list[Heard] = []
        self._lock = Lock()
        self.closing = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"far_side": self}))
        self._server.daemon_threads = True
        self._scheme = "http" if tls is None else "https"
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_address[1]}"

    def will(self, *acts: Act | Callable[[Heard], Act]) -> None:
        """Play these next."""
        with self._lock:
            self._acts.extend(acts)

    def heard(self) -> tuple[Heard, ...]:
        """Everything it was asked."""
        with self._lock:
            return tuple(self._heard)

    def next_act(self, heard: Heard) -> Act:
        """What to do about this request."""
        with self._lock:
            self._heard.append(heard)
            act = self._acts.pop(0) if self._acts else Say(418)
        return act(heard) if callable(act) else act

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Hears one connection's requests and plays the acts."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave together
    far_side: FarSide

    def handle_any(self) -> None:
        """Hear the request, play the act."""
        length = int(self.headers.get("Content-Length") or 0)
        parts = urlsplit(self.path)
        heard = Heard(
            self.command,
            parts.path,
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(length),
            self.client_address[1],
        )
        self.play(self.far_side.next_act(heard))

    do_GET = do_POST = handle_any  # noqa: N815 - the standard library's names

    def play(self, act: Act) -> None:
        """Do what the test wants."""
        match act:
            case Say():
                self.say(act)
            case SayRaw():
                self.wfile.write(act.wire)
                self.cut()
            case Cut():
                self.cut()
            case Hang():
                self.far_side.closing.wait(timeout=30)
                self.cut()

    def say(self, act: Say) -> None:
        """Answer properly."""
        self.send_response(act.status)
        for name, value in act.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(act.body)))
        self.end_headers()
        self.wfile.write(act.body)

    def cut(self) -> None:
        """Close the line at once."""
        self.close_connection = True
        with suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - theirs
        """Stay silent."""
