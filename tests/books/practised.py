"""A firm that has met every kind of paid invoice: imported, mapped, planned, booked and read back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from db import links
from db.intake.stage import IncomingFile, import_files
from db.links import ContactLink
from qb.mapping import BY_CLIENT, Kind
from qb.others_read import Books, look
from qb.sandbox import Stranger
from tests.books.exports import CLIENT_COLUMNS, INVOICE_COLUMNS, PAYMENT_COLUMNS, table
from tests.books.office import MARIA
from tests.books.practice import BOOKED, HELD
from tests.sandbox.client import Client

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.effects import State
    from qb.entry import Plan
    from qb.receipt import Receipt
    from qb.sandbox import Fault
    from tests.books.office import Office
    from tests.books.practice import Told

CLOSED_THROUGH = "2025-12-31"
CHOICES = (
    (Kind.METHOD, "e-Transfer", "PaymentMethod", "E-Transfer"),
    (Kind.METHOD, "Credit Card", "PaymentMethod", "Visa"),
    (Kind.METHOD, "Cheque", "PaymentMethod", "Cheque"),
    (Kind.METHOD, "Wire", "PaymentMethod", "Wire"),
    (Kind.DEPOSIT, "CAD", "Account", "Chequing"),
    (Kind.DEPOSIT, "CAD/Credit Card", "Account", "Card Clearing"),
    (Kind.DEPOSIT, "USD", "Account", "USD Chequing"),
    (Kind.ITEM, "fee", "Item", "Professional Fees"),
    (Kind.ITEM, "exempt_fee", "Item", "Consultation"),
    (Kind.ITEM, "expense", "Item", "Government Fees (Disbursements)"),
    (Kind.ITEM, "expense/Family Sponsorship", "Item", "Translation (recoverable)"),
    (Kind.ITEM, "surcharge", "Item", "Card Surcharge"),
    (Kind.TAX, "fee@0", "TaxCode", "Zero-rated"),
    (Kind.TAX, "fee@5", "TaxCode", "GST"),
    (Kind.TAX, "fee@13", "TaxCode", "HST ON"),
    (Kind.TAX, "fee@14.975", "TaxCode", "GST/QST QC"),
    (Kind.TAX, "fee@15/NB", "TaxCode", "HST NB"),
    (Kind.TAX, "exempt_fee", "TaxCode", "Exempt"),
    (Kind.TAX, "expense", "TaxCode", "Out of Scope"),
    (Kind.TAX, "surcharge", "TaxCode", "Exempt"),
)
"""What the firm confirmed: kind and CaseEasy's value, QuickBooks' list and name."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a document's entry in the journal; a debit is positive, in home currency."""

    document: str
    dated: str
    account: str
    customer: str
    rate: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Practised:
    """What became of it all: the plan, each booked invoice's sides by its number, the receipts."""

    plan: Plan
    sides: dict[str, tuple[Side, ...]]
    receipts: tuple[Receipt, ...]
    states: frozenset[State]


def practise(
    office: Office, told: tuple[Told, ...] = (*BOOKED, *HELD), faults: tuple[Fault, ...] = ()
) -> Practised:
    """Live through it, with this trouble on the way; afterwards QuickBooks holds what was booked."""
    _set_up(office, told)
    take_in(office, told)
    office.sandbox.enter(Stranger("Invoice", "Chen Wei", Decimal("450.00"), date(2026, 4, 14), number="1042"))
    company = office.connections.company(office.firm_id)
    books = Books(office.firm_id, office.sandbox.realm_id, "CAD")
    look(company, office.database, books, date(2025, 12, 1), office.clock())
    plan = office.propose().plan
    sync_id = office.order()
    for fault in faults:
        office.sandbox.faults.add(fault)
    office.work()
    receipts = office.settle(sync_id)
    return Practised(
        plan, sides(office, sync_id), receipts, frozenset(one.state for one in office.effects(sync_id))
    )


def _set_up(office: Office, told: tuple[Told, ...]) -> None:
    """The year is closed, everybody linked who is linked, everything mapped."""
    client = Client(office.sandbox)
    company = office.sandbox.books.entities("Preferences")[0]
    closing = {"AccountingInfoPrefs": {**company["AccountingInfoPrefs"], "BookCloseDate": CLOSED_THROUGH}}
    client.write("Preferences", {**company, **closing, "sparse": True})
    office.connect()
    with office.database.write() as session:
        for kind, source, listed, name in CHOICES:
            office.choose(session, kind, source, office.sandbox.books.id_of(listed, name), name)
        office.choose(session, Kind.TAX, "fee@15", BY_CLIENT, "It depends on the client's province")
        office.choose(session, Kind.PLACE, "A-2012", "NB", "New Brunswick")
        office.choose(session, Kind.PLACE, "A-2008", "ABROAD", "Outside Canada")
        office.choose(session, Kind.PLACE, "A-2118", "ON", "Ontario")
        for one in told:
            if one.linked:
                _link(office, session, one, client)


def _link(office: Office, session: Session, one: Told, client: Client) -> None:
    """The client's own customer, or who pays for this case."""
    name = one.payer or one.client
    made = client.write("Customer", {"DisplayName": name, "CurrencyRef": {"value": one.currency}})
    case = one.case if one.payer else ""
    link = ContactLink(one.identifier, one.currency, made["Id"], name, MARIA, office.clock(), "chosen", case)
    links.link(session, office.firm_id, office.sandbox.realm_id, link)


def take_in(office: Office, told: tuple[Told, ...]) -> None:
    """CaseEasy's three exports are imported."""
    columns = (*CLIENT_COLUMNS, "Case Type")
    invoices = [
        (t.case, t.number, t.issued, t.paid_on, t.surcharge, t.fee, t.exempt_fee, t.expense) for t in told
    ]
    money = [
        (t.case, f"T-{t.number}-{1 if t.twin else n}", t.number, day, method, amount)
        for t in told
        for n, (day, method, amount) in enumerate(t.payments, 1)
    ]
    people = [(t.case, t.identifier, t.client, "", t.currency, t.case_type) for t in told]
    files = (
        IncomingFile("Invoices.csv", table(INVOICE_COLUMNS, invoices)),
        IncomingFile("Payments.csv", table(PAYMENT_COLUMNS, money)),
        IncomingFile("Clients.csv", table(columns, people)),
    )
    taken = import_files(
        office.database, firm_id=office.firm_id, files=files, asked_by=MARIA, now=office.clock
    )
    assert [None] * 3 == [file.refused for file in taken.files], taken


def sides(office: Office, sync_id: str) -> dict[str, tuple[Side, ...]]:
    """What the books say that each invoice of a sync did, by CaseEasy's number, in the order booked."""
    with office.database.read() as session:
        numbers = {one.key.subject: one.key.number for one in office.invoices(session)}
    whose = {
        (document_of(effect.operation), effect.remote_id): numbers[effect.invoice]
        for effect in office.effects(sync_id)
    }
    found: dict[str, tuple[Side, ...]] = {}
    for line in office.sandbox.books.journal():
        kind, _, identity = line["transaction"].partition(" ")
        number = whose.get((kind, identity))
        if number is not None:
            side = Side(
                f"{kind} {identity}",
                line["date"],
                line["account"],
                line["customer"],
                line["rate"],
                line["home"],
            )
            found[number] = (*found.get(number, ()), side)
    return found


def document_of(operation: str) -> str:
    """What QuickBooks calls what an effect books."""
    return {"add_invoice": "Invoice", "add_payment": "Payment"}[operation]
