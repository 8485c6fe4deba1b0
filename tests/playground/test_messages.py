"""Posting, changing and deleting messages, and what each person sees of them."""

from __future__ import annotations

import pytest
import requests

from tests.playground.kit import actions, button, section
from tests.playground.stand import FOREIGN, HOSTILE, Stand
from tests.playground.test_web_api import refused


def test_a_message_to_a_person_is_a_direct_message(stand: Stand) -> None:
    """A user id as channel is answered with the conversation's own id."""
    answer = stand.client.chat_postMessage(channel="U0MARIA", text=FOREIGN)
    assert "D0MARIA" == answer["channel"]
    [message] = stand.maria.messages()
    assert (FOREIGN, answer["ts"], 0) == (message.text, message.ts, message.updates)
    assert [] == stand.ben.messages()


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C0GENERAL", "not_in_channel"), ("C0NONE", "channel_not_found"), ("", "channel_not_found")],
)
def test_the_app_posts_only_where_it_is(stand: Stand, channel: str, error: str) -> None:
    """A channel it was not invited to, one that isn't there, none at all."""
    assert error == refused(stand.client.chat_postMessage, channel=channel, text="x")["error"]


def test_every_message_has_text(stand: Stand) -> None:
    """Without it, notifications and screen readers are silent: blocks alone are refused here."""
    silent = {"channel": "C0BOOKS", "blocks": [section("x")]}
    answer = refused(lambda: stand.client.api_call("chat.postMessage", json=silent))
    assert "no_text" == answer["error"]


def test_attachments_are_refused_rather_than_dropped(stand: Stand) -> None:
    """The playground shows blocks; what it can't show it doesn't take."""
    old = {"channel": "C0BOOKS", "text": "x", "attachments": [{"text": "x"}]}
    answer = refused(lambda: stand.client.api_call("chat.postMessage", json=old))
    assert "invalid_attachments" == answer["error"]


def test_an_update_keeps_what_was_said_before(stand: Stand) -> None:
    """Tests can count the updates and read each version."""
    ts = stand.client.chat_postMessage(channel="C0BOOKS", text="1 of 3", blocks=[section("1 of 3")])["ts"]
    stand.client.chat_update(channel="C0BOOKS", ts=ts, text="2 of 3", blocks=[section("2 of 3")])
    stand.client.chat_update(channel="C0BOOKS", ts=ts, text="3 of 3", blocks=[section("3 of 3")])
    [message] = stand.maria.messages("books")
    assert ("3 of 3", 2, ts) == (message.words, message.updates, message.ts)
    assert ["1 of 3", "2 of 3"] == [each["text"] for each in message.past]


def test_an_update_without_blocks_leaves_them(stand: Stand) -> None:
    """Slack keeps the old blocks; an empty list takes them away."""
    ts = stand.client.chat_postMessage(channel="C0BOOKS", text="a", blocks=[section("blocks")])["ts"]
    stand.client.chat_update(channel="C0BOOKS", ts=ts, text="b")
    assert "blocks" == stand.maria.messages("books")[0].words
    stand.client.chat_update(channel="C0BOOKS", ts=ts, text="c", blocks=[])
    assert "c" == stand.maria.messages("books")[0].words


def test_only_the_apps_own_messages_change(stand: Stand) -> None:
    """A person's message and one that isn't there are refused."""
    stand.maria.say("mine", channel="books")
    ts = stand.maria.messages("books")[0].ts
    update = refused(stand.client.chat_update, channel="C0BOOKS", ts=ts, text="x")
    assert "cant_update_message" == update["error"]
    assert "cant_delete_message" == refused(stand.client.chat_delete, channel="C0BOOKS", ts=ts)["error"]
    gone = refused(stand.client.chat_update, channel="C0BOOKS", ts="1.1", text="x")
    assert "message_not_found" == gone["error"]


def test_a_deleted_message_is_gone(stand: Stand) -> None:
    """chat.delete takes it away for everybody."""
    ts = stand.client.chat_postMessage(channel="C0BOOKS", text="x")["ts"]
    stand.client.chat_delete(channel="C0BOOKS", ts=ts)
    assert [] == stand.maria.messages("books")


def test_an_ephemeral_message_is_seen_by_one_and_never_updated(stand: Stand) -> None:
    """It can't be found again, only dismissed."""
    answer = stand.client.chat_postEphemeral(channel="C0BOOKS", user="U0MARIA", text="For you")
    assert ["For you"] == stand.maria.notices()
    assert [] == stand.ben.messages("books")
    ts = answer["message_ts"]
    update = refused(stand.client.chat_update, channel="C0BOOKS", ts=ts, text="x")
    assert "message_not_found" == update["error"]
    stranger = refused(stand.client.chat_postEphemeral, channel="C0APPROVE", user="U0MARIA", text="x")
    assert "user_not_in_channel" == stranger["error"]


