"""Reads what others wrote into the firm's books: whole the first time, afterwards only what changed."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from db import effects, others
from db.effects.identifying import known_documents
from db.money import Money
from db.others import Kept
from qb.canonical import facts, money_of
from qb.entry import Named
from qb.gateway import select
from qb.others import DEPOSIT, INVOICE, NEAR, PAYMENT, RECEIPT, Other, Others
from qb.sweep import marks_in
from qb.wire import invoice_seen, payment_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.engine import Database
    from db.records import Invoice
    from qb.gateway import Company, Entity

ENTITIES = (INVOICE, RECEIPT, PAYMENT, DEPOSIT)
CAPTURED = timedelta(days=29)
"""How far back change data capture is asked; it reaches 30 days (Intuit: Change data capture)."""
OVERLAP = timedelta(minutes=10)
"""How far QuickBooks' clock may be behind ours."""
BEFORE = timedelta(days=60)
"""So much older than the oldest invoice asked about is read, so that the next one needs no reading anew."""
UNSOUND = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What reading a document raises where QuickBooks tells something else than we think."""
_log = logging.getLogger("others")


@dataclass(frozen=True, slots=True)
class Books:
    """Whose books are read; ``home`` is the company's own currency, which documents may leave out."""

    firm_id: str
    realm_id: str
    home: str


def look(company: Company, database: Database, books: Books, oldest: date, now: datetime) -> None:
    """Bring up to date what is kept of others' documents dated ``oldest`` or later, and as far as before.

    One metered read where it was read within a month; four or more (a page of 1,000 each) where it wasn't,
    or not that far back. No transaction is open meanwhile; a failure leaves what was kept before. Raises
    InDoubt, Reconnect, OurBug: then what is in the books isn't known.
    """
    with database.read() as session:
        kept = others.load(session, books.firm_id, books.realm_id)
    fresh = None if kept is None or kept.since > oldest else _brought_up(company, books, kept, now)
    since = oldest - BEFORE if kept is None else min(kept.since, oldest - BEFORE)
    read = fresh or _whole(company, books, since, now)
    strangers = tuple(_without_ours(database, books, read.documents))
    with database.write(record_of=books.firm_id) as session:
        others.keep(session, books.firm_id, books.realm_id, replace(read, documents=strangers))


def oldest_day(invoices: Iterable[Invoice]) -> date | None:
    """The earliest day on which something that looks like one of these may be dated; None without any."""
    days = (
        day
        for invoice in invoices
        for day in (invoice.issued, *(payment.date for payment in invoice.payments))
        if day is not None
    )
    first = min(days, default=None)
    return None if first is None else first - NEAR


def was_looked(
    session: Session, firm_id: str, realm_id: str, invoices: Iterable[Invoice], looked_at: datetime
) -> bool:
    """Whether what is kept was read at ``looked_at`` (UTC) or later, as far back as these invoices go.

    Asked in the transaction that orders a booking: another process may have kept an older reading since.
    """
    oldest, last = oldest_day(invoices), others.last_read(session, firm_id, realm_id)
    if oldest is None:
        return True
    return last is not None and last[0] <= oldest and last[1] >= looked_at


def others_in(session: Session, firm_id: str, realm_id: str) -> Others:
    """What is kept of others' documents, without those that were linked and booked since."""
    kept = others.load(session, firm_id, realm_id)
    if kept is None:
        return Others()
    ours = effects.taken_over(session, firm_id, realm_id)
    documents = (_from_facts(one) for one in kept.documents)
    return Others.of(one for one in documents if (one.entity, one.id) not in ours)


def _brought_up(company: Company, books: Books, kept: Kept, now: datetime) -> Kept | None:
    """The same with what was changed and deleted since; None where Intuit can't tell all of it."""
    if now - kept.read_at > CAPTURED or any("marks" not in one for one in kept.documents):
        return None  # the latter was kept by a version that left out whatever carried a mark
    captured = company.changes(ENTITIES, kept.read_at - OVERLAP)
    if not captured.complete:
        return None
    touched = {(entity, each) for entity, ids in captured.deleted.items() for each in ids}
    touched |= {(entity, str(row["Id"])) for entity, rows in captured.documents.items() for row in rows}
    left = [one for one in kept.documents if (one["entity"], one["id"]) not in touched]
    rows = ((entity, row) for entity, some in captured.documents.items() for row in some)
    return Kept(kept.since, now, (*left, *_strangers(rows, books.home)))


