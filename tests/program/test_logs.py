"""Logs carry no credential."""

from __future__ import annotations

import pytest

from bot.logs import redact


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
