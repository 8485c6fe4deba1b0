"""A week of a firm at the demo's page, by a clock that is put forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.at_the_page import (
    be,
    command,
    go_to,
    go_to_app,
    home,
    message_among,
    modal,
    press,
)
from tests.browser.small_firm import write_monday, write_wednesday
from tests.conversations.persons import sees
from tests.conversations.story import add_contact, choose_contact, connect, map_everything

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Camera
    from tests.browser.weekly import Week

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
MONDAY, _, WEDNESDAY, THURSDAY, FRIDAY = range(5)


def test_a_week_of_a_firm(desk: Page, week: Week, camera: Camera) -> None:
    """Monday's digest, a request, a rejection, a mend by someone else, an approval, Friday's all clear."""
    the_first_steps(desk, week, camera)
    mondays_digest(desk, week, camera)
    a_request(desk, week, camera)
    a_rejection(desk, camera)
    a_mend_by_someone_else(desk, week, camera)
    an_approval(desk, camera)
    what_was_rejected_is_asked_again(desk, week, camera)
    fridays_all_clear(desk, week, camera)


def the_first_steps(desk: Page, week: Week, camera: Camera) -> None:
    """The guide on Home names each step of the beginning, and no more once it is taken."""
    cast = week.cast
    be(desk, "alice")
    home(desk, "Step 1 of 4")
    camera.take(desk, "guide")
    connect(cast.alice)
    import_exports(week, write_monday(week.exports, week.clock().date()))
    map_everything(cast.alice)
    home(desk, "Step 4 of 4")
    the_firms_choices(desk, camera)


def the_firms_choices(desk: Page, camera: Camera) -> None:
    """Alice says what only she can; the digest goes to a private channel, where it may name clients."""
    go_to_app(desk, "messages")
    command(desk, "/qb-settings")
    modal(desk, "Daily digest")
    desk.get_by_role("button", name="Change How client money is banked").click()
    modal(desk, "How does your firm bank client money?").get_by_text("The firm holds no client money").click()
    desk.get_by_test_id("modal-submit").last.click()
    modal(desk, "The firm holds no client money")
    desk.get_by_role("button", name="Change Go-live date").click()
    modal(desk, "Since when do you book").get_by_text("Book everything from the beginning").click()
    desk.get_by_test_id("modal-submit").last.click()
    modal(desk, "Everything is booked from the beginning")
    desk.get_by_role("button", name="Change Daily digest").click()
    chosen = modal(desk, "Private channel, with clients' names")
    chosen.get_by_role("combobox").first.click()
    desk.get_by_role("option", name="# books", exact=True).click()
    chosen.get_by_text("On Fridays").click()
    desk.get_by_test_id("modal-submit").last.click()
    modal(desk, "The first digest comes today, Monday, at 09:00")
    desk.get_by_test_id("modal-cancel").last.click()
    modal(desk, "#books, with names")
    camera.take(desk, "settings")
    desk.get_by_test_id("modal-cancel").last.click()


def mondays_digest(desk: Page, week: Week, camera: Camera) -> None:
    """At nine the private channel reads what is paid and not in the books, grouped by what it needs."""
    week.let_it_be(MONDAY, 9)
    be(desk, "maria")
    go_to(desk, "books")
    message_among(desk, "4 paid invoices are not in QuickBooks yet")
    camera.take_whole(desk, "digest", 980)


def a_request(desk: Page, week: Week, camera: Camera) -> None:
    """Maria can't book alone: her preview becomes a request to a second person."""
    go_to_app(desk, "messages")
    command(desk, "/qb-sync 00002")
    modal(desk, "Daniel Osei")
    choose_contact(week.cast.maria)
    modal(desk, "In QuickBooks (CAD)")
    desk.get_by_test_id("modal-submit").last.click()
    message_among(desk, "must approve, because")
    press(desk, "Ask to Book 3 Invoices")
    message_among(desk, "Waiting for approval")
    expect(desk.get_by_test_id("channel-books-approvals")).to_have_count(0)  # she isn't in it


