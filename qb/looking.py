"""Looks in QuickBooks for what may have been booked: by our mark among the customer's newest, or by name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.effects import Confirm, Overtaken, Review, marker
from qb.gateway import select
from qb.orders import CustomerOrder, EmailOrder, difference
from qb.refusal_sentences import DIFFERENT, TWICE
from qb.wire import person_seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.effects import Effect
    from qb.gateway import Company, Entity
    from qb.orders import InvoiceOrder, Order, PaymentOrder

BEFORE = timedelta(minutes=10)
"""How far QuickBooks' clock may be behind ours."""
LATER_TRIES = 20
"""After a restore: how many tries beyond the one we know of are looked for."""
FORGOTTEN = (
    "QuickBooks has it from a later try, which was lost when the backup was restored: that one is taken over."
)


def look(company: Company, effect: Effect, order: Order, mark: str) -> Confirm | Review | Overtaken | None:
    """What a clean and complete answer of QuickBooks makes of an effect in doubt; None: it isn't there.

    One document with our mark and amount is adopted; several, or one that differs, are for a person.
    Raises InDoubt where QuickBooks gives no such answer, and Reconnect.
    """
    if isinstance(order, EmailOrder):
        return None  # asked right before it would be sent, and guarded by its version
    if isinstance(order, CustomerOrder):
        found = _named(company, effect, order)
    else:
        newest = _newest(company, effect, order)
        found = [row for row in newest if mark in _note(row)]
        later = _later_marks(effect)
        if not found and any(each in _note(row) for row in newest for each in later):
            return Overtaken(FORGOTTEN)
    if not found:
        return None
    if len(found) > 1:
        documents = " and ".join(known_as(effect, each) for each in found)
        return Review(TWICE.said(documents=documents).short)
    return adopted(effect, order, found[0], mark)


def known_as(effect: Effect, found: Entity) -> str:
    """A document as a bookkeeper finds it in QuickBooks: by its number there, else by what it comes to."""
    number = found.get("DocNumber") or found.get("PaymentRefNum") or found.get("DisplayName")
    return f"{effect.entity} {number or 'of ' + str(found.get('TotalAmt', ''))}"


def adopted(effect: Effect, order: Order, found: Entity, mark: str) -> Confirm | Review:
    """The one document found, if it is what was ordered."""
    differs = difference(order, found, mark)
    if differs is not None:
        return Review(DIFFERENT.said(document=known_as(effect, found), differs=differs).short)
    return confirmed(found, "", adopted=True)


def confirmed(found: Entity, tid: str, *, adopted: bool = False, changed: bool = False) -> Confirm:
    """What is kept of a document that is in QuickBooks; of one merely ``changed``, of that version of it."""
    name = str(found["Id"])
    return Confirm(
        remote_id=f"{name}@{found['SyncToken']}" if changed else name,
        sync_token=str(found.get("SyncToken", "")),
        document_number=str(found.get("DocNumber", "")),
        tid=tid,
        adopted=adopted,
    )


def _newest(company: Company, effect: Effect, order: InvoiceOrder | PaymentOrder) -> list[Entity]:
    """What the customer got since it was first sent; after a restore also what any customer got meanwhile.

    The contact may have been another one when it was sent by those whose memory was lost.
    """
    kind = select(effect.entity)
    found: dict[str, Entity] = {}
    if effect.unknown_since is not None and effect.unknown_until is not None:
        since = kind.where("MetaData.CreateTime", ">=", effect.unknown_since - BEFORE)
        lost = since.where("MetaData.CreateTime", "<=", effect.unknown_until + BEFORE)
        found = {str(row["Id"]): row for row in company.select(lost)}
    if effect.unknown_since is None or effect.taken_before:
        his = kind.where("CustomerRef", "=", order.entry.customer.id)
        sent = (effect.first_sent or effect.created_at) - BEFORE
        found |= {str(row["Id"]): row for row in company.select(his.where("MetaData.CreateTime", ">=", sent))}
    return list(found.values())


def _note(row: Entity) -> str:
    return str(row.get("PrivateNote", ""))


def _later_marks(effect: Effect) -> tuple[str, ...]:
    """After a restore: the marks of the tries that may have followed a refusal we don't know of."""
    if effect.unknown_since is None:
        return ()
    first = effect.generation + 1
    return tuple(
        marker(effect.firm_id, effect.subject, effect.operation, generation)
        for generation in range(first, first + LATER_TRIES)
    )


def _named(company: Company, effect: Effect, order: CustomerOrder) -> Sequence[Entity]:
    """The customer of that name, made since we may have sent it: QuickBooks keeps names unique, case ignored.

    A name is no mark: one that was there before isn't ours, but the reason why ours can't be there.
    """
    since = (effect.unknown_since or effect.first_sent or effect.created_at) - BEFORE
    same = select("Customer").where("DisplayName", "=", order.name).where("Active", "in", (True, False))
    same = same.where("MetaData.CreateTime", ">=", since)
    return [row for row in company.select(same) if _is_new(row, order)]


def _is_new(row: Entity, order: CustomerOrder) -> bool:
    person = person_seen("Customer", row, order.currency)
    return person.active and person.email.casefold() in {"", order.email.casefold()}
