"""What the program stands between in tests, a Slack and a QuickBooks that live here, and its settings."""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
import socket
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.clock import now
from bot.demo.cast import ALICE, BEN, CHANNELS, PEOPLE
from bot.demo.playground import Playground
from bot.settings import Settings, read_settings
from qb.sandbox import Sandbox, Switches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
SIGNING_SECRET = "stage-signing-secret"
BOT_TOKEN = "xoxb-stage-token"


class AnySlack(Protocol):
    """A Slack by where its Web API is, ``/`` at the end."""

    @property
    def api_url(self) -> str:
        """What the program takes as ``SLACK_API_URL``."""


@contextmanager
def far_side(
    product_url: str,
    exports: Path,
    *,
    latency: float = 0.0,
    switches: Switches | None = None,
    clock: Callable[[], datetime] = now,
) -> Iterator[tuple[Sandbox, Playground]]:
    """A QuickBooks and a Slack for a product that will listen at ``product_url``; both go by ``clock``."""
    sandbox = Sandbox(
        clock=clock,
        switches=switches,
        redirect_uris=(f"{product_url}/quickbooks/callback",),
        latency=latency,
    )
    playground = Playground(
        app_url=product_url,
        signing_secret=SIGNING_SECRET,
        bot_token=BOT_TOKEN,
        manifest=MANIFEST,
        people=PEOPLE,
        channels=CHANNELS,
        samples=exports,
        clock=lambda: clock().timestamp(),
    )
    with sandbox, playground:
        yield sandbox, playground


def environment(product_url: str, database_url: str, books: Sandbox, slack: AnySlack) -> dict[str, str]:
    """What `caseledger run` is told."""
    return {
        "DATABASE_URL": database_url,
        "VAULT_KEYS": f"test:{base64.b64encode(bytes(32)).decode()}",
        "PUBLIC_URL": product_url,
        "PORT": product_url.rpartition(":")[2],
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_API_URL": slack.api_url,
        "INTUIT_CLIENT_ID": "sandbox-client",
        "INTUIT_CLIENT_SECRET": "sandbox-secret",
        "QUICKBOOKS_API_URL": books.url,
        "INTUIT_AUTHORIZE_URL": f"{books.url}/connect/oauth2",
        "INTUIT_TOKEN_URL": f"{books.url}/oauth2/v1/tokens/bearer",
        "INTUIT_REVOKE_URL": f"{books.url}/v2/oauth2/tokens/revoke",
        "ADMINS": ALICE.id,
        "APPROVERS": BEN.id,
    }


def free_port() -> int:
    """A port nobody listens on just now, below those the system hands out for a moment meanwhile."""
    while True:
        port = secrets.choice(range(12_000, 32_000))
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def settings_from(variables: dict[str, str], folder: Path) -> Settings:
    """Settings as a .env file of that folder would give them."""
    env = folder / "stage.env"
    env.write_text("".join(f"{name}={value}\n" for name, value in variables.items()))
    ours = {name: os.environ.pop(name) for name in variables if name in os.environ}
    try:
        return read_settings(env)
    finally:
        os.environ.update(ours)
