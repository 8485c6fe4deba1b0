"""Reads from QuickBooks what a check of the books looks at, in as few questions as there are."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from db.money import Money
from db.portions import portions
from qb.entry import Named
from qb.gateway import InDoubt, select
from qb.sweep import MARKED, Document, marks_in
from qb.wire import invoice_seen, payment_seen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from qb.directory import Directory
    from qb.gateway import Company, Entity
    from qb.sweep import Place

ENTITIES = ("Invoice", "Payment")
AT_ONCE = 200
"""Documents asked for by id in one question."""
CAPTURED = timedelta(days=29)
"""How far back change data capture is asked; it reaches 30 days (Intuit: Change data capture)."""
UNSOUND = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What reading a document raises where QuickBooks tells something else than we think."""
UNREADABLE = "QuickBooks told a document of ours in a way that can't be read."
_log = logging.getLogger("reading")


@dataclass(frozen=True, slots=True)
class Changed:
    """What was changed since a moment: by place, what was deleted, and whether deletions may be missing."""

    documents: dict[Place, Document]
    deleted: frozenset[Place]
    knows_deletions: bool


def changed_since(
    company: Company, directory: Directory, since: datetime, now: datetime, ours: Collection[Place]
) -> Changed:
    """Every Invoice and Payment changed since then, in one question where Intuit still knows what changed.

    What can't be read is passed over where it is somebody else's: none of ``ours``, and without our mark.

    Further back, or where more changed than one answer holds, the living ones are listed a page at a time,
    and what was deleted must be found by asking for it. Raises InDoubt, Reconnect, OurBug.
    """
    if now - since <= CAPTURED:
        captured = company.changes(ENTITIES, since)
        if captured.complete:
            deleted = {(entity, each) for entity, ids in captured.deleted.items() for each in ids}
            rows = ((entity, row) for entity, found in captured.documents.items() for row in found)
            return Changed(_by_place(rows, directory, ours), frozenset(deleted), knows_deletions=True)
    listed = (
        (entity, row)
        for entity in ENTITIES
        for row in company.select(select(entity).where("MetaData.LastUpdatedTime", ">=", since))
    )
    return Changed(_by_place(listed, directory, ours), frozenset(), knows_deletions=False)


def documents_at(
    company: Company, directory: Directory, places: Iterable[Place], progress: Callable[[int], None]
) -> dict[Place, Document]:
    """The documents at these places, of which those that are gone are left out.

    ``progress`` hears after each question how many places it was about.
    """
    found: dict[Place, Document] = {}
    wanted = sorted(set(places))
    for entity in ENTITIES:
        ids = [each for kind, each in wanted if kind == entity]
        for some in portions(ids, AT_ONCE):
            rows = company.select(select(entity).where("Id", "in", tuple(some)))
            found |= _by_place(((entity, row) for row in rows), directory, wanted)
            progress(len(some))
    return found


def document_of(entity: str, row: Entity, directory: Directory) -> Document:
    """An Invoice or a Payment as the sweep compares it."""
    home, accounts = directory.home_currency, {one.id: one.name for one in directory.accounts}
    invoice = invoice_seen(row, home)
    changed = str(row.get("MetaData", {}).get("LastUpdatedTime", ""))
    customer = Named(invoice.customer_id, str(row.get("CustomerRef", {}).get("name", "")))
    if entity == "Invoice":
        return Document(
            entity=entity,
            id=invoice.id,
            marks=marks_in(invoice.note),
            number=invoice.number,
            date=_day(row),
            total=invoice.total,
            tax=invoice.tax,
            customer=customer,
            account=Named("", ""),
            lines=tuple(_lines(row, invoice.total.currency)),
            changed_at=changed,
            version=invoice.version,
        )
    payment = payment_seen(row, home)
    return Document(
        entity=entity,
        id=payment.id,
        marks=marks_in(payment.note),
        number=str(row.get("PaymentRefNum", "")),
        date=_day(row),
        total=payment.total,
        tax=invoice.tax,
        customer=customer,
        account=Named(payment.account_id, accounts.get(payment.account_id, "")),
        applied=payment.applied,
        changed_at=changed,
        version=payment.version,
    )


def _by_place(
    rows: Iterable[tuple[str, Entity]], directory: Directory, ours: Collection[Place]
) -> dict[Place, Document]:
    found = (_read(entity, row, directory, ours) for entity, row in rows)
    return {document.place: document for document in found if document is not None}


def _read(entity: str, row: Entity, directory: Directory, ours: Collection[Place]) -> Document | None:
    """The document; None where it can't be read and isn't ours, InDoubt where it can't and may be."""
    try:
        return document_of(entity, row, directory)
    except UNSOUND as error:
        if MARKED in str(row) or (entity, _id_of(row)) in ours:
            raise InDoubt(UNREADABLE, sent=True) from error
        _log.warning("a document that isn't ours can't be read: %s", type(error).__name__)
        return None


def _id_of(row: object) -> str:
    return str(row.get("Id", "")) if isinstance(row, dict) else ""


def _day(row: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(row.get("TxnDate", ""))[:10])
    except ValueError:
        return None


def _lines(row: Mapping[str, Any], currency: str) -> Iterator[tuple[Named, Money]]:
    for line in row.get("Line", []):
        detail = line.get("SalesItemLineDetail")
        if detail is not None:
            item = detail.get("ItemRef", {})
            amount = line.get("Amount", 0)
            named = Named(str(item.get("value", "")), str(item.get("name", "")))
            yield named, Money.of(amount if isinstance(amount, Decimal | int) else str(amount), currency)
