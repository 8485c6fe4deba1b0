"""Operating controls: block_actions, block_suggestion and the state they carry."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.playground.controls import state_values
from bot.demo.playground.hands import NotSeenError, wait_for
from tests.playground.kit import TEXT_INPUT, actions, button, field, home, modal, option, plain, section
from tests.playground.opening import opened
from tests.playground.stand import FOREIGN, HOSTILE, Stand, standing

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
OPTIONS = [option("One", "1"), option("Two", "2"), option("Three", "3")]
ONE, TWO, THREE = OPTIONS


def posted(stand: Stand, *blocks: Json, channel: str = "C0BOOKS") -> None:
    """Post blocks, and let the app acknowledge any action."""
    stand.app.action({"block_id": "acts"})(lambda ack: ack())
    stand.client.chat_postMessage(channel=channel, text="x", blocks=list(blocks))


def test_a_click_on_a_message_says_where_and_what(stand: Stand) -> None:
    """user, container, channel, message, state, response_url, trigger_id and the action itself."""
    posted(stand, actions(button("Book", style="primary", value='{"r":1}')))
    assert stand.ben.click("Book").ok
    payload = stand.payload("block_actions")
    [message] = stand.ben.messages("books")
    assert {"id": "U0BEN", "username": "ben", "name": "ben", "team_id": "T0NORTHGATE"} == payload["user"]
    assert {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": "C0BOOKS",
        "is_ephemeral": False,
    } == payload["container"]
    assert ({"id": "C0BOOKS", "name": "books"}, message.ts) == (payload["channel"], payload["message"]["ts"])
    assert ("A0CASELEDGER", {"values": {}}) == (payload["api_app_id"], payload["state"])
    assert payload["response_url"].startswith(stand.playground.url)
    [action] = payload["actions"]
    assert action.pop("action_ts")
    assert {
        "action_id": "book",
        "block_id": "acts",
        "type": "button",
        "text": plain("Book"),
        "value": '{"r":1}',
        "style": "primary",
    } == action


def test_a_click_on_an_ephemeral_message_comes_without_it(stand: Stand) -> None:
    """Slack keeps no ephemeral messages, so it can't send one along."""
    stand.app.action("book")(lambda ack: ack())
    blocks = [actions(button())]
    stand.client.chat_postEphemeral(channel="C0BOOKS", user="U0MARIA", text="x", blocks=blocks)
    stand.maria.click("book")
    payload = stand.payload("block_actions")
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload


def test_a_click_nobody_handles_shows_a_warning(stand: Stand) -> None:
    """404 from Bolt: nothing happened, and the person sees so."""
    stand.client.chat_postMessage(channel="C0BOOKS", text="x", blocks=[actions(button())])
    outcome = stand.maria.click("book")
    assert (False, 404) == (outcome.ok, outcome.status)
    assert "warning sign" in outcome.notice


def test_an_overflow_menu_sends_its_option(stand: Stand) -> None:
    """Like a button with a choice."""
    menu = {"type": "overflow", "action_id": "more", "options": [ONE, TWO]}
    stand.app.action("more")(lambda ack: ack())
    posted(stand, {**section("x"), "block_id": "s", "accessory": menu})
    stand.maria.click("more", choice="Two")
    [action] = stand.payload("block_actions")["actions"]
    assert ("overflow", TWO) == (action["type"], action["selected_option"])


CHOICES: list[tuple[str, Json, tuple[str, ...], Json]] = [
    ("static_select", {"options": OPTIONS}, ("Two",), {"selected_option": TWO}),
    ("multi_static_select", {"options": OPTIONS}, ("1", "3"), {"selected_options": [ONE, THREE]}),
    ("radio_buttons", {"options": OPTIONS}, ("2",), {"selected_option": TWO}),
    ("users_select", {}, ("U0BEN",), {"selected_user": "U0BEN"}),
    ("multi_users_select", {}, ("U0BEN", "U0ALICE"), {"selected_users": ["U0BEN", "U0ALICE"]}),
    ("conversations_select", {}, ("C0BOOKS",), {"selected_conversation": "C0BOOKS"}),
    ("channels_select", {}, ("C0BOOKS",), {"selected_channel": "C0BOOKS"}),
]


@pytest.mark.parametrize(("kind", "more", "chosen", "answer"), CHOICES, ids=[each[0] for each in CHOICES])
def test_a_choice_in_a_message_is_sent_at_once(
    stand: Stand, kind: str, more: Json, chosen: tuple[str, ...], answer: Json
) -> None:
    """The action carries what was chosen, and so does the state."""
    posted(stand, actions({"type": kind, "action_id": "pick", **more}))
    assert stand.maria.choose("pick", *chosen).ok
    payload = stand.payload("block_actions")
    [action] = payload["actions"]
    assert answer == {key: action[key] for key in answer}
    assert {"type": kind, **answer} == payload["state"]["values"]["acts"]["pick"]


