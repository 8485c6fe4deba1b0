"""Socket Mode: Slack's requests over a line that we open, answered as over HTTP; no public address needed."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.metrics import SOCKET
from bot.outbound import is_slacks_host, modern_tls
from bot.settings import LOOPBACK
from bot.slack import WORKER_SECONDS, SlackRefusedError, SlackUnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from slack_bolt import App, BoltResponse
    from slack_sdk.socket_mode.client import BaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest
    from slack_sdk.web import SlackResponse

    from bot.metrics import Metrics

ANSWERERS = 32
"""As many at once as over HTTP."""
PING_SECONDS = 2.0
"""How often we look whether the line still stands; a dead one is opened anew."""
LONGEST_FRAME = 20_000
"""Bytes. Slack ends the line, with code 1009, at a frame over 20,480."""
ENVELOPE = '"envelope_id"'
"""What every request has and Slack's own words about the line haven't."""


class TooLongError(Exception):
    """An answer is longer than Slack takes on a line."""


class ForeignLineError(Exception):
    """Slack's answer led to a line that isn't Slack's."""


@dataclass(slots=True)
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
    _opened: OpenLine | None = field(default=None, init=False)

    @property
    def lost(self) -> bool:
        """Whether it was opened and doesn't stand now: Slack's requests wait until it is opened anew."""
        return self._opened is not None and not self._opened.client.is_connected()

    def open(self) -> OpenLine:
        """Open the line, to be kept open until it is hung up.

        Raises ``SlackRefusedError``, ``SlackUnreachableError``, :class:`ForeignLineError`.
        """
        opened = OpenLine(self)
        try:
            opened.client.connect()
            connected = opened.client.is_connected()
        except SlackApiError as error:
            opened.close()
            raise SlackRefusedError(str(error.response["error"])) from error
        except (SlackClientError, OSError) as error:
            opened.close()
            raise SlackUnreachableError(type(error).__name__) from error
        except ForeignLineError:
            opened.close()
            raise
        if not connected:
            opened.close()
            raise SlackUnreachableError("no WebSocket")
        self._opened = opened
        return opened


class OpenLine:
    """Bolt and the library's client on an open line, and how much of what came in isn't answered yet.

    A request is acknowledged once its listener has committed what was decided, as over HTTP.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._under_way = 0
        self._changed = threading.Condition()
        asking = _OnlySlack(
            base_url=line.api_url, timeout=WORKER_SECONDS, retry_handlers=[], ssl=modern_tls()
        )
        self.client = SocketModeClient(
            app_token=line.app_token,
            logger=line.bolt.logger,
            web_client=asking,
            ping_interval=line.ping_seconds,
            concurrency=ANSWERERS,
            on_message_listeners=[self._came_in],
        )
        self.client.socket_mode_request_listeners.append(self._answer)

    def hang_up(self, *, seconds: float) -> bool:
        """Answer what came in, then close; whether all was answered within ``seconds``."""
        with self._changed:
            answered = self._changed.wait_for(lambda: not self._under_way, timeout=seconds)
        self.close()
        return answered

    def close(self) -> None:
        """End the line now; whoever waits on it is woken, or each would sleep out its time."""
        client = self.client
        client.closed = True
        client.auto_reconnect_enabled = False
        client.current_session_state.terminated = True
        client.enqueue_message("{}")
        session = client.current_session
        if session is not None and session.sock is not None:
            with suppress(OSError):
                session.sock.shutdown(socket.SHUT_RDWR)
        client.close()

    def _came_in(self, message: str) -> None:
        if ENVELOPE in message:
            self._count(1)

    def _answer(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        """Answer one request; what goes wrong here is logged by the client."""
        stopwatch = self._line.metrics.stopwatch
        began = stopwatch()
        try:
            with self._line.answering():
                response = run_bolt_app(self._line.bolt, request)
                if response.status == HTTPStatus.OK:
                    client.send_message(acknowledgement(request.envelope_id, response))
            self._line.metrics.acknowledged(SOCKET, stopwatch() - began)
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._changed:
            self._under_way += change
            self._changed.notify_all()


def acknowledgement(envelope_id: str, response: BoltResponse) -> str:
    """What goes down the line for Bolt's answer; :class:`TooLongError` where Slack would end the line for it.

    Of options only as many are offered as fit: who looks for another types more of its name.
    """
    words: dict[str, Any] = {"envelope_id": envelope_id}
    if response.body:
        is_json = response.first_headers().get("content-type", "").startswith("application/json")
        words["payload"] = json.loads(response.body) if is_json else {"text": response.body}
    text = _spelt(words)
    while len(text.encode()) > LONGEST_FRAME:
        offered = words["payload"].get("options")
        if not offered:
            raise TooLongError(f"an answer of {len(text.encode())} bytes doesn't go through Socket Mode")
        words["payload"]["options"] = offered[: len(offered) * 9 // 10]
        text = _spelt(words)
    return text


def _spelt(words: dict[str, Any]) -> str:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


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
        return line.scheme in {"ws", "wss"} and line.hostname in LOOPBACK
    return line.scheme == "wss" and is_slacks_host(line.hostname or "")
