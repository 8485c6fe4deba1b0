"""Compares what was booked with what CaseEasy says now, after an import; nothing is changed in the books."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from db import cases, connections, findings
from db.effects import identifying
from db.effects.values import State
from db.findings import AMENDED, Kept, Seen
from db.portions import portions
from qb.amend import amendments
from qb.canonical import facts
from qb.orders import InvoiceOrder, order_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.effects import Effect
    from db.engine import Database
    from db.records import CaseFile, Invoice
    from qb.entry import Entry
    from qb.receipt import Difference

INVOICE = "Invoice"
NOTHING = Kept((), ())
AT_ONCE = 500
"""Booked invoices held at once: a firm has a hundred thousand."""


@dataclass(frozen=True, slots=True)
class _Booked:
    """An invoice in the books: our write of it and what it was to book."""

    effect: Effect
    mark: str
    entry: Entry


def look(
    database: Database,
    firm_id: str,
    now: datetime,
    new_id: Callable[[], str],
    *,
    follow: Callable[[Session, Kept], None] = lambda _session, _kept: None,
    at_once: int = AT_ONCE,
) -> Kept:
    """Keep each booked invoice of which CaseEasy says something else now, and what of that is gone.

    ``follow`` leaves what comes of it in the same commit: what was kept and told nobody is no news again.
    An invoice of which the records don't say enough is left as it was. Reads ``at_once`` invoices and their
    cases in a short transaction, and holds no more of them; an import in between is compared after itself.
    """
    with database.read() as session:
        connection = connections.get(session, firm_id)
    if connection is None:
        return NOTHING
    differing: list[tuple[_Booked, Sequence[Difference]]] = []
    agreeing: set[str] = set()
    for booked in _booked(database, firm_id, connection.realm_id, at_once):
        records = _records(database, firm_id, booked)
        for one in booked:
            now_said = amendments(one.entry, records.get((one.entry.key.case, one.entry.key.number), ()))
            if now_said:
                differing.append((one, now_said))
            elif now_said is not None:
                agreeing.add(one.mark)
    differing.sort(key=lambda found: (found[0].effect.created_at, found[0].effect.position))
    with database.write() as session:
        known = findings.amended(session, firm_id, connection.realm_id)
        gone = [one.id for one in known if one.mark in agreeing]
        if not differing and not gone:
            return NOTHING
        kept = findings.keep(
            session,
            firm_id=firm_id,
            realm_id=connection.realm_id,
            seen=[_seen(*found) for found in differing],
            gone=gone,
            now=now,
            new_id=new_id,
        )
        follow(session, kept)
        return kept


def _booked(database: Database, firm_id: str, realm_id: str, at_once: int) -> Iterator[tuple[_Booked, ...]]:
    """The invoices in the books, a part at a time."""
    known = identifying.known_documents(database, firm_id, realm_id)
    marks = {one.id: one.mark for one in known if one.entity == INVOICE and one.state is State.CONFIRMED}
    for some in portions(tuple(marks), at_once):
        yield tuple(
            _Booked(effect, marks[effect.id], entry)
            for effect in identifying.these(database, firm_id, some)
            if (entry := _entry(effect)) is not None
        )


def _entry(effect: Effect) -> Entry | None:
    """What was approved and booked; None where it can't be made out, so that all others are compared."""
    try:
        order = order_of(effect.operation, effect.content)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None
    return order.entry if isinstance(order, InvoiceOrder) else None


def _records(
    database: Database, firm_id: str, booked: Sequence[_Booked]
) -> Mapping[tuple[str, str], list[Invoice]]:
    """What the records say now, by case and invoice number, whoever's it is."""
    numbers = tuple(dict.fromkeys(one.entry.key.case for one in booked))
    found: dict[tuple[str, str], list[Invoice]] = {}
    with database.read() as session:
        for files in cases.case_files(session, firm_id, numbers).values():
            for invoice in _each(files):
                found.setdefault((invoice.key.case, invoice.key.number), []).append(invoice)
    return found


def _each(files: Sequence[CaseFile]) -> Iterator[Invoice]:
    for file in files:
        yield from file.invoices


def _seen(one: _Booked, differs: Sequence[Difference]) -> Seen:
    effect, entry = one.effect, one.entry
    told = facts(tuple(differs))
    content: dict[str, Any] = {
        "booked": {
            "entity": INVOICE,
            "id": effect.remote_id or "",
            "number": effect.document_number or entry.number or entry.key.number,
            "total": facts(entry.total),
            "client": entry.client_name,
            "case": entry.key.case,
            "invoice": entry.key.number,
            "subject": entry.subject,
            "sync": effect.sync_id or "",
            "state": effect.state.value,
        },
        "documents": [
            {
                "entity": INVOICE,
                "id": effect.remote_id or "",
                "number": effect.document_number or entry.number,
                "total": facts(entry.total),
                "customer": facts(entry.customer),
            }
        ],
        "differences": told,
        "anew": "",
    }
    fingerprint = sha256(json.dumps(told, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()
    return Seen(AMENDED, INVOICE, one.mark, effect.id, content, fingerprint)
