"""Another workspace's request: answered on the spot, with no call to wherever the request says."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from slack_bolt import BoltRequest

from bot.slack import NOT_OURS, SlackAccess, Workspace, create_bolt

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """An address that isn't Slack's, and what was asked there."""
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - its name in the base class
            del format

    server = HTTPServer(("127.0.0.1", 0), Listening)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/response", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("team", ["T0ELSE", "", "T0NORTH "])
def test_nothing_is_sent_to_the_address_a_stranger_names(elsewhere: tuple[str, list[str]], team: str) -> None:
    """Bolt would answer there by itself."""
    address, asked = elsewhere
    bolt = create_bolt(
        access=SlackAccess("xoxb-canary", "http://127.0.0.1:9/api/"),
        signing_secret="",
        workspace=Workspace("T0NORTH", "Northgate", "UBOT", "BBOT"),
    )
    body = {
        "command": "/qb",
        "team_id": team,
        "user_id": "U0EVE",
        "channel_id": "C1",
        "response_url": address,
        "trigger_id": "1.1.a",
    }
    answer = bolt.dispatch(BoltRequest(body=body, mode="socket_mode"))
    assert (200, NOT_OURS) == (answer.status, answer.body)
    assert [] == asked
