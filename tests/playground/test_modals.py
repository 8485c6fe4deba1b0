"""Modals: opening within three seconds, three deep, changed in place, submitted and closed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.demo.playground.acknowledgements import TROUBLE
from bot.demo.playground.filled import missing_answers
from tests.playground.kit import TEXT_INPUT, actions, button, field, modal, option, plain, section
from tests.playground.stand import FOREIGN, HOSTILE, Stand, standing
from tests.playground.test_web_api import refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from slack_sdk.web import SlackResponse

    from bot.demo.playground.seen import SeenView

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


def submitted(stand: Stand, answer: Callable[..., Any]) -> Any:  # noqa: ANN401 (an outcome)
    """Open a form, fill it, and submit it to a listener that answers so."""
    stand.app.view("form")(answer)
    opened(stand, modal(NAME))
    stand.maria.fill("Name", "x")
    return stand.maria.submit()


def test_a_modal_opens_on_a_click(stand: Stand) -> None:
    """The app gets the view with its id and hash; the person sees it."""
    answer = opened(stand, modal(NAME, private_metadata="m" * 3000))
    view = front(stand)
    assert (answer["view"]["id"], answer["view"]["hash"]) == (view.id, view.hash)
    assert ("A form", "Send", "form") == (view.title, view.submit, view.callback_id)
    assert {"values": {"b": {"a": {"type": "plain_text_input", "value": None}}}} == answer["view"]["state"]


def test_a_trigger_lasts_three_seconds(stand: Stand) -> None:
    """At three it opens, past three it has expired."""
    late, in_time = trigger(stand), trigger(stand)
    stand.clock.ahead = 2.5
    stand.client.views_open(trigger_id=in_time, view=modal(NAME))
    stand.clock.ahead = 3.5
    answer = refused(stand.client.views_open, trigger_id=late, view=modal(NAME))
    assert "expired_trigger_id" == answer["error"]


def test_a_trigger_works_once(stand: Stand) -> None:
    """The second use is refused; a refused view does not use it up."""
    once = trigger(stand)
    refused(stand.client.views_open, trigger_id=once, view={"type": "modal"})
    stand.client.views_open(trigger_id=once, view=modal(NAME))
    again = refused(stand.client.views_open, trigger_id=once, view=modal(NAME))
    assert "exchanged_trigger_id" == again["error"]
    never = refused(stand.client.views_open, trigger_id="1.2", view=modal(NAME))
    assert "invalid_trigger_id" == never["error"]


def test_modals_stack_three_deep(stand: Stand) -> None:
    """Open and two pushes; the fourth is refused; closing goes back one at a time."""
    stand.app.action("go")(lambda ack: ack())
    step = modal(actions(button("Go", "go")))
    opened(stand, {**step, "title": plain("1")})
    for title in ("2", "3"):
        stand.client.views_push(trigger_id=trigger_within(stand), view={**step, "title": plain(title)})
    fourth = refused(stand.client.views_push, trigger_id=trigger_within(stand), view=step)
    assert "push_limit_reached" == fourth["error"]
    stack = stand.maria.modals()
    assert ["1", "2", "3"] == [each.title for each in stack]
    stand.maria.close()
    assert "2" == front(stand).title


def test_a_pushed_view_knows_what_lies_under_it(stand: Stand) -> None:
    """root_view_id and previous_view_id."""
    stand.app.action("go")(lambda ack: ack())
    first = opened(stand, modal(actions(button("Go", "go"))))["view"]["id"]
    pushed = stand.client.views_push(trigger_id=trigger_within(stand), view=modal(NAME))["view"]
    assert (first, first) == (pushed["root_view_id"], pushed["previous_view_id"])


def test_pushing_needs_a_click_in_a_modal(stand: Stand) -> None:
    """A command's trigger opens, it doesn't push."""
    answer = refused(stand.client.views_push, trigger_id=trigger(stand), view=modal(NAME))
    assert "invalid_trigger_id" == answer["error"]


def test_an_update_with_an_old_hash_is_refused(stand: Stand) -> None:
    """Two updates cross: the second must read again."""
    view = opened(stand, modal(NAME))["view"]
    stand.client.views_update(view_id=view["id"], hash=view["hash"], view=modal(NAME, section("one")))
    late = refused(
        stand.client.views_update, view_id=view["id"], hash=view["hash"], view=modal(NAME, section("two"))
    )
    assert "hash_conflict" == late["error"]
    stand.client.views_update(view_id=view["id"], view=modal(NAME, section("three")))
    assert ("three" in front(stand).words, 2) == (True, front(stand).versions)


def test_an_update_after_closing_finds_nothing(stand: Stand) -> None:
    """Normal: people close things while we work."""
    view = opened(stand, modal(NAME))["view"]
    stand.maria.close()
    answer = refused(stand.client.views_update, view_id=view["id"], view=modal(NAME))
    assert "not_found" == answer["error"]


def test_an_external_id_names_one_view(stand: Stand) -> None:
    """It can be updated by that name, and no second view takes it."""
    opened(stand, modal(NAME, external_id="import-7"))
    stand.client.views_update(external_id="import-7", view=modal(section("later"), external_id="import-7"))
    assert "later" in front(stand).words
    stand.ben.command("/qb")
    taken = refused(
        stand.client.views_open,
        trigger_id=stand.payload("command")["trigger_id"],
        view=modal(NAME, external_id="import-7"),
    )
    assert "duplicate_external_id" == taken["error"]


def test_typed_values_survive_an_update_that_keeps_their_names(stand: Stand) -> None:
    """Same block_id and action_id: the text stays; another block_id: it starts anew."""
    view = opened(stand, modal(NAME))["view"]
    stand.maria.fill("Name", FOREIGN)
    kept = stand.client.views_update(view_id=view["id"], view=modal(section("busy"), NAME))["view"]
    assert FOREIGN == kept["state"]["values"]["b"]["a"]["value"]
    moved = stand.client.views_update(view_id=view["id"], view=modal(field(TEXT_INPUT, "other")))["view"]
    assert {"other": {"a": {"type": "plain_text_input", "value": None}}} == moved["state"]["values"]


def test_a_choice_that_is_no_longer_offered_is_dropped(stand: Stand) -> None:
    """An update that takes the chosen option away takes the choice too."""
    select = {"type": "static_select", "options": [option("One", "1"), option("Two", "2")]}
    view = opened(stand, modal(field(select)))["view"]
    stand.maria.choose("Label", "Two")
    fewer = {"type": "static_select", "options": [option("One", "1")]}
    shown = stand.client.views_update(view_id=view["id"], view=modal(field(fewer)))["view"]
    assert shown["state"]["values"]["b"]["a"]["selected_option"] is None


def test_a_submission_carries_what_was_typed(stand: Stand) -> None:
    """state.values to the letter, hostile names included; then the modal closes."""
    stand.app.view("form")(lambda ack: ack())
    opened(stand, modal(NAME, private_metadata="draft 7"))
    stand.maria.fill("b/a", HOSTILE)
    assert stand.maria.submit().ok
    view = stand.payload("view_submission")["view"]
    assert (HOSTILE, "draft 7") == (view["state"]["values"]["b"]["a"]["value"], view["private_metadata"])
    assert stand.maria.modal() is None


def test_errors_stand_under_their_fields(stand: Stand) -> None:
    """The modal stays, with the app's sentence for each block."""
    errors = {"b": "Choose another name."}
    outcome = submitted(stand, lambda ack: ack(response_action="errors", errors=errors))
    assert (errors, False) == (outcome.errors, outcome.ok)
    assert "A form" == front(stand).title


