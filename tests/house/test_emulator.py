"""The independent Slack emulator is there and answers a client it was told about."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from slack_sdk import WebClient


@pytest.mark.emulator
def test_the_emulator_knows_the_token_of_its_seed(slack_emulator: Callable[[Mapping[str, Any]], str]) -> None:
    """A seeded token opens the seeded team."""
    url = slack_emulator(
        {
            "team": {"name": "Northgate"},
            "users": [{"name": "maria", "real_name": "Maria"}],
            "tokens": [{"token": "xoxb-house", "user": "maria", "scopes": ["chat:write"]}],
        }
    )
    answer = WebClient(token="xoxb-house", base_url=f"{url}/api/").auth_test()
    assert "Northgate" == answer["team"]
