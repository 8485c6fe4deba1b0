"""A small firm's books and records to plan on, as values, with the figures left to each test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from db.money import Money
from db.records import Case, Client, Doubt, Invoice, InvoiceKey, Line, LineKind, Payment
from qb.directory import Account, Directory, Item, PaymentMethod, TaxCode, TaxRate
from qb.entry import Link, Named
from qb.ground import Ground
from qb.mapping import Choice, Kind, Mapping

READ_AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
MARIA = Client("C-00002", "Maria Silva", "maria.silva@example.com")
PAID_ON = date(2026, 5, 3)


def cad(amount: str) -> Money:
    """Canadian dollars."""
    return Money.of(amount, "CAD")


def code(number: str, name: str, *percents: str, active: bool = True) -> TaxCode:
    """A tax code with one rate for each percentage."""
    rates = (TaxRate(f"{number}-{n}", f"{name} {p}", Decimal(p)) for n, p in enumerate(percents, 1))
    return TaxCode(number, name, tuple(rates), active)


ACCOUNTS = (
    Account("35", "Chequing", "Bank", "Checking", "CAD", active=True),
    Account("36", "Savings", "Bank", "Savings", "CAD", active=True),
    Account("37", "USD Chequing", "Bank", "Checking", "USD", active=True),
    Account("38", "Client Trust CAD", "Bank", "TrustAccounts", "CAD", active=True),
    Account("39", "Old Bank", "Bank", "Checking", "CAD", active=False),
    Account("40", "Card Clearing", "Other Current Asset", "OtherCurrentAssets", "CAD", active=True),
    Account("41", "Fees", "Income", "ServiceFeeIncome", "CAD", active=True),
)
ITEMS = (
    Item("1", "Professional Fees", "Service", active=True),
    Item("2", "Disbursements", "Service", active=True),
    Item("3", "Card Surcharge", "Service", active=True),
    Item("4", "Services", "Category", active=True),
    Item("5", "Old Fees", "Service", active=False),
)
METHODS = (
    PaymentMethod("1", "Cash", active=True),
    PaymentMethod("2", "Cheque", active=True),
    PaymentMethod("3", "Visa", active=True),
    PaymentMethod("4", "E-Transfer", active=True),
    PaymentMethod("5", "Barter", active=False),
)
CODES = (
    code("10", "HST ON", "13"),
    code("11", "GST", "5"),
    code("12", "GST/QST QC", "5", "9.975"),
    code("13", "Zero-rated", "0"),
    code("14", "Exempt", "0"),
    code("15", "Out of Scope", "0"),
    code("16", "Adjustment"),
    code("17", "HST old", "13", active=False),
)
DIRECTORY = Directory(
    company_name="Northgate Immigration Law",
    home_currency="CAD",
    multicurrency=True,
    custom_numbers=True,
    sales_tax=True,
    auto_apply=False,
    books_closed_through=None,
    accounts=ACCOUNTS,
    items=ITEMS,
    methods=METHODS,
    tax_codes=CODES,
    read_at=READ_AT,
)
CHOICES = (
    Choice(Kind.METHOD, "e-Transfer", "4", "E-Transfer"),
    Choice(Kind.METHOD, "Credit Card", "3", "Visa"),
    Choice(Kind.DEPOSIT, "CAD", "35", "Chequing"),
    Choice(Kind.ITEM, "fee", "1", "Professional Fees"),
    Choice(Kind.ITEM, "expense", "2", "Disbursements"),
    Choice(Kind.ITEM, "surcharge", "3", "Card Surcharge"),
    Choice(Kind.TAX, "fee@13", "10", "HST ON"),
    Choice(Kind.TAX, "fee@5", "11", "GST"),
    Choice(Kind.TAX, "fee@14.975", "12", "GST/QST QC"),
    Choice(Kind.TAX, "expense", "15", "Out of Scope"),
    Choice(Kind.TAX, "surcharge", "14", "Exempt"),
)
ZERO_RATED = Choice(Kind.TAX, "fee@0", "13", "Zero-rated")
ABROAD = Choice(Kind.PLACE, "C-00002", "ABROAD", "Outside Canada")
LINK = Link("C-00002", "CAD", Named("58", "Maria Silva"))
GROUND = Ground("4620816365", DIRECTORY, Mapping(CHOICES), (LINK,))


def mapped(*others: Choice) -> Mapping:
    """The usual choices, with these put in their place or added."""
    replaced = {choice.row for choice in others}
    return Mapping((*(choice for choice in CHOICES if choice.row not in replaced), *others))


def invoice(
    *payments: Payment,
    number: str = "INV-1001",
    currency: str = "CAD",
    client: Client = MARIA,
    doubts: tuple[Doubt, ...] = (),
    **amounts: str,
) -> Invoice:
    """A paid invoice of case 00002-Silva, issued 20 April 2026; the amounts are named after line kinds."""
    return Invoice(
        key=InvoiceKey("00002-Silva", number, client.identifier),
        case=Case("00002-Silva", client, currency),
        issued=date(2026, 4, 20),
        paid=PAID_ON,
        lines=tuple(
            Line(kind, Money.of(amounts[kind], currency))
            for kind in LineKind
            if Decimal(amounts.get(kind, 0))
        ),
        payments=payments,
        doubts=doubts,
    )


def paid(
    amount: str,
    transaction: str = "T-1",
    method: str = "e-Transfer",
    day: date = PAID_ON,
    currency: str = "CAD",
) -> Payment:
    """A payment of an amount, by default received on 3 May 2026."""
    return Payment(transaction, day, method, Money.of(amount, currency))
