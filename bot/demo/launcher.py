"""Starts a Slack and a QuickBooks that live here, and the product between them."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
import requests
from dotenv import dotenv_values

import bot
from bot.demo.cast import ALICE, APPROVALS, BEN, CHANNELS, HINTS, PEOPLE
from bot.demo.others import enter_others
from bot.demo.playground import Playground
from bot.demo.samples import write_samples
from qb.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MANIFEST = Path(bot.__file__).parents[1] / "manifest.yml"
REAL = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "INTUIT_CLIENT_SECRET", "DATABASE_URL")
OURS = (*REAL, "VAULT_KEYS", "PUBLIC_URL", "HOST", "PORT", "SLACK_API_URL", "INTUIT_CLIENT_ID",
        "INTUIT_ENVIRONMENT", "QUICKBOOKS_API_URL", "INTUIT_AUTHORIZE_URL", "INTUIT_TOKEN_URL",
        "INTUIT_REVOKE_URL", "ADMINS", "APPROVERS", "APPROVAL_CHANNEL", "DIGEST_CHANNEL", "DIGEST_AT",
        "TIMEZONE")  # fmt: skip
PRODUCT_PORT, BOOKS_PORT = 3000, 3101
START_SECONDS = 60
STOP_SECONDS = 40


class DemoRefusedError(Exception):
    """The demo doesn't start; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the three programs know of each other in one run of the demo."""

    product: str
    product_port: int
    signing_secret: str
    bot_token: str
    intuit_id: str
    intuit_secret: str
    vault_key: str


def run_demo(*, folder: Path, port: int, environment: Mapping[str, str]) -> None:
    """Run the demo until Ctrl-C; :class:`DemoRefusedError` where it can't or mustn't start."""
    refuse_real_things(environment, env_file=Path(".env"))
    if not MANIFEST.exists():
        raise DemoRefusedError("The demo runs from a clone of the repository: manifest.yml isn't here.")
    with _leaving_on_signals() as leave, only_demo(folder) as note:
        shared = _shared()
        exports = folder / "exports"
        write_samples(exports, today=datetime.now(UTC).date())
        with _sandbox(shared) as books, _playground(shared, exports, port) as slack:
            chosen = _environment(environment, shared, books=books.url, slack=slack.api_url)
            with _product(folder, chosen) as product:
                _wait_until_served(shared.product, product, folder)
                _announce(slack.url, note, folder)
                _stay(product, leave, folder)


def refuse_real_things(environment: Mapping[str, str], *, env_file: Path) -> None:
    """Raise :class:`DemoRefusedError` where real tokens are within reach."""
    within_reach = {**dotenv_values(env_file), **environment}
    found = [name for name in REAL if within_reach.get(name)]
    if found:
        raise DemoRefusedError(
            f"The demo has a Slack and a QuickBooks of its own, and {', '.join(found)} "
            f"{'is' if len(found) == 1 else 'are'} set to real ones. Nothing was started. "
            "Unset them, or run the demo in a folder without that .env."
        )


