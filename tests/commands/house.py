"""The whole product between a Slack and a QuickBooks that live here, and what people do with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests

from bot.demo.playground.hands import Hands, PersonsHands, wait_for
from db import firms, outbox

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import Program
    from bot.demo.playground import Playground
    from bot.demo.playground.seen import SeenMessage, SeenView
    from qb.sandbox import Sandbox

SECRET, TOKEN = "a-signing-secret", "xoxb-a-bot-token"
PATIENCE = 40.0
ASKS_FOR_FILES = "The same file twice changes nothing."


@dataclass(frozen=True, slots=True)
class House:
    """Everything running, and the hands of three people."""

    program: Program
    playground: Playground
    sandbox: Sandbox
    samples: Path
    hands: Hands
    address: str

    @property
    def maria(self) -> PersonsHands:
        """Staff."""
        return self.hands.as_("U0MARIA")

    @property
    def ben(self) -> PersonsHands:
        """Approver."""
        return self.hands.as_("U0BEN")

    @property
    def alice(self) -> PersonsHands:
        """Admin."""
        return self.hands.as_("U0ALICE")

    def connect(self) -> str:
        """Alice connects QuickBooks through her browser; gives the page she ends on."""
        self.alice.command("/qb-connect")
        modal = seen_modal(self.alice, "Connect to QuickBooks")
        (url,) = re.findall(r"http://[^\"'\s]+/quickbooks/connect[^\"'\s]+", str(modal.blocks))
        page = consent(url, "connect")
        seen_message(self.alice, "Connected to")
        self.alice.close()
        return page

    def connect_again(self) -> None:
        """Alice reconnects."""
        self.alice.command("/qb-connect")
        modal = seen_modal(self.alice, "Reconnect to QuickBooks")
        (url,) = re.findall(r"http://[^\"'\s]+/quickbooks/connect[^\"'\s]+", str(modal.blocks))
        consent(url, "connect")
        self.alice.close()

    def import_samples(self, *names: str) -> SeenMessage:
        """Maria imports exports; without names today's three."""
        today = datetime.now(UTC).date()
        todays = (f"Client Listing-export-{today}.xlsx", f"Invoices-export-{today}.xlsx")
        before = len(self.maria.messages())
        self.maria.command("/qb-import")
        seen_modal(self.maria, ASKS_FOR_FILES)
        self.maria.attach_samples(names or (*todays, f"Payments-export-{today}.csv"))
        self.maria.submit()
        wait_for(lambda: len(self.maria.messages()) > before, PATIENCE)
        self.maria.close()
        return self.maria.messages()[-1]

    def map_everything(self) -> None:
        """Ben confirms the suggestions."""
        self.ben.command("/qb-mapping")
        seen_modal(self.ben, "nothing counts until confirmed")
        while (modal := self.ben.modal()) is not None and modal.submit:
            self.ben.submit()
            wait_for(lambda before=modal: self._moved_on(before), PATIENCE)  # type: ignore[misc]
        seen_modal(self.ben, "confirmed")
        self.ben.close()

    def _moved_on(self, before: SeenView) -> bool:
        now = modal_words(self.ben)
        return now != before.words and "Opening the next page" not in now

    def idle(self) -> None:
        """Wait until the worker has nothing left to do."""

        def done() -> bool:
            with self.program.database.read() as session:
                return outbox.next_task_due(session) is None

        wait_for(done, PATIENCE)

    def ready_to_sync(self) -> None:
        """Connected, imported and mapped."""
        self.connect()
        self.import_samples()
        self.map_everything()


def firm_of(house: House) -> str:
    """The id of the one firm."""
    with house.program.database.read() as session:
        (firm,) = firms.all_firms(session)
    return firm.id


def modal_words(person: PersonsHands) -> str:
    """What stands in the modal in front."""
    modal = person.modal()
    return "" if modal is None else modal.words


def seen_modal(person: PersonsHands, text: str) -> SeenView:
    """The modal in front, once it says this."""

    def look() -> SeenView | None:
        modal = person.modal()
        return modal if modal is not None and text in modal.words else None

    try:
        return wait_for(look, PATIENCE)
    except AssertionError as missing:
        raise AssertionError(f"no modal says {text!r}; the one in front: {modal_words(person)}") from missing


def seen_message(person: PersonsHands, text: str) -> SeenMessage:
    """The newest direct message, once it says this."""

    def look() -> SeenMessage | None:
        fitting = [one for one in person.messages() if text in one.words or text in one.text]
        return fitting[-1] if fitting else None

    try:
        return wait_for(look, PATIENCE)
    except AssertionError as missing:
        told = "\n---\n".join(one.words for one in person.messages())
        raise AssertionError(f"no message says {text!r}; there are:\n{told}") from missing


def seen_notice(person: PersonsHands, text: str) -> str:
    """An answer that only this person sees, once it is there."""

    def look() -> str:
        return next((one for one in person.notices() if text in one), "")

    return wait_for(look, PATIENCE)


def consent(url: str, decision: str, browser: requests.Session | None = None) -> str:
    """Follow the connect button in a browser and decide at Intuit; gives the text of the last page."""
    with browser or requests.Session() as surfing:
        page = surfing.get(url, timeout=10)
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        if not fields:
            return page.text
        parts = urlsplit(page.url)
        form = {name: unescape(value) for name, value in fields.items()}
        there = f"{parts.scheme}://{parts.netloc}{parts.path}"
        return surfing.post(there, data={**form, "decision": decision}, timeout=10).text


def open_sync(house: House, words: str, says: str) -> SeenView:
    """Maria asks for a case and sees it."""
    house.maria.command("/qb-sync", words)
    return seen_modal(house.maria, says)


def choose_contact(house: House, why: str = "Same e-mail") -> None:
    """Maria takes the first contact found."""
    house.maria.click("Find Contact")
    seen_modal(house.maria, why)
    house.maria.submit()
    seen_modal(house.maria, "In QuickBooks (")


def add_contact(house: House, name: str | None = None) -> None:
    """Maria adds the client as a new contact, under another name if given, and is back at the sync."""
    maria = house.maria
    maria.click("Find Contact")
    seen_modal(maria, "You see the details before it is added")
    maria.choose("contact_choice", "add")
    maria.submit()
    seen_modal(maria, "will be added to QuickBooks")
    if name is not None:
        maria.fill("add_name", name)
    maria.choose("add_who", "client")
    maria.submit()
    seen_modal(maria, "is now in QuickBooks")
    maria.close()
    seen_modal(maria, "In QuickBooks (")


def preview_of(house: House, client: str) -> SeenMessage:
    """Maria submits what is ticked and gets the preview."""
    house.maria.submit()
    return seen_message(house.maria, f"for {client}?")


def booked(house: House, client: str, invoices: int) -> SeenMessage:
    """Maria presses Book and waits for the result."""
    noun = "Invoice" if invoices == 1 else "Invoices"
    house.maria.click(f"Book {invoices} {noun}")
    return seen_message(house.maria, f"{invoices} {noun.lower()} booked in QuickBooks for {client}")
