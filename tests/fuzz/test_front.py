"""Whatever is sent to the front door: never a 5xx, never our insides, and unsigned never a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fuzz.front import knocks
from tests.fuzz.fuzzing import fuzz, prove
from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fuzz.door import Front, Knock

FOUND = (
    "a signed body of another shape was a 500 inside Bolt; for a foreign workspace Bolt posted to whatever "
    "response_url the request named; both are turned away before Bolt now"
)
INSIDES = ("Traceback", 'File "', "site-packages", "sqlalchemy", "canary")


def answered(front: Front) -> Callable[[Knock], None]:
    """No request is an error of ours, and no answer tells how we are made."""

    def check(knock: Knock) -> None:
        answer = front.knock(knock)
        assert answer.status_code < 500, answer.text
        assert [] == [word for word in INSIDES if word in answer.text]

    return check


def turned_away(front: Front) -> Callable[[Knock], None]:
    """Who isn't Slack learns nothing and changes nothing."""
    before = front.everything()

    def check(knock: Knock) -> None:
        answer = front.knock(knock)
        assert answer.status_code in {400, 401, 405} or knock.method == "OPTIONS", answer.text
        assert [] == [word for word in INSIDES if word in answer.text]
        assert before == front.everything()

    return check


def test_nothing_slack_could_send_is_an_error_of_ours(front: Front) -> None:
    """Signed, of any shape: halves of payloads, wrong types, other teams, unknown controls."""
    fuzz(answered(front), knocks(signed=True), 250)


def test_who_isnt_slack_is_turned_away(front: Front) -> None:
    """Without its signature nothing is read further, and nothing is written."""
    fuzz(turned_away(front), knocks(signed=False), 150)


@pytest.mark.prove
def test_nothing_slack_could_send_at_length(front: Front) -> None:
    """Twenty thousand signed requests."""
    prove("requests signed by Slack at the front door", answered(front), knocks(signed=True))
    say("Fuzzing", "found and mended on the way", FOUND)


@pytest.mark.prove
def test_who_isnt_slack_at_length(front: Front) -> None:
    """Twenty thousand unsigned ones."""
    prove("requests not signed by Slack at the front door", turned_away(front), knocks(signed=False))
