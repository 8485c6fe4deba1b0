"""Compares what was booked with what QuickBooks says now, to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.money import total
from qb.hold import amount_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.money import Money
    from qb.directory import Directory
    from qb.entry import Entry, EntryPayment
    from qb.wire import InvoiceSeen, PaymentSeen


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that isn't as booked, in words."""

    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class PaymentReceipt:
    """A payment as read back; ``account`` is the account's name."""

    subject: str
    id: str
    amount: Money
    account: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """An invoice and its payments as read back."""

    subject: str
    id: str
    number: str
    total: Money
    tax: Money
    balance: Money
    payments: tuple[PaymentReceipt, ...]
    differences: tuple[Difference, ...]

    @property
    def ties(self) -> bool:
        """Whether QuickBooks says exactly what was booked."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class Booked:
    """What an entry became: QuickBooks' document and our mark in it, for the invoice and each payment."""

    entry: Entry
    invoice: InvoiceSeen
    invoice_mark: str
    payments: Mapping[str, PaymentSeen]  # by payment subject
    payment_marks: Mapping[str, str]


def compare(booked: Booked, directory: Directory) -> Receipt:
    """The receipt: total, tax, number, customer, balance 0.00, each payment's amount, account and mark."""
    accounts = {account.id: account.name for account in directory.accounts}
    entry, invoice = booked.entry, booked.invoice
    return Receipt(
        subject=entry.subject,
        id=invoice.id,
        number=invoice.number,
        total=invoice.total,
        tax=invoice.tax,
        balance=invoice.balance,
        payments=tuple(
            PaymentReceipt(subject, seen.id, seen.total, accounts.get(seen.account_id, seen.account_id))
            for subject, seen in booked.payments.items()
        ),
        differences=(*_invoice(booked), *_payments(booked, accounts)),
    )


def not_found(entry: Entry, what: str) -> Receipt:
    """A document we booked isn't in QuickBooks any more."""
    nothing = total((), entry.total.currency)
    gone = Difference(what, "in QuickBooks", "not found")
    return Receipt(entry.subject, "", entry.number, nothing, nothing, nothing, (), (gone,))


def _invoice(booked: Booked) -> Iterator[Difference]:
    entry, invoice = booked.entry, booked.invoice
    yield from _money("Total", entry.total, invoice.total)
    if entry.linked is None:  # how somebody else split it is theirs
        yield from _money("Tax", entry.tax, invoice.tax)
    yield from _money("Balance", total((), entry.total.currency), invoice.balance)
    yield from _text("Customer", entry.customer.id, invoice.customer_id)
    if entry.number:
        yield from _text("Number", entry.number, invoice.number)
    if entry.linked is None and booked.invoice_mark not in invoice.note:
        yield Difference("Our mark on the invoice", booked.invoice_mark, "not there")


def _payments(booked: Booked, accounts: Mapping[str, str]) -> Iterator[Difference]:
    for payment in booked.entry.payments:
        seen = booked.payments.get(payment.subject)
        if seen is None:
            yield Difference(_named(payment), "in QuickBooks", "not found")
            continue
        yield from _money(_named(payment), payment.amount, seen.total)
        applied = total((m for i, m in seen.applied if i == booked.invoice.id), seen.total.currency)
        yield from _money(f"{_named(payment)}, applied", payment.amount, applied)
        found = accounts.get(seen.account_id, f"account {seen.account_id}")
        expected = accounts.get(payment.account.id, payment.account.name)
        if seen.account_id != payment.account.id:
            yield Difference(f"{_named(payment)}, deposited to", expected, found)
        yield from _text(f"{_named(payment)}, customer", booked.entry.customer.id, seen.customer_id)
        if booked.payment_marks[payment.subject] not in seen.note:
            yield Difference(
                f"Our mark on {_named(payment)}", booked.payment_marks[payment.subject], "not there"
            )


def _named(payment: EntryPayment) -> str:
    return f"Payment {payment.reference}"


def _money(what: str, expected: Money, found: Money) -> Sequence[Difference]:
    return [] if expected == found else [Difference(what, amount_text(expected), amount_text(found))]


def _text(what: str, expected: str, found: str) -> Sequence[Difference]:
    return [] if expected == found else [Difference(what, expected, found or "nothing")]
