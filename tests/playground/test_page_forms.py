"""Modals in the page: filled, refused, changed under one's hands, sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from bot.demo.playground.hands import wait_for
from tests.playground.kit import TEXT_INPUT, field, modal, option, section
from tests.playground.stand import FOREIGN, hearing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.playground.stand import Stand

Json = dict[str, Any]
pytestmark = pytest.mark.browser
DROP = """(place) => {
  const carried = new DataTransfer();
  carried.items.add(new File(["a,b"], "own.csv"));
  place.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: carried }));
}"""


def typed(page: Page) -> None:
    """Type `/qb`."""
    page.get_by_test_id("composer").fill("/qb")
    page.get_by_test_id("composer").press("Enter")


def opening(stand: Stand, view: Json) -> None:
    """Let `/qb` open this modal."""

    @stand.app.command("/qb")
    def qb(ack: Callable[..., Any], client: Any, body: Json) -> None:  # noqa: ANN401 (Bolt's client)
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=view)


def test_a_form_is_filled_and_sent(page: Page, stand: Stand) -> None:
    """Text, menu, search, ticks, radio, date: what is put in arrives; errors stand under their fields."""
    picks = [option("One", "1"), option("Two", "2")]
    form = modal(
        field({**TEXT_INPUT, "action_id": "name"}, "name", "Name"),
        field({"type": "static_select", "action_id": "menu", "options": picks}, "menu", "Menu"),
        field({"type": "external_select", "action_id": "ext", "min_query_length": 1}, "ext", "Account"),
        field({"type": "multi_users_select", "action_id": "who"}, "who", "Approvers"),
        field({"type": "checkboxes", "action_id": "ticks", "options": picks}, "ticks", "Invoices"),
        field({"type": "radio_buttons", "action_id": "radio", "options": picks}, "radio", "Kind"),
        field({"type": "datepicker", "action_id": "day"}, "day", "From"),
    )
    opening(stand, form)
    stand.app.options("ext")(lambda ack, payload: ack(options=[option(f"{payload['value']}quing", "9")]))
    answers = iter([{"response_action": "errors", "errors": {"name": "Taken."}}, {}])
    stand.app.view("form")(lambda ack: ack(**next(answers)))
    typed(page)
    shown = page.get_by_test_id("modal")
    shown.get_by_label("Name").fill(FOREIGN)
    shown.locator("[data-action-id=menu]").click()
    shown.get_by_role("option", name="Two").click()
    shown.locator("[data-action-id=ext]").click()
    shown.locator("[data-action-id=ext]").press_sequentially("Che")
    shown.get_by_role("option", name="Chequing").click()
    shown.locator("[data-action-id=who]").click()
    shown.get_by_role("option", name="Ben").click()
    page.keyboard.press("Escape")
    shown.get_by_label("One").first.check()
    shown.locator("[data-action-id=radio]").get_by_label("Two").check()
    shown.locator("[data-action-id=day]").fill("2026-11-02")
    page.get_by_test_id("modal-submit").click()
    expect(shown.get_by_test_id("field-error")).to_have_text("Taken.")
    expect(shown.get_by_label("Name")).to_have_value(FOREIGN)
    page.get_by_test_id("modal-submit").click()
    expect(shown).to_have_count(0)
    values = stand.payload("view_submission")["view"]["state"]["values"]
    assert FOREIGN == values["name"]["name"]["value"]
    assert ("2", "9") == tuple(values[each][each]["selected_option"]["value"] for each in ("menu", "ext"))
    assert ["U0BEN"] == values["who"]["who"]["selected_users"]
    assert ["1"] == [each["value"] for each in values["ticks"]["ticks"]["selected_options"]]
    assert "2" == values["radio"]["radio"]["selected_option"]["value"]
    assert "2026-11-02" == values["day"]["day"]["selected_date"]


def test_unfilled_fields_are_pointed_out(page: Page, stand: Stand) -> None:
    """Before the app is asked."""
    opening(stand, modal(field(TEXT_INPUT)))
    typed(page)
    page.get_by_test_id("modal-submit").click()
    expect(page.get_by_test_id("field-error")).to_have_text("Please complete this required field.")


def test_what_is_being_typed_survives_an_update(page: Page, stand: Stand) -> None:
    """The app changes the modal under one's hands: text, focus and place stay."""
    opening(stand, modal(field(TEXT_INPUT, label="Name"), external_id="m"))
    typed(page)
    name = page.get_by_test_id("modal").get_by_label("Name")
    name.press_sequentially("Oka")
    stand.client.views_update(
        external_id="m", view=modal(section("Searching…"), field(TEXT_INPUT, label="Name"), external_id="m")
    )
    expect(page.get_by_test_id("modal")).to_contain_text("Searching…")
    page.keyboard.type("for")
    expect(name).to_have_value("Okafor")


