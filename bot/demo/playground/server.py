"""The playground as one object: a Slack workspace served on loopback until it is stopped."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request
from waitress.server import create_server
from waitress.wasyncore import close_all

from bot.demo.playground.browser import backstage, pages, ui
from bot.demo.playground.courier import Courier
from bot.demo.playground.gestures.stage import Stage
from bot.demo.playground.manifest import read_manifest
from bot.demo.playground.refusal import SlackError
from bot.demo.playground.roster import NORTHGATE_CHANNELS, NORTHGATE_PEOPLE, AppIdentity, Roster
from bot.demo.playground.webapi.pace import Pace
from bot.demo.playground.webapi.routes import web_api
from bot.demo.playground.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from bot.demo.playground.roster import Channel, Person
    from bot.demo.playground.wire import Json

HOST = "127.0.0.1"
THREADS = 160  # fifty people may wait for the app while it calls back for each of them
CONNECTIONS = 1000
LOOPBACK = ("127.0.0.1", "localhost", "::1")
LARGEST_UPLOAD = 64 * 1024 * 1024


class Playground:
    """A Slack that lives here; `clock` gives Unix seconds.

    The app is reached at `app_url`/slack/events, its requests signed with `signing_secret`;
    it calls back at `api_url` with `bot_token`. Raises OSError where the port is taken.
    """

    def __init__(  # noqa: PLR0913 (the launcher names each of them)
        self,
        *,
        app_url: str,
        signing_secret: str,
        bot_token: str,
        manifest: Path | Json,
        people: tuple[Person, ...] = NORTHGATE_PEOPLE,
        channels: tuple[Channel, ...] = NORTHGATE_CHANNELS,
        samples: Path | None = None,
        hints: tuple[str, ...] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        declared = read_manifest(manifest)
        app = replace(AppIdentity(), name=declared.app_name)
        self.workspace = Workspace(Roster(people, channels, app), declared, samples, clock)
        self.courier = Courier(app_url, signing_secret, clock)
        self.pace = Pace(clock)
        self._flask = self._routes(bot_token, hints)
        self._listening: _Listening | None = None

    @property
    def url(self) -> str:
        """Where the browser goes."""
        return self.workspace.base_url

    @property
    def api_url(self) -> str:
        """What the app takes as `SLACK_API_URL`."""
        return f"{self.url}/api/"

    def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes a free one."""
        self._listening = _Listening(self._flask, port)
        self.workspace.base_url = f"http://{HOST}:{self._listening.port}"

    def stop(self) -> None:
        """Stop listening; everything said is forgotten with the object."""
        self.courier.stop()
        self.workspace.stop_waiting()
        if self._listening is not None:
            self._listening.stop()
            self._listening = None

    def __enter__(self) -> Self:
        if self._listening is None:
            self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _routes(self, bot_token: str, hints: tuple[str, ...]) -> Flask:
        app = Flask(__name__, static_folder=None)
        app.config["MAX_CONTENT_LENGTH"] = LARGEST_UPLOAD
        stage = Stage(self.workspace, self.courier)
        for routes in (
            web_api(self.workspace, self.pace, bot_token),
            pages(),
            ui(stage, hints),
            backstage(stage, self.pace),
        ):
            app.register_blueprint(routes)
        app.before_request(_only_from_here)
        app.register_error_handler(SlackError, _refused)
        return app


class _Listening:
    """A waitress server in a thread of its own that can be stopped."""

    def __init__(self, app: Flask, port: int) -> None:
        taken = socket.create_server((HOST, port))
        self.port = int(taken.getsockname()[1])
        self._map: dict[int, socket.socket] = {}
        self._server = create_server(
            app,
            sockets=[taken],
            threads=THREADS,
            connection_limit=CONNECTIONS,
            map=self._map,
            max_request_body_size=LARGEST_UPLOAD,
            clear_untrusted_proxy_headers=True,
        )
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let requests in hand end, close every connection from the server's own thread, wait for it."""
        self._server.task_dispatcher.shutdown()
        rung = threading.Event()

        def hang_up() -> None:
            rung.wait()  # or the bell's own line may be gone while it is still being rung
            close_all(self._map, ignore_all=True)

        bell = self._server.trigger  # type: ignore[union-attr]  # the stubs know it as a number
        bell.pull_trigger(hang_up)  # type: ignore[union-attr]
        rung.set()
        self._thread.join()


def _only_from_here() -> Response | None:
    """Refuse names other than loopback: a foreign site that points its name at us gets nothing."""
    if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        return Response("The playground answers on this machine only.", 403, mimetype="text/plain")
    return None


def _refused(refused: SlackError) -> Response:
    answer = jsonify(refused.body())
    answer.status_code = 404
    return answer
