"""A firm at work: its database, its QuickBooks over HTTP, its exports, and a clock that tests move."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from db import connections, effects, firms, links, mappings, syncs
from db.cases import all_invoices
from db.intake.stage import import_files
from db.links import ContactLink
from db.vault import Vault
from qb.books import ground
from qb.connection import Connections
from qb.gateway import Gateway, Pace, Tokens, addresses, encode
from qb.lists import refresh
from qb.needed import rows_needed
from qb.offering import suggest
from qb.post import Expanded, expand, propose, step
from qb.readback import settle_sync
from qb.tokens import Keyring
from tests.books.exports import CLIENT, CUSTOMER, three_files
from tests.looked import looked, take_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from db.effects import Effect
    from db.engine import Database
    from db.records import Invoice, InvoiceKey
    from qb.gateway import Company
    from qb.mapping import Kind
    from qb.post import Proposal, StepOutcome, Superseded
    from qb.receipt import Receipt
    from qb.sandbox import Fault, Sandbox
    from tests.books.exports import Paid

NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
MARIA = "U0MARIA"


class Clock:
    """The time for everyone, which passes only when a test says so."""

    def __init__(self) -> None:
        self._now = NOON
        self._lock = Lock()

    def __call__(self) -> datetime:
        """Now (UTC)."""
        with self._lock:
            return self._now

    def monotonic(self) -> float:
        """Seconds since noon."""
        return (self() - NOON).total_seconds()

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        with self._lock:
            self._now += timedelta(seconds=seconds)


class Office:
    """The firm and everything it works with."""

    def __init__(self, database: Database, sandbox: Sandbox, clock: Clock) -> None:
        self.database = database
        self.sandbox = sandbox
        self.clock = clock
        self.held_up: Callable[[], object] | None = None
        self._numbers = itertools.count(1)
        self.gateway = Gateway(
            client_id="sandbox-client",
            client_secret="sandbox-secret",
            redirect_uri="http://127.0.0.1:3000/quickbooks/callback",
            addresses=addresses(
                "sandbox",
                api=sandbox.url,
                authorize=f"{sandbox.url}/connect/oauth2",
                token=f"{sandbox.url}/oauth2/v1/tokens/bearer",
                revoke=f"{sandbox.url}/v2/oauth2/tokens/revoke",
            ),
            clock=clock,
            sleep=clock.sleep,
            pace=Pace(per_second=10_000, per_minute=100_000),
        )
        self.vault = vault = Vault(
            (("k1", bytes(32)),), lambda count: next(self._numbers).to_bytes(count, "big")
        )
        self.keyring = Keyring(database, self.gateway, vault, clock)
        self.connections = Connections(database=database, gateway=self.gateway, vault=vault, clock=clock)
        self.firm_id = self.meet("T1")

    def meet(self, team_id: str) -> str:
        """Another workspace with its own firm; gives the firm's id."""
        with self.database.write() as session:
            firm = firms.meet_firm(
                session,
                team_id=team_id,
                name=f"Northgate {team_id}",
                timezone="America/Toronto",
                now=self.clock(),
                new_id=self.new_id,
            )
        return firm.id

    def new_id(self) -> str:
        """Ids in order."""
        return f"00000000-0000-4000-8000-{next(self._numbers):012}"

    def connect(self) -> None:
        """Connect the firm and read QuickBooks' lists."""
        given = self.sandbox.grant()
        tokens = Tokens(
            given.access_token,
            given.refresh_token,
            self.clock() + timedelta(seconds=given.expires_in),
            self.clock() + timedelta(seconds=given.x_refresh_token_expires_in),
        )
        with self.database.write() as session:
            connections.connect(
                session,
                firm_id=self.firm_id,
                realm_id=self.sandbox.realm_id,
                company_name="Northgate Immigration Law",
                home_currency="CAD",
                pair=self.keyring.seal(self.firm_id, self.sandbox.realm_id, tokens),
                by=MARIA,
                now=self.clock(),
            )
            effects.unpark(session, self.firm_id, self.sandbox.realm_id, self.clock())
        self.read_lists()

    def read_lists(self) -> None:
        """Read QuickBooks' lists anew."""
        company = self.connections.company(self.firm_id)
        refresh(company, self.database, self.firm_id, self.sandbox.realm_id, self.clock())

    def export(
        self, *invoices: Paid, name: str = CUSTOMER, email: str = "amelie.tremblay@example.ca"
    ) -> None:
        """Import CaseEasy's three exports with these invoices, all paid on 3 May 2026 in CAD."""
        files = three_files(invoices, name, email)
        imported = import_files(
            self.database, firm_id=self.firm_id, files=files, asked_by=MARIA, now=self.clock
        )
        assert [None, None, None] == [file.refused for file in imported.files], imported

    def confirm_mapping(self) -> None:
        """Confirm what is suggested for every row the exports call for."""
        with self.database.write() as session:
            found = ground(session, self.firm_id)
            assert found is not None
            for row in rows_needed(all_invoices(session, self.firm_id), found.directory):
                target = suggest(row, found.directory)
                assert target is not None, row
                self.choose(session, row.kind, row.source, target.id, target.name)

    def choose(self, session: Session, kind: Kind, source: str, target_id: str, name: str) -> None:
        """Confirm one choice."""
        choice = mappings.Choice(kind, source, target_id, name, MARIA, self.clock())
        mappings.confirm(session, self.firm_id, self.sandbox.realm_id, choice)

    def link(self, customer: str = CUSTOMER, payer: str = CLIENT) -> None:
        """Link the client to a customer of QuickBooks."""
        found = self.sandbox.books.id_of("Customer", customer)
        with self.database.write() as session:
            link = ContactLink(payer, "CAD", found, customer, MARIA, self.clock(), "chosen")
            links.link(session, self.firm_id, self.sandbox.realm_id, link)

    def ready(self, *invoices: Paid) -> None:
        """Connected, imported, mapped, linked."""
        self.connect()
        self.export(*invoices)
        self.confirm_mapping()
        self.link()

    def update(self, kind: str, name: str, change: dict[str, Any]) -> None:
        """Somebody changes one of QuickBooks' lists there."""
        company = self.connections.company(self.firm_id)
        found = company.read(kind, self.sandbox.books.id_of(kind, name)).entity
        changed = {"Id": found["Id"], "SyncToken": found["SyncToken"], "sparse": True, "Name": name} | change
        company.update(kind, encode(changed), self.new_id())

    def invoices(self, session: Session) -> tuple[Invoice, ...]:
        """All invoices of the exports."""
        return all_invoices(session, self.firm_id)

    def keys(self) -> tuple[InvoiceKey, ...]:
        """All invoices of the exports."""
        with self.database.read() as session:
            return self.keys_in(session)

    def keys_in(self, session: Session) -> tuple[InvoiceKey, ...]:
        """All invoices of the exports."""
        return tuple(invoice.key for invoice in self.invoices(session))

    def propose(self) -> Proposal:
        """What Maria is shown when she asks for everything."""
        with self.database.write() as session:
            return propose(
                session,
                firm_id=self.firm_id,
                keys=self.keys_in(session),
                asked_by=MARIA,
                now=self.clock(),
                new_id=self.new_id,
            )

    def approve(self) -> str:
        """Propose everything, press Book, and give the sync's id."""
        proposal = self.propose()
        assert proposal.sync is not None, proposal.plan.held
        sync_id, now = proposal.sync.id, self.clock()
        with self.database.write() as session:
            assert syncs.approve(session, firm_id=self.firm_id, sync_id=sync_id, version=1, by=MARIA, now=now)
        return sync_id

    def order(self) -> str:
        """An approved sync, written out as effects."""
        sync_id = self.approve()
        assert isinstance(self.expand(sync_id), Expanded)
        return sync_id

    def expand(self, sync_id: str) -> Expanded | Superseded | None:
        """What expanding the sync says, with what is known of others' documents as if just read."""
        self.looked()
        return expand(self.database, self.firm_id, sync_id, self.clock(), looked_at=self.clock())

    def looked(self) -> None:
        """What is known of others' documents is as if just read."""
        looked(self.database, self.firm_id, self.sandbox.realm_id, self.clock())

    def take_up(self) -> None:
        """What waited for a connection goes on, where it is as approved, as the program does."""
        take_up(self.database, self.firm_id, self.sandbox.realm_id, self.clock())

    def step(self) -> StepOutcome | None:
        """One step of the worker."""
        return step(self.database, self.books, self.clock, self.clock.monotonic)

    def books(self, firm_id: str) -> Company:
        """The firm's company, once whatever holds the worker up is over."""
        held_up, self.held_up = self.held_up, None
        if held_up is not None:
            held_up()
        return self.connections.company(firm_id)

    def die_while_sending(self) -> None:
        """A step that is killed between QuickBooks' answer and our second commit."""
        moments = iter([self.clock()])

        def now() -> datetime:
            for moment in moments:
                return moment
            raise KeyboardInterrupt

        step(self.database, self.books, now, self.clock.monotonic)

    def work(self, minutes: int = 60) -> list[StepOutcome]:
        """Step until nothing more is due within so many minutes, letting time pass in between."""
        until, outcomes = self.clock() + timedelta(minutes=minutes), []
        self.take_up()
        while self.clock() < until:
            outcome = self.step()
            if outcome is not None:
                outcomes.append(outcome)
                continue
            with self.database.read() as session:
                due = effects.next_due(session)
            if due is None or due > until:
                break
            self.clock.sleep(max(1.0, (due - self.clock()).total_seconds()))
        return outcomes

    def settle(self, sync_id: str) -> tuple[Receipt, ...]:
        """Read back a sync that has ended."""
        receipts = self.try_settle(sync_id)
        assert receipts is not None
        return receipts

    def try_settle(self, sync_id: str) -> tuple[Receipt, ...] | None:
        """Read back a sync, if it has ended."""
        company = self.connections.company(self.firm_id)
        return settle_sync(self.database, company, self.firm_id, sync_id, self.clock())

    def aimed(self, fault: Fault, entity: str, skip: int = 0) -> Fault:
        """The trouble, at the next write of an entity."""
        return replace(fault, method="POST", path=entity, skip=skip)

    def effects(self, sync_id: str) -> tuple[Effect, ...]:
        """The sync's effects."""
        with self.database.read() as session:
            return effects.of_sync(session, sync_id)
