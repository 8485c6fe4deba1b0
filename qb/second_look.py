"""Decides whether the money of a payment about to be sent looks as if somebody entered it meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.money import total
from qb.alike import told, unanswered
from qb.others import PAYMENT
from qb.refusal_sentences import LOOKS_RECEIVED

if TYPE_CHECKING:
    from db.refusal import Refusal
    from qb.entry import Entry, EntryPayment
    from qb.ground import Ground
    from qb.others import Alike, Others


class LooksReceivedError(RuntimeError):
    """Something in QuickBooks looks like the payment or its whole sale; ``told`` names it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.short)
        self.told = refusal


def looks_received(entry: Entry, payment: EntryPayment, ground: Ground) -> Refusal | None:
    """Why the payment of an invoice that is ours and booked isn't sent; None where nothing looks like it."""
    found = like_its_money(entry, payment, ground)
    return LOOKS_RECEIVED.said(documents=told(found)) if found else None


def like_its_money(entry: Entry, payment: EntryPayment, ground: Ground) -> tuple[Alike, ...]:
    """What looks like the payment of an invoice that is ours and booked, or like its whole sale.

    What a person said is another one's doesn't count, nor what was received on a linked invoice before that.
    """
    known = _received_before(entry, ground.others)
    alone = replace(entry, payments=(payment,))
    return tuple(one for one in unanswered(alone, ground) if one.other.key not in known)


def _received_before(entry: Entry, others: Others) -> set[str]:
    """Payments on the linked invoice, unless they come to more than it had when it was linked."""
    if entry.linked is None:
        return set()
    paying = [
        (one.key, part)
        for one in others.by_key.values()
        for to, part in one.applied
        if one.entity == PAYMENT and to == entry.linked.id
    ]
    before = entry.total - entry.linked.open
    return (
        {key for key, _ in paying}
        if total((part for _, part in paying), before.currency) == before
        else set()
    )
