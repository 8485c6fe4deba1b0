"""What stands before several web processes: gives each request to the next one that is there."""

from __future__ import annotations

import http.client
import itertools
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

SECONDS = 40
LEFT_OUT = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})


class Balancer(ThreadingHTTPServer):
    """An HTTP proxy on a port of its own; whoever refuses the connection is passed over, nobody else is."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Request)
        self.served: Counter[int] = Counter()
        self._behind: list[int] = []
        self._turns = itertools.count()

    def add(self, port: int) -> None:
        """Another web process listens there."""
        self._behind.append(port)

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()

    def connected(self) -> http.client.HTTPConnection:
        """A connection to the next process that is there; ConnectionRefusedError where none is."""
        first = next(self._turns)
        for step in range(len(self._behind)):
            port = self._behind[(first + step) % len(self._behind)]
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
            try:
                connection.connect()
            except ConnectionRefusedError:
                continue
            self.served[port] += 1
            return connection
        raise ConnectionRefusedError


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Balancer

    def do_GET(self) -> None:
        self._pass_on()

    def do_POST(self) -> None:
        self._pass_on()

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in LEFT_OUT}
        try:
            connection = self.server.connected()
        except ConnectionRefusedError:
            self.send_error(503)
            return
        connection.request(self.command, self.path, body, {**headers, "Connection": "close"})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in LEFT_OUT:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's word
        """Say nothing."""
