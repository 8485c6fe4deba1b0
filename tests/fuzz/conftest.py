"""The whole product without its worker, reached through its front door only."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.app import assemble
from bot.settings import Settings
from bot.slack import Workspace
from db import firms
from db.engine import open_database
from tests.fuzz.front import SECRET, TEAM, Front

if TYPE_CHECKING:
    from collections.abc import Iterator

NOWHERE = "http://127.0.0.1:9"
"""Nobody listens there: Slack and QuickBooks can't be reached."""
OUT_OF_REACH = ("quickbooks_api_url", "intuit_authorize_url", "intuit_token_url", "intuit_revoke_url")


@pytest.fixture
def front(sqlite_url: str) -> Iterator[Front]:
    """One firm, an admin, an approver; Slack and QuickBooks out of reach."""
    values = {
        "database_url": sqlite_url,
        "vault_keys": "test:" + base64.b64encode(bytes(32)).decode(),
        "slack_signing_secret": SECRET,
        "slack_bot_token": "xoxb-canary",
        "slack_api_url": f"{NOWHERE}/api/",
        "intuit_client_id": "client",
        "intuit_client_secret": "canary-secret",
        **dict.fromkeys(
            ("quickbooks_api_url", "intuit_authorize_url", "intuit_token_url", "intuit_revoke_url"), NOWHERE
        ),
    }
    settings = Settings(_env_file=None, **values)  # type: ignore[arg-type, call-arg]
    database = open_database(sqlite_url)
    now = datetime.now(UTC)
    with database.write() as session:
        firm = firms.meet_firm(
            session, team_id=TEAM, name="Northgate", timezone="UTC", now=now, new_id=lambda: "firm"
        )
        firms.begin_roles(session, firm.id, ("U0ALICE",), ("U0BEN",), now)
    program = assemble(settings, database, Workspace(TEAM, "Northgate", "UBOT", "BBOT"))
    yield Front(program)
    database.close()