def test_the_answer_to_a_submission_updates_pushes_and_clears(stand: Stand) -> None:
    """The three other response actions."""
    answers: Iterator[Json] = iter(
        [
            {"response_action": "update", "view": modal(NAME, section("working"))},
            {"response_action": "push", "view": modal(NAME, title=plain("Second"))},
            {"response_action": "clear"},
        ]
    )
    before = submitted(stand, lambda ack: ack(**next(answers)))
    assert (True, 1) == (before.ok, front(stand).versions)
    stand.maria.submit()
    assert ["A form", "Second"] == [each.title for each in stand.maria.modals()]
    stand.maria.fill("Name", "x")
    stand.maria.submit()
    assert [] == stand.maria.modals()


def test_closing_after_a_submission_goes_back_one_view(stand: Stand) -> None:
    """An empty acknowledgement closes the view in front only."""
    stand.app.action("go")(lambda ack: ack())
    stand.app.view("form")(lambda ack: ack())
    opened(stand, modal(actions(button("Go", "go"))))
    stand.client.views_push(trigger_id=trigger_within(stand), view=modal(section("x"), title=plain("Top")))
    stand.maria.submit()
    assert ["A form"] == [each.title for each in stand.maria.modals()]


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "vanish"},
    ],
    ids=["error for no block", "no errors", "invalid view", "unknown action"],
)
def test_a_wrong_answer_to_a_submission_is_trouble(stand: Stand, answer: Json) -> None:
    """Slack shows that it had trouble connecting, and the modal stays."""
    outcome = submitted(stand, lambda ack: ack(**answer))
    assert outcome.notice.startswith(TROUBLE)
    assert front(stand).title == "A form"


def test_a_submission_nobody_handles_is_trouble(stand: Stand) -> None:
    """404 from Bolt."""
    opened(stand, modal(NAME))
    stand.maria.fill("Name", "x")
    outcome = stand.maria.submit()
    assert (TROUBLE, 404) == (outcome.notice, outcome.status)


