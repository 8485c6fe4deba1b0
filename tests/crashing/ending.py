"""How a schedule ended: QuickBooks' books, our ledger and what people see, in words that can be compared."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db import audit, effects, outbox, receipts, syncs, tables
from db.syncs import SyncState
from tests.crashing.opening import NEWCOMER
from tests.crashing.phrases import label

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.engine import Database
    from qb.sandbox import Sandbox
    from tests.crashing.opening import Opening
    from tests.crashing.slack import SlackStandIn

Json = dict[str, Any]
IDS = re.compile(r"(/app/\w+\?\w+=|nameId=|txnId=)\d+")
MOMENT = re.compile(r"<!date\^[^>]*>")
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def is_settled(session: Session, opening: Opening) -> bool:
    """Whether the sync has ended and nothing is left to be done."""
    sync = syncs.get(session, opening.firm_id, opening.sync_id)
    ended = sync is not None and sync.state is SyncState.DONE
    return ended and effects.next_due(session) is None and outbox.next_task_due(session) is None


def next_due(session: Session) -> datetime | None:
    """Until when nothing but looking at the same again would happen: the next effect, else the next task."""
    return effects.next_due(session) or outbox.next_task_due(session)


def ending(database: Database, opening: Opening, sandbox: Sandbox, slack: SlackStandIn) -> Json:
    """All of it; messages without the numbers that QuickBooks and the clock choose."""
    with database.read() as session:
        ledger = _ledger(session, opening)
        audited = [f"{one.number}: {one.trouble}" for one in audit.verify(session, opening.firm_id)]
    messages = [_steady(message) for message in slack.messages.values()]
    screens = {name: _steady(view) for name, view in sorted(slack.screens.items())}
    return {
        "books": _books(sandbox),
        "ledger": ledger,
        "audit": audited,
        "messages": messages,
        "screens": screens,
    }


def _books(sandbox: Sandbox) -> list[str]:
    invoices = {one["Id"]: one for one in sandbox.books.entities("Invoice")}
    lines = [
        f"invoice {one.get('DocNumber')} {one['TotalAmt']:.2f} owing {one['Balance']:.2f}"
        for one in invoices.values()
    ]
    lines += [
        f"payment {one.get('PaymentRefNum')} {one['TotalAmt']:.2f} on {_paid(one, invoices)}"
        for one in sandbox.books.entities("Payment")
    ]
    newcomers = [
        one for one in sandbox.books.entities("Customer") if one["DisplayName"].startswith(NEWCOMER[:4])
    ]
    return sorted([*lines, *(f"customer {one['DisplayName']}" for one in newcomers)])


def _paid(payment: Json, invoices: dict[str, Json]) -> str:
    linked = [one["TxnId"] for line in payment.get("Line", []) for one in line["LinkedTxn"]]
    return " ".join(str(invoices[identity].get("DocNumber")) for identity in linked if identity in invoices)


def _ledger(session: Session, opening: Opening) -> list[str]:
    found = session.scalars(select(tables.Effect))
    lines = [f"{label(row.operation, row.subject)} {row.state} {row.generation}" for row in found]
    read = receipts.of_sync(session, opening.sync_id)
    lines += [f"receipt {one.invoice.rpartition('|')[2]} {'ties' if one.ties else 'differs'}" for one in read]
    lines += [f"contact {row.customer_name}" for row in session.scalars(select(tables.ContactLink))]
    failed = session.scalars(select(tables.Task).where(tables.Task.state == "failed"))
    lines += [f"task {row.kind} failed: {row.trouble}" for row in failed]
    sync = syncs.get(session, opening.firm_id, opening.sync_id)
    return sorted([*lines, f"sync {sync.state if sync else 'lost'}"])


def _steady(shown: Json) -> str:
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True)
    return MOMENT.sub("then", IDS.sub(r"\1…", ADDRESS.sub("…", text)))
