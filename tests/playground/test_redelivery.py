"""Requests that come twice, as they do in life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.demo.playground.hands import wait_for
from tests.playground.kit import actions, button
from tests.playground.stand import SECRET, Stand, payload_of

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]


def booking(stand: Stand) -> list[str]:
    """A message with a Book button; the list grows with each click the app hears of."""
    heard: list[str] = []

    @stand.app.action("book")
    def book(ack: Callable[..., Any], body: Json) -> None:
        ack()
        heard.append(body["user"]["id"])

    stand.client.chat_postMessage(channel="C0BOOKS", text="x", blocks=[actions(button())])
    return heard


def test_everything_can_come_twice_at_once(stand: Stand) -> None:
    """With the switch on, one click is two identical requests."""
    heard = booking(stand)
    stand.hands.switch(twice=True)
    stand.maria.click("book")
    assert ["U0MARIA", "U0MARIA"] == wait_for(lambda: heard if len(heard) == 2 else None)
    first, second = stand.hands.deliveries()
    assert first["body"] == second["body"]


def test_a_past_request_can_be_sent_again(stand: Stand) -> None:
    """The same body, freshly signed, so that it is not refused as stale."""
    heard = booking(stand)
    sent = stand.maria.click("book").delivery
    stand.clock.ahead = 60
    assert 200 == stand.hands.redeliver(sent)
    assert 2 == len(wait_for(lambda: heard if len(heard) == 2 else None))
    first, second = stand.hands.deliveries()
    assert first["body"] == second["body"]
    assert first["headers"]["X-Slack-Signature"] != second["headers"]["X-Slack-Signature"]


def test_a_stale_request_is_refused_by_the_far_side(stand: Stand) -> None:
    """The clock in the signature is the playground's: five minutes off, and Bolt says 401."""
    booking(stand)
    stand.clock.ahead = -301
    assert 401 == stand.maria.click("book").status


def test_a_wrong_secret_is_refused_by_the_far_side(stand: Stand) -> None:
    """Signatures are real: with another secret Bolt takes nothing."""
    booking(stand)
    stand.playground.courier._secret = f"{SECRET}?"
    assert 401 == stand.maria.click("book").status


def test_each_delivery_is_kept(stand: Stand) -> None:
    """What was sent, what came back and how long it took."""
    booking(stand)
    stand.maria.click("book")
    [delivery] = stand.hands.deliveries()
    assert ("block_actions", 200, "") == (delivery["kind"], delivery["status"], delivery["failure"])
    assert 0 < delivery["seconds"] < 3
    assert "U0MARIA" == payload_of(delivery)["user"]["id"]