def test_a_late_answer_to_a_submission_is_trouble(stand: Stand) -> None:
    """Past the deadline, whatever the app would have said."""
    held = threading.Event()
    stand.hands.switch(ack_seconds=0.2)
    outcome = submitted(stand, lambda ack: (held.wait(), ack()))
    held.set()
    assert TROUBLE == outcome.notice


def test_closing_tells_the_app_where_it_asked(stand: Stand) -> None:
    """notify_on_close sends view_closed; without it nothing is sent."""
    stand.app.view_closed("form")(lambda ack: ack())
    opened(stand, modal(NAME))
    stand.maria.close()
    assert "view_closed" not in [each["kind"] for each in stand.hands.deliveries()]
    opened(stand, modal(NAME, notify_on_close=True))
    stand.maria.close()
    payload = stand.payload("view_closed")
    assert (False, "form") == (payload["is_cleared"], payload["view"]["callback_id"])


def test_clear_on_close_closes_the_whole_stack(stand: Stand) -> None:
    """And says so to the app."""
    stand.app.view_closed("form")(lambda ack: ack())
    stand.app.action("go")(lambda ack: ack())
    opened(stand, modal(actions(button("Go", "go"))))
    top = modal(NAME, clear_on_close=True, notify_on_close=True)
    stand.client.views_push(trigger_id=trigger_within(stand), view=top)
    stand.maria.close()
    assert [] == stand.maria.modals()
    assert stand.payload("view_closed")["is_cleared"]


def test_a_file_input_needs_its_scope() -> None:
    """Without files:read Slack would not show it."""
    with standing(scopes=["commands"]) as bare:
        answer = refused(lambda: opened(bare, modal(field({"type": "file_input"}))))
    assert ("missing_scope", "files:read") == (answer["error"], answer["needed"])


@pytest.mark.parametrize(
    ("element", "given", "sentence"),
    [
        (TEXT_INPUT, None, "Please complete this required field."),
        ({**TEXT_INPUT, "min_length": 3}, "ab", "Please use at least 3 characters."),
        ({**TEXT_INPUT, "min_length": 2}, "ab", None),
        ({**TEXT_INPUT, "max_length": 2}, "abc", "Please use no more than 2 characters."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a whole number."),
        ({"type": "number_input", "is_decimal_allowed": True}, "1.5", None),
        ({"type": "number_input", "is_decimal_allowed": True}, "one", "Please enter a valid number."),
        ({"type": "number_input", "is_decimal_allowed": True}, "NaN", "Please enter a valid number."),
        (
            {"type": "number_input", "is_decimal_allowed": True, "min_value": "2"},
            "1.99",
            "Please enter 2 or more.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": True, "max_value": "2"},
            "2.01",
            "Please enter 2 or less.",
        ),
        ({"type": "email_text_input"}, "ben@", "Please enter a valid email address."),
        ({"type": "email_text_input"}, "ben@northgate.example", None),
        ({"type": "url_text_input"}, "northgate", "Please enter a valid URL."),
        ({"type": "url_text_input"}, "https://northgate.example", None),
    ],
)
def test_slack_checks_fields_before_it_asks_the_app(element: Json, given: str | None, sentence: str) -> None:
    """Required fields, lengths, numbers and addresses, with a sentence under the field."""
    block = field(element)
    values = {"b": {"a": {"type": element["type"], "value": given}}}
    assert ({"b": sentence} if sentence else {}) == missing_answers([block], values)
    assert {} == missing_answers(
        [{**block, "optional": True}], {"b": {"a": {"type": element["type"], "value": None}}}
    )


def test_an_unfilled_form_is_not_sent(stand: Stand) -> None:
    """The app never hears of it."""
    opened(stand, modal(NAME))
    outcome = stand.maria.submit()
    assert {"b": "Please complete this required field."} == outcome.errors
    assert "view_submission" not in [each["kind"] for each in stand.hands.deliveries()]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.sampled_from(["open", "push", "close"]), max_size=12))
def test_a_stack_is_never_deeper_than_three(stand: Stand, moves: list[str]) -> None:
    """Whatever one opens, pushes and closes."""
    views, depth = stand.playground.workspace.views, 0
    views.clear("U0MARIA")
    content = modal(NAME)
    for move in moves:
        if move == "open":
            views.open("U0MARIA", content)
            depth = 1
        elif move == "push" and 0 < depth < 3:
            views.push("U0MARIA", content)
            depth += 1
        elif move == "close" and depth:
            views.pop(views.stack("U0MARIA")[-1])
            depth -= 1
        assert depth == len(views.stack("U0MARIA"))
