"""Documents in QuickBooks that aren't ours, and which of them look like a paid invoice or its money."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from db.money import Money, total

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from qb.entry import Entry, Named

INVOICE, RECEIPT, PAYMENT, DEPOSIT = "Invoice", "SalesReceipt", "Payment", "Deposit"
SALES = frozenset({INVOICE, RECEIPT})
NEAR = timedelta(days=14)
"""How far the date of the same sale may be off where somebody entered it by hand."""
WEEK = timedelta(days=7)
"""How far the date of the same money may be off: a bank shows it some days later."""
PRINT = 12
"""Hexadecimal digits of a document's print."""
PREFIX = re.compile(r"^[^0-9]*0*(?=[0-9])")
"""What may stand before a number's own digits: ``INV-``, zeros."""


class Why(StrEnum):
    """By what a document looks like an invoice."""

    NUMBER = "number"
    AMOUNT = "amount"  # same customer, same total, near date
    MONEY = "money"  # one of its payments, or all of them together: same amount within a week


@dataclass(frozen=True, slots=True)
class Other:
    """An Invoice, SalesReceipt, Payment, or one line of a Deposit that we don't know as ours.

    ``account`` is the id of where money was deposited to, ``balance`` what is open of an invoice, ``applied``
    says to which invoices (by id) a payment goes with how much, ``line`` which line of a deposit it is,
    ``marks`` what an installation like ours wrote into its note.
    """

    entity: str
    id: str
    number: str
    date: date | None
    total: Money
    customer: Named
    account: str = ""
    balance: Money | None = None
    applied: tuple[tuple[str, Money], ...] = ()
    line: str = ""
    marks: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is known by here: two of one firm's books never share it."""
        return ":".join(part for part in (self.entity, self.id, self.line) if part)

    @property
    def is_credited(self) -> bool:
        """Whether it pays more than it holds: a credit went with it."""
        return total((part for _, part in self.applied), self.total.currency) > self.total

    @property
    def seen(self) -> str:
        """Its key, and behind an ``@`` a print of what it says: another one once somebody changed that there.

        Migration 0019 writes the same for answers that were given before; what is open and what it pays is
        left out, as both change without it becoming another document.
        """
        exact = Money.from_minor(self.total.minor, self.total.currency)
        amount = f"{exact.amount:f} {exact.currency}"
        dated = self.date.isoformat() if self.date else ""
        says = json.dumps([self.customer.id, amount, dated, self.number])
        return f"{self.key}@{sha256(says.encode()).hexdigest()[:PRINT]}"


@dataclass(frozen=True, slots=True)
class Alike:
    """A document that looks like an invoice or its money, and by what."""

    other: Other
    why: Why


@dataclass(frozen=True, slots=True)
class Others:
    """What is in the books that we didn't write, looked up and never gone through; made by :meth:`of`.

    ``by_number`` goes by :func:`digits`, ``numbers`` are the sales' own as QuickBooks compares them, and
    ``by_paid`` holds the payments of an invoice by its id.
    """

    by_key: Mapping[str, Other] = field(default_factory=dict)
    by_number: Mapping[str, tuple[Other, ...]] = field(default_factory=dict)
    by_total: Mapping[Money, tuple[Other, ...]] = field(default_factory=dict)
    by_paid: Mapping[str, tuple[tuple[Other, Money], ...]] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, documents: Iterable[Other]) -> Others:
        """These documents, those worth nothing (voided ones) left out."""
        living = [one for one in documents if one.total.amount]
        numbers: dict[str, list[Other]] = defaultdict(list)
        totals: dict[Money, list[Other]] = defaultdict(list)
        paying: dict[str, list[tuple[Other, Money]]] = defaultdict(list)
        for one in living:
            totals[one.total].append(one)
            if one.number and one.entity in SALES:
                numbers[digits(one.number)].append(one)
            if one.entity == PAYMENT and not one.is_credited:
                for to, part in one.applied:
                    paying[to].append((one, part))
        return cls(
            {one.key: one for one in living},
            {number: tuple(some) for number, some in numbers.items()},
            {amount: tuple(some) for amount, some in totals.items()},
            {invoice: tuple(some) for invoice, some in paying.items()},
            frozenset(as_taken(one.number) for some in numbers.values() for one in some),
        )

    def as_seen(self, seen: str) -> Other | None:
        """The document of this :attr:`Other.seen`; None where it is gone or says something else by now."""
        found = self.by_key.get(seen.partition("@")[0])
        return found if found and found.seen == seen else None

    def paying(self, invoice: Other) -> tuple[tuple[Other, Money], ...]:
        """The payments applied to an invoice of these, each with how much of it.

        One that pays more than it holds was helped by a credit: how much of it was money can't be told.
        """
        return self.by_paid.get(invoice.id, ())


