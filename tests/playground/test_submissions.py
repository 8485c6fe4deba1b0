"""Submitting and closing modals, and what the app's answer does."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from bot.demo.playground.acknowledgements import TROUBLE
from bot.demo.playground.filled import missing_answers
from tests.playground.kit import TEXT_INPUT, actions, button, field, modal, plain, section
from tests.playground.opening import NAME, front, opened, trigger_within
from tests.playground.stand import HOSTILE, Stand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Json = dict[str, Any]


def submitted(stand: Stand, answer: Callable[..., Any]) -> Any:  # noqa: ANN401 (an outcome)
    """Open a form, fill it, and submit it to a listener that answers so."""
    stand.app.view("form")(answer)
    opened(stand, modal(NAME))
    stand.maria.fill("Name", "x")
    return stand.maria.submit()


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
