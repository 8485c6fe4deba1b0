"""The doors of the running program: who is let in, and what nobody is."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from bot.serving import Door
from commands import ACTIONS, COMMANDS, DECISIONS, OPTIONS, VIEWS
from tests.fuzz.door import TEAM, Knock
from tests.stage import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands.ids import Act, Command, Screen
    from tests.fuzz.door import Front

ELSE = "T0ELSE"
FORM = "application/x-www-form-urlencoded"
VIEW = {"id": "V1", "hash": "1.a", "private_metadata": "d", "state": {"values": {}}}
EVERYWHERE = ("/slack/events", "/quickbooks/connect", "/quickbooks/callback", "/health", "/ready", "/metrics")

# Another workspace's member, and one who came in by a channel that is shared with us.
STRANGERS = pytest.mark.parametrize(("team", "home"), [(ELSE, ELSE), (TEAM, ELSE)], ids=["theirs", "shared"])


def interaction(kind: str, team: str, home: str, **more: Any) -> bytes:  # noqa: ANN401 - JSON
    """What Eve does, signed by Slack."""
    payload = {
        "type": kind,
        "team": {"id": team},
        "user": {"id": "U0EVE", "team_id": home},
        "trigger_id": "1.1.a",
        "container": {"message_ts": "1.1", "channel_id": "C1"},
        **more,
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


def refused(front: Front, body: bytes) -> str:
    """Knock; nothing may be written; what the door said."""
    before = front.everything()
    answer = front.knock(Knock("POST", "/slack/events", body, FORM, None, None, {}))
    assert 200 == answer.status_code
    assert before == front.everything()
    return answer.text


@pytest.mark.parametrize("command", [*COMMANDS])
def test_no_command_is_open_to_another_workspace(front: Front, command: Command) -> None:
    """Every command there is."""
    said = refused(
        front,
        urlencode({"command": command, "team_id": ELSE, "user_id": "U0ALICE", "text": "00002"}).encode(),
    )
    assert "isn't set up for this workspace" in said


@STRANGERS
@pytest.mark.parametrize("act", [*ACTIONS, *DECISIONS])
def test_no_control_is_open_to_a_stranger(front: Front, act: Act, team: str, home: str) -> None:
    """Every button, select and field, those that decide among them."""
    action = {
        "action_id": f"{act}0" if act.endswith("_") else act,
        "block_id": "b",
        "type": "button",
        "value": '{"s":"x","v":1}',
        "action_ts": "1.1",
    }
    refused(front, interaction("block_actions", team, home, actions=[action], view=VIEW))


@STRANGERS
@pytest.mark.parametrize("screen", [*VIEWS])
def test_no_screen_is_open_to_a_stranger(front: Front, screen: Screen, team: str, home: str) -> None:
    """Every submission there is."""
    said = refused(
        front,
        interaction("view_submission", team, home, view={**VIEW, "callback_id": screen, "type": "modal"}),
    )
    assert "Only members of this workspace" in said or "isn't set up for this workspace" in said


@STRANGERS
@pytest.mark.parametrize("act", [*OPTIONS])
def test_no_list_is_open_to_a_stranger(front: Front, act: Act, team: str, home: str) -> None:
    """Accounts and items of ours are nobody else's business."""
    said = refused(
        front,
        interaction("block_suggestion", team, home, action_id=act, block_id="method:x", value="", view=VIEW),
    )
    assert "options" not in said or {"options": []} == json.loads(said)


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT"])
def test_no_door_opens_to_another_method(front: Front, path: str, method: str) -> None:
    """TRACE among them (Intuit: Security requirements)."""
    assert 405 == front.knock(Knock(method, path, b"", FORM, "", "", {})).status_code


@pytest.mark.parametrize("name", ["next", "redirect", "return_to", "url", "redirect_uri"])
def test_no_parameter_leads_a_browser_elsewhere(front: Front, name: str) -> None:
    """There is one way out, to Intuit, and one page at the end."""
    for path in ("/quickbooks/connect?state=x&", "/quickbooks/callback?state=x&code=c&realmId=1&"):
        answer = front.knock(Knock("GET", f"{path}{name}=https://evil.example/", b"", FORM, "", "", {}))
        assert 400 == answer.status_code
        assert "Location" not in answer.headers
        assert "evil.example" not in answer.text


@pytest.fixture
def served(front: Front) -> Iterator[tuple[str, int]]:
    """The program's own server on a port of its own."""
    port, leaving = free_port(), threading.Event()
    door = Door(front.program.web, host="127.0.0.1", port=port)
    serving = threading.Thread(target=door.serve, args=(leaving,))
    serving.start()
    yield "127.0.0.1", port
    leaving.set()
    serving.join()
    door.close(seconds=1)


PIECE = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"


@pytest.mark.parametrize(
    ("length", "pieces"),
    [(b"Content-Length: 1048577", [b""]), (b"Transfer-Encoding: chunked", [PIECE] * 17)],
    ids=["announced", "in pieces"],
)
def test_a_body_over_a_mebibyte_is_never_held(
    served: tuple[str, int], length: bytes, pieces: list[bytes]
) -> None:
    """However it is sent, it is refused before it is whole; nothing past the limit is kept."""
    with socket.create_connection(served, timeout=10) as line:
        line.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\n" + length + b"\r\n\r\n")
        for piece in pieces:
            line.sendall(piece)
        assert line.recv(65536).startswith(b"HTTP/1.1 413")
