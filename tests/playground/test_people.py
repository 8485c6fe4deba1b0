"""Who sees what: guests, people from elsewhere and those who left, private channels, and what menus offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.demo.playground import Channel, Person
from bot.demo.playground.hands import NotSeenError
from bot.demo.playground.roster import VISITORS, Roster
from tests.playground.kit import actions, button, field, home, modal, plain, section
from tests.playground.opening import front, opened, trigger
from tests.playground.stand import PEOPLE, Stand, standing
from tests.playground.test_web_api import refused

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
MARIA, BEN, ALICE = PEOPLE
GAIL, OMAR, DORA = VISITORS
ROOMS = (
    Channel(id="C0BOOKS", name="books"),
    Channel(id="C0APPROVE", name="books-approvals", private=True, members=(BEN.id, GAIL.id)),
    Channel(id="C0SHARED", name="with-the-auditor", shared=True, members=(MARIA.id, OMAR.id, DORA.id)),
)
EVERYBODY = Roster((*PEOPLE, *VISITORS), ROOMS)


@pytest.fixture
def full() -> Iterator[Stand]:
    """A workspace with a guest, somebody of another workspace, and somebody who left."""
    with standing(people=EVERYBODY.people, channels=ROOMS, scopes=SCOPES_READING) as stand:
        yield stand


SCOPES_READING = ("commands", "chat:write", "im:write", "users:read", "channels:read")


@pytest.mark.parametrize(
    ("person", "rooms"),
    [
        (MARIA, ["C0BOOKS", "C0SHARED", "D0MARIA"]),
        (BEN, ["C0BOOKS", "C0APPROVE", "D0BEN"]),
        (GAIL, ["C0APPROVE", "D0GAIL"]),
        (OMAR, ["C0SHARED"]),
        (DORA, []),
    ],
)
def test_each_sees_the_conversations_they_are_in(person: Person, rooms: list[str]) -> None:
    """Full members all open channels; guests and people from elsewhere those that name them."""
    assert rooms == EVERYBODY.reaches(person)


@pytest.mark.parametrize(
    ("person", "marks"),
    [
        (MARIA, {"team_id": "T0NORTHGATE", "is_restricted": False, "is_owner": False}),
        (GAIL, {"is_restricted": True, "is_stranger": False, "deleted": False}),
        (OMAR, {"team_id": "T0ELSEWHERE", "is_stranger": False}),
        (DORA, {"deleted": True}),
    ],
)
def test_users_info_tells_who_somebody_is(full: Stand, person: Person, marks: Json) -> None:
    """Guest, of another workspace, deactivated; known from a shared channel is no stranger."""
    user = full.client.users_info(user=person.id)["user"]
    assert marks == {key: user[key] for key in marks}


def test_an_owner_is_an_admin_too() -> None:
    """Slack sets both marks."""
    owner = Person(id="U0OLGA", name="Olga", owner=True)
    with standing(people=(owner,)) as stand:
        user = stand.client.users_info(user="U0OLGA")["user"]
    assert (True, True, False) == (user["is_owner"], user["is_admin"], user["is_primary_owner"])


def test_a_channel_says_whether_it_is_shared(full: Stand) -> None:
    """conversations.info and .members, as an app decides what it may name there."""
    shared = full.client.conversations_info(channel="C0SHARED")["channel"]
    private = full.client.conversations_info(channel="C0APPROVE")["channel"]
    marks = ("is_private", "is_ext_shared", "is_shared")
    assert (False, True, True) == tuple(shared[each] for each in marks)
    assert (True, False, False) == tuple(private[each] for each in marks)
    members = full.client.conversations_members(channel="C0SHARED")["members"]
    assert ["U0MARIA", "U0OMAR", "U0CASELEDGER"] == members


def test_a_click_from_a_shared_channel_says_where_its_person_is_from(full: Stand) -> None:
    """`user.team_id` is the other workspace's."""
    full.app.action("book")(lambda ack: ack())
    full.client.chat_postMessage(channel="C0SHARED", text="x", blocks=[actions(button())])
    assert full.hands.as_(OMAR.id).click("book").ok
    assert "T0ELSEWHERE" == full.payload("block_actions")["user"]["team_id"]


def test_people_from_elsewhere_have_no_commands(full: Stand) -> None:
    """Slack offers an app's commands in its own workspace only."""
    outcome = full.hands.as_(OMAR.id).command("/qb", channel="C0SHARED")
    assert (False, "/qb is not a valid command.") == (outcome.ok, outcome.notice)
    assert [] == full.hands.deliveries()


def test_who_left_does_nothing_and_gets_nothing(full: Stand) -> None:
    """No gesture, no direct message; the page doesn't offer to be them."""
    with pytest.raises(NotSeenError, match="account_inactive"):
        full.hands.post("home", {"as": DORA.id, "tab": "home"})
    assert "channel_not_found" == refused(full.client.chat_postMessage, channel=DORA.id, text="x")["error"]
    assert "user_disabled" == refused(full.client.conversations_open, users=DORA.id)["error"]
    assert DORA.id not in [each["id"] for each in full.maria.screen()["people"]]


