"""The firm a moment before Maria presses Book and Add Contact: made once, and copied for every schedule."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from commands.ids import Task
from commands.nightly import night_of
from db import checks, connections, drafts, syncs
from db.drafts import Draft
from db.engine import open_database
from db.intake.stage import IncomingFile, import_files
from qb.post import propose
from qb.sandbox import Sandbox
from tests.books.exports import (
    CLIENT,
    CLIENT_COLUMNS,
    INSTALMENTS,
    INVOICE_COLUMNS,
    ONTARIO,
    PAYMENT_COLUMNS,
    Paid,
    table,
)
from tests.books.office import MARIA, NOON, Clock, Office
from tests.firm_that_trusts import trust

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

TEAM = "T1"
CHANNEL = "D0MARIA"
MESSAGE_TS = "1790000000.000100"
NEWCOMER = 'René "Ané" O\'Brien \\ 马春梅'
NEW_CASE, NEW_CLIENT = "00009-OBrien", "A-00009"
ADDING, BELOW = "V0ADDING", "V0BELOW"
ANOTHER = Paid("INV-1009", (("T-9", "113.00", "e-Transfer"),), fee="100.00")
BOOKED = (ONTARIO, INSTALMENTS, ANOTHER)


@dataclass(frozen=True, slots=True)
class Opening:
    """What the schedules must know of it; ``began`` is when QuickBooks gave the tokens (ISO, UTC)."""

    began: str
    firm_id: str
    sync_id: str
    version: int
    draft_id: str
    invoices: int

    def write(self, file: Path) -> None:
        """Keep it beside the database."""
        file.write_text(json.dumps(asdict(self)), encoding="utf-8")


def read_opening(file: Path) -> Opening:
    """What was kept."""
    return Opening(**json.loads(file.read_text(encoding="utf-8")))


def open_firm(database_url: str, began: datetime, invoices: int) -> Opening:
    """Fill a migrated database: connected, imported, mapped, linked, ``invoices`` of them previewed."""
    clock = Clock()
    clock.sleep((began - NOON).total_seconds())
    database = open_database(database_url, given_clock=True)
    try:
        with Sandbox(clock=clock) as sandbox:
            office = Office(database, sandbox, clock)
            office.ready(*BOOKED[:invoices])
            _import_newcomer(office)
            with database.write() as session:
                return _opening(office, session, began, invoices)
    finally:
        database.close()


def _opening(office: Office, session: Session, began: datetime, invoices: int) -> Opening:
    keys = [key for key in office.keys_in(session) if key.client == CLIENT]
    proposal = propose(
        session,
        firm_id=office.firm_id,
        keys=keys,
        asked_by=MARIA,
        now=office.clock(),
        new_id=office.new_id,
    )
    trust(session, office.firm_id, [MARIA], office.clock())
    assert proposal.sync is not None, proposal.plan
    assert invoices == len(proposal.plan.entries)
    place = {"channel": CHANNEL, "ts": MESSAGE_TS}
    syncs.set_message(session, proposal.sync.id, firm_id=office.firm_id, **place)
    return Opening(
        began=began.isoformat(),
        firm_id=office.firm_id,
        sync_id=proposal.sync.id,
        version=proposal.sync.version,
        draft_id=_screens(office, session),
        invoices=invoices,
    )


def _screens(office: Office, session: Session) -> str:
    """Maria's two screens, the new contact's details above the sync's; the id of the upper one."""
    below = {"cases": [NEW_CASE], "client": NEW_CLIENT, "unticked": [], "page": 0}
    lower = Draft(office.new_id(), office.firm_id, MARIA, "sync", below)
    connection = connections.get(session, office.firm_id)
    assert connection is not None
    tonight = night_of(office.clock(), "America/Toronto")  # its check was done: it is no part of a sync
    checks.begin_night(session, office.firm_id, connection.realm_id, tonight, office.clock())
    above = {
        "client": NEW_CLIENT,
        "name": NEWCOMER,
        "email": "",
        "currency": "CAD",
        "realm": connection.realm_id,
        "below": {"task": Task.SYNC_FILL, "view": BELOW, "draft": lower.id},
        "cases": [NEW_CASE],
        "twin": {},
        "words": "",
        "found": [],
        "refused": "",
    }
    upper = Draft(office.new_id(), office.firm_id, MARIA, "contact", above)
    drafts.keep(session, lower, office.clock())
    drafts.keep(session, upper, office.clock())
    return upper.id


def _import_newcomer(office: Office) -> None:
    bill = (NEW_CASE, "INV-2001", "2026-04-20", "2026-05-03", "", "100.00", "", "")
    money = (NEW_CASE, "T-20", "INV-2001", "2026-05-03", "e-Transfer", "113.00")
    person = (NEW_CASE, NEW_CLIENT, NEWCOMER, "", "CAD")
    files = (
        IncomingFile("Invoices.csv", table(INVOICE_COLUMNS, [bill])),
        IncomingFile("Payments.csv", table(PAYMENT_COLUMNS, [money])),
        IncomingFile("Clients.csv", table(CLIENT_COLUMNS, [person])),
    )
    taken = import_files(
        office.database, firm_id=office.firm_id, files=files, asked_by=MARIA, now=office.clock
    )
    assert [None, None, None] == [file.refused for file in taken.files], taken