def test_ticks_are_added_and_taken_away(stand: Stand) -> None:
    """Each tick sends the whole list, in the order of the options."""
    posted(stand, actions({"type": "checkboxes", "action_id": "pick", "options": OPTIONS}))
    stand.maria.tick("pick", "3")
    stand.maria.tick("pick", "One")
    [action] = stand.payload("block_actions")["actions"]
    assert [ONE, THREE] == action["selected_options"]
    stand.maria.untick("pick", "3")
    [action] = stand.payload("block_actions")["actions"]
    assert [ONE] == action["selected_options"]


def test_one_persons_choices_are_not_anothers(stand: Stand) -> None:
    """The state of a message is each viewer's own."""
    posted(stand, actions({"type": "checkboxes", "action_id": "pick", "options": OPTIONS}, button()))
    stand.maria.tick("pick", "1")
    stand.ben.click("book")
    assert [] == stand.payload("block_actions")["state"]["values"]["acts"]["pick"]["selected_options"]


def test_an_input_in_a_modal_speaks_only_where_it_asked(stand: Stand) -> None:
    """Without dispatch_action typing stays in the form."""
    stand.app.action("a")(lambda ack: ack())
    opened(stand, modal(field(TEXT_INPUT), field(TEXT_INPUT, "loud", "Loud", dispatch_action=True)))
    stand.maria.fill("b/a", "quiet")
    assert "block_actions" not in [each["kind"] for each in stand.hands.deliveries()]
    stand.maria.fill("loud/a", FOREIGN)
    payload = stand.payload("block_actions")
    assert ("view", FOREIGN) == (payload["container"]["type"], payload["actions"][0]["value"])
    assert "quiet" == payload["view"]["state"]["values"]["b"]["a"]["value"]
    assert "response_url" not in payload


def test_what_a_form_starts_with_is_its_state(stand: Stand) -> None:
    """Initial values count as filled in, and nothing counts as null or empty."""
    blocks = [
        field({**TEXT_INPUT, "initial_value": FOREIGN}, "text"),
        field({"type": "datepicker", "initial_date": "2026-11-01"}, "day"),
        field({"type": "timepicker"}, "time"),
        field({"type": "checkboxes", "options": OPTIONS, "initial_options": [TWO]}, "ticks"),
        field({"type": "static_select", "options": OPTIONS}, "menu"),
        field({"type": "file_input"}, "files"),
    ]
    values = opened(stand, modal(*blocks))["view"]["state"]["values"]
    expected: Json = {
        "text": {"type": "plain_text_input", "value": FOREIGN},
        "day": {"type": "datepicker", "selected_date": "2026-11-01"},
        "time": {"type": "timepicker", "selected_time": None},
        "ticks": {"type": "checkboxes", "selected_options": [TWO]},
        "menu": {"type": "static_select", "selected_option": None},
        "files": {"type": "file_input", "files": []},
    }
    assert expected == {block: answers["a"] for block, answers in values.items()}


def searching(stand: Stand, answer: Callable[..., Any]) -> None:
    """A modal with a searching select that the app answers so."""
    stand.app.options("a")(answer)
    opened(stand, modal(field({"type": "external_select", "min_query_length": 1})))


def test_a_searching_select_asks_the_app(stand: Stand) -> None:
    """The app gets what was typed and the view; its options can be chosen."""
    searching(stand, lambda ack, payload: ack(options=[option(f"{payload['value']} {FOREIGN}", HOSTILE)]))
    assert stand.maria.choose("Label", HOSTILE, search="Oka").ok
    payload = stand.payload("block_suggestion")
    assert ("Oka", "a", "b") == (payload["value"], payload["action_id"], payload["block_id"])
    assert "form" == payload["view"]["callback_id"]
    modal_in_front = stand.maria.modal()
    assert modal_in_front is not None
    assert HOSTILE == modal_in_front.values["b"]["a"]["selected_option"]["value"]


def test_option_groups_are_offered(stand: Stand) -> None:
    """Grouped answers are shown flat to the hands."""
    groups = [{"label": plain("Bank"), "options": [ONE]}, {"label": plain("Other"), "options": [TWO]}]
    searching(stand, lambda ack: ack(option_groups=groups))
    assert [ONE, TWO] == stand.maria.search_options("a", "x")


