"""What `caseledger check` says of Socket Mode."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.check import asked_for_a_line
from tests.socket_mode.line import APP_TOKEN, slack_line


def test_a_good_token_is_said_to_be_good() -> None:
    """And nothing is connected by asking."""
    with slack_line("http://127.0.0.1:9") as slack:
        found = asked_for_a_line(
            lambda: WebClient(base_url=f"{slack.url}/api/", retry_handlers=[]), APP_TOKEN
        )
        slack.wait_for_lines(0)
    assert found.ok
    assert "Slack hands out a line" in found.sentence


def test_a_refused_token_comes_with_its_remedy() -> None:
    """Slack's own word, and what to do; never the token."""
    with slack_line("http://127.0.0.1:9") as slack:
        found = asked_for_a_line(
            lambda: WebClient(base_url=f"{slack.url}/api/", retry_handlers=[]), "xapp-canary"
        )
    assert (False, "Slack refuses our app token (invalid_auth).") == (found.ok, found.sentence)
    assert "SLACK_APP_TOKEN" in found.remedy
    assert "canary" not in found.remedy


def test_a_slack_that_cant_be_reached_is_said() -> None:
    """The network is the operator's to look at."""
    found = asked_for_a_line(
        lambda: WebClient(base_url="http://127.0.0.1:9/api/", retry_handlers=[]), APP_TOKEN
    )
    assert not found.ok
    assert "can't be reached" in found.sentence
