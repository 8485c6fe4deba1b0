"""Serves HTTP until told to leave; then answers what was asked and takes nothing new."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

from bot.web import MAX_BODY_BYTES

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from flask import Flask
    from waitress.server import BaseWSGIServer, MultiSocketServer

THREADS = 32
LOOK_SECONDS = 0.25
"""How soon it is noticed at the latest that we are to leave."""
GOING_SECONDS = 2
"""What idle threads may take to go."""
WAITING_AT_THE_DOOR = 100
"""Connections the kernel may have taken for us: they are let in before the door is closed."""


class Door:
    """Where requests come in: open from the start, serving once told to.

    Raises OSError where the address isn't ours to have.
    """

    def __init__(self, web: Flask, *, host: str, port: int) -> None:
        self._sockets: dict[int, Any] = {}
        try:
            self._server = self._open(web, host, port)
        except OSError:
            wasyncore.close_all(self._sockets)
            raise

    def _open(self, web: Flask, host: str, port: int) -> BaseWSGIServer | MultiSocketServer:
        return create_server(
            web,
            map=self._sockets,
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=500,
            channel_timeout=30,
            max_request_body_size=MAX_BODY_BYTES,
            ident=None,
            clear_untrusted_proxy_headers=True,
        )

    def serve(self, leaving: threading.Event) -> None:
        """Answer until ``leaving`` is set."""
        while not leaving.is_set():
            self._turn(LOOK_SECONDS)

    def close(self, *, seconds: float) -> bool:
        """Let nobody in any more, answer whoever is in; whether all were within ``seconds``."""
        for _ in range(WAITING_AT_THE_DOOR):
            self._turn(0)  # one connection a turn
        for each in list(self._sockets.values()):
            if getattr(each, "accepting", False):
                wasyncore.dispatcher.close(each)
        until = time.monotonic() + seconds
        while (asked := any(map(_is_asked, self._channels()))) and time.monotonic() < until:
            self._turn(LOOK_SECONDS)
        self._server.task_dispatcher.shutdown(timeout=0 if asked else GOING_SECONDS)
        wasyncore.close_all(self._sockets)
        return not asked

    def _channels(self) -> Iterator[HTTPChannel]:
        return (each for each in list(self._sockets.values()) if isinstance(each, HTTPChannel))

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._sockets, count=1)


def _is_asked(channel: HTTPChannel) -> bool:
    """Whether somebody waits there for an answer, or is still asking."""
    return bool(channel.requests or channel.request or channel.total_outbufs_len)
