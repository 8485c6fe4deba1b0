"""Secrets that would sing if they got out, carried through the story and its troubles: heard nowhere."""

from __future__ import annotations

import base64
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from bot.demo.cast import ALICE, BEN, CHANNELS, MARIA, PEOPLE
from bot.demo.playground import Playground
from bot.demo.playground.hands import Hands
from bot.demo.samples import write_samples
from db.engine import open_database
from db.tables import Base
from qb.sandbox import Fault, Sandbox
from tests.conversations.command_line import caseledger
from tests.conversations.persons import reads, told
from tests.conversations.standing import UNHURRIED_SECONDS, Standing
from tests.conversations.story import BOOKED, TODAY, Cast, at_intuit, connect_button, make_ready, preview_osei
from tests.firm_that_trusts import begin_trusting
from tests.proof_lines import say
from tests.stage import MANIFEST, environment, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

CANARY = "canary-" + secrets.token_hex(8)
SIGNING, BOT, CLIENT = f"{CANARY}-signing", f"xoxb-{CANARY}-bot", f"{CANARY}-client"
KEY = base64.b64encode(secrets.token_bytes(32)).decode()
PEOPLES = ("Osei", "Okafor", "René", "马春梅", "channel", "evil", "Northgate", "2,330", "2330", "Chequing")
"""Names and amounts of the story: nothing an operator's log should hold."""


@dataclass(frozen=True, slots=True)
class Office:
    """The far side, and each secret the program is given or gets."""

    far: Standing
    playground: Playground

    def handed_out(self) -> set[str]:
        """Every token Intuit's stand-in ever gave."""
        grants = self.far.sandbox._company.grants._grants
        return {token for grant in grants for token in (*grant.access, grant.refresh, *grant.old) if token}


@contextmanager
def standing_office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """Slack and QuickBooks, with secrets of this test's own."""
    url, exports = f"http://127.0.0.1:{free_port()}", tmp_path / "exports"
    begin_trusting(database_url, [person.id for person in PEOPLE])
    write_samples(exports, today=TODAY)
    sandbox = Sandbox(
        clock=lambda: datetime.now(UTC),
        redirect_uris=(f"{url}/quickbooks/callback",),
        client_secret=CLIENT,
    )
    playground = Playground(
        app_url=url,
        signing_secret=SIGNING,
        bot_token=BOT,
        manifest=MANIFEST,
        people=PEOPLE,
        channels=CHANNELS,
        samples=exports,
    )
    begin_trusting(database_url, [MARIA.id])
    with sandbox, playground:
        hands = Hands(playground.url)
        hands.switch(ack_seconds=UNHURRIED_SECONDS)
        cast = Cast(hands.as_(MARIA.id), hands.as_(BEN.id), hands.as_(ALICE.id))
        variables = environment(url, database_url, sandbox, playground) | {
            "VAULT_KEYS": f"k1:{KEY}",
            "SLACK_SIGNING_SECRET": SIGNING,
            "SLACK_BOT_TOKEN": BOT,
            "INTUIT_CLIENT_SECRET": CLIENT,
        }
        yield Office(Standing(sandbox, hands, cast, variables, tmp_path), playground)


def state_behind(button: str) -> str:
    """What the address behind the button carries."""
    return dict(parse_qsl(urlsplit(button).query))["state"]


def kept(database_url: str) -> str:
    """Everything the database holds; of a file, every byte."""
    if database_url.startswith("sqlite"):
        return Path(database_url.removeprefix("sqlite:///")).read_bytes().decode("latin-1")
    database = open_database(database_url)
    with database.read() as session:
        rows = [tuple(row) for each in Base.metadata.sorted_tables for row in session.execute(each.select())]
    database.close()
    return repr(rows)


