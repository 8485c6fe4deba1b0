"""Guests, strangers, bots and the deactivated: asked of Slack before anything is looked up for them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk import WebClient

from commands.access import NotAllowedError, refuse_outsiders
from commands.colleagues import NOT_OURS, described
from db.firms import APPROVER, Firm
from tests.security.listening import listening

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
FIRM = Firm(id="f", team_id="T0NORTH", name="Northgate", timezone="UTC")
MEMBER = {"id": "U1", "team_id": "T0NORTH", "is_restricted": False, **dict.fromkeys(NOT_OURS, False)}


def asked(user: dict[str, Any], *roles: str, approving: bool = False) -> None:
    """Ask about this user."""
    said = json.dumps({"ok": True, "user": user}).encode()
    with listening((200, {"Content-Type": "application/json"}, said)) as (slack, _):
        client = WebClient(base_url=f"{slack}/api/", retry_handlers=[])
        found = described(client.users_info(user="U1")["user"], FIRM.team_id, NOW)
    refuse_outsiders(found.standing, frozenset(roles), approving=approving)


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


def test_a_guest_who_was_made_an_approver_may_approve_and_nothing_else() -> None:
    """An outside bookkeeper; a role alone lets no guest look at anything, and other marks stay closed."""
    guest = {**MEMBER, "is_restricted": True}
    asked(guest, APPROVER, approving=True)
    with pytest.raises(NotAllowedError):
        asked(guest, APPROVER)
    with pytest.raises(NotAllowedError):
        asked(guest, "admin", approving=True)
    with pytest.raises(NotAllowedError):
        asked({**guest, "deleted": True}, APPROVER, approving=True)
