"""Looks in QuickBooks for what may have been booked: by our mark among the customer's newest, or by name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.effects import Confirm, Review
from qb.gateway import select
from qb.orders import CustomerOrder, difference
from qb.wire import person_seen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.effects import Effect
    from qb.gateway import Company, Entity
    from qb.orders import InvoiceOrder, Order, PaymentOrder

BEFORE = timedelta(minutes=10)
"""How far QuickBooks' clock may be behind ours."""


def look(company: Company, effect: Effect, order: Order, mark: str) -> Confirm | Review | None:
    """What a clean and complete answer of QuickBooks makes of an effect in doubt; None: it isn't there.

    One document with our mark and amount is adopted; several, or one that differs, are for a person.
    Raises InDoubt where QuickBooks gives no such answer, and Reconnect.
    """
    if isinstance(order, CustomerOrder):
        found = _named(company, order)
    else:
        found = _marked(company, effect, order, mark)
    if not found:
        return None
    if len(found) > 1:
        ids = ", ".join(str(each["Id"]) for each in found)
        return Review(f"QuickBooks has it more than once ({effect.entity} {ids}).")
    return adopted(effect, order, found[0], mark)


def adopted(effect: Effect, order: Order, found: Entity, mark: str) -> Confirm | Review:
    """The one document found, if it is what was ordered."""
    differs = difference(order, found, mark)
    if differs is not None:
        return Review(f"QuickBooks has it as {effect.entity} {found['Id']}, but {differs}.")
    return confirmed(found, "", adopted=True)


def confirmed(found: Entity, tid: str, *, adopted: bool = False) -> Confirm:
    """What is kept of a document that is in QuickBooks."""
    return Confirm(
        remote_id=str(found["Id"]),
        sync_token=str(found.get("SyncToken", "")),
        document_number=str(found.get("DocNumber", "")),
        tid=tid,
        adopted=adopted,
    )


def _marked(
    company: Company, effect: Effect, order: InvoiceOrder | PaymentOrder, mark: str
) -> Sequence[Entity]:
    newest = select(effect.entity).where("CustomerRef", "=", order.entry.customer.id)
    since = newest.where("MetaData.CreateTime", ">=", _since(effect))
    return [row for row in company.select(since) if mark in str(row.get("PrivateNote", ""))]


def _named(company: Company, order: CustomerOrder) -> Sequence[Entity]:
    """The customer of that name: QuickBooks keeps names unique, case ignored."""
    same = select("Customer").where("DisplayName", "=", order.name).where("Active", "in", (True, False))
    return [row for row in company.select(same) if _is_new(row, order)]


def _is_new(row: Entity, order: CustomerOrder) -> bool:
    person = person_seen("Customer", row, order.currency)
    return person.active and person.email.casefold() in {"", order.email.casefold()}


def _since(effect: Effect) -> datetime:
    return (effect.first_sent or effect.created_at) - BEFORE
