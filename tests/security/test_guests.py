"""Guests, strangers, bots and the deactivated: asked of Slack before anything is looked up for them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_sdk import WebClient

from commands.access import STRANGERS, NotAllowedError, refuse_guests
from db.firms import Firm
from tests.security.listening import listening

FIRM = Firm(id="f", team_id="T0NORTH", name="Northgate", timezone="UTC")
MEMBER = {"id": "U1", "team_id": "T0NORTH", **dict.fromkeys(STRANGERS, False)}


def asked(user: dict[str, Any]) -> None:
    """Ask about this user."""
    said = json.dumps({"ok": True, "user": user}).encode()
    with listening((200, {"Content-Type": "application/json"}, said)) as (slack, _):
        refuse_guests(WebClient(base_url=f"{slack}/api/", retry_handlers=[]), FIRM, "U1")


def test_a_full_member_may_look() -> None:
    """Also where Slack leaves out what isn't so."""
    asked(MEMBER)
    asked({"id": "U1"})


@pytest.mark.parametrize("mark", ["is_restricted", "is_ultra_restricted", "is_stranger", "deleted", "is_bot"])
def test_guests_and_the_deactivated_may_nothing(mark: str) -> None:
    """Each of Slack's marks is enough."""
    with pytest.raises(NotAllowedError, match="Only full members of this workspace"):
        asked({**MEMBER, mark: True})


def test_a_member_of_another_workspace_may_nothing() -> None:
    """Who came in by a shared channel has another home."""
    with pytest.raises(NotAllowedError, match="Only full members of this workspace"):
        asked({**MEMBER, "team_id": "T0ELSE"})
