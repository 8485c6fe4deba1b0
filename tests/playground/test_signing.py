"""Requests are signed as Slack signs them; judged by Slack's own example and Slack's own library."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from bot.demo.playground.wire import signature

# Slack: Verifying requests from Slack, "a full example".
EXAMPLE_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
EXAMPLE_TIME = "1531420618"
EXAMPLE_BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
EXAMPLE_SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


def test_slacks_example_has_slacks_signature() -> None:
    """The example in Slack's documentation comes out to the letter."""
    assert EXAMPLE_SIGNATURE == signature(EXAMPLE_SECRET, EXAMPLE_TIME, EXAMPLE_BODY)


@given(secret=st.text("abcdef0123456789", min_size=1), body=st.text())
def test_slacks_library_accepts_any_signed_body(secret: str, body: str) -> None:
    """Whatever is in a request, Slack's own verifier accepts what we sign."""
    verifier = SignatureVerifier(secret)
    expected = verifier.generate_signature(timestamp="1700000000", body=body)
    assert expected == signature(secret, "1700000000", body.encode())
