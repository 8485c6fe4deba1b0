"""The whole product between a Slack and a QuickBooks that live here, and what people do with it."""

from __future__ import annotations

import base64
import re
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from waitress.server import create_server
from waitress.wasyncore import close_all

from bot.app import assemble
from bot.demo.playground import Channel, Person, Playground
from bot.demo.playground.hands import Hands, PersonsHands, wait_for
from bot.demo.samples import write_samples
from bot.running import met_workspace, start_worker
from bot.settings import Settings
from db import outbox
from db.engine import open_database
from qb.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.app import Program
    from bot.demo.playground.seen import SeenMessage, SeenView

SECRET, TOKEN = "a-signing-secret", "xoxb-a-bot-token"
INTUIT_ID, INTUIT_SECRET = "client", "secret"
PEOPLE = (
    Person(id="U0MARIA", name="Maria", title="Staff"),
    Person(id="U0BEN", name="Ben", title="Bookkeeper"),
    Person(id="U0ALICE", name="Alice", title="Admin", admin=True),
)
CHANNELS = (Channel(id="C0GENERAL", name="general"),)
MANIFEST = Path(__file__).parents[2] / "manifest.yml"
PATIENCE = 20.0


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


@contextmanager
def standing_house(database_url: str, folder: Path, *, latency: float = 0.0) -> Iterator[House]:
    """The product as `caseledger run` wires it, served over HTTP, its worker running."""
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    samples = folder / "samples"
    write_samples(samples, today=datetime.now(UTC).date())
    sandbox = Sandbox(
        clock=lambda: datetime.now(UTC),
        redirect_uris=(f"{address}/quickbooks/callback",),
        client_id=INTUIT_ID,
        client_secret=INTUIT_SECRET,
        latency=latency,
    )
    playground = Playground(
        app_url=address,
        signing_secret=SECRET,
        bot_token=TOKEN,
        manifest=MANIFEST,
        people=PEOPLE,
        channels=CHANNELS,
        samples=samples,
    )
    with sandbox, playground:
        settings = _settings(database_url, address, sandbox, playground)
        database = open_database(database_url)
        program = assemble(settings, database, met_workspace(settings, database))
        with _served(program, listening):
            yield House(program, playground, sandbox, samples, Hands(playground.url), address)
        database.close()


def _settings(database_url: str, address: str, sandbox: Sandbox, playground: Playground) -> Settings:
    values = {
        "database_url": database_url,
        "vault_keys": "test:" + base64.b64encode(bytes(32)).decode(),
        "public_url": address,
        "slack_signing_secret": SECRET,
        "slack_bot_token": TOKEN,
        "slack_api_url": playground.api_url,
        "intuit_client_id": INTUIT_ID,
        "intuit_client_secret": INTUIT_SECRET,
        "quickbooks_api_url": sandbox.url,
        "intuit_authorize_url": f"{sandbox.url}/connect/oauth2",
        "intuit_token_url": f"{sandbox.url}/oauth2/v1/tokens/bearer",
        "intuit_revoke_url": f"{sandbox.url}/v2/oauth2/tokens/revoke",
        "admins": ("U0ALICE",),
        "approvers": ("U0BEN",),
    }
    return Settings(_env_file=None, **values)  # type: ignore[arg-type, call-arg]


@contextmanager
def _served(program: Program, listening: socket.socket) -> Iterator[None]:
    connections: dict[int, Any] = {}
    server = create_server(program.web, sockets=[listening], threads=16, map=connections)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    stop = start_worker(program)
    try:
        yield
    finally:
        stop()
        server.task_dispatcher.shutdown()
        rung = threading.Event()

        def hang_up() -> None:
            rung.wait()  # or the bell's own line may be gone while it is still being rung
            close_all(connections, ignore_all=True)

        server.trigger.pull_trigger(hang_up)  # type: ignore[union-attr]
        rung.set()
        thread.join()


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
    seen_modal(maria, "None of these: add a new contact")
    maria.choose("contact_choice", "add")
    maria.submit()
    seen_modal(maria, "will be added to QuickBooks")
    if name is not None:
        maria.fill("add_name", name)
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
