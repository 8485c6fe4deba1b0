"""Logs carry no credential."""

from __future__ import annotations

import logging

import pytest

from bot.logs import LineFormatter, redact


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer CANARY.abc-123",
        "token=CANARY",
        '{"access_token": "CANARY", "expires_in": 3600}',
        "refresh_token=CANARY&grant_type=refresh_token",
        "GET /quickbooks/callback?code=CANARY&state=CANARY&realmId=1",
        "xoxb-1234-CANARY",
        "xapp-1-CANARY",
    ],
)
def test_a_credential_is_struck_out(text: str) -> None:
    """Tokens, codes and states never reach a log line."""
    assert "CANARY" not in redact(text)
    assert "[redacted]" in redact(text)


def test_ordinary_words_stay() -> None:
    """A sentence with ids reads as it was."""
    assert redact("sync 5f3c finished: 3 invoices") == "sync 5f3c finished: 3 invoices"


def test_a_traceback_carries_no_credential() -> None:
    """What a library raised with a token in its words is struck out too."""
    error = ValueError("access_token=CANARY")
    record = logging.LogRecord("lib", logging.ERROR, "", 1, "failed", None, (ValueError, error, None))
    told = LineFormatter("%(message)s").format(record)
    assert "CANARY" not in told
    assert "ValueError" in told


def test_only_allowed_ids_are_added() -> None:
    """Intuit's trace id is kept; a client's name that somebody attached is not."""
    record = logging.LogRecord("qb.gateway.transport", logging.INFO, __file__, 1, "intuit call", None, None)
    record.intuit_tid, record.client_name = "1-abc", "Daniel Osei"
    assert "intuit call intuit_tid=1-abc" == LineFormatter("%(message)s").format(record)
