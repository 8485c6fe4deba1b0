"""Block Kit's limits, each on both sides of its edge."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slackblocks import _limits

from bot.demo.playground.refusal import SlackError
from tests.playground.kit import actions, button, mrkdwn, section
from tests.playground.limits import LIMITS, Limit
from tests.playground.screens import problems, x


@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS.keys())
def test_each_limit_has_two_sides(limit: Limit) -> None:
    """At the least and the most Slack shows it; one more, one less, and it points at the place."""
    assert [] == problems(limit.build(limit.least))
    assert [] == problems(limit.build(limit.most))
    refused = problems(limit.build(limit.most + 1))
    assert refused[0].endswith(f"[json-pointer:{limit.at}]")
    assert limit.least == 0 or limit.build(0) == [] or problems(limit.build(0))


@pytest.mark.parametrize(
    "limit", [each for each in LIMITS.values() if each.judge], ids=lambda limit: limit.judge
)
def test_an_independent_list_agrees_on_each_limit(limit: Limit) -> None:
    """A library's own list says the same number."""
    assert getattr(_limits, limit.judge) == limit.most


def test_the_message_reads_as_slacks() -> None:
    """The wording that Slack's clients show, with the JSON pointer."""
    assert ["must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"] == problems(
        [actions(button(x(76)))]
    )
    assert ["no more than 10 items allowed [json-pointer:/blocks/0/fields]"] == problems(
        [{"type": "section", "fields": [mrkdwn("x")] * 11}]
    )
    body = SlackError("invalid_blocks", "no").body()
    assert (["no"], ["[ERROR] no"]) == (body["errors"], body["response_metadata"]["messages"])


def test_a_message_holds_about_thirteen_thousand_characters() -> None:
    """The hidden limit on blocks as JSON, observed rather than documented."""
    size = len(json.dumps([section(x(1000))] * 12))
    rest = 13_200 - size - len(json.dumps(section(""))) - len(", ")
    blocks = [section(x(1000))] * 12 + [section(x(rest))]
    assert 13_200 == len(json.dumps(blocks))
    assert [] == problems(blocks)
    assert ["msg_blocks_too_long"] == problems([*blocks[:-1], section(x(rest + 1))])


@given(text=st.text(min_size=1, max_size=200))
def test_any_text_up_to_the_limit_is_shown(text: str) -> None:
    """It is the length alone that counts, whatever the characters."""
    assert (len(text) > 75) == bool(problems([actions(button(text))]))
