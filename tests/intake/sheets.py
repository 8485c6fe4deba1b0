"""Writes small spreadsheets for the intake's tests, and the rows most of them begin with."""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

INVOICES = (
    "Case Number",
    "Number",
    "Invoice Date",
    "Paid Date",
    "Surcharges",
    "Taxable Amount",
    "Tax Exempt Amount",
    "Expense",
    "Read",
)
PAYMENTS = ("Case Number", "Transaction Number", "Number", "Payment Date", "Method", "Amount")
CLIENTS = ("Case Number", "Client Identifier", "Full Name", "Email", "Case Type", "Case Status", "Currency")

CASE = "00002-Silva"
HOSTILE = "<!channel> & <https://evil|Approve>"
LONG = 'René "Ané" O\'Brien \\ 马春梅'

INVOICE = (CASE, "1001", date(2026, 11, 1), date(2026, 11, 3), 0, 1500, 0, 635, "Yes")
PAYMENT = (CASE, "T-1", "1001", date(2026, 11, 3), "E-Transfer", 2330)
CLIENT = (CASE, "S-10002", "Maria Silva", "maria.silva@example.com", "Work Permit", "Approved", "CAD")

LISTING = [CLIENTS, CLIENT]
BILLS = [INVOICES, INVOICE]
MONEY = [PAYMENTS, PAYMENT]

Rows = Iterable[Sequence[object]]


def xlsx(rows: Rows, *, title: str = "Sheet1") -> bytes:
    """A workbook with these rows on its one sheet."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def reworked(rows: Rows, change: Callable[[Workbook], object]) -> bytes:
    """A workbook with these rows, opened again and changed before it is kept."""
    workbook = load_workbook(BytesIO(xlsx(rows)))
    change(workbook)
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def comma(rows: Rows, separator: str = ",") -> str:
    """The text of a .csv with these rows."""
    written = StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows(rows)
    return written.getvalue()


def parts_of(workbook: bytes) -> dict[str, bytes]:
    """What a workbook is packed of."""
    with ZipFile(BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """A workbook of these parts."""
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()
