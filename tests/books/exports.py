"""CaseEasy's exports as tests write them, and three invoices most of them are about."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.intake.stage import IncomingFile

if TYPE_CHECKING:
    from collections.abc import Sequence

CASE = "00002-Tremblay"
CLIENT = "A-00002"
CUSTOMER = "Amélie Tremblay"
INVOICE_COLUMNS = (
    "Case Number",
    "Number",
    "Invoice Date",
    "Paid Date",
    "Surcharges",
    "Taxable Amount",
    "Tax Exempt Amount",
    "Expense",
)
PAYMENT_COLUMNS = ("Case Number", "Transaction Number", "Number", "Payment Date", "Method", "Amount")
CLIENT_COLUMNS = ("Case Number", "Client Identifier", "Full Name", "Email", "Currency")


@dataclass(frozen=True, slots=True)
class Paid:
    """A row of the Invoices export and its rows of the Payments export (transaction, amount, method)."""

    number: str
    payments: tuple[tuple[str, str, str], ...]
    fee: str = ""
    expense: str = ""
    surcharge: str = ""
    client: str = CLIENT
    case: str = CASE


def three_files(invoices: Sequence[Paid], name: str, email: str) -> tuple[IncomingFile, ...]:
    """The Invoices, Payments and Client Listing exports: all of one client, in CAD, paid on 3 May 2026."""
    return (
        IncomingFile("Invoices.csv", table(INVOICE_COLUMNS, [_invoice_row(paid) for paid in invoices])),
        IncomingFile("Payments.csv", table(PAYMENT_COLUMNS, [r for p in invoices for r in _rows(p)])),
        IncomingFile("Clients.csv", table(CLIENT_COLUMNS, [(CASE, CLIENT, name, email, "CAD")])),
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV file as CaseEasy writes it."""
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue().encode()


def _invoice_row(paid: Paid) -> tuple[str, ...]:
    amounts = (paid.surcharge, paid.fee, "", paid.expense)
    return (paid.case, paid.number, "2026-04-20", "2026-05-03", *amounts)


def _rows(paid: Paid) -> list[tuple[str, ...]]:
    return [(paid.case, t, paid.number, "2026-05-03", method, amount) for t, amount, method in paid.payments]


ONTARIO = Paid("INV-1001", (("T-1", "2330.00", "e-Transfer"),), fee="1500.00", expense="635.00")
INSTALMENTS = Paid(
    "INV-1002", (("T-2", "1000.00", "e-Transfer"), ("T-3", "1825.00", "e-Transfer")), fee="2500.00"
)
SPLIT = Paid("INV-1003", (("T-4", "1260.00", "e-Transfer"), ("T-5", "1000.00", "Credit Card")), fee="2000.00")
