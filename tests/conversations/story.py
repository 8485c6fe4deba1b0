"""The main job as people do it, at whichever Slack: connect, import, map, find the contact, preview, book."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests

from bot.demo.playground.hands import wait_for
from tests.conversations.persons import PATIENCE, Someone, reads, sees, words_in_front

if TYPE_CHECKING:
    from bot.demo.playground.seen import SeenMessage, SeenView

TODAY = date(2026, 11, 22)
EXPORTS = (
    f"Client Listing-export-{TODAY}.xlsx",
    f"Invoices-export-{TODAY}.xlsx",
    f"Payments-export-{TODAY}.csv",
)
BOOKED = "3 invoices booked in QuickBooks for Daniel Osei"


@dataclass(frozen=True, slots=True)
class Cast:
    """The three people."""

    maria: Someone
    ben: Someone
    alice: Someone


def connect_button(alice: Someone) -> str:
    """Alice asks to connect; the address behind her button."""
    alice.command("/qb-connect")
    modal = sees(alice, "The button works once")
    (url,) = re.findall(r"http://[^\"'\s]+/quickbooks/connect[^\"'\s]+", str(modal.blocks))
    alice.close()
    return str(url)


def at_intuit(url: str, decision: str, browser: requests.Session | None = None) -> requests.Response:
    """Follow the button in a browser and decide at Intuit; the last page."""
    with browser or requests.Session() as surfing:
        page = surfing.get(url, timeout=10)
        fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
        if not fields:
            return page
        parts = urlsplit(page.url)
        form = {name: unescape(value) for name, value in fields}
        there = f"{parts.scheme}://{parts.netloc}{parts.path}"
        return surfing.post(there, data={**form, "decision": decision}, timeout=30)


def connect(alice: Someone) -> None:
    """Alice connects QuickBooks through her browser."""
    page = at_intuit(connect_button(alice), "connect")
    assert "QuickBooks is connected" in page.text
    reads(alice, "Connected to *Northgate Immigration Law*")


def import_exports(maria: Someone) -> SeenMessage:
    """Maria imports today's three exports."""
    maria.command("/qb-import")
    sees(maria, "The same file twice changes nothing.")
    maria.attach_samples(EXPORTS)
    maria.submit()
    answer = reads(maria, "unchanged")
    sees(maria, "unchanged")
    maria.close()
    return answer


def map_everything(ben: Someone) -> None:
    """Ben confirms the suggestions, page after page."""
    ben.command("/qb-mapping")
    sees(ben, "nothing counts until confirmed")
    while (modal := ben.modal()) is not None and modal.submit:
        ben.submit()
        _turned(ben, modal)
    sees(ben, "confirmed")
    ben.close()


def _turned(person: Someone, before: SeenView) -> None:
    def turned() -> bool:
        now = words_in_front(person)
        return now != before.words and "Opening the next page" not in now

    wait_for(turned, PATIENCE)


def make_ready(cast: Cast) -> None:
    """Connected, imported and mapped."""
    connect(cast.alice)
    import_exports(cast.maria)
    map_everything(cast.ben)


def open_sync(maria: Someone, words: str, says: str) -> SeenView:
    """Maria asks for a case and sees it."""
    maria.command("/qb-sync", words)
    return sees(maria, says)


def choose_contact(maria: Someone, why: str = "Same e-mail") -> None:
    """Maria takes the contact that is suggested."""
    maria.click("Find Contact")
    sees(maria, why)
    maria.submit()
    sees(maria, "In QuickBooks (")


def add_contact(maria: Someone) -> None:
    """Maria adds the client as a new contact, and is back at the sync."""
    maria.click("Find Contact")
    sees(maria, "You see the details before it is added")
    maria.choose("contact_choice", "add")
    maria.submit()
    sees(maria, "will be added to QuickBooks")
    maria.choose("add_who", "client")
    maria.submit()
    sees(maria, "is now in QuickBooks")
    maria.close()
    sees(maria, "In QuickBooks (")


def preview(maria: Someone, client: str) -> SeenMessage:
    """Maria submits what is ticked and reads the preview."""
    maria.submit()
    return reads(maria, f"for {client}?")


def preview_osei(maria: Someone) -> SeenMessage:
    """Daniel Osei's three invoices, his contact found, as they would be booked."""
    open_sync(maria, "00002", "We don't know yet who Daniel Osei is in QuickBooks (CAD).")
    choose_contact(maria)
    return preview(maria, "Daniel Osei")