def _whole(company: Company, books: Books, since: date, now: datetime) -> Kept:
    rows = (
        (entity, row)
        for entity in ENTITIES
        for row in company.select(select(entity).where("TxnDate", ">=", since))
    )
    return Kept(since, now, tuple(_strangers(rows, books.home)))


def _strangers(rows: Iterable[tuple[str, Entity]], home: str) -> Iterator[dict[str, Any]]:
    """The documents as plain JSON; what can't be read can't be compared either."""
    for entity, row in rows:
        try:
            yield from (facts(one) for one in _documents(entity, row, home))
        except UNSOUND as error:
            _log.warning("a document that isn't ours can't be read: %s", type(error).__name__)


def _without_ours(
    database: Database, books: Books, documents: Iterable[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Others' documents: neither confirmed as ours, nor carrying a mark of ours (on its way, or a twin).

    A mark that isn't ours is another installation's, or was forgotten by a backup that was put back.
    """
    found = list(documents)
    with database.read() as session:
        ours = effects.ours_among(session, books.realm_id, {str(one["id"]) for one in found})
    left = [one for one in found if (one["entity"], one["id"]) not in ours]
    if not any(one.get("marks") for one in left):
        return left
    own = {one.mark for one in known_documents(database, books.firm_id, books.realm_id)}
    return [one for one in left if own.isdisjoint(one.get("marks", ()))]


def _documents(entity: str, row: Entity, home: str) -> Iterator[Other]:
    """A sale or payment is one; of a deposit each line is, but what was a payment or receipt before."""
    if entity == DEPOSIT:
        yield from _deposited(row, home)
        return
    sale, money = invoice_seen(row, home), payment_seen(row, home)
    yield Other(
        entity=entity,
        id=sale.id,
        number=str(row.get("PaymentRefNum", "")) if entity == PAYMENT else sale.number,
        date=_day(row),
        total=sale.total,
        customer=_named(row.get("CustomerRef", {})),
        account=money.account_id,
        balance=sale.balance if entity == INVOICE else None,
        applied=money.applied if entity == PAYMENT else (),
        marks=marks_in(str(row.get("PrivateNote", ""))),
    )


def _deposited(row: Entity, home: str) -> Iterator[Other]:
    seen = payment_seen(row, home)
    for place, line in enumerate(row.get("Line", []), start=1):
        amount = Money.of(str(line.get("Amount", 0)), seen.total.currency)
        if line.get("LinkedTxn") or amount.amount <= 0:
            continue
        whose = line.get("DepositLineDetail", {}).get("Entity", {})
        yield Other(
            entity=DEPOSIT,
            id=seen.id,
            number=str(row.get("DocNumber", "")),
            date=_day(row),
            total=amount,
            customer=_named(whose),
            account=seen.account_id,
            line=str(line.get("Id", place)),
        )


def _named(ref: Mapping[str, Any]) -> Named:
    return Named(str(ref.get("value", "")), str(ref.get("name", "")))


def _day(row: Entity) -> date | None:
    try:
        return date.fromisoformat(str(row.get("TxnDate", ""))[:10])
    except ValueError:
        return None


def _from_facts(found: Mapping[str, Any]) -> Other:
    dated, balance = found.get("date"), found.get("balance")
    return Other(
        entity=found["entity"],
        id=found["id"],
        number=found["number"],
        date=date.fromisoformat(dated) if dated else None,
        total=money_of(found["total"]),
        customer=Named(**found["customer"]),
        account=found["account"],
        balance=money_of(balance) if balance else None,
        applied=tuple((to, money_of(part)) for to, part in found["applied"]),
        line=found["line"],
        marks=tuple(found.get("marks", ())),
    )
