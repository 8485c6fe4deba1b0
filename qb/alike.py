"""Decides what becomes of an entry that looks as if it were in QuickBooks already, by what was said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.said import Said
from qb import hold
from qb.hold import amount_text, day_text
from qb.linking import Unfit, linked_entry
from qb.others import DEPOSIT, INVOICE, PAYMENT, RECEIPT, Why, alike, as_taken
from qb.reference import DOCUMENT_NUMBER_LIMIT
from qb.written import is_own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.said import Answer
    from qb.entry import Entry
    from qb.ground import Ground
    from qb.hold import Hold
    from qb.others import Alike, Other, Others

TOLD = 2
KINDS = {INVOICE: "invoice", RECEIPT: "sales receipt", PAYMENT: "payment", DEPOSIT: "deposit"}
BY_BANK = "added there, perhaps from the bank feed"
BY_HAND = "made there by hand or another program"
BY_ANOTHER = "booked there by another installation of CaseLedger"
UNFIT = {
    Unfit.MONEY: "that is only money",
    Unfit.CUSTOMER: "that is another customer's",
    Unfit.TOTAL: "its total there is another one",
    Unfit.OPEN: "what is received and open there isn't what its payments leave",
    Unfit.CREDITED: "not all of that was money: a credit or a write-off closed it there",
}
"""Why what was linked doesn't fit, as the end of a sentence."""
PREFIXES = ("CE-", "CE2-", "CE3-")
"""What is put before a number that another invoice has already: CE for CaseEasy."""


def settle(entry: Entry, ground: Ground) -> Entry | Hold:
    """The entry to book, or why it is held: by default everything that looks like it holds it."""
    answer, left = ground.answers.get(entry.subject), unanswered(entry, ground)
    if answer is None:
        return _unless_alike(entry, left)
    if answer.said is Said.LINK:
        return _linked(entry, answer, left, ground)
    if answer.said is Said.HOLD:
        return hold.kept_held(told(left) or "what it looked like is gone there by now")
    return _unless_alike(replace(entry, number=answer.number or entry.number), left)


def unanswered(entry: Entry, ground: Ground) -> tuple[Alike, ...]:
    """What looks like it and still asks for an answer: a plan holds it for these, and Compare shows them.

    What a person said of a document counts only while that says what it said then. Of a linked invoice only
    money asks on, that which looks like what is missing there.
    """
    answer = ground.answers.get(entry.subject)
    other = ground.others.by_key.get(answer.linked) if answer else None
    if answer is None or other is None:
        return _left(entry, ground, answer)
    past = {other.key, *(one.key for one, _ in ground.others.paying(other))}
    with_it = linked_entry(entry, other, ground.others)
    if isinstance(with_it, Unfit):
        return tuple(one for one in _left(entry, ground, answer) if one.other.key not in past)
    money = _left(with_it, ground, answer) if with_it.payments else ()
    return tuple(one for one in money if one.why is Why.MONEY and one.other.key not in past)


def free_number(entry: Entry, others: Others) -> str:
    """A number for an invoice whose own another document has; empty where its own is free."""
    number = entry.key.number
    if not entry.number or as_taken(number) not in others.numbers:
        return ""
    with_prefix = (f"{prefix}{number}"[:DOCUMENT_NUMBER_LIMIT] for prefix in PREFIXES)
    return next((one for one in with_prefix if as_taken(one) not in others.numbers), "")


def told(found: Sequence[Alike]) -> str:
    """The documents in words, names as they are, the first few."""
    shown = " and ".join(described(one.other) for one in found[:TOLD])
    left = len(found) - TOLD
    return f"{shown} and {left} more" if left > 0 else shown


def described(other: Other) -> str:
    """A document as a bookkeeper finds it: kind, number, day, amount, whose, how it came there."""
    number = f" {other.number}" if other.number else ""
    dated = f" of {day_text(other.date)}" if other.date else ""
    whose = f", for {other.customer.name}" if other.customer.name else ""
    made = BY_ANOTHER if other.marks else BY_BANK if other.entity == DEPOSIT else BY_HAND
    return f"{KINDS[other.entity]}{number}{dated}, {amount_text(other.total)}{whose}, {made}"


def _unless_alike(entry: Entry, found: Sequence[Alike]) -> Entry | Hold:
    return hold.looks_booked(told(found)) if found else entry


def _left(entry: Entry, ground: Ground, answer: Answer | None) -> tuple[Alike, ...]:
    """What looks like it, without what is another invoice's, linked to it or said to be."""
    dismissed = answer.dismissed if answer else ()
    found = [
        (one, one.other.seen)
        for one in alike(entry, ground.others, ground.directory.banks)
        if not is_own(one.other.marks, entry, ground.firm_id)
    ]
    return tuple(
        one
        for one, seen in found
        if seen not in dismissed and ground.linked.get(seen, entry.subject) == entry.subject
    )


def _linked(entry: Entry, answer: Answer, left: Sequence[Alike], ground: Ground) -> Entry | Hold:
    other = ground.others.by_key.get(answer.linked)
    if other is None:
        return hold.link_gone()
    with_it = linked_entry(entry, other, ground.others)
    if isinstance(with_it, Unfit):
        return hold.link_unfit(described(other), UNFIT[with_it])
    if not with_it.payments:
        return hold.linked(described(other))
    return _unless_alike(with_it, left)