@pytest.mark.parametrize(
    "options",
    [
        [option("x" * 76, "1")],
        [option("x", "1" * 151)],
        [option(str(each), str(each)) for each in range(101)],
        [{"text": "One", "value": "1"}],
    ],
    ids=["text of 76", "value of 151", "101 options", "text not an object"],
)
def test_options_slack_would_not_show_leave_the_list_empty(stand: Stand, options: list[Json]) -> None:
    """The commonest bug of Slack apps: one overlong option, and nothing is offered."""

    @stand.app.options("a")
    def late(ack: Callable[..., Any]) -> None:
        ack({"options": options})

    opened(stand, modal(field({"type": "external_select", "min_query_length": 1})))
    assert [] == stand.maria.search_options("a", "x")


def test_exactly_as_long_as_slack_allows_is_offered(stand: Stand) -> None:
    """75 characters of text, 150 of value, 100 options."""
    options = [option("x" * 75, f"{each:0150}") for each in range(100)]
    searching(stand, lambda ack: ack(options=options))
    assert options == stand.maria.search_options("a", "x")


def test_without_an_options_url_the_select_stays_silent() -> None:
    """Slack sends options requests to message_menu_options_url only."""
    with standing() as stand:
        searching(stand, lambda ack: ack(options=[ONE]))
        object.__setattr__(stand.playground.workspace.manifest, "options_url", False)
        assert [] == stand.maria.search_options("a", "x")
        assert "block_suggestion" not in [each["kind"] for each in stand.hands.deliveries()]


def test_a_button_in_a_data_table_works(stand: Stand) -> None:
    """action_cell: one button a row."""
    rows = [
        [{"type": "raw_text", "text": "Invoice"}, {"type": "raw_text", "text": "Do"}],
        [
            {"type": "raw_text", "text": "INV-1"},
            {"type": "action_cell", "element": button("Mend", "mend", value="1")},
        ],
    ]
    stand.app.action("mend")(lambda ack: ack())
    posted(stand, {"type": "data_table", "caption": "Held", "block_id": "t", "rows": rows})
    assert stand.maria.click("Mend").ok
    assert "1" == stand.payload("block_actions")["actions"][0]["value"]


def test_a_click_on_home_carries_the_home_view(stand: Stand) -> None:
    """Home is a view, not a message."""
    stand.app.action("book")(lambda ack: ack())
    stand.client.views_publish(user_id="U0MARIA", view=home(actions(button())))
    stand.maria.click("book")
    assert "home" == wait_for(lambda: stand.payload("block_actions"))["view"]["type"]


def test_the_channel_one_came_from_is_chosen_where_a_menu_asks(stand: Stand) -> None:
    """default_to_current_conversation: from a channel it is that one, from direct messages none."""
    menu = field({"type": "conversations_select", "default_to_current_conversation": True})
    stand.maria.command("/qb", channel="books")
    from_channel = stand.client.views_open(
        trigger_id=stand.payload("command")["trigger_id"], view=modal(menu)
    )
    assert "C0BOOKS" == from_channel["view"]["state"]["values"]["b"]["a"]["selected_conversation"]
    from_direct = opened(stand, modal(menu))
    assert from_direct["view"]["state"]["values"]["b"]["a"]["selected_conversation"] is None


def test_without_interactivity_no_click_is_sent(stand: Stand) -> None:
    """Slack sends interactions only where the manifest has them switched on."""
    posted(stand, actions(button()))
    object.__setattr__(stand.playground.workspace.manifest, "interactive", False)
    with pytest.raises(NotSeenError, match="interactivity_disabled"):
        stand.maria.click("book")
    assert [] == stand.hands.deliveries()


def test_fifty_people_can_press_at_once(stand: Stand) -> None:
    """While all fifty wait for the app, the app can still call back."""

    @stand.app.action("book")
    def book(ack: Callable[..., Any], client: Any) -> None:  # noqa: ANN401 (Bolt's client)
        wait_for(lambda: len(stand.received) == 50)
        client.auth_test()
        ack()

    posted(stand, actions(button(), block_id="other"))
    stand.hands.switch(ack_seconds=20)
    [message] = stand.maria.messages("books")
    with ThreadPoolExecutor(50) as people:
        pressed = list(people.map(lambda _: stand.maria.click("book", message), range(50)))
    assert [200] * 50 == [each.status for each in pressed]


@given(order=st.permutations(["1", "2", "3"]))
def test_the_order_of_ticking_does_not_matter(order: list[str]) -> None:
    """state.values is the same whichever tick came first."""
    block = actions({"type": "checkboxes", "action_id": "pick", "options": OPTIONS})
    chosen = [each for each in OPTIONS if each["value"] in order]
    given_answers = {"acts": {"pick": {"type": "checkboxes", "selected_options": chosen}}}
    assert given_answers == state_values([block], given_answers)
