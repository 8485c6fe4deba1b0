"""What becomes of an invoice that a person says is in QuickBooks already: what of it is still missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from db.money import total
from qb.entry import Linked
from qb.others import INVOICE, RECEIPT

if TYPE_CHECKING:
    from qb.entry import Entry
    from qb.others import Other, Others


class Unfit(StrEnum):
    """Why a document can't be linked to an invoice: we never change what others wrote."""

    MONEY = "money"  # it is a payment or a deposit, and the invoice itself isn't there
    CUSTOMER = "customer"
    TOTAL = "total"
    OPEN = "open"  # what is open there isn't what our payments leave


def linked_entry(entry: Entry, other: Other, others: Others) -> Entry | Unfit:
    """The entry with this document as its invoice and only the payments that are missing there.

    None missing: there is nothing left to book. A sales receipt holds its money already. What is received
    there must be payments of ours by amount, and what is open must be the rest, to the cent.
    """
    if other.entity not in {INVOICE, RECEIPT}:
        return Unfit.MONEY
    if other.customer.id != entry.customer.id:
        return Unfit.CUSTOMER
    if other.total != entry.total:
        return Unfit.TOTAL
    nothing = total((), entry.total.currency)
    balance = nothing if other.balance is None else other.balance
    received = Counter(part for _, part in others.paying(other)) if other.entity == INVOICE else Counter()
    missing = []
    for payment in entry.payments if balance != nothing else ():
        if received[payment.amount]:
            received[payment.amount] -= 1
        else:
            missing.append(payment)
    if total((one.amount for one in missing), entry.total.currency) != balance or (missing and +received):
        return Unfit.OPEN
    return replace(
        entry,
        number=other.number,
        payments=tuple(missing),
        linked=Linked(other.id, other.number, balance),
    )