def test_a_private_channel_is_closed_to_others(full: Stand) -> None:
    """Neither read, written to, nor clicked in."""
    sent = full.client.chat_postMessage(channel="C0APPROVE", text="x", blocks=[actions(button())])
    with pytest.raises(NotSeenError, match="not in"):
        full.maria.messages("books-approvals")
    where = {"channel": "C0APPROVE", "ts": sent["ts"]}
    press = {"as": MARIA.id, "where": where, "block_id": "acts", "action_id": "book"}
    with pytest.raises(NotSeenError, match="message_not_found"):
        full.hands.post("press", press)
    said = {"as": MARIA.id, "channel": "C0APPROVE", "text": "hello"}
    with pytest.raises(NotSeenError, match="channel_not_found"):
        full.hands.post("say", said)
    assert [] == full.hands.deliveries()


def test_somebody_elses_screen_can_not_be_used(stand: Stand) -> None:
    """A modal and a Home belong to one person."""
    stand.client.views_publish(user_id=MARIA.id, view=home(actions(button())))
    view = opened(stand, modal(section("x")))["view"]["id"]
    for gesture in ("submit", "close"):
        with pytest.raises(NotSeenError, match="not_found"):
            stand.hands.post(gesture, {"as": BEN.id, "view_id": view})
    own = stand.maria.home()
    assert own is not None
    with pytest.raises(NotSeenError, match="not_found"):
        stand.ben.click("book", in_=own)


MENUS: list[tuple[Json, str, str]] = [
    ({"type": "users_select"}, GAIL.id, OMAR.id),
    ({"type": "users_select"}, MARIA.id, DORA.id),
    ({"type": "conversations_select", "filter": {"include": ["private"]}}, "C0APPROVE", "C0BOOKS"),
    ({"type": "conversations_select", "filter": {"include": ["public", "private"]}}, "C0BOOKS", "D0BEN"),
    ({"type": "conversations_select"}, "C0APPROVE", "C0SHARED"),
    ({"type": "channels_select"}, "C0BOOKS", "C0APPROVE"),
]


@pytest.mark.parametrize(("menu", "listed", "unlisted"), MENUS)
def test_a_menu_offers_whom_and_what_slack_would(full: Stand, menu: Json, listed: str, unlisted: str) -> None:
    """Ben chooses among who can sign in here and the conversations he is in, by the menu's filter."""
    full.app.action("pick")(lambda ack: ack())
    posted = [actions({**menu, "action_id": "pick"})]
    full.client.chat_postMessage(channel="C0APPROVE", text="x", blocks=posted)
    assert full.ben.choose("pick", listed).ok
    with pytest.raises(NotSeenError, match="option_not_found"):
        full.ben.choose("pick", unlisted)


def test_a_filter_can_leave_out_shared_channels(full: Stand) -> None:
    """`exclude_external_shared_channels`, for what other firms mustn't read."""
    full.app.action("pick")(lambda ack: ack())
    closed = {"include": ["public", "private"], "exclude_external_shared_channels": True}
    menu = {"type": "conversations_select", "action_id": "pick", "filter": closed}
    full.client.chat_postMessage(channel="C0BOOKS", text="x", blocks=[actions(menu)])
    assert full.maria.choose("pick", "C0BOOKS").ok
    with pytest.raises(NotSeenError, match="option_not_found"):
        full.maria.choose("pick", "C0SHARED")


def test_a_screen_filled_in_later_still_knows_where_it_was_opened(stand: Stand) -> None:
    """A menu that asks for the current conversation gets it though it came with an update."""
    stand.app.command("/qb")(lambda ack: ack())
    stand.maria.command("/qb", channel="books")
    trigger_id = str(stand.payload("command")["trigger_id"])
    view = stand.client.views_open(trigger_id=trigger_id, view=modal(section("Loading…")))["view"]["id"]
    menu = {"type": "conversations_select", "default_to_current_conversation": True}
    stand.client.views_update(view_id=view, view=modal(field(menu)))
    assert "C0BOOKS" == front(stand).values["b"]["a"]["selected_conversation"]


def test_who_is_not_sure_sends_nothing(stand: Stand) -> None:
    """A control that asks first says what it asks; only a yes reaches the app."""
    stand.app.action("book")(lambda ack: ack())
    asked = {"title": plain("Reject?"), "text": plain("Maria is told."), "confirm": plain("Reject")}
    stand.client.chat_postMessage(channel="C0BOOKS", text="x", blocks=[actions(button(confirm=asked))])
    assert "Reject?\nMaria is told." == stand.maria.question("book")
    assert not stand.maria.click("book", sure=False).ok
    assert [] == stand.hands.deliveries()
    assert stand.maria.click("book").ok


def test_a_trigger_is_its_persons_own(stand: Stand) -> None:
    """What Maria's click opens stands on Maria's screen alone."""
    stand.client.views_open(trigger_id=trigger(stand), view=modal(section("x")))
    assert stand.ben.modal() is None
