"""The sample reports as CaseEasy would have exported them on a given day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from bot.demo.samples.bills import CORRECTED, PARTICULAR, PLAIN
from bot.demo.samples.paper import in_two_ways
from bot.demo.samples.people import KNOWN, OTHERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.demo.samples.bills import Bill
    from bot.demo.samples.paper import Cell

Row = tuple["Cell", ...]
INVOICES = (
    "Case Number",
    "Number",
    "Invoice Date",
    "Paid Date",
    "Surcharges",
    "Taxable Amount",
    "Tax Exempt Amount",
    "Expense",
)
PAYMENTS = ("Case Number", "Transaction Number", "Number", "Payment Date", "Method", "Amount")


def client_listing(exported: date, today: date) -> Iterator[Row]:
    """The Client Listing of ``exported``, for a firm whose days are counted back from ``today``."""
    yield (
        "Case Number",
        "Unique Client Identifier (UCI)",
        "Client Identifier",
        "Full Name",
        "Email",
        "Case Type",
        "Case Status",
        "Trust Balance",
        "Currency",
        "Trust Account",
        "Created Date",
    )
    for case in (*KNOWN, *OTHERS):
        opened = _day(today, case.opened)
        if opened > exported:
            continue
        moved = case.new_email and _day(today, case.moved) <= exported
        yield (
            case.number,
            "",
            case.client,
            case.name,
            case.new_email if moved else case.email,
            case.kind,
            case.status,
            Decimal("0.00"),
            case.currency,
            "Client Trust",
            opened,
        )


def invoices(exported: date, today: date) -> Iterator[Row]:
    """The Invoices of ``exported``, with a column we don't know."""
    yield (*INVOICES, "Read", "Responsible Lawyer")
    for position, bill in enumerate((*PARTICULAR, *PLAIN)):
        issued = _day(today, bill.issued)
        if issued > exported:
            continue
        yield (
            bill.case,
            bill.number,
            issued,
            _paid_date(bill, exported, today),
            _amount(bill.surcharge),
            _amount(bill.fee),
            _amount(bill.exempt),
            _amount(bill.expense),
            "Yes" if position % 3 else "No",
            "Grace M." if position % 2 else "Imran S.",
        )


def payments(exported: date, today: date, *, corrected: bool = False) -> Iterator[Row]:
    """The Payments of ``exported``; ``corrected``, the first one's amount is another by then."""
    yield PAYMENTS
    first = replace(PARTICULAR[0], payments=CORRECTED) if corrected else PARTICULAR[0]
    for bill in (first, *PARTICULAR[1:], *PLAIN):
        for part, payment in enumerate(bill.payments, start=1):
            paid = _day(today, payment.ago)
            if paid > exported:
                continue
            transaction = payment.transaction or f"CE-{bill.number}{part}"
            yield (bill.case, transaction, bill.number, paid, payment.method, Decimal(payment.amount))


def rota() -> Iterator[Row]:
    """What somebody sends by mistake."""
    yield ("Name", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    yield ("Grace", "in", "in", "holiday", "holiday", "holiday")
    yield ("Imran", "in", "in", "in", "court", "in")
    yield ("Maria", "holiday", "in", "in", "in", "in")


def _day(today: date, ago: int) -> date:
    return today - timedelta(days=ago)


def _paid_date(bill: Bill, exported: date, today: date) -> Cell:
    if bill.paid is None:
        return None
    paid = _day(today, bill.paid)
    if bill.two_ways:
        return in_two_ways(paid)
    return paid if paid <= exported else None


def _amount(text: str) -> Cell:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
