"""Booked invoices of which a payment wasn't sent, and what in QuickBooks looks like its money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db import effects
from db.money import total
from qb.operations import ADD_PAYMENT
from qb.orders import PaymentOrder, order_of
from qb.second_look import like_its_money

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy.orm import Session

    from db.money import Money
    from db.said import Answer
    from qb.entry import Entry, EntryPayment
    from qb.ground import Ground
    from qb.others import Alike, Other


@dataclass(frozen=True, slots=True)
class Unreceived:
    """An invoice that a sync booked, as it was approved, and its payments that QuickBooks doesn't have.

    ``remote_id``: the invoice's id there.
    """

    sync_id: str
    entry: Entry
    payments: tuple[EntryPayment, ...]
    remote_id: str = ""

    @property
    def amount(self) -> Money:
        """What all of them come to."""
        return total((one.amount for one in self.payments), self.entry.total.currency)


def unreceived(
    session: Session, firm_id: str, realm_id: str, invoices: Collection[str] | None = None
) -> tuple[Unreceived, ...]:
    """Each invoice with what was refused of it, or only those of these subjects."""
    found: dict[str, Unreceived] = {}
    for effect in effects.refused_though_begun(session, firm_id, realm_id, ADD_PAYMENT, invoices):
        order = order_of(effect.operation, effect.content)
        if not isinstance(order, PaymentOrder) or effect.sync_id is None:
            continue
        before = found.get(effect.invoice)
        if before is None:
            invoice = effects.parent_of(session, effect)
            remote_id = (invoice.remote_id or "") if invoice else ""
            before = Unreceived(effect.sync_id, order.entry, (), remote_id)
        found[effect.invoice] = replace(before, payments=(*before.payments, order.payment))
    return tuple(found.values())


def pays_it(one: Unreceived, other: Other) -> bool:
    """Whether it is received in QuickBooks for this very invoice: then it is its money."""
    return any(to == one.remote_id for to, _ in other.applied)


def like_money_of(
    one: Unreceived, ground: Ground, answers: Mapping[str, Answer] | None = None
) -> tuple[Alike, ...]:
    """What looks like any of its payments, with these ``answers`` in place of those that hold."""
    on = ground if answers is None else replace(ground, answers=answers)
    found = (each for payment in one.payments for each in like_its_money(one.entry, payment, on))
    return tuple({each.other.key: each for each in found}.values())
