"""What Slack can't draw is said plainer, and keeps its buttons where only a chart was too new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError

from commands.drawing import drawn

if TYPE_CHECKING:
    from collections.abc import Collection

CHART, SECTION = {"type": "data_visualization"}, {"type": "section"}
Blocks = list[dict[str, Any]]


class OlderSlack:
    """A Slack that doesn't know some kinds of blocks."""

    def __init__(self, unknown: Collection[str], error: str = "invalid_blocks") -> None:
        self.unknown = unknown
        self.error = error
        self.asked = 0

    def take(self, blocks: Blocks) -> Blocks:
        """What it drew; refused as Slack refuses."""
        self.asked += 1
        if any(block["type"] in self.unknown for block in blocks):
            raise SlackApiError("no", {"error": self.error})  # type: ignore[no-untyped-call]
        return blocks


def test_a_slack_that_knows_all_draws_all() -> None:
    """At once."""
    slack = OlderSlack(())
    assert [CHART, SECTION] == drawn(slack.take, [CHART, SECTION])
    assert 1 == slack.asked


def test_a_chart_that_is_too_new_is_left_out_alone() -> None:
    """The buttons stay."""
    assert [SECTION] == drawn(OlderSlack({"data_visualization"}).take, [CHART, SECTION])


def test_what_can_not_be_drawn_at_all_is_bare_text() -> None:
    """In two tries where there was no chart to leave out, in three where there was."""
    without, with_chart = OlderSlack({"section"}), OlderSlack({"section"})
    assert [] == drawn(without.take, [SECTION])
    assert [] == drawn(with_chart.take, [CHART, SECTION])
    assert (2, 3) == (without.asked, with_chart.asked)


def test_another_refusal_is_not_ours_to_draw_around() -> None:
    """Whoever posts it decides."""
    with pytest.raises(SlackApiError):
        drawn(OlderSlack({"section"}, "not_in_channel").take, [SECTION])
