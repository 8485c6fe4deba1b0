"""The checks in front of Bolt."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.front import is_from_slack

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BODY = b"command=%2Fqb&text=00002"


def signed(body: bytes, timestamp: str, secret: str = SECRET) -> str:
    """Sign as Slack does."""
    return (
        "v0="
        + hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    )


def stamp(seconds_off: int = 0) -> str:
    """Slack's timestamp, so far from now."""
    return str(int((NOW + timedelta(seconds=seconds_off)).timestamp()))


def test_a_request_signed_by_slack_passes() -> None:
    """A fresh, well signed body is let through."""
    assert is_from_slack(
        timestamp=stamp(), signature=signed(BODY, stamp()), body=BODY, secret=SECRET, now=NOW
    )


@pytest.mark.parametrize(("seconds_off", "passes"), [(-300, True), (-301, False), (300, True), (301, False)])
def test_the_window_is_five_minutes_either_way(seconds_off: int, passes: bool) -> None:  # noqa: FBT001 - a row's expectation
    """A replay older than five minutes, or from the future, is refused."""
    timestamp = stamp(seconds_off)
    assert passes is is_from_slack(
        timestamp=timestamp, signature=signed(BODY, timestamp), body=BODY, secret=SECRET, now=NOW
    )


@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [
        (None, "v0=" + "0" * 64),
        (stamp(), None),
        ("", ""),
        ("soon", "v0=" + "0" * 64),
        ("1e9", "v0=" + "0" * 64),
        (stamp() + "0", "v0=" + "0" * 64),
        ("١٢٣٤٥٦٧٨٩٠", "v0=" + "0" * 64),
        (stamp(), "v1=" + "0" * 64),
        (stamp(), signed(BODY, stamp()).upper()),
        (stamp(), signed(BODY, stamp()) + "\n"),
        (stamp(), signed(BODY, stamp(), secret="another")),
        (stamp(), signed(BODY + b"&", stamp())),
    ],
)
def test_anything_else_is_refused_without_a_crash(timestamp: str | None, signature: str | None) -> None:
    """Headers that are missing, of the wrong shape, or of another body or secret: refused."""
    assert not is_from_slack(timestamp=timestamp, signature=signature, body=BODY, secret=SECRET, now=NOW)


def test_without_a_secret_nobody_is_slack() -> None:
    """Anybody can sign with an empty one."""
    signature = signed(BODY, stamp(), secret="")
    assert not is_from_slack(timestamp=stamp(), signature=signature, body=BODY, secret="", now=NOW)


@given(st.text(max_size=80), st.text(max_size=80), st.binary(max_size=200))
def test_no_header_can_crash_the_check(timestamp: str, signature: str, body: bytes) -> None:
    """Any text in the headers is an answer, never an exception."""
    assert not is_from_slack(timestamp=timestamp, signature=signature, body=body, secret=SECRET, now=NOW)
