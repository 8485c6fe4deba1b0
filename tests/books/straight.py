"""Books a plan straight away, by the product's own bytes, and asks the other side's journal what it did."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from db import links
from db.links import ContactLink
from qb.books import ground
from qb.mapping import BY_CLIENT, Kind
from qb.orders import InvoiceOrder, PaymentOrder, bytes_of, difference
from tests.books.mixes import ABROAD, AMELIE, IN_NEW_BRUNSWICK, MICHAEL, PAID_FOR, PRIYA, SOFIA
from tests.books.office import MARIA
from tests.books.practised import CHOICES

if TYPE_CHECKING:
    from qb.entry import Entry, EntryPayment, Plan
    from qb.ground import Ground
    from qb.orders import Order
    from tests.books.office import Office

MARK = "[rec:straight]"
A_MINUTE = 60.0
Sides = dict[tuple[str, str, str], Decimal]
"""What a document did: account, whose receivable and by which rate; a debit is positive."""
PAYS = (
    (AMELIE, "CAD", "Amélie Tremblay", ""),
    (PRIYA, "CAD", "Priya Sharma", ""),
    (PRIYA, "CAD", "Harbour Tech Recruiting Inc.", PAID_FOR),
    (SOFIA, "CAD", "Sofia Rossi", ""),
    (MICHAEL, "USD", "Michael Brooks", ""),
)


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry with the ids of its documents, the invoice's first."""

    entry: Entry
    invoice: str
    payments: tuple[str, ...]


def set_up(office: Office) -> Ground:
    """The firm of the mixes: connected, mapped, its clients linked; what a plan rests on."""
    office.connect()
    with office.database.write() as session:
        for kind, source, listed, name in (*CHOICES, (Kind.TAX, "fee@14", "TaxCode", "HST NS")):
            office.choose(session, kind, source, office.sandbox.books.id_of(listed, name), name)
        office.choose(session, Kind.TAX, "fee@15", BY_CLIENT, "It depends on the client's province")
        office.choose(session, Kind.PLACE, IN_NEW_BRUNSWICK.identifier, "NB", "New Brunswick")
        office.choose(session, Kind.PLACE, ABROAD.identifier, "ABROAD", "Outside Canada")
        for client, currency, name, case in PAYS:
            found = office.sandbox.books.id_of("Customer", name)
            link = ContactLink(
                client.identifier, currency, found, name, MARIA, office.clock(), "chosen", case
            )
            links.link(session, office.firm_id, office.sandbox.realm_id, link)
        made = ground(session, office.firm_id)
    assert made is not None
    return made


def book(office: Office, plan: Plan, *, multicurrency: bool = True) -> tuple[Booked, ...]:
    """Send what the plan says, each payment once its invoice is there; what comes back is as ordered."""
    office.clock.sleep(A_MINUTE)  # Intuit takes so many calls a minute
    return tuple(_book(office, entry, multicurrency=multicurrency) for entry in plan.entries)


def _book(office: Office, entry: Entry, *, multicurrency: bool) -> Booked:
    invoice = _send(office, "Invoice", InvoiceOrder(entry, multicurrency), "")
    payments = [
        _send(office, "Payment", PaymentOrder(entry, payment, multicurrency), invoice)
        for payment in entry.payments
    ]
    return Booked(entry, invoice, tuple(payments))


def _send(office: Office, kind: str, order: Order, parent: str) -> str:
    company = office.connections.company(office.firm_id)
    found = company.create(kind, bytes_of(order, MARK, parent), office.new_id()).entity
    assert difference(order, found, MARK) is None
    return str(found["Id"])


def sides(office: Office, kind: str, identity: str) -> Sides:
    """What the journal says that a document did."""
    found: defaultdict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for line in office.sandbox.books.journal_of(kind, identity):
        found[line["account"], line["customer"], line["rate"]] += line["home"]
    return dict(found)


def invoice_says(office: Office, entry: Entry) -> Sides:
    """What an entry's invoice must do: owed by the customer, earned by item, payable by rate."""
    found: defaultdict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    found[RECEIVABLE, entry.customer.name, ""] = entry.total.amount
    for line in entry.lines:
        found[_income(office, line.item.id), "", ""] -= line.amount.amount
    for part in entry.taxes:
        found[_payable(office, part.rate.id), "", part.rate.name] -= part.amount.amount
    return {side: amount for side, amount in found.items() if amount}


def payment_says(entry: Entry, payment: EntryPayment) -> Sides:
    """What a payment must do: into its account, off what the customer owes."""
    amount = payment.amount.amount
    return {(payment.account.name, "", ""): amount, (RECEIVABLE, entry.customer.name, ""): -amount}


RECEIVABLE = "Accounts Receivable (A/R)"


def _income(office: Office, item: str) -> str:
    """The account an item posts to, as QuickBooks' own list says."""
    found = office.sandbox.books.entity("Item", item)
    assert found is not None
    return office.sandbox.books.account_name(found["IncomeAccountRef"]["value"])


def _payable(office: Office, rate: str) -> str:
    """The account of a rate's agency."""
    found = office.sandbox.books.entity("TaxRate", rate)
    assert found is not None
    agency = office.sandbox.books.entity("TaxAgency", found["AgencyRef"]["value"])
    assert agency is not None
    return office.sandbox.books.account_name(agency["TaxTrackedOnSalesAccountRef"]["value"])
