"""Puts the house up: the product as `caseledger run` wires it, between playground and sandbox."""

from __future__ import annotations

import base64
import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waitress.server import create_server
from waitress.wasyncore import close_all

from bot.app import assemble
from bot.demo.playground import Channel, Person, Playground
from bot.demo.playground.hands import Hands
from bot.demo.samples import write_samples
from bot.running import met_workspace, start_worker
from bot.settings import Settings
from db import firms
from db.engine import open_database
from qb.sandbox import Sandbox
from tests.commands.house import SECRET, TOKEN, House
from tests.firm_that_trusts import trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.app import Program

INTUIT_ID, INTUIT_SECRET = "client", "secret"
PEOPLE = (
    Person(id="U0MARIA", name="Maria", title="Staff"),
    Person(id="U0BEN", name="Ben", title="Bookkeeper"),
    Person(id="U0ALICE", name="Alice", title="Admin", admin=True),
)
CHANNELS = (
    Channel(id="C0GENERAL", name="general"),
    Channel(id="C0BOOKS", name="books", private=True),
    Channel(id="C0APPROVE", name="books-approvals", private=True),
)
MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@contextmanager
def standing_house(
    database_url: str,
    folder: Path,
    *,
    latency: float = 0.0,
    trusting: bool = True,
    manifest: Path = MANIFEST,
    people: tuple[Person, ...] = PEOPLE,
) -> Iterator[House]:
    """The product as `caseledger run` wires it, served over HTTP, its worker running.

    A ``trusting`` firm's three people book at once; else a second person approves, as firms begin.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    samples = folder / "samples"
    write_samples(samples, today=datetime.now(UTC).date())
    sandbox = Sandbox(
        clock=lambda: datetime.now(UTC),
        redirect_uris=(f"{address}/quickbooks/callback",),
        client_id=INTUIT_ID,
        client_secret=INTUIT_SECRET,
        latency=latency,
    )
    playground = Playground(
        app_url=address,
        signing_secret=SECRET,
        bot_token=TOKEN,
        manifest=manifest,
        people=people,
        channels=CHANNELS,
        samples=samples,
    )
    with sandbox, playground:
        settings = _settings(database_url, address, sandbox, playground)
        database = open_database(database_url)
        program = assemble(settings, database, met_workspace(settings, database))
        if trusting:
            with database.write() as session:
                (firm,) = firms.all_firms(session)
                trust(session, firm.id, [one.id for one in PEOPLE], datetime.now(UTC))
        with _served(program, listening):
            yield House(program, playground, sandbox, samples, Hands(playground.url), address)
        database.close()


def _settings(database_url: str, address: str, sandbox: Sandbox, playground: Playground) -> Settings:
    values = {
        "database_url": database_url,
        "vault_keys": "test:" + base64.b64encode(bytes(32)).decode(),
        "public_url": address,
        "slack_signing_secret": SECRET,
        "slack_bot_token": TOKEN,
        "slack_api_url": playground.api_url,
        "intuit_client_id": INTUIT_ID,
        "intuit_client_secret": INTUIT_SECRET,
        "quickbooks_api_url": sandbox.url,
        "intuit_authorize_url": f"{sandbox.url}/connect/oauth2",
        "intuit_token_url": f"{sandbox.url}/oauth2/v1/tokens/bearer",
        "intuit_revoke_url": f"{sandbox.url}/v2/oauth2/tokens/revoke",
        "admins": ("U0ALICE",),
        "approvers": ("U0BEN",),
        "approval_channel": "C0APPROVE",
    }
    return Settings(_env_file=None, **values)  # type: ignore[arg-type, call-arg]


@contextmanager
def _served(program: Program, listening: socket.socket) -> Iterator[None]:
    connections: dict[int, Any] = {}
    server = create_server(program.web, sockets=[listening], threads=16, map=connections)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    stop = start_worker(program)
    try:
        yield
    finally:
        stop()
        server.task_dispatcher.shutdown()
        rung = threading.Event()

        def hang_up() -> None:
            rung.wait()  # or the bell's own line may be gone while it is still being rung
            close_all(connections, ignore_all=True)

        server.trigger.pull_trigger(hang_up)  # type: ignore[union-attr]
        rung.set()
        thread.join()
