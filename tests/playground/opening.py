"""Opening a modal for Maria, as an app does on a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.playground.kit import TEXT_INPUT, field

if TYPE_CHECKING:
    from slack_sdk.web import SlackResponse

    from bot.demo.playground.seen import SeenView
    from tests.playground.stand import Stand

Json = dict[str, Any]
NAME = field(TEXT_INPUT, label="Name")


def trigger(stand: Stand) -> str:
    """A fresh trigger id, from a command that was just typed."""
    stand.maria.command("/qb")
    return str(stand.payload("command")["trigger_id"])


def trigger_within(stand: Stand) -> str:
    """A fresh trigger id from a button in the modal in front."""
    stand.maria.click("go")
    return str(stand.payload("block_actions")["trigger_id"])


def opened(stand: Stand, view: Json) -> SlackResponse:
    """Open a modal for Maria."""
    return stand.client.views_open(trigger_id=trigger(stand), view=view)


def front(stand: Stand) -> SeenView:
    """Maria's modal in front."""
    view = stand.maria.modal()
    assert view is not None
    return view
