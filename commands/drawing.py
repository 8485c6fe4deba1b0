"""What Slack can't draw is said plainer: first without what it draws since lately, then as bare text."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from slack_sdk.errors import SlackApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from commands.views.blocks import Block

Sent = TypeVar("Sent")
UNDRAWABLE = frozenset({"invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format"})
NEW = frozenset({"data_visualization"})
"""Not every workspace's Slack draws these yet; what they say is said in words beside them."""


def drawn(send: Callable[[list[Block]], Sent], blocks: Sequence[Block]) -> Sent:
    """Send with as many blocks as Slack takes, so that its buttons aren't lost with a chart."""
    whole, known = list(blocks), [block for block in blocks if block["type"] not in NEW]
    for each in (whole, known) if len(known) < len(whole) else (whole,):
        try:
            return send(each)
        except SlackApiError as error:
            if error.response["error"] not in UNDRAWABLE:
                raise
    return send([])