def test_escape_closes_a_modal(page: Page, stand: Stand) -> None:
    """And the app hears of it where it asked."""
    stand.app.view_closed("form")(lambda ack: ack())
    opening(stand, modal(section("x"), notify_on_close=True))
    typed(page)
    expect(page.get_by_test_id("modal")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("modal")).to_have_count(0)
    assert wait_for(lambda: "view_closed" in [each["kind"] for each in stand.hands.deliveries()])


def test_one_can_become_somebody_else_while_a_modal_is_open(page: Page, stand: Stand) -> None:
    """Each person has their own modal, and finds it again."""
    opening(stand, modal(section("Maria's form")))
    typed(page)
    expect(page.get_by_test_id("modal")).to_contain_text("Maria's form")
    page.get_by_test_id("user-ben").click()
    expect(page.get_by_test_id("modal")).to_have_count(0)
    expect(page.get_by_test_id("composer")).to_be_focused()
    page.get_by_test_id("user-maria").click()
    expect(page.get_by_test_id("modal")).to_contain_text("Maria's form")


def test_files_are_chosen_and_uploaded(page: Page, stand: Stand, tmp_path: Path) -> None:
    """A sample from the shelf and a file of one's own."""
    own = tmp_path / "own.csv"
    own.write_text("a,b\n")
    opening(stand, modal(field({"type": "file_input", "filetypes": ["csv"]}, label="Exports")))
    stand.app.view("form")(lambda ack: ack())
    typed(page)
    shown = page.get_by_test_id("modal")
    shown.get_by_label("Invoices.csv", exact=True).check()
    shown.locator("input[type=file]").set_input_files(own)
    expect(shown.get_by_test_id("file")).to_contain_text(["own.csv"])
    page.get_by_test_id("modal-submit").click()
    expect(shown).to_have_count(0)
    files = stand.payload("view_submission")["view"]["state"]["values"]["b"]["a"]["files"]
    assert ["Invoices.csv", "own.csv"] == [each["name"] for each in files]


def test_files_are_attached_and_dropped_into_a_message(page: Page, stand: Stand) -> None:
    """A sample from the composer's shelf and a file let go in the conversation: one message, one event."""
    heard = hearing(stand, "message")
    page.get_by_label("Attach sample files").click()
    page.get_by_test_id("shelf").get_by_text("Invoices.csv").click()
    page.get_by_test_id("shelf").evaluate(DROP)
    composer = page.locator("form.composer")
    expect(composer.get_by_test_id("file")).to_contain_text(["Invoices.csv", "own.csv"])
    page.get_by_label("Send").click()
    expect(page.get_by_test_id("message").get_by_test_id("file")).to_have_count(2)
    expect(composer.get_by_test_id("file")).to_have_count(0)
    expect(page.get_by_test_id("shelf")).to_be_hidden()
    (event,) = heard
    assert ("im", "file_share") == (event["channel_type"], event["subtype"])
    assert ["Invoices.csv", "own.csv"] == [each["name"] for each in event["files"]]
