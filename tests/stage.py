"""The whole product on a stage: the real program between a Slack and a QuickBooks that live here."""

from __future__ import annotations

import base64
import os
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from waitress.server import create_server

from bot.app import assemble
from bot.demo.cast import ALICE, BEN, CHANNELS, MARIA, PEOPLE
from bot.demo.playground import Playground
from bot.demo.playground.hands import Hands, PersonsHands
from bot.demo.samples import write_samples
from bot.running import met_workspace, start_worker, take_over
from bot.settings import Settings, read_settings
from db.engine import open_database
from qb.sandbox import Sandbox, Switches

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
TODAY = date(2026, 11, 22)
SIGNING_SECRET = "stage-signing-secret"
BOT_TOKEN = "xoxb-stage-token"


class AnySlack(Protocol):
    """A Slack by where its Web API is, ``/`` at the end."""

    @property
    def api_url(self) -> str:
        """What the program takes as ``SLACK_API_URL``."""


@dataclass(frozen=True, slots=True)
class StagedProgram:
    """The product's process as far as tests look at it."""

    url: str
    database_url: str


@dataclass(frozen=True, slots=True)
class StageSet:
    """What stands on the stage, and the hands of the three people."""

    product: StagedProgram
    books: Sandbox
    slack: Playground
    hands: Hands
    exports: Path

    @property
    def maria(self) -> PersonsHands:
        """Staff."""
        return self.hands.as_(MARIA.id)

    @property
    def ben(self) -> PersonsHands:
        """Approver."""
        return self.hands.as_(BEN.id)

    @property
    def alice(self) -> PersonsHands:
        """Admin."""
        return self.hands.as_(ALICE.id)


@contextmanager
def far_side(
    product_url: str, exports: Path, *, latency: float = 0.0, switches: Switches | None = None
) -> Iterator[tuple[Sandbox, Playground]]:
    """A QuickBooks and a Slack for a product that will listen at ``product_url``."""
    sandbox = Sandbox(
        clock=lambda: datetime.now(UTC),
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
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_from(variables: dict[str, str], folder: Path) -> Settings:
    """Settings as a .env file of that folder would give them."""
    env = folder / "stage.env"
    env.write_text("".join(f"{name}={value}\n" for name, value in variables.items()))
    ours = {name: os.environ.pop(name) for name in variables if name in os.environ}
    try:
        return read_settings(env)
    finally:
        os.environ.update(ours)


@contextmanager
def staged(
    database_url: str, folder: Path, *, latency: float = 0.0, switches: Switches | None = None
) -> Iterator[StageSet]:
    """Run the product in this process, on a database that is migrated already."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    exports = folder / "exports"
    write_samples(exports, today=TODAY)
    with far_side(url, exports, latency=latency, switches=switches) as (books, slack):
        settings = settings_from(environment(url, database_url, books, slack), folder)
        with running(settings):
            product = StagedProgram(url, database_url)
            yield StageSet(product, books, slack, Hands(slack.url), exports)


@contextmanager
def running(settings: Settings) -> Iterator[None]:
    """The product, served and working, until left."""
    database = open_database(settings.database_url)
    program = assemble(settings, database, met_workspace(settings, database))
    take_over(database)
    server = create_server(program.web, host="127.0.0.1", port=settings.port, threads=32)
    web = threading.Thread(target=server.run, daemon=True)
    stop_worker = start_worker(program)
    web.start()
    try:
        yield
    finally:
        stop_worker()
        server.close()
        web.join(10)
        database.close()
