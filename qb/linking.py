"""What becomes of an invoice that a person says is in QuickBooks already: what of it is still missing."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from db.money import total
from qb.entry import Linked
from qb.others import INVOICE, RECEIPT, WEEK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.money import Money
    from qb.entry import Entry, EntryPayment
    from qb.others import Other, Others


class Unfit(StrEnum):
    """Why a document can't be linked to an invoice: we never change what others wrote."""

    MONEY = "money"  # it is a payment or a deposit, and the invoice itself isn't there
    CUSTOMER = "customer"
    TOTAL = "total"
    OPEN = "open"  # what is received and open there isn't what our payments leave
    CREDITED = "credited"  # nothing is open there, and not all of it was money


def linked_entry(entry: Entry, other: Other, others: Others) -> Entry | Unfit:
    """The entry with this document as its invoice and only the payments that are missing there.

    None missing: there is nothing left to book. A sales receipt holds its money already; an invoice with
    nothing open must have been paid to its total, as a credit or a write-off closes it without money. Else
    what is received there must be payments of ours, and what is open must be the rest, to the cent.
    """
    if other.entity not in {INVOICE, RECEIPT}:
        return Unfit.MONEY
    if other.customer.id != entry.customer.id:
        return Unfit.CUSTOMER
    if other.total != entry.total:
        return Unfit.TOTAL
    nothing = total((), entry.total.currency)
    balance = nothing if other.balance is None else other.balance
    missing: tuple[EntryPayment, ...] | None = ()
    if other.entity == INVOICE:
        received = others.paying(other)
        if balance != nothing:
            missing = _missing(entry.payments, received)
        elif total((part for _, part in received), entry.total.currency) != entry.total:
            return Unfit.CREDITED
    if missing is None or total((one.amount for one in missing), entry.total.currency) != balance:
        return Unfit.OPEN
    return replace(
        entry,
        number=other.number,
        payments=missing,
        linked=Linked(other.id, other.number, balance),
    )


def _missing(
    ours: Sequence[EntryPayment], received: Sequence[tuple[Other, Money]]
) -> tuple[EntryPayment, ...] | None:
    """Which of ours aren't there: what is there is the nearest of its amount, the nearest pairs first.

    None where something received there, by amount and within a week, is none of ours.
    """
    near = sorted(
        (abs(there.date - payment.date), our, their)
        for their, (there, part) in enumerate(received)
        for our, payment in enumerate(ours)
        if there.date is not None and part == payment.amount and abs(there.date - payment.date) <= WEEK
    )
    found, theirs = set[int](), set[int]()
    for _, our, their in near:
        if our not in found and their not in theirs:
            found.add(our)
            theirs.add(their)
    if len(theirs) < len(received):
        return None
    return tuple(payment for our, payment in enumerate(ours) if our not in found)
