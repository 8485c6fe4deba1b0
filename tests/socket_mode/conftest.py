"""The far side of a program that listens by Socket Mode."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.demo.cast import ALICE, BEN, CHANNELS, MARIA, PEOPLE
from bot.demo.playground import Playground
from bot.demo.playground.hands import Hands
from bot.demo.samples import write_samples
from qb.sandbox import Sandbox
from tests.conversations.standing import UNHURRIED_SECONDS, Standing
from tests.conversations.story import TODAY, Cast
from tests.firm_that_trusts import begin_trusting
from tests.socket_mode.line import APP_TOKEN, SlackLine, slack_line
from tests.stage import BOT_TOKEN, MANIFEST, SIGNING_SECRET, environment, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Staged:
    """The far side, and Slack's end of the line."""

    far: Standing
    slack: SlackLine


@dataclass(frozen=True, slots=True)
class Api:
    """Where the program finds Slack."""

    api_url: str


@contextmanager
def staged(database_url: str, folder: Path) -> Iterator[Staged]:
    """Everything but the program, which is told an app token and no signing secret."""
    begin_trusting(database_url, [MARIA.id])
    url = f"http://127.0.0.1:{free_port()}"
    exports = folder / "exports"
    write_samples(exports, today=TODAY)
    port = free_port()
    with slack_line(f"http://127.0.0.1:{port}") as slack:
        playground = Playground(
            app_url=slack.url,
            signing_secret=SIGNING_SECRET,
            bot_token=BOT_TOKEN,
            manifest=MANIFEST,
            people=PEOPLE,
            channels=CHANNELS,
            samples=exports,
        )
        sandbox = Sandbox(clock=lambda: datetime.now(UTC), redirect_uris=(f"{url}/quickbooks/callback",))
        playground.start(port)
        playground.workspace.base_url = slack.url  # files, too, are fetched through there
        with playground, sandbox:
            hands = Hands(slack.there)
            hands.switch(ack_seconds=UNHURRIED_SECONDS)
            cast = Cast(hands.as_(MARIA.id), hands.as_(BEN.id), hands.as_(ALICE.id))
            variables = environment(url, database_url, sandbox, Api(f"{slack.url}/api/"))
            variables |= {"SLACK_SIGNING_SECRET": "", "SLACK_APP_TOKEN": APP_TOKEN}
            yield Staged(Standing(sandbox, hands, cast, variables, folder), slack)


@pytest.fixture
def alone(sqlite_url: str, tmp_path: Path) -> Iterator[Staged]:
    """Empty records and empty books on SQLite; the program doesn't run yet."""
    with staged(sqlite_url, tmp_path) as ready:
        yield ready


@pytest.fixture
def shared(postgres_url: str, tmp_path: Path) -> Iterator[Staged]:
    """The same on PostgreSQL, where several processes share the work."""
    with staged(postgres_url, tmp_path) as ready:
        yield ready