def live_through(office: Office) -> tuple[dict[str, str], set[str]]:
    """The story with its troubles; every place where words are left behind, and the states of the links."""
    far, maria, left = office.far, office.far.cast.maria, dict[str, str]()
    with far.program() as running:
        refused = connect_button(far.cast.alice)
        at_intuit(refused, "refuse")
        reads(far.cast.alice, "QuickBooks is not connected.")
        requests.get(f"{running.url}/quickbooks/callback?code={CANARY}-code&state={CANARY}-state", timeout=5)
        requests.post(f"{running.url}/slack/events", data=f"payload={CANARY}-body", timeout=5)
        make_ready(far.cast)
        far.sandbox.expire_access()
        preview_osei(maria)
        far.sandbox.faults.add(
            Fault("expired", method="POST", path="payment"), Fault("status", path="query", status=500)
        )
        maria.click("Book 3 Invoices")
        reads(maria, BOOKED)
        left["numbers"] = requests.get(f"{running.url}/metrics", timeout=5).text
        left["readiness"] = requests.get(f"{running.url}/ready", timeout=5).text
        left["arguments"] = Path(f"/proc/{running.process.pid}/cmdline").read_text(encoding="utf-8")
        left["check"] = str(caseledger(far.folder, far.variables, "check"))
    wrong = far.variables | {"VAULT_KEYS": f"k2:{base64.b64encode(bytes(32)).decode()}"}
    left["wrong key"] = str(caseledger(far.folder, wrong, "keys", "rotate"))
    left["bad key"] = str(caseledger(far.folder, far.variables | {"VAULT_KEYS": f"k1:{KEY[:-5]}"}, "run"))
    left["log"] = running.log.read_text(encoding="utf-8")
    left["addresses"] = repr([(one.path, one.query) for one in far.sandbox.requests()])
    left["slack"] = "\n".join(told(each) for each in (maria, far.cast.ben, far.cast.alice))
    left["database"] = kept(far.database_url)
    return left, {state_behind(refused)}


def counted(numbers: str) -> set[str]:
    """The numbers that aren't nought: the program does count what it does."""
    lines = [line.split(" ") for line in numbers.splitlines() if not line.startswith("#")]
    return {name for name, number in lines if float(number)}


def sings_nowhere(office: Office) -> int:
    """Look for each secret in each place; how many places there are."""
    left, states = live_through(office)
    tokens = office.handed_out()
    assert 4 <= len(tokens)
    ours = {CANARY, KEY, KEY[:-5], *tokens}
    assert [] == [(place, secret) for place, words in left.items() for secret in ours if secret in words]
    for place in ("log", "database", "numbers"):
        assert [] == [state for state in states if state in left[place]]
    assert [] == [word for word in PEOPLES if word in left["log"]]
    assert "intuit_tid=" in left["log"]
    assert [] == [place for place, words in left.items() if not words]
    assert {"caseledger_quickbooks_calls_total", "caseledger_token_pairs_total"} <= counted(left["numbers"])
    return len(left)


def test_no_secret_is_left_anywhere(sqlite_url: str, tmp_path: Path) -> None:
    """Not in logs, errors, database, addresses, metrics, Slack's messages or arguments; renewed tokens too.

    Nor the state of a link, which would let another finish a consent; nor any name or amount in the log.
    """
    with standing_office(sqlite_url, tmp_path) as office:
        sings_nowhere(office)


@pytest.mark.prove
def test_no_secret_is_left_on_either_database(database_url: str, tmp_path: Path) -> None:
    """The same, in every row of PostgreSQL."""
    with standing_office(database_url, tmp_path) as office:
        places = sings_nowhere(office)
    kind = database_url.partition(":")[0].partition("+")[0]
    found = f"app secrets, vault key and every token handed out looked for in {places} places: 0 found"
    say("Security", f"canary secrets through the story and its troubles, {kind}", found)


@pytest.mark.parametrize("command", [("run",), ("check",), ("migrate",), ("keys", "rotate")])
def test_the_databases_password_is_never_said(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A PostgreSQL that doesn't answer is named without it."""
    variables = {
        "DATABASE_URL": f"postgresql+psycopg://caseledger:{CANARY}@127.0.0.1:9/books",
        "VAULT_KEYS": f"k1:{KEY}",
        "SLACK_SIGNING_SECRET": SIGNING,
        "SLACK_BOT_TOKEN": BOT,
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
    }
    said = caseledger(tmp_path, variables, *command)
    assert 0 != said.code
    assert CANARY not in said.answer + said.refusal
    assert KEY not in said.answer + said.refusal