def a_rejection(desk: Page, camera: Camera) -> None:
    """Ben says no and why; Maria hears it, and nothing was booked."""
    be(desk, "ben")
    go_to(desk, "books-approvals")
    message_among(desk, "Approve 3 invoices for Daniel Osei?")
    camera.take_whole(desk, "request", 1240)
    home(desk, "@Maria asks for your approval")
    go_to(desk, "books-approvals")
    press(desk, "Reject")
    modal(desk, "Reject")
    desk.get_by_test_id("modal").last.get_by_role("textbox").fill(
        "Invoice 1003: the card part comes in by Friday."
    )
    desk.get_by_test_id("modal-submit").last.click()
    message_among(desk, "Rejected by")
    be(desk, "maria")
    go_to_app(desk, "messages")
    message_among(desk, "Invoice 1003: the card part comes in by Friday.")
    expect(desk.get_by_test_id("message").last).to_contain_text("Nothing was booked")
    camera.take(desk, "rejected")


def a_mend_by_someone_else(desk: Page, week: Week, camera: Camera) -> None:
    """A method nobody has seen: Maria asks, Ben maps it, and her sync goes on by itself."""
    monday = week.clock().date()
    wednesday = week.let_it_be(WEDNESDAY, 10)
    import_exports(week, write_wednesday(week.exports, monday, wednesday.date()))
    go_to_app(desk, "messages")
    command(desk, "/qb-sync 00003")
    modal(desk, "Leila Haddad")
    add_contact(week.cast.maria)
    modal(desk, "Interac")
    camera.take(desk, "held")
    desk.get_by_role("button", name="Ask Ben to Map Interac").click()
    modal(desk, "Asked @Ben")
    desk.get_by_test_id("modal-cancel").click()
    be(desk, "ben")
    go_to_app(desk, "messages")
    message_among(desk, "asks you to map Interac")
    camera.take(desk, "asked")
    press(desk, "Open Mapping")
    modal(desk, "Interac")
    desk.get_by_test_id("modal-submit").last.click()
    modal(desk, "confirmed")
    desk.get_by_test_id("modal-cancel").click()
    be(desk, "maria")
    message_among(desk, "mapped Interac")
    message_among(desk, "must approve, because")


def an_approval(desk: Page, camera: Camera) -> None:
    """Ben approves; channel and requester see the result, read back from QuickBooks."""
    press(desk, "Ask to Book 2 Invoices")
    message_among(desk, "Waiting for approval")
    be(desk, "ben")
    go_to(desk, "books-approvals")
    message_among(desk, "Approve 2 invoices for Leila Haddad?")
    press(desk, "Approve 2 Invoices")
    result = message_among(desk, "2 invoices booked in QuickBooks for Leila Haddad")
    expect(result).to_contain_text("approved by @Ben")
    camera.take(desk, "approved")
    be(desk, "maria")
    go_to_app(desk, "messages")
    message_among(desk, "2 invoices booked in QuickBooks for Leila Haddad")


def what_was_rejected_is_asked_again(desk: Page, week: Week, camera: Camera) -> None:
    """On Thursday the card part is in: the sync opens with it ticked, and Home tells each what it needs.

    Alice approves this time.
    """
    week.let_it_be(THURSDAY, 11)
    expect(home(desk, "@Ben rejected")).not_to_contain_text("Your way to the first booking")
    camera.take(desk, "home-staff")
    go_to_app(desk, "messages")
    press(desk, "Sync Again")
    modal(desk, "In QuickBooks (CAD)")
    desk.get_by_test_id("modal-submit").click()
    message_among(desk, "must approve, because")
    press(desk, "Ask to Book 3 Invoices")
    be(desk, "ben")
    home(desk, "@Maria asks for your approval")
    camera.take(desk, "home-approver")
    be(desk, "alice")
    home(desk, "@Maria asks for your approval")
    camera.take(desk, "home-admin")
    go_to(desk, "books-approvals")
    message_among(desk, "Approve 3 invoices for Daniel Osei?")
    press(desk, "Approve 3 Invoices")
    message_among(desk, "3 invoices booked in QuickBooks for Daniel Osei")


def fridays_all_clear(desk: Page, week: Week, camera: Camera) -> None:
    """Nothing waits any more: once a week the channel hears so."""
    week.let_it_be(FRIDAY, 9)
    be(desk, "maria")
    go_to(desk, "books")
    message_among(desk, "All clear")
    camera.take(desk, "all-clear")
    home(desk, "Booked lately")


def import_exports(week: Week, names: tuple[str, ...]) -> None:
    """Maria takes exports in."""
    maria = week.cast.maria
    maria.command("/qb-import")
    sees(maria, "The same file twice changes nothing.")
    maria.attach_samples(names)
    maria.submit()
    sees(maria, "unchanged")
    maria.close()
