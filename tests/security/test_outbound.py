"""What leaves us: to Slack and Intuit only, over TLS that holds, and wherever else an answer leads, no."""

from __future__ import annotations

import ssl
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from slack_sdk.errors import SlackClientError

from bot.outbound import (
    MAX_FILE_BYTES,
    FileGoneError,
    FileTooLargeError,
    ForeignAddressError,
    SlackFiles,
    is_slack,
)
from bot.slack import SlackAccess, SlackRefusedError, SlackUnreachableError
from qb.gateway import GatewayError
from qb.gateway.transport import Request, Transport
from tests.security.listening import listening, old_tls

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TOKEN = "xoxb-canary"
SLACK = "https://slack.com/api/"


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/export.xlsx",
        "http://files.slack.com/export.xlsx",
        "https://slack.com.evil.example/x",
        "https://evilslack.com/x",
        "https://slack.com@evil.example/x",
        "https://evil.example/?slack.com",
        "https://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:8/x",
        "file:///etc/passwd",
        "ftp://files.slack.com/x",
        "//files.slack.com/x",
        "",
    ],
)
def test_a_file_kept_elsewhere_is_not_fetched(url: str) -> None:
    """The bot's token goes with the question, so the question goes to Slack only."""
    assert not is_slack(url, SLACK)
    with pytest.raises(ForeignAddressError, match="Nothing was changed"):
        SlackFiles(SLACK, TOKEN).download(url)


@pytest.mark.parametrize("url", ["https://files.slack.com/files-pri/T1/x", "https://slack-files.com/T1-F1"])
def test_slacks_own_hosts_are_slacks(url: str) -> None:
    """Where it keeps what people give the app."""
    assert is_slack(url, SLACK)


def test_a_file_that_leads_elsewhere_is_not_followed() -> None:
    """Slack answers a wrong token with a redirect to its sign-in page; nobody else gets to see the token."""
    with listening() as (elsewhere, asked), listening((302, {"Location": elsewhere}, b"")) as (slack, _):
        with pytest.raises(FileGoneError, match="302"):
            SlackFiles(f"{slack}/api/", TOKEN).download(f"{slack}/files/F1/x.xlsx")
        assert [] == asked


def test_a_file_without_end_is_cut_off() -> None:
    """More than any export is."""
    with (
        listening((200, {}, b"x" * (MAX_FILE_BYTES + 1))) as (slack, _),
        pytest.raises(FileTooLargeError, match="20 MB"),
    ):
        SlackFiles(f"{slack}/api/", TOKEN).download(f"{slack}/files/F1/x.xlsx")


def test_no_proxy_of_the_environment_gets_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor a password that some .netrc has for the host."""
    with listening() as (proxy, by_proxy), listening((200, {}, b"rows")) as (slack, asked):
        monkeypatch.setenv("HTTP_PROXY", proxy)
        assert b"rows" == SlackFiles(f"{slack}/api/", TOKEN).download(f"{slack}/files/F1/x.xlsx")
        assert ([], [f"/files/F1/x.xlsx Bearer {TOKEN}"]) == (by_proxy, asked)


def to_intuit(url: str) -> None:
    """As the gateway asks QuickBooks."""
    with suppress(GatewayError):
        Transport(lambda: datetime.now(UTC)).send(Request("GET", url, {}, {}, None))


def to_slack(url: str) -> None:
    """As the program asks Slack."""
    with suppress(SlackUnreachableError, SlackRefusedError, SlackClientError, OSError):
        SlackAccess(TOKEN, f"{url}/api/").workspace()


def to_slacks_files(url: str) -> None:
    """As an import fetches a file."""
    with suppress(OSError):
        SlackFiles(f"{url}/api/", TOKEN).download(f"{url}/files/F1/x.xlsx")


@pytest.mark.parametrize("ask", [to_intuit, to_slack, to_slacks_files])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_old_tls_is_refused(ask: Callable[[str], None], tmp_path: Path) -> None:
    """Below 1.2 we don't begin (Intuit: Security requirements); a certificate nobody vouches for ends it."""
    with old_tls(tmp_path, ssl.TLSVersion.TLSv1_1) as (url, failures):
        ask(url)
    assert failures in (["UNSUPPORTED_PROTOCOL"], ["NO_PROTOCOLS_AVAILABLE"])
    with old_tls(tmp_path, ssl.TLSVersion.TLSv1_2) as (url, failures):
        ask(url)
    assert failures in (["TLSV1_ALERT_UNKNOWN_CA"], ["SSLV3_ALERT_BAD_CERTIFICATE"])