def test_a_reply_stands_in_its_thread(stand: Stand) -> None:
    """thread_ts is kept; a thread that isn't there is refused."""
    ts = stand.client.chat_postMessage(channel="C0BOOKS", text="parent")["ts"]
    stand.client.chat_postMessage(channel="C0BOOKS", text="reply", thread_ts=ts)
    assert [None, ts] == [each.thread_ts for each in stand.maria.messages("books")]
    lost = refused(stand.client.chat_postMessage, channel="C0BOOKS", text="x", thread_ts="1.1")
    assert "thread_not_found" == lost["error"]


def test_a_permalink_opens_the_page(stand: Stand) -> None:
    """The link leads to the playground, where the page finds the message."""
    ts = stand.client.chat_postMessage(channel="C0BOOKS", text="x")["ts"]
    link = stand.client.chat_getPermalink(channel="C0BOOKS", message_ts=ts)["permalink"]
    assert f"{stand.playground.url}/archives/C0BOOKS/p{ts.replace('.', '')}" == link
    assert "/page/js/main.js" in requests.get(link, timeout=5).text
    gone = refused(stand.client.chat_getPermalink, channel="C0BOOKS", message_ts="1.1")
    assert "message_not_found" == gone["error"]


def test_time_stamps_never_repeat(stand: Stand) -> None:
    """Even where the clock stands still or goes back, a message's name is its own."""
    stand.clock.ahead = -1000
    first = [stand.client.chat_postMessage(channel="C0BOOKS", text="x")["ts"] for _ in range(3)]
    stand.clock.ahead = -2000
    later = [stand.client.chat_postMessage(channel="C0BOOKS", text="x")["ts"] for _ in range(3)]
    stamps = first + later
    assert sorted(set(stamps)) == stamps


def test_unread_messages_count_for_each_person(stand: Stand) -> None:
    """What others said since one last looked; one's own words don't count."""

    def unread(person_id: str) -> int:
        rooms = stand.hands.as_(person_id).screen()["rooms"]
        return int(next(each["unread"] for each in rooms if each["id"] == "C0BOOKS"))

    stand.client.chat_postMessage(channel="C0BOOKS", text="x")
    stand.maria.say("hello", channel="books")
    assert (0, 2) == (unread("U0MARIA"), unread("U0BEN"))
    stand.hands.post("read", {"as": "U0BEN", "channel": "C0BOOKS"})
    assert 0 == unread("U0BEN")


def test_names_go_through_unharmed(stand: Stand) -> None:
    """Hostile and foreign names come back to the letter, in text, blocks and button values."""
    blocks = [section(FOREIGN), actions(button(HOSTILE[:75], value=HOSTILE))]
    answer = stand.client.chat_postMessage(channel="C0BOOKS", text=HOSTILE, blocks=blocks)
    [message] = stand.maria.messages("books")
    assert (HOSTILE, [HOSTILE]) == (message.text, message.buttons)
    assert HOSTILE == answer["message"]["blocks"][1]["elements"][0]["value"]
    assert FOREIGN in message.words


def test_blocks_without_names_get_some(stand: Stand) -> None:
    """Slack fills in each missing block_id and action_id; a click names them."""
    anonymous = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}
    blocks = [section("x"), {"type": "actions", "elements": [anonymous]}]
    shown = stand.client.chat_postMessage(channel="C0BOOKS", text="x", blocks=blocks)["message"]["blocks"]
    names = [shown[0]["block_id"], shown[1]["block_id"], shown[1]["elements"][0]["action_id"]]
    assert 3 == len(set(names))


def test_a_response_url_replaces_and_deletes(stand: Stand) -> None:
    """The message that was clicked changes in place, or goes."""
    stand.app.action("book")(lambda ack: ack())
    stand.client.chat_postMessage(channel="C0BOOKS", text="Book?", blocks=[actions(button())])
    stand.maria.click("book")
    url = stand.payload("block_actions")["response_url"]
    requests.post(url, json={"replace_original": True, "text": "Booked"}, timeout=5)
    [message] = stand.ben.messages("books")
    assert ("Booked", 1) == (message.words, message.updates)
    requests.post(url, json={"delete_original": True}, timeout=5)
    assert [] == stand.ben.messages("books")
