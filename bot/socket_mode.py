"""Socket Mode: Slack's requests over a line that we open, answered as over HTTP; no public address needed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.metrics import SOCKET
from bot.outbound import is_slack, modern_tls
from bot.settings import LOOPBACK
from bot.slack import WORKER_SECONDS, SlackRefusedError, SlackUnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from slack_bolt import App
    from slack_sdk.socket_mode.builtin import SocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest
    from slack_sdk.web import SlackResponse

    from bot.metrics import Metrics

ANSWERERS = 32
"""As many at once as over HTTP."""
PING_SECONDS = 5.0
"""How often we look whether the line still stands; a dead one is opened anew."""
ENVELOPE = '"envelope_id"'
"""What every request has and Slack's own words about the line haven't."""
HTTP_OF = {"wss": "https", "ws": "http"}


class ForeignLineError(Exception):
    """Slack's answer led to a line that isn't Slack's."""


@dataclass(frozen=True, slots=True)
class Line:
    """How the line is opened. Several processes may hold one each: Slack spreads its requests over them.

    ``answering`` goes around each request that may leave work; so often, in seconds, we look whether the
    line still stands, and open a dead one anew.
    """

    bolt: App
    app_token: str
    api_url: str
    answering: Callable[[], AbstractContextManager[None]]
    metrics: Metrics
    ping_seconds: float = PING_SECONDS

    def open(self) -> OpenLine:
        """Open the line, to be kept open until it is hung up.

        Raises ``SlackRefusedError``, ``SlackUnreachableError``, :class:`ForeignLineError`.
        """
        opened = OpenLine(self)
        try:
            opened.client.connect()
            connected = opened.client.is_connected()
        except SlackApiError as error:
            opened.client.close()
            raise SlackRefusedError(str(error.response["error"])) from error
        except (SlackClientError, OSError) as error:
            opened.client.close()
            raise SlackUnreachableError(type(error).__name__) from error
        except ForeignLineError:
            opened.client.close()
            raise
        if not connected:
            opened.client.close()
            raise SlackUnreachableError("no WebSocket")
        return opened


class OpenLine(SocketModeHandler):
    """Bolt's own handler, and how much of what came in isn't answered yet.

    A request is acknowledged once its listener has committed what was decided, as over HTTP.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._under_way = 0
        self._changed = threading.Condition()
        asking = _OnlySlack(
            base_url=line.api_url, timeout=WORKER_SECONDS, retry_handlers=[], ssl=modern_tls()
        )
        super().__init__(
            line.bolt,
            line.app_token,
            web_client=asking,
            ping_interval=line.ping_seconds,
            concurrency=ANSWERERS,
        )
        self.client.on_message_listeners.append(self._came_in)

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one request; what goes wrong in the answering is logged by the client."""
        stopwatch = self._line.metrics.stopwatch
        began = stopwatch()
        try:
            with self._line.answering():
                super().handle(client, req)
            self._line.metrics.acknowledged(SOCKET, stopwatch() - began)
        finally:
            self._count(-1)

    def hang_up(self, *, seconds: float) -> bool:
        """Answer what came in, then close; whether all was answered within ``seconds``."""
        with self._changed:
            answered = self._changed.wait_for(lambda: not self._under_way, timeout=seconds)
        self.client.close()
        return answered

    def _came_in(self, message: str) -> None:
        if ENVELOPE in message:
            self._count(1)

    def _count(self, change: int) -> None:
        with self._changed:
            self._under_way += change
            self._changed.notify_all()


class _OnlySlack(WebClient):
    """Asks for the line's address, and takes none that leads elsewhere."""

    def apps_connections_open(self, *, app_token: str, **kwargs: Any) -> SlackResponse:  # noqa: ANN401 - the library's
        """Where the line is to be opened; :class:`ForeignLineError`."""
        answer = super().apps_connections_open(app_token=app_token, **kwargs)
        if not is_slacks_line(answer["url"], self.base_url):
            raise ForeignLineError(f"Slack named a line at {urlsplit(answer['url']).hostname}")
        return answer


def is_slacks_line(url: str, api_url: str) -> bool:
    """Whether a WebSocket address is Slack's, or on this machine where our Slack is, too (a trial)."""
    line, ours = urlsplit(url), urlsplit(api_url)
    if ours.scheme == "http" and ours.hostname in LOOPBACK:
        return line.scheme in HTTP_OF and line.hostname in LOOPBACK
    over_http = HTTP_OF.get(line.scheme, "")
    return is_slack(urlunsplit((over_http, line.netloc, line.path, "", "")), "")
