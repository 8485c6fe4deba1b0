"""An HTTP server in a thread of its own, which can be stopped."""

import socket
from threading import Event, Thread

from flask import Flask
from waitress.server import create_server
from waitress.wasyncore import close_all

THREADS = 32
LARGEST_BODY = 10 * 1024 * 1024


class Listening:
    """waitress on one address, serving from the moment it is made."""

    def __init__(self, app: Flask, host: str, port: int) -> None:
        taken = socket.create_server((host, port))
        self.url = f"http://{host}:{taken.getsockname()[1]}"
        self._lines: dict[int, socket.socket] = {}
        self._server = create_server(
            app,
            map=self._lines,
            sockets=[taken],
            threads=THREADS,
            max_request_body_size=LARGEST_BODY,
            clear_untrusted_proxy_headers=True,
            ident=None,
        )
        self._thread = Thread(target=self._server.run, name="quickbooks-sandbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the workers finish, then hang up on everybody in the thread that owns the lines."""
        self._server.task_dispatcher.shutdown()
        rung = Event()

        def hang_up() -> None:
            rung.wait()  # or the bell's own line may be gone while it is still being rung
            close_all(self._lines, ignore_all=True)

        bell = self._server.trigger  # type: ignore[union-attr]  # the stubs take it for a number
        bell.pull_trigger(hang_up)  # type: ignore[union-attr]
        rung.set()
        self._thread.join()
