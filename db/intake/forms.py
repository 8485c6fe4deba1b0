"""CaseEasy's reports as we know them: their columns, and what tells one from another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CASE_NUMBER = "Case Number"
NUMBER = "Number"
INVOICE_DATE = "Invoice Date"
PAID_DATE = "Paid Date"
SURCHARGES = "Surcharges"
TAXABLE = "Taxable Amount"
TAX_EXEMPT = "Tax Exempt Amount"
EXPENSE = "Expense"
TRANSACTION = "Transaction Number"
PAYMENT_DATE = "Payment Date"
METHOD = "Method"
AMOUNT = "Amount"
CLIENT = "Client Identifier"
UCI = "Unique Client Identifier (UCI)"
FULL_NAME = "Full Name"
EMAIL = "Email"
CASE_TYPE = "Case Type"
CASE_STATUS = "Case Status"
CURRENCY = "Currency"

AMOUNTS = frozenset({SURCHARGES, TAXABLE, TAX_EXEMPT, EXPENSE, AMOUNT})
DAYS = frozenset({INVOICE_DATE, PAID_DATE, PAYMENT_DATE})


class Report(StrEnum):
    """A report we take in; its value is kept with every row."""

    INVOICES = "invoices"
    PAYMENTS = "payments"
    CLIENTS = "client_listing"


@dataclass(frozen=True, slots=True)
class Form:
    """A report by its headers: ``marks`` tell it, ``never`` deny it, ``needed`` must all be there to use it.

    ``identity`` are the columns a row is known by. A form without ``report`` is known but set aside.
    """

    title: str
    columns: tuple[str, ...]
    marks: frozenset[str]
    never: frozenset[str] = frozenset()
    report: Report | None = None
    needed: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    aside: str = ""


def _aside(title: str, columns: str, marks: str, why: str, never: str = "") -> Form:
    return Form(title, _names(columns), frozenset(_names(marks)), frozenset(_names(never)), aside=why)


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.split(",") if name.strip())


INVOICES = Form(
    "Invoices",
    (CASE_NUMBER, NUMBER, INVOICE_DATE, PAID_DATE, SURCHARGES, TAXABLE, TAX_EXEMPT, EXPENSE, "Read"),
    marks=frozenset({NUMBER, PAID_DATE}),
    report=Report.INVOICES,
    # An amount column left out would read as nothing, and what is missing could pass for tax.
    needed=(CASE_NUMBER, NUMBER, PAID_DATE, SURCHARGES, TAXABLE, TAX_EXEMPT, EXPENSE),
    identity=(CASE_NUMBER, NUMBER),
)
PAYMENTS = Form(
    "Payments",
    (CASE_NUMBER, TRANSACTION, NUMBER, PAYMENT_DATE, METHOD, AMOUNT),
    marks=frozenset({TRANSACTION, AMOUNT}),
    report=Report.PAYMENTS,
    needed=(CASE_NUMBER, TRANSACTION, NUMBER, PAYMENT_DATE, METHOD, AMOUNT),
    identity=(TRANSACTION, NUMBER, CASE_NUMBER),
)
CLIENTS = Form(
    "Client Listing",
    (
        CASE_NUMBER,
        UCI,
        CLIENT,
        FULL_NAME,
        EMAIL,
        CASE_TYPE,
        CASE_STATUS,
        "Trust Balance",
        CURRENCY,
        "Trust Account",
        "Created Date",
    ),
    marks=frozenset({CLIENT, FULL_NAME}),
    report=Report.CLIENTS,
    needed=(CASE_NUMBER, CLIENT, FULL_NAME, CURRENCY),
    identity=(CASE_NUMBER, CLIENT),
)

FORMS = (
    INVOICES,
    PAYMENTS,
    CLIENTS,
    _aside(
        "Payment Requests",
        "Case Number, Number, Invoice Date, Created, Taxable Amount, Tax Exempt Amount, Expense, Read",
        marks="Number, Invoice Date, Created",
        never="Paid Date, Surcharges",
        why="Payment requests aren't invoices: nothing of them belongs in the books. "
        "Import Invoices instead.",
    ),
    _aside(
        "Receipts",
        "Case Number, Number, Method, Amount, Created",
        marks="Number, Method, Amount, Created",
        never="Transaction Number, Payment Date",
        why="It lists the receipts clients were given, without the transactions behind them. "
        "Import Payments instead.",
    ),
    _aside(
        "Account Receivables",
        "Case Number, Number, Currency, Days Past Due, Balance",
        marks="Days Past Due, Balance",
        why="It lists what clients still owe, and only paid invoices go into the books. "
        "Import Invoices and Payments instead.",
    ),
    _aside(
        "Retainer Balances",
        "Case Number, Client Identifier, Currency, Office Location, Tax, Paid, Balance",
        marks="Client Identifier, Paid, Balance",
        why="It lists what is left of each retainer, not the money that came in. "
        "Import Invoices, Payments and Client Listing instead.",
    ),
    _aside(
        "Trust Balances",
        "Client Identifier, Currency, Bank, Last Updated, Total Cases, Case Number(s)",
        marks="Client Identifier, Bank",
        why="It lists what is held in trust for each client, and nothing of it is booked. "
        "Import Invoices, Payments and Client Listing instead.",
    ),
    _aside(
        "Trust Account Entries",
        "Client Identifier, Reference Number, Transaction Date, Amount, Transaction Description,"
        " Entry Date, Grand Total, Entry By",
        marks="Reference Number, Transaction Date, Amount",
        why="It lists what moved in and out of trust, and nothing of it is booked. "
        "Import Invoices, Payments and Client Listing instead.",
    ),
    _aside(
        "Contacts",
        "UCI, First Name, Last Name, Email, Phone, Country Of Residence, Created, Client Identifier",
        marks="UCI, First Name, Last Name",
        why="It lists people without their cases and currencies. Import Client Listing instead.",
    ),
    _aside(
        "Cases",
        "Case Number, Company Name, Status, Case Type, Assignees, Office Location, Opened, Created,"
        " Primary Address, Phone, Email, Other Emails, First Name, Last Name, Client Identifier",
        marks="Case Number, Assignees, Opened",
        why="It lists cases without the currency of their money. Import Client Listing instead.",
    ),
)

IDENTITY = {form.report: form.identity for form in FORMS if form.report is not None}
"""The columns that a row of each report is known by."""
