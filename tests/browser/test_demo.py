"""The demo's page in a real browser: the story a newcomer is told to try, clicked through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.at_the_page import (
    be,
    command,
    go_to,
    go_to_app,
    message,
    message_among,
    modal,
    press,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Camera, Demo

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_whole_story_can_be_clicked_through(page: Page, demo: Demo, camera: Camera) -> None:
    """Connect, import, map, find the contact, preview, approve, open the invoice, and check the books."""
    expect(page.get_by_test_id("hints")).to_contain_text("/qb-connect")
    camera.take(page, "first-screen")
    connect(page)
    import_exports(page, demo, camera)
    drop_exports(page, demo, camera)
    confirm_mapping(page, camera)
    choose_contact_and_invoices(page, camera)
    ask_approve_and_book(page, camera)
    open_in_quickbooks(page, camera)
    command(page, "/qb")
    modal(page, "How things stand")
    camera.take(page, "how-things-stand")
    page.get_by_test_id("modal-cancel").click()
    check_the_books(page)


def connect(page: Page) -> None:
    """Alice lets the program into QuickBooks."""
    be(page, "alice")
    command(page, "/qb-connect")
    modal(page, "Intuit will ask you to sign in")
    button = page.get_by_role("button", name="Connect to QuickBooks")
    with page.expect_popup() as popped:
        page.get_by_role("link", name="Connect to QuickBooks").or_(button).click()
    intuit = popped.value
    intuit.get_by_role("button", name="Connect", exact=True).click()
    expect(intuit.get_by_role("heading", name="QuickBooks is connected")).to_be_visible()
    intuit.close()
    message(page, "Connected to Northgate Immigration Law")
    page.get_by_test_id("modal-cancel").click()


def import_exports(page: Page, demo: Demo, camera: Camera) -> None:
    """Maria takes in the three newest exports."""
    be(page, "maria")
    command(page, "/qb-import")
    modal(page, "Invoices, Payments and Client Listing")
    for sample in newest_exports(demo):
        page.get_by_test_id("samples").get_by_text(sample).click()
    camera.take(page, "import")
    page.get_by_test_id("modal-submit").click()
    modal(page, "new, 0 changed, 0 unchanged")
    camera.take(page, "imported")
    page.get_by_test_id("modal-cancel").click()


def drop_exports(page: Page, demo: Demo, camera: Camera) -> None:
    """She attaches the same ones to a message to CaseLedger: the same answer comes."""
    page.get_by_label("Attach sample files").click()
    for sample in newest_exports(demo):
        page.get_by_test_id("shelf").get_by_text(sample).click()
    page.get_by_label("Send", exact=True).click()
    message(page, "Nothing new: the records are as they were")
    camera.take(page, "dropped")


def confirm_mapping(page: Page, camera: Camera) -> None:
    """Alice confirms what was suggested."""
    be(page, "alice")
    command(page, "/qb-mapping")
    modal(page, "nothing counts until confirmed")
    camera.take(page, "mapping")
    page.get_by_test_id("modal-submit").click()
    modal(page, "choices confirmed")
    page.get_by_test_id("modal-cancel").click()


def choose_contact_and_invoices(page: Page, camera: Camera) -> None:
    """Maria finds the client in QuickBooks and asks for the preview of all three invoices."""
    be(page, "maria")
    command(page, "/qb-sync 00002")
    modal(page, "Daniel Osei")
    page.get_by_test_id("modal").get_by_role("button", name="Find Contact").click()
    modal(page, "Same e-mail")
    camera.take(page, "contact")
    page.get_by_test_id("modal-submit").last.click()
    modal(page, "In QuickBooks (CAD)")
    camera.take(page, "sync")
    page.get_by_test_id("modal-submit").last.click()
    message(page, "must approve, because")
    expect(page.get_by_test_id("modal")).to_have_count(0)


def ask_approve_and_book(page: Page, camera: Camera) -> None:
    """Maria reads the preview and asks; Ben approves in his channel; she gets the receipt."""
    page.get_by_test_id("hide-hints").click()
    camera.take_whole(page, "preview", 1240)
    press(page, "Ask to Book 3 Invoices")
    message_among(page, "Waiting for approval")
    be(page, "ben")
    go_to(page, "books-approvals")
    message(page, "Approve 3 invoices for Daniel Osei?")
    press(page, "Approve 3 Invoices")
    message_among(page, "3 invoices booked in QuickBooks for Daniel Osei")
    be(page, "maria")
    go_to_app(page, "messages")
    expect(message_among(page, "All of it is in the books")).to_contain_text(
        "Read back: total $2,330.00, tax $195.00, balance $0.00, deposited to Chequing"
    )
    camera.take(page, "booked")


def open_in_quickbooks(page: Page, camera: Camera) -> None:
    """The link in the result leads to the invoice as the books hold it."""
    with page.expect_popup() as popped:
        page.get_by_role("link", name="Invoice 1001").first.click()
    books = popped.value
    expect(books.locator("body")).to_contain_text("2,330.00")
    camera.take(books, "quickbooks-invoice")
    books.close()


def check_the_books(page: Page) -> None:
    """Ben, who closes the month, has every document compared with what was booked."""
    be(page, "ben")
    command(page, "/qb")
    modal(page, "How things stand")
    page.get_by_role("button", name="Check the Books").click()
    modal(page, "documents are as booked.")


def newest_exports(demo: Demo) -> list[str]:
    """The names of the newest export of each report."""
    newest = max(re.findall(r"\d{4}-\d\d-\d\d", " ".join(path.name for path in exports(demo))))
    return sorted(path.name for path in exports(demo) if newest in path.name)


def exports(demo: Demo) -> list[Path]:
    """The sample exports of this demo."""
    return list((demo.folder / "exports").iterdir())
