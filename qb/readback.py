"""Reads back what a settled sync booked, in few questions, and keeps a receipt for each invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import audit, effects, receipts, syncs
from db.effects import State, marker
from db.portions import portions
from db.receipts import ReceiptRecord
from qb.canonical import facts
from qb.gateway import select
from qb.lineage import newest
from qb.lists import load
from qb.operations import ADD_INVOICE
from qb.orders import InvoiceOrder, order_of
from qb.receipt import Booked, compare, not_found
from qb.wire import invoice_seen, payment_seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.effects import Effect
    from db.engine import Database
    from qb.directory import Directory
    from qb.gateway import Company, Entity
    from qb.receipt import Receipt

AT_ONCE = 200
"""Documents asked for in one question."""
ENDED = frozenset({State.CONFIRMED, State.REJECTED, State.REVIEW})


def settle_sync(
    database: Database, company: Company, firm_id: str, sync_id: str, now: datetime, *, at_once: int = AT_ONCE
) -> tuple[Receipt, ...] | None:
    """Read back every invoice that is in the books whole, keep its receipt, and finish the sync.

    None: something of it is still under way; what fills a whole question by then is read back meanwhile, so
    that a sync of a thousand isn't read through at its end. So too where it was resumed while QuickBooks was
    asked. Repeating it changes nothing. Raises InDoubt, Reconnect.
    """
    with database.read() as session:
        found = newest(effects.of_sync(session, sync_id))
        settled = is_settled(session, found)
        wanted = _unread(session, sync_id, _whole(found))
        if not settled:
            wanted = wanted[: len(wanted) // at_once * at_once]
            if not wanted:
                return None
        directory = load(session, firm_id, found[0].realm_id) if found else None
    read = tuple(_receipts(company, wanted, directory)) if directory else ()
    with database.write(record_of=firm_id) as session:
        audit.hold(session, firm_id)  # nobody resumes it between our second look and its end
        for receipt in read:
            record = ReceiptRecord(receipt.subject, receipt.ties, facts(receipt), now)
            receipts.add(session, firm_id, sync_id, record)
        settled = settled and is_settled(session, newest(effects.of_sync(session, sync_id)))
        if settled:
            syncs.finish(session, sync_id, now, firm_id=firm_id)
    return read if settled else None


def read_again(
    database: Database, company: Company, firm_id: str, sync_id: str, subject: str, now: datetime
) -> Receipt | None:
    """Read an invoice (``subject``) that differs back anew, and keep that receipt instead.

    None: it isn't in the books whole, or it ties already. Raises InDoubt, Reconnect, OurBug.
    """
    with database.read() as session:
        differs = {record.invoice for record in receipts.of_sync(session, sync_id) if not record.ties}
        found = [e for e in newest(effects.of_sync(session, sync_id)) if e.firm_id == firm_id]
        family = _whole(found).get(subject)
        directory = load(session, firm_id, family[0].realm_id) if family else None
    if family is None or directory is None or subject not in differs:
        return None
    (receipt,) = _receipts(company, [family], directory)
    with database.write() as session:
        record = ReceiptRecord(receipt.subject, receipt.ties, facts(receipt), now)
        return receipt if receipts.replace(session, firm_id, sync_id, record) else None


def is_settled(session: Session, found: Sequence[Effect]) -> bool:
    """Whether nothing more will happen by itself: each has ended, or waits for one that ended badly."""
    return all(effect.state in ENDED or _waits_in_vain(session, effect) for effect in found)


def _waits_in_vain(session: Session, effect: Effect) -> bool:
    waits_for = effects.waits_for(session, effect)
    return waits_for is not None and waits_for.state in ENDED


def _whole(found: Sequence[Effect]) -> dict[str, list[Effect]]:
    """The invoices of which everything is confirmed: by subject, the invoice's effect first."""
    families: dict[str, list[Effect]] = {}
    for effect in sorted(found, key=lambda effect: effect.operation != ADD_INVOICE):
        families.setdefault(effect.invoice, []).append(effect)
    return {
        subject: family
        for subject, family in families.items()
        if all(effect.state is State.CONFIRMED for effect in family)
    }


def _unread(session: Session, sync_id: str, whole: dict[str, list[Effect]]) -> list[list[Effect]]:
    read = {record.invoice for record in receipts.of_sync(session, sync_id)}
    return [family for subject, family in whole.items() if subject not in read]


def _receipts(company: Company, wanted: list[list[Effect]], directory: Directory) -> Iterator[Receipt]:
    invoices = _read(company, "Invoice", [family[0] for family in wanted])
    payments = _read(company, "Payment", [effect for family in wanted for effect in family[1:]])
    for family in wanted:
        yield _receipt(family, invoices, payments, directory)


def _receipt(
    family: list[Effect],
    invoices: Mapping[str, Entity],
    payments: Mapping[str, Entity],
    directory: Directory,
) -> Receipt:
    order = order_of(ADD_INVOICE, family[0].content)
    if not isinstance(order, InvoiceOrder):
        raise TypeError(family[0].operation)
    found, home = invoices.get(family[0].remote_id or ""), directory.home_currency
    if found is None:
        return not_found(order.entry, f"Invoice {family[0].document_number or family[0].remote_id}")
    return compare(
        Booked(
            entry=order.entry,
            invoice=invoice_seen(found, home),
            invoice_mark=_mark(family[0]),
            payments={
                effect.subject: payment_seen(payments[effect.remote_id or ""], home)
                for effect in family[1:]
                if effect.remote_id in payments
            },
            payment_marks={effect.subject: _mark(effect) for effect in family[1:]},
        ),
        directory,
    )


def _read(company: Company, kind: str, wanted: Sequence[Effect]) -> dict[str, Entity]:
    ids = [effect.remote_id for effect in wanted if effect.remote_id]
    found: dict[str, Entity] = {}
    for some in portions(ids, AT_ONCE):
        question = select(kind).where("Id", "in", tuple(some))
        found |= {str(row["Id"]): row for row in company.select(question)}
    return found


def _mark(effect: Effect) -> str:
    return marker(effect.firm_id, effect.subject, effect.operation, effect.generation)
