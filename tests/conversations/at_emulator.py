"""The same stage with the independent emulator in the playground's place."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import yaml
from slack_sdk import WebClient

from bot.demo.samples import write_samples
from qb.sandbox import Sandbox
from tests.conversations.emulated import BOT_USER, EmulatedHands, Member, Place
from tests.conversations.relay import Screens, relay
from tests.conversations.slack_requests import APP
from tests.conversations.standing import Standing
from tests.conversations.story import TODAY, Cast
from tests.firm_that_trusts import begin_trusting
from tests.stage import BOT_TOKEN, MANIFEST, SIGNING_SECRET, environment, free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

NAMES = ("maria", "ben", "alice")
BOT = "B0CASE"


@dataclass(frozen=True, slots=True)
class Api:
    """Where the program finds Slack."""

    api_url: str


def seed() -> dict[str, Any]:
    """Three people and our app, which may do what the manifest asks for and nothing else."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    app = {"app_id": APP, "bot_id": BOT, "bot_user_id": BOT_USER}
    secrets = {"client_id": "ours", "client_secret": "ours", "redirect_uris": []}
    return {
        "team": {"name": "Northgate"},
        "users": [{"name": name, "real_name": name.title()} for name in NAMES],
        "oauth_apps": [{**app, **secrets, "name": "CaseLedger", "bot_name": "caseledger", "scopes": scopes}],
        "tokens": [
            {**app, "token": BOT_TOKEN, "user_id": BOT_USER, "scopes": scopes},
            *({"token": f"xoxp-{name}", "user": name} for name in NAMES),
        ],
        "strict_scopes": True,
    }


@contextmanager
def at_emulator(
    start: Callable[[Mapping[str, Any]], str], database_url: str, folder: Path
) -> Iterator[Standing]:
    """Everything but the program itself."""
    emulator = start(seed())
    url = f"http://127.0.0.1:{free_port()}"
    samples = folder / "exports"
    write_samples(samples, today=TODAY)
    callback = (f"{url}/quickbooks/callback",)
    screens = Screens()
    with ExitStack() as running:
        sandbox = running.enter_context(Sandbox(clock=lambda: datetime.now(UTC), redirect_uris=callback))
        between = running.enter_context(relay(emulator, screens))
        members = [_member(emulator, name) for name in NAMES]
        place = Place(emulator, between, f"{url}/slack/events", SIGNING_SECRET, samples)
        hands = EmulatedHands(place, _client(emulator, BOT_TOKEN), screens, members)
        maria, ben, alice = (member.id for member in members)
        begin_trusting(database_url, [maria])
        variables = environment(url, database_url, sandbox, Api(f"{between}/api/"))
        variables |= {"ADMINS": alice, "APPROVERS": ben}
        cast = Cast(hands.as_(maria), hands.as_(ben), hands.as_(alice))
        yield Standing(sandbox, hands, cast, variables, folder)


def _member(emulator: str, name: str) -> Member:
    client = _client(emulator, f"xoxp-{name}")
    direct = client.conversations_open(users=[BOT_USER])
    return Member(str(client.auth_test()["user_id"]), client, str(direct["channel"]["id"]))


def _client(emulator: str, token: str) -> WebClient:
    return WebClient(token=token, base_url=f"{emulator}/api/", retry_handlers=[])