def as_taken(number: str) -> str:
    """A number as QuickBooks compares it with others: spaces around it and capitals make no other one."""
    return number.strip().casefold()


def digits(number: str) -> str:
    """A number without what a firm puts before it: ``INV-01042`` and ``1042`` are the same."""
    folded = "".join(number.split()).casefold()
    return PREFIX.sub("", folded)


def alike(entry: Entry, others: Others, banks: Collection[str]) -> tuple[Alike, ...]:
    """Every document that looks like the invoice or its money: by number first, then amount, then money.

    ``banks`` are the ids of the company's bank accounts: what a bank feed added lies in any of them, also
    where our payment goes to clearing or undeposited funds.
    Whole numbers are compared over all customers, as QuickBooks takes each once; where it numbers by itself,
    and without their prefixes, within the customer's own. Money that pays one of the sales found isn't told
    beside it.
    """
    found: dict[str, Alike] = {}
    for other, why in _looking_alike(entry, others, banks):
        found.setdefault(other.key, Alike(other, why))
    sales = {one.other.id for one in found.values() if one.other.entity == INVOICE}
    return tuple(one for one in found.values() if not _pays(one.other, sales))


def _looking_alike(entry: Entry, others: Others, banks: Collection[str]) -> Iterator[tuple[Other, Why]]:
    number = entry.key.number
    for other in others.by_number.get(digits(number), ()):
        whole = bool(entry.number) and as_taken(other.number) == as_taken(number)
        if whole or other.customer.id == entry.customer.id:
            yield other, Why.NUMBER
    for other in others.by_total.get(entry.total, ()):
        if other.entity in SALES and other.customer.id == entry.customer.id and _is_near(entry, other):
            yield other, Why.AMOUNT
    accounts = {*banks, *(payment.account.id for payment in entry.payments)}
    for amount, first, last in _moneys(entry):
        for other in others.by_total.get(amount, ()):
            within = other.date is not None and first - WEEK <= other.date <= last + WEEK
            if within and _is_money_of(other, entry, accounts):
                yield other, Why.MONEY


def _moneys(entry: Entry) -> Iterator[tuple[Money, date, date]]:
    """As what its money may have been entered, with its first and last day: each payment, or all as one."""
    days = [payment.date for payment in entry.payments]
    yield from ((payment.amount, payment.date, payment.date) for payment in entry.payments)
    if len(days) > 1:
        yield entry.received, min(days), max(days)


def _is_near(entry: Entry, other: Other) -> bool:
    """Dated like the invoice, or like its payment: who books by hand at the payment uses that day."""
    if other.date is None:
        return True
    paid = max((payment.date for payment in entry.payments), default=entry.date)
    return entry.date - NEAR <= other.date <= max(paid + WEEK, entry.date + NEAR)


def _is_money_of(other: Other, entry: Entry, accounts: Collection[str]) -> bool:
    """The customer's own money; what a bank feed added names nobody and lies in one of these accounts."""
    if other.entity == DEPOSIT:
        return other.customer.id == entry.customer.id or (not other.customer.id and other.account in accounts)
    return other.entity in {PAYMENT, RECEIPT} and other.customer.id == entry.customer.id


def _pays(other: Other, invoices: set[str]) -> bool:
    return other.entity == PAYMENT and any(to in invoices for to, _ in other.applied)
