"""A hundred firms at once: their companies behind one address, their effects in one database."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from sqlalchemy import delete, insert, select

from db import connections, effects, firms, syncs, tables
from qb.gateway import Tokens
from qb.post import expand
from qb.sandbox.books import Books
from qb.sandbox.clock import Clock
from qb.sandbox.faults import Faults
from qb.sandbox.gate import Company
from qb.sandbox.listening import Listening
from qb.sandbox.oauth import ACCOUNTING, Grants
from qb.sandbox.seed import canadian_firm
from qb.sandbox.server import CLIENT_ID, CLIENT_SECRET
from qb.sandbox.switches import Switches
from qb.sandbox.web import call_of, send
from tests.bench import firm
from tests.stage import environment, far_side, settings_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from db.engine import Database
    from qb.tokens import Keyring

CALLBACK = "http://127.0.0.1:9/quickbooks/callback"
PER_INVOICE = 2
"""Effects of each: the invoice and its payment."""


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


@contextmanager
def companies(number: int, latency: float) -> Iterator[tuple[str, dict[str, Company]]]:
    """So many QuickBooks companies by their numbers, each with books of its own, at one address."""
    stopping = Event()
    made = {(realm := f"93414531720{each:05}"): _company(realm, latency, stopping) for each in range(number)}
    app = Flask("companies")

    @app.route("/v3/company/<realm>/<path:rest>", methods=["GET", "POST"])
    def api(realm: str, rest: str) -> Response:
        return send(made[realm].serve(call_of(request, realm, rest)))

    listening = Listening(app, "127.0.0.1", 0)
    try:
        yield listening.url, made
    finally:
        stopping.set()
        listening.stop()


def _company(realm: str, latency: float, stopping: Event) -> Company:
    """One of them; they all know the same customers, accounts and codes by the same ids."""
    clock = Clock(now)
    books = Books(clock, Switches())
    canadian_firm(books)
    grants = Grants(clock, (CLIENT_ID, CLIENT_SECRET), (CALLBACK,))

    def wait(seconds: float) -> None:
        stopping.wait(seconds)

    return Company(realm, books, grants, Faults(), wait, clock, latency)


def template(database: Database, folder: Path, invoices: int) -> list[Mapping[str, Any]]:
    """The effects of one firm's approved sync of so many invoices, as rows; they are gone afterwards."""
    began = now()
    with far_side("http://127.0.0.1:9", folder) as (books, slack):
        settings = settings_from(environment("http://127.0.0.1:9", database.url, books, slack), folder)
        waiting = firm.seed_together(settings, books, "U0BENCH", invoices)
    with database.write() as session:
        (known,) = firms.all_firms(session)
        assert syncs.approve(
            session,
            firm_id=known.id,
            sync_id=waiting.sync_id,
            version=waiting.version,
            by="U0BENCH",
            now=now(),
        )
    expand(database, known.id, waiting.sync_id, now(), looked_at=began)
    plain = tables.Effect.__table__
    with database.write() as session:
        rows: list[Mapping[str, Any]] = [dict(row) for row in session.execute(select(plain)).mappings()]
        session.execute(delete(tables.Effect))
    return sorted(rows, key=lambda row: int(row["position"]))


def settle_in(
    database: Database,
    keyring: Keyring,
    made: Mapping[str, Company],
    rows: Sequence[Mapping[str, Any]],
    invoices: Sequence[int],
) -> dict[str, str]:
    """A connected firm for each company, with so many of the template's invoices due; realm by firm."""
    realms = {}
    for (realm, company), wanted in zip(made.items(), invoices, strict=True):
        with database.write() as session:
            met = firms.meet_firm(
                session,
                team_id=f"T{realm}",
                name=f"Firm {realm}",
                timezone="America/Toronto",
                now=now(),
                new_id=lambda: str(uuid.uuid4()),
            )
        granted = company.grants.exchange(company.grants.consent(realm, ACCOUNTING, CALLBACK), CALLBACK)
        hour, season = now() + timedelta(hours=1), now() + timedelta(days=100)
        pair = keyring.seal(met.id, realm, Tokens(granted.access_token, granted.refresh_token, hour, season))
        with database.write() as session:
            connections.connect(
                session,
                firm_id=met.id,
                realm_id=realm,
                company_name="Bench",
                home_currency=firm.HOME,
                pair=pair,
                by="U0BENCH",
                now=now(),
            )
            copied = list(_copied(rows[: wanted * PER_INVOICE], met.id, realm))
            session.execute(insert(tables.Effect), copied)
        realms[met.id] = realm
    return realms


def _copied(rows: Sequence[Mapping[str, Any]], firm_id: str, realm: str) -> Iterator[dict[str, Any]]:
    """The same orders as another firm's, under identities of its own; all fell due at one moment."""
    ids = {
        row["id"]: effects.request_id(firm_id, realm, row["subject"], row["operation"], row["generation"])
        for row in rows
    }
    for row in rows:
        name, parent = ids[row["id"]], ids.get(row["depends_on"])
        mine = {"id": name, "request_id": name, "depends_on": parent, "firm_id": firm_id, "realm_id": realm}
        yield {**row, **mine, "sync_id": None}
