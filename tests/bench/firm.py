"""A firm ready to book: connected, imported, mapped, linked, its previews waiting for Book."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.app import gateway_of
from bot.demo.cast import MARIA
from bot.demo.playground.roster import TEAM_ID
from db import cases, connections, firms, links, mappings, syncs
from db.engine import open_database
from db.intake.stage import IncomingFile, import_files
from db.links import ContactLink
from db.mappings import Choice
from db.vault import Vault, parse_keys
from qb import lists, others_read
from qb.connection import Connections
from qb.gateway import Tokens
from qb.needed import rows_needed
from qb.offering import suggest
from qb.others_read import Books
from qb.post import propose
from qb.tokens import Keyring
from tests.firm_that_trusts import trust

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.settings import Settings
    from db.engine import Database
    from db.records import InvoiceKey
    from qb.directory import Directory
    from qb.sandbox import Sandbox

CLIENT, NAME = "C-0002", "Daniel Osei"
HOME = "CAD"
MESSAGE_TS = "1790000000.000100"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A preview that waits for its Book."""

    sync_id: str
    version: int
    user_id: str


def seed(
    settings: Settings, sandbox: Sandbox, users: tuple[str, ...], *, per_case: int = 1
) -> tuple[Waiting, ...]:
    """Fill a migrated database so that each of these users has one preview of one invoice.

    They, and Maria, book without a second person.
    """
    database = open_database(settings.database_url)
    firm_id = _firm(database)
    directory = _connected(settings, database, firm_id, sandbox)
    _imported(database, firm_id, len(users), per_case)
    _mapped(database, firm_id, directory, sandbox)
    waiting = tuple(_previews(database, firm_id, users))
    with database.write() as session:
        trust(session, firm_id, (*users, MARIA.id), _now())
    database.close()
    return waiting


def seed_together(settings: Settings, sandbox: Sandbox, user: str, invoices: int) -> Waiting:
    """Fill a migrated database so that this user has one preview of so many invoices."""
    database = open_database(settings.database_url)
    firm_id = _firm(database)
    directory = _connected(settings, database, firm_id, sandbox)
    _imported(database, firm_id, invoices, per_case=5)
    _mapped(database, firm_id, directory, sandbox)
    _looked(settings, database, firm_id, sandbox)
    with database.write() as session:
        keys = [invoice.key for invoice in cases.all_invoices(session, firm_id)]
        waiting = _preview(session, firm_id, user, keys)
        trust(session, firm_id, [user], _now())
    database.close()
    return waiting


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return str(uuid.uuid4())


def _firm(database: Database) -> str:
    with database.write() as session:
        return firms.meet_firm(
            session,
            team_id=TEAM_ID,
            name="Bench",
            timezone="America/Toronto",
            now=_now(),
            new_id=_new_id,
        ).id


def _connected(settings: Settings, database: Database, firm_id: str, sandbox: Sandbox) -> Directory:
    gateway, vault = gateway_of(settings), _vault(settings)
    granted = sandbox.grant()
    pair = Keyring(database, gateway, vault, _now).seal(
        firm_id, sandbox.realm_id, _tokens(granted.access_token, granted.refresh_token)
    )
    with database.write() as session:
        connections.connect(
            session,
            firm_id=firm_id,
            realm_id=sandbox.realm_id,
            company_name="Bench",
            home_currency=HOME,
            pair=pair,
            by="U0BENCH",
            now=_now(),
        )
    company = Connections(database=database, gateway=gateway, vault=vault, clock=_now).company(firm_id)
    return lists.refresh(company, database, firm_id, sandbox.realm_id, _now())


def _looked(settings: Settings, database: Database, firm_id: str, sandbox: Sandbox) -> None:
    """Look for what others wrote, as before each preview; before anything is sent it is looked once more."""
    everywhere = Connections(
        database=database, gateway=gateway_of(settings), vault=_vault(settings), clock=_now
    )
    with database.read() as session:
        oldest = others_read.oldest_day(cases.all_invoices(session, firm_id)) or _now().date()
    books = Books(firm_id, sandbox.realm_id, HOME)
    others_read.look(everywhere.company(firm_id), database, books, oldest, _now())


def _vault(settings: Settings) -> Vault:
    return Vault(parse_keys(settings.vault_keys.get_secret_value()), os.urandom)


def _tokens(access: str, refresh: str) -> Tokens:
    return Tokens(access, refresh, _now() + timedelta(hours=1), _now() + timedelta(days=100))


def _imported(database: Database, firm_id: str, invoices: int, per_case: int) -> None:
    clients = ["Case Number,Client Identifier,Full Name,Email,Currency"]
    bills = ["Case Number,Number,Invoice Date,Paid Date,Surcharges,Taxable Amount,Tax Exempt Amount,Expense"]
    money = ["Case Number,Transaction Number,Number,Payment Date,Method,Amount"]
    for number in range(1, invoices + 1):
        case = f"{(number - 1) // per_case + 1:05}-Osei"
        if number % per_case == 1 % per_case:
            clients.append(f"{case},{CLIENT},{NAME},,{HOME}")
        bills.append(f"{case},B{number},2026-10-20,2026-10-23,0.00,1500.00,0.00,635.00")
        money.append(f"{case},T{number},B{number},2026-10-23,E-Transfer,2330.00")
    files = [
        IncomingFile("clients.csv", "\n".join(clients).encode()),
        IncomingFile("invoices.csv", "\n".join(bills).encode()),
        IncomingFile("payments.csv", "\n".join(money).encode()),
    ]
    result = import_files(database, firm_id=firm_id, files=files, asked_by="bench", now=_now)
    assert [file.refused for file in result.files] == [None, None, None]


def _mapped(database: Database, firm_id: str, directory: Directory, sandbox: Sandbox) -> None:
    (customer,) = (one for one in sandbox.books.entities("Customer") if one["DisplayName"] == NAME)
    with database.write() as session:
        for row in rows_needed(cases.all_invoices(session, firm_id), directory):
            target = suggest(row, directory)
            assert target is not None
            choice = Choice(row.kind, row.source, target.id, target.name, "U0BENCH", _now())
            mappings.confirm(session, firm_id, sandbox.realm_id, choice)
        link = ContactLink(CLIENT, HOME, str(customer["Id"]), NAME, "U0BENCH", _now(), "chosen")
        links.link(session, firm_id, sandbox.realm_id, link)


def _previews(database: Database, firm_id: str, users: tuple[str, ...]) -> list[Waiting]:
    with database.write() as session:
        invoices = cases.all_invoices(session, firm_id)
        return [
            _preview(session, firm_id, user, [invoice.key])
            for user, invoice in zip(users, invoices, strict=True)
        ]


def _preview(session: Session, firm_id: str, user: str, keys: list[InvoiceKey]) -> Waiting:
    proposal = propose(session, firm_id=firm_id, keys=keys, asked_by=user, now=_now(), new_id=_new_id)
    assert proposal.sync is not None
    syncs.set_message(session, proposal.sync.id, firm_id=firm_id, channel=f"D{user[1:]}", ts=MESSAGE_TS)
    return Waiting(proposal.sync.id, proposal.sync.version, user)
