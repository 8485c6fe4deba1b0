"""Slash commands: what the app gets, and what its acknowledgement does."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
import requests
from slack_sdk.errors import SlackApiError

from bot.demo.playground.hands import NotSeenError, wait_for
from tests.playground.kit import section
from tests.playground.stand import FOREIGN, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.playground.stand import Stand


def answering(stand: Stand, *args: object, **kwargs: object) -> None:
    """Let the app acknowledge `/qb` with this."""

    @stand.app.command("/qb")
    def qb(ack: Callable[..., Any]) -> None:
        ack(*args, **kwargs)


def test_a_command_has_slacks_form_fields(stand: Stand) -> None:
    """The app gets every field that Slack documents, named as there."""
    answering(stand)
    stand.maria.command("/qb", "00002", channel="books")
    fields = stand.payload("command")
    expected = {
        "team_id": "T0NORTHGATE",
        "team_domain": "northgate",
        "channel_id": "C0BOOKS",
        "channel_name": "books",
        "user_id": "U0MARIA",
        "user_name": "maria",
        "command": "/qb",
        "text": "00002",
        "api_app_id": "A0CASELEDGER",
        "is_enterprise_install": "false",
    }
    assert expected == {key: fields[key] for key in expected}
    assert {"token", "response_url", "trigger_id"} == set(fields) - set(expected)


def test_a_private_channel_and_a_direct_message_keep_their_names_secret(stand: Stand) -> None:
    """Slack says `privategroup` and `directmessage`."""
    answering(stand)
    stand.ben.command("/qb", channel="books-approvals")
    assert "privategroup" == stand.payload("command")["channel_name"]
    stand.ben.command("/qb")
    fields = stand.payload("command")
    assert ("D0BEN", "directmessage") == (fields["channel_id"], fields["channel_name"])


def test_what_people_type_is_escaped_and_mentions_carry_ids(stand: Stand) -> None:
    """`should_escape` turns names into ids, and the three special characters into entities."""
    answering(stand)
    stand.maria.command("/qb", f"@ben #books a@b {HOSTILE} {FOREIGN}")
    expected = (
        "<@U0BEN|ben> <#C0BOOKS|books> a@b &lt;!channel&gt; &amp; &lt;https://evil|Approve&gt; " + FOREIGN
    )
    assert expected == stand.payload("command")["text"]


def test_an_empty_acknowledgement_shows_nothing(stand: Stand) -> None:
    """200 without a body is all that is asked."""
    answering(stand)
    assert stand.maria.command("/qb").ok
    assert [] == stand.maria.messages()


def test_text_in_the_acknowledgement_is_seen_by_one(stand: Stand) -> None:
    """The answer to a command is ephemeral unless it says otherwise."""
    answering(stand, f"Hello {FOREIGN}")
    stand.maria.command("/qb", channel="books")
    [message] = stand.maria.messages("books")
    assert (f"Hello {FOREIGN}", True) == (message.text, message.ephemeral)
    assert [] == stand.ben.messages("books")


def test_an_acknowledgement_can_speak_to_the_channel(stand: Stand) -> None:
    """`in_channel` shows it to everybody."""
    answering(stand, text="Hello all", blocks=[section("*Hello all*")], response_type="in_channel")
    stand.maria.command("/qb", channel="books")
    [message] = stand.ben.messages("books")
    assert ("*Hello all*", False) == (message.words, message.ephemeral)


def test_an_acknowledgement_slack_would_not_show_is_told_to_the_person(stand: Stand) -> None:
    """Invalid blocks in the answer don't vanish silently."""
    answering(stand, text="Hello", blocks=[{"type": "sectoin"}])
    assert not stand.maria.command("/qb").ok
    assert "invalid_blocks" in stand.maria.notices()[0]


def test_a_command_nobody_listens_to_fails_as_in_slack(stand: Stand) -> None:
    """Bolt answers 404; the person reads dispatch_failed."""
    outcome = stand.maria.command("/qb")
    assert ('/qb failed with the error "dispatch_failed"', 404) == (outcome.notice, outcome.status)
    assert [outcome.notice] == stand.maria.notices()


def test_a_late_acknowledgement_fails_as_in_slack(stand: Stand) -> None:
    """After the deadline the person reads operation_timeout; three seconds are the default."""
    assert 3.0 == stand.playground.courier.ack_seconds
    held = threading.Event()

    @stand.app.command("/qb")
    def qb(ack: Callable[..., Any]) -> None:
        held.wait()
        ack()

    stand.hands.switch(ack_seconds=0.2)
    outcome = stand.maria.command("/qb")
    held.set()
    assert '/qb failed with the error "operation_timeout"' == outcome.notice


def test_an_app_that_is_not_there_fails_as_in_slack(stand: Stand) -> None:
    """A refused connection reads dispatch_failed too."""
    stand.playground.courier._url = "http://127.0.0.1:9/slack/events"
    outcome = stand.maria.command("/qb")
    assert '/qb failed with the error "dispatch_failed"' == outcome.notice


def test_a_command_that_is_not_in_the_manifest_is_not_sent(stand: Stand) -> None:
    """Slack knows only what the manifest declares."""
    assert "/quickbooks is not a valid command." == stand.maria.command("/quickbooks").notice
    assert [] == stand.hands.deliveries()


def test_the_app_answers_later_by_response_url(stand: Stand) -> None:
    """`respond` reaches the person where they typed, five times at most."""
    left = threading.Event()

    @stand.app.command("/qb")
    def qb(ack: Callable[..., Any], respond: Callable[..., Any]) -> None:
        ack()
        for number in range(5):
            respond(f"Answer {number}")
        left.set()

    stand.maria.command("/qb")
    assert left.wait(5)
    assert [f"Answer {number}" for number in range(5)] == stand.maria.notices()
    url = stand.payload("command")["response_url"]
    sixth = requests.post(url, json={"text": "once more"}, timeout=5)
    assert (404, "used_url") == (sixth.status_code, sixth.json()["error"])


def test_a_response_url_ends_after_half_an_hour(stand: Stand) -> None:
    """Slack: usable for 30 minutes."""
    answering(stand)
    stand.maria.command("/qb")
    url = stand.payload("command")["response_url"]
    stand.clock.ahead = 30 * 60 - 5
    assert 200 == requests.post(url, json={"text": "in time"}, timeout=5).status_code
    stand.clock.ahead = 30 * 60 + 1
    late = requests.post(url, json={"text": "late"}, timeout=5)
    assert (404, "expired_url") == (late.status_code, late.json()["error"])


def test_a_person_types_in_a_channel_they_are_in(stand: Stand) -> None:
    """Maria isn't in the approvers' private channel."""
    with pytest.raises(NotSeenError, match="U0MARIA is not in books-approvals"):
        stand.maria.command("/qb", channel="books-approvals")


def test_bolt_posts_from_a_listener(stand: Stand) -> None:
    """The whole way round: command, Web API, message; and no message where the app isn't."""
    refused: list[str] = []

    @stand.app.command("/qb")
    def qb(ack: Callable[..., Any], client: Any, body: dict[str, str]) -> None:  # noqa: ANN401 (Bolt's client)
        ack()
        client.chat_postMessage(channel=body["user_id"], text="Done")
        try:
            client.chat_postMessage(channel="C0GENERAL", text="Done")
        except SlackApiError as error:
            refused.append(error.response["error"])

    stand.maria.command("/qb")
    assert "Done" == wait_for(stand.maria.messages)[0].text
    assert ["not_in_channel"] == wait_for(lambda: refused)
