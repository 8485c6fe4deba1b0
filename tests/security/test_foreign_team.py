"""Another workspace's request: answered on the spot, with no call to wherever the request says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from slack_bolt import BoltRequest

from bot.slack import NOT_OURS, SlackAccess, Workspace, create_bolt
from tests.security.listening import listening

if TYPE_CHECKING:
    from slack_bolt import Ack, App, BoltResponse

TEAM = "T0NORTH"


def bolt() -> App:
    """Our app, with Slack out of reach."""
    return create_bolt(
        access=SlackAccess("xoxb-canary", "http://127.0.0.1:9/api/"),
        signing_secret="",
        workspace=Workspace(TEAM, "Northgate", "UBOT", "BBOT"),
    )


def asked_by(app: App, team: str, address: str) -> BoltResponse:
    """A command from this workspace, to be answered there."""
    body = {
        "command": "/qb",
        "team_id": team,
        "user_id": "U0EVE",
        "channel_id": "C1",
        "response_url": address,
        "trigger_id": "1.1.a",
    }
    return app.dispatch(BoltRequest(body=body, mode="socket_mode"))


@pytest.mark.parametrize("team", ["T0ELSE", "", "T0NORTH "])
def test_nothing_is_sent_to_the_address_a_stranger_names(team: str) -> None:
    """Bolt would answer there by itself."""
    with listening() as (address, asked):
        answer = asked_by(bolt(), team, address)
    assert (200, NOT_OURS) == (answer.status, answer.body)
    assert [] == asked


def test_our_own_workspace_is_known_without_asking_slack() -> None:
    """With an installation store Bolt would ask Slack at every request; here it can't be reached."""
    app = bolt()

    @app.command("/qb")
    def listen(ack: Ack) -> None:
        ack("known")

    answer = asked_by(app, TEAM, "https://hooks.slack.com/x")
    assert (200, "known") == (answer.status, answer.body)
