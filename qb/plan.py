"""Decides for each paid invoice what exactly would be booked, or every reason why it can't be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from db.money import NO_CURRENCY, total
from db.records import Doubt, Line, LineKind, payment_subject
from qb import hold
from qb.alike import settle
from qb.entry import Entry, EntryLine, EntryPayment, Held, Named, Plan
from qb.fee_tax import tax_of
from qb.hold import Hold
from qb.mapping import LINE_WORDS, Kind, row
from qb.obstacles import is_before_go_live, is_final, record_holds, standing_hold, sums_known
from qb.reference import reference
from qb.stated import tying_holds
from qb.targets import contact_of, deposit_of, item_of, target_of
from qb.tax import TaxTaken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from db.records import Invoice, Payment
    from qb.ground import Ground

Rows = dict[tuple[Kind, str], Named]
Mapped: TypeAlias = "tuple[Rows, Ground]"
"""What each value of an invoice is in QuickBooks, and on what ground."""


def plan(invoices: Sequence[Invoice], ground: Ground) -> Plan:
    """Entries and holds for the paid ones among ``invoices``, in their order.

    Pure: the same invoices on the same ground give the same plan. An invoice is booked whole or held with
    every reason met; only where one reason is final (refund, foreign currency, client money, nothing at all)
    is nobody asked to map or link for it. Two invoices that claim one identity are both held.
    """
    paid = [invoice for invoice in invoices if invoice.paid is not None]
    twins = {subject for subject, n in Counter(i.key.subject for i in paid).items() if n > 1}
    outcomes = [
        _held(i, (hold.unclear(Doubt.CONFLICTING_ROWS),))
        if i.key.subject in twins and not is_before_go_live(i, ground.go_live)
        else _judge(i, ground)
        for i in paid
    ]
    return Plan(
        ground.realm_id,
        tuple(outcome for outcome in outcomes if isinstance(outcome, Entry)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Held)),
    )


def not_connected(invoices: Iterable[Invoice]) -> Plan:
    """The plan of a firm without a QuickBooks company: every paid invoice is held for that."""
    paid = (invoice for invoice in invoices if invoice.paid is not None)
    return Plan("", (), tuple(_held(invoice, (hold.not_connected(),)) for invoice in paid))


def adds_up(entry: Entry) -> bool:
    """Whether lines, tax, total and payments of an entry agree to the cent."""
    currency = entry.total.currency
    listed = total((line.amount for line in entry.lines), currency)
    tax = total((part.amount for part in entry.taxes), currency)
    paid = total((payment.amount for payment in entry.payments), currency)
    expected = entry.linked.open if entry.linked else entry.total
    return entry.listed == listed and entry.tax == tax and entry.total == listed + tax and paid == expected


def _judge(invoice: Invoice, ground: Ground) -> Entry | Held:
    standing = standing_hold(invoice, ground)
    if standing is not None:
        return _held(invoice, (standing,))
    holds = list(record_holds(invoice, ground))
    if is_final(holds) or invoice.case.currency == NO_CURRENCY:
        return _held(invoice, holds)
    customer, rows = contact_of(invoice, ground), _rows(invoice, ground)
    tax = tax_of(invoice, ground) if ground.directory.sales_tax and sums_known(invoice) else None
    holds += [found for found in (customer, tax, *rows.values()) if isinstance(found, Hold)]
    holds += tying_holds(invoice, tax) if tax is not None else ()
    if holds or invoice.issued is None or isinstance(customer, Hold) or not isinstance(tax, TaxTaken):
        return _held(invoice, holds)
    named = {key: found for key, found in rows.items() if isinstance(found, Named)}
    entry = _entry(invoice, invoice.issued, customer, tax, (named, ground))
    settled = settle(entry if ground.directory.custom_numbers else replace(entry, number=""), ground)
    return _held(invoice, (settled,)) if isinstance(settled, Hold) else settled


def _rows(invoice: Invoice, ground: Ground) -> dict[tuple[Kind, str], Named | Hold]:
    """What the mapping makes of each value of the invoice; the fees' tax code comes with the tax."""
    kinds = dict.fromkeys(line.kind for line in _lines(invoice))
    untaxed = [kind for kind in kinds if kind is not LineKind.FEE] if ground.directory.sales_tax else []
    needed = (
        *((Kind.METHOD, payment.method) for payment in invoice.payments),
        *((Kind.DEPOSIT, deposit_of(payment, ground)) for payment in invoice.payments),
        *((Kind.ITEM, item_of(kind, invoice, ground)) for kind in kinds),
        *((Kind.TAX, str(kind)) for kind in untaxed),
    )
    return {(kind, source): target_of(kind, source, ground) for kind, source in dict.fromkeys(needed)}


def _entry(invoice: Invoice, issued: date, customer: Named, tax: TaxTaken, mapped: Mapped) -> Entry:
    return Entry(
        subject=invoice.key.subject,
        key=invoice.key,
        client_name=invoice.case.client.name,
        customer=customer,
        number=invoice.key.number,
        date=issued,
        memo=f"CaseEasy invoice {invoice.key.number}, case {invoice.case.number}, {invoice.case.client.name}",
        lines=_described(tuple(_line(line, invoice, tax, mapped) for line in _lines(invoice)), invoice),
        taxes=tax.parts,
        listed=invoice.listed,
        tax=tax.tax,
        total=invoice.listed + tax.tax,
        payments=_payments(invoice, mapped),
    )


def _line(line: Line, invoice: Invoice, tax: TaxTaken, mapped: Mapped) -> EntryLine:
    rows, ground = mapped
    taxed = tax.code if line.kind is LineKind.FEE else None
    code = Named(taxed.id, taxed.name) if taxed else rows[Kind.TAX, line.kind]
    words = f"{LINE_WORDS[line.kind]}, case {invoice.case.number}"
    item = rows[Kind.ITEM, item_of(line.kind, invoice, ground)]
    return EntryLine(line.kind, item, code, words, line.amount)


def _described(lines: tuple[EntryLine, ...], invoice: Invoice) -> tuple[EntryLine, ...]:
    """The export's own description goes on the first line; a memo carries our mark, so no words but ours."""
    said = invoice.stated.description
    if not said or not lines:
        return lines
    first, *others = lines
    return replace(first, description=f"{first.description}: {said}"), *others


def _payments(invoice: Invoice, mapped: Mapped) -> tuple[EntryPayment, ...]:
    """The payments by day; of one day, in the records' order."""
    by_day = sorted(invoice.payments, key=lambda payment: payment.date)
    return tuple(_payment(payment, invoice, mapped) for payment in by_day)


def _payment(payment: Payment, invoice: Invoice, mapped: Mapped) -> EntryPayment:
    rows, ground = mapped
    decides = row(Kind.DEPOSIT, deposit_of(payment, ground))
    return EntryPayment(
        subject=payment_subject(invoice.key, payment.transaction),
        transaction=payment.transaction,
        date=payment.date,
        method=rows[Kind.METHOD, payment.method],
        account=rows[Kind.DEPOSIT, decides.source],
        reference=reference(payment.transaction),
        amount=payment.amount,
        by=decides.label if decides.special else "",
        said=payment.method,
    )


def _lines(invoice: Invoice) -> tuple[Line, ...]:
    return tuple(line for line in invoice.lines if line.amount)


def _held(invoice: Invoice, holds: Iterable[Hold]) -> Held:
    return Held(invoice.key, invoice.case.client.name, invoice.paid, invoice.received, tuple(holds))
