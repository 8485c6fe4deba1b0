"""Settings come from the environment and a .env beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from bot.settings import read_settings
from qb.gateway import Pace

if TYPE_CHECKING:
    from pathlib import Path


def test_without_anything_the_defaults_serve_loopback_and_sqlite(tmp_path: Path) -> None:
    """A fresh folder runs on SQLite at 127.0.0.1:3000 against Intuit's sandbox."""
    settings = read_settings(tmp_path / ".env")
    assert settings.database_url == "sqlite:///caseledger.db"
    assert settings.address == "http://127.0.0.1:3000"
    assert settings.intuit_environment == "sandbox"
    assert not settings.slack_is_set


def test_a_dotenv_file_is_read_and_lists_are_split(tmp_path: Path) -> None:
    """ADMINS and APPROVERS are Slack ids with commas between; blanks don't count."""
    env = tmp_path / ".env"
    env.write_text(
        "ADMINS=U1, U2,,\nPUBLIC_URL=https://books.example/\nSLACK_API_URL=http://127.0.0.1:9/api\n"
    )
    settings = read_settings(env)
    assert settings.admins == ("U1", "U2")
    assert settings.address == "https://books.example"
    assert settings.slack_api_url == "http://127.0.0.1:9/api/"


def test_the_pace_is_read_from_plain_words(tmp_path: Path) -> None:
    """As the README writes it; without the variable a little under what Intuit takes."""
    env = tmp_path / ".env"
    env.write_text("QUICKBOOKS_PACE=5/s 100/min 2 at once\n")
    assert Pace(5, 100, 2) == read_settings(env).pace
    assert Pace(9, 480, 8) == read_settings(tmp_path / "none.env").pace


def test_secrets_are_not_shown_by_printing_settings(tmp_path: Path) -> None:
    """A settings object in a log line gives no token away."""
    env = tmp_path / ".env"
    env.write_text("SLACK_BOT_TOKEN=xoxb-canary\nINTUIT_CLIENT_SECRET=canary\nVAULT_KEYS=k:canary\n")
    assert "canary" not in repr(read_settings(env))


@pytest.mark.parametrize(
    "line",
    [
        "PORT=seventy",
        "PORT=70000",
        "INTUIT_ENVIRONMENT=live",
        "QUICKBOOKS_PACE=fast",
        "DIGEST_AT=9",
        "DIGEST_AT=24:00",
    ],
)
def test_a_setting_that_cant_be_read_is_named(tmp_path: Path, line: str) -> None:
    """The error names the variable, and not its value."""
    env = tmp_path / ".env"
    env.write_text(line + "\n")
    with pytest.raises(ValidationError) as refused:
        read_settings(env)
    assert line.split("=", maxsplit=1)[0].lower() == refused.value.errors()[0]["loc"][0]


@pytest.mark.parametrize(
    ("text", "is_set"),
    [
        ("SLACK_BOT_TOKEN=xoxb-t\nSLACK_SIGNING_SECRET=s\n", True),
        ("SLACK_BOT_TOKEN=xoxb-t\nSLACK_APP_TOKEN=xapp-t\n", True),
        ("SLACK_BOT_TOKEN=xoxb-t\n", False),
        ("SLACK_APP_TOKEN=xapp-t\nSLACK_SIGNING_SECRET=s\n", False),
    ],
)
def test_slack_is_heard_by_its_signature_or_by_a_line(tmp_path: Path, text: str, *, is_set: bool) -> None:
    """An app token can stand for the signing secret; nothing stands for the bot's token."""
    env = tmp_path / ".env"
    env.write_text(text)
    assert is_set is read_settings(env).slack_is_set


@pytest.mark.parametrize(
    "url", ["http://slack.example/api/", "ftp://slack.com/api/", "http://127.0.0.1.evil/"]
)
def test_our_token_goes_out_in_the_clear_nowhere(tmp_path: Path, url: str) -> None:
    """Another Slack is reached by https, or on this machine."""
    env = tmp_path / ".env"
    env.write_text(f"SLACK_API_URL={url}\n")
    with pytest.raises(ValidationError, match="must be https, or http on this machine"):
        read_settings(env)


def test_channels_and_the_digests_hour_may_be_given_to_begin_with(tmp_path: Path) -> None:
    """Channel ids, and an hour as HH:MM; without them nothing is posted until somebody chooses in Slack."""
    env = tmp_path / ".env"
    env.write_text("APPROVAL_CHANNEL=C1\nDIGEST_CHANNEL=C2\nDIGEST_AT=08:30\n")
    given = read_settings(env)
    assert ("C1", "C2", "08:30") == (given.approval_channel, given.digest_channel, given.digest_at)
    assert "" == read_settings(tmp_path / "none.env").digest_at