@contextmanager
def only_demo(folder: Path) -> Iterator[IO[str]]:
    """Hold the demo's folder, emptied; :class:`DemoRefusedError` says where one already runs."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "running").open("a+", encoding="utf-8") as note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note.seek(0)
            where = note.read().strip()
            raise DemoRefusedError(
                f"The demo is already running{f': open {where}' if where else ''}. "
                "Stop it there with Ctrl-C to start afresh."
            ) from None
        note.truncate(0)
        for old in folder.iterdir():
            if old.name != "running":
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        yield note


def _shared() -> Shared:
    port = _free_port(PRODUCT_PORT)
    return Shared(
        product=f"http://127.0.0.1:{port}",
        product_port=port,
        signing_secret=secrets.token_hex(16),
        bot_token=f"xoxb-demo-{secrets.token_hex(16)}",
        intuit_id=f"demo-{secrets.token_hex(8)}",
        intuit_secret=secrets.token_hex(20),
        vault_key=f"demo:{base64.b64encode(secrets.token_bytes(32)).decode()}",
    )


def _free_port(wanted: int) -> int:
    for port in (wanted, 0):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise DemoRefusedError("This machine has no free port on 127.0.0.1.")


@contextmanager
def _sandbox(shared: Shared) -> Iterator[Sandbox]:
    sandbox = Sandbox(
        clock=lambda: datetime.now(UTC),
        client_id=shared.intuit_id,
        client_secret=shared.intuit_secret,
        redirect_uris=(f"{shared.product}/quickbooks/callback",),
    )
    enter_others(sandbox, datetime.now(UTC).date())
    sandbox.start(port=_free_port(BOOKS_PORT))
    try:
        yield sandbox
    finally:
        sandbox.stop()


@contextmanager
def _playground(shared: Shared, exports: Path, port: int) -> Iterator[Playground]:
    playground = Playground(
        app_url=shared.product,
        signing_secret=shared.signing_secret,
        bot_token=shared.bot_token,
        manifest=MANIFEST,
        people=PEOPLE,
        channels=CHANNELS,
        samples=exports,
        hints=HINTS,
    )
    playground.start(port=_free_port(port))
    try:
        yield playground
    finally:
        playground.stop()


def _environment(inherited: Mapping[str, str], shared: Shared, *, books: str, slack: str) -> dict[str, str]:
    return {
        **{name: value for name, value in inherited.items() if name not in OURS},
        "DATABASE_URL": "sqlite:///caseledger.db",
        "VAULT_KEYS": shared.vault_key,
        "PUBLIC_URL": shared.product,
        "PORT": str(shared.product_port),
        "SLACK_SIGNING_SECRET": shared.signing_secret,
        "SLACK_BOT_TOKEN": shared.bot_token,
        "SLACK_API_URL": slack,
        "INTUIT_CLIENT_ID": shared.intuit_id,
        "INTUIT_CLIENT_SECRET": shared.intuit_secret,
        "INTUIT_ENVIRONMENT": "sandbox",
        "QUICKBOOKS_API_URL": books,
        "INTUIT_AUTHORIZE_URL": f"{books}/connect/oauth2",
        "INTUIT_TOKEN_URL": f"{books}/oauth2/v1/tokens/bearer",
        "INTUIT_REVOKE_URL": f"{books}/v2/oauth2/tokens/revoke",
        "ADMINS": ALICE.id,
        "APPROVERS": BEN.id,
        "APPROVAL_CHANNEL": APPROVALS.id,
    }


@contextmanager
def _product(folder: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "bot", "run"]
    with (folder / "caseledger.log").open("wb") as log:
        # In the demo's folder, so that no .env of the real firm is read.
        process = subprocess.Popen(command, cwd=folder, env=dict(environment), stdout=log, stderr=log)  # noqa: S603 - our own program
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_served(address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    pause = threading.Event()
    for _ in range(START_SECONDS * 10):
        with contextlib.suppress(requests.ConnectionError):
            served = requests.get(f"{address}/health", timeout=2).ok
            if served and process.poll() is None:
                return
        if process.poll() is not None:
            break
        pause.wait(0.1)
    raise DemoRefusedError(f"CaseLedger itself didn't start; its last words:\n{_last_words(folder)}")


def _last_words(folder: Path) -> str:
    return "\n".join((folder / "caseledger.log").read_text(errors="replace").splitlines()[-15:])


def _announce(address: str, note: IO[str], folder: Path) -> None:
    note.write(address)
    note.flush()
    click.echo(f"\n  CaseLedger's demo is running. Open  {address}\n\n  What to try first:")
    for number, hint in enumerate(HINTS, start=1):
        click.echo(f"    {number}. {hint}")
    click.echo(f"\n  Its exports lie in {folder / 'exports'}, its log in {folder / 'caseledger.log'}.")
    click.echo("  Nothing here leaves this machine. Ctrl-C ends it.\n")


@contextmanager
def _leaving_on_signals() -> Iterator[threading.Event]:
    leave = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: leave.set()) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield leave
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stay(process: subprocess.Popen[bytes], leave: threading.Event, folder: Path) -> None:
    while not leave.wait(0.5):
        if process.poll() is not None:
            raise DemoRefusedError(f"CaseLedger itself stopped; its last words:\n{_last_words(folder)}")
