"""The whole product without its worker, at whose front door tests knock."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.app import assemble
from bot.settings import Settings
from bot.slack import Workspace
from db import firms
from db.engine import open_database
from db.tables import Base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

    from bot.app import Program

SECRET, TEAM = "8f742231b10e8888abcd99yyyzzz85a5", "T0NORTH"
NOWHERE = "http://127.0.0.1:9"
"""Nobody listens there: Slack and QuickBooks can't be reached."""
OUT_OF_REACH = ("quickbooks_api_url", "intuit_authorize_url", "intuit_token_url", "intuit_revoke_url")


@dataclass(frozen=True, slots=True)
class Knock:
    """One request; ``signature`` is Slack's own over the body where it is None."""

    method: str
    path: str
    body: bytes
    content_type: str
    timestamp: str | None
    signature: str | None
    more: dict[str, str]


@dataclass(frozen=True, slots=True)
class Front:
    """The program, and what is behind its door."""

    program: Program

    def knock(self, knock: Knock) -> TestResponse:
        """Send it."""
        stamp = str(int(time.time())) if knock.timestamp is None else knock.timestamp
        signature = sign(knock.body, stamp) if knock.signature is None else knock.signature
        headers = {
            **knock.more,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature,
            "Content-Type": knock.content_type,
        }
        browser = self.program.web.test_client()
        return browser.open(knock.path, method=knock.method, data=knock.body, headers=headers)

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        with self.program.database.read() as session:
            return {
                name: sorted(map(tuple, session.execute(table.select()).all()), key=repr)
                for name, table in Base.metadata.tables.items()
            }


@contextmanager
def standing_front(url: str) -> Iterator[Front]:
    """One firm, an admin, an approver; Slack and QuickBooks out of reach, no worker."""
    values = {
        "database_url": url,
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
    database = open_database(url)
    now = datetime.now(UTC)
    with database.write() as session:
        firm = firms.meet_firm(
            session, team_id=TEAM, name="Northgate", timezone="UTC", now=now, new_id=lambda: "firm"
        )
        firms.begin_roles(session, firm.id, ("U0ALICE",), ("U0BEN",), now)
    program = assemble(settings, database, Workspace(TEAM, "Northgate", "UBOT", "BBOT"))
    yield Front(program)
    database.close()


def sign(body: bytes, stamp: str) -> str:
    """As Slack does."""
    signed = b"v0:" + stamp.encode("latin-1", "replace") + b":" + body
    return "v0=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
