"""Our entries in QuickBooks' words, and QuickBooks' documents in ours: the one translation, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from db.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qb.entry import Entry, EntryLine, EntryPayment

Body = dict[str, Any]

NOTE_LIMIT = 4000
"""Most characters of PrivateNote and of a line's Description (Intuit: Invoice)."""
NAME_LIMIT = 500
EMAIL_LIMIT = 100
"""Most characters of an e-mail (Intuit: Customer); a longer one is refused, never cut."""
GIVEN_LIMIT = 100
PHONES = ("PrimaryPhone", "Mobile", "AlternatePhone")


@dataclass(frozen=True, slots=True)
class InvoiceSeen:
    """An Invoice as QuickBooks keeps it; ``tax`` is all of its rates together."""

    id: str
    number: str
    customer_id: str
    total: Money
    tax: Money
    balance: Money
    note: str
    version: str


@dataclass(frozen=True, slots=True)
class PaymentSeen:
    """A Payment as QuickBooks keeps it; ``applied`` says to which invoice how much."""

    id: str
    customer_id: str
    account_id: str
    total: Money
    unapplied: Money
    applied: tuple[tuple[str, Money], ...]
    note: str
    version: str


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A Customer, Vendor or Employee; ``created`` is QuickBooks' moment as it writes it.

    ``phone`` and ``city`` tell people of one name apart.
    """

    id: str
    kind: str
    name: str
    full_name: str
    company: str
    email: str
    active: bool
    currency: str
    created: str
    version: str
    phone: str = ""
    city: str = ""


def invoice_body(entry: Entry, *, marker: str, multicurrency: bool) -> Body:
    """The Invoice to create: a tax code on every line, tax on top, our mark in its private note."""
    body: Body = {
        "CustomerRef": {"value": entry.customer.id},
        "TxnDate": entry.date.isoformat(),
        "GlobalTaxCalculation": "TaxExcluded",
        "Line": [_line(line) for line in entry.lines],
        "PrivateNote": note(entry.memo, marker),
    }
    if entry.number:
        body["DocNumber"] = entry.number
    return body | _currency(entry.total.currency, multicurrency=multicurrency)


def payment_body(
    entry: Entry, payment: EntryPayment, invoice_id: str, *, marker: str, multicurrency: bool
) -> Body:
    """The Payment to create, applied whole to the invoice ``invoice_id``."""
    memo = f"CaseEasy payment {payment.transaction} on invoice {entry.key.number}, case {entry.key.case}"
    amount = payment.amount.amount
    body: Body = {
        "CustomerRef": {"value": entry.customer.id},
        "TxnDate": payment.date.isoformat(),
        "TotalAmt": amount,
        "PaymentMethodRef": {"value": payment.method.id},
        "PaymentRefNum": payment.reference,
        "DepositToAccountRef": {"value": payment.account.id},
        "Line": [{"Amount": amount, "LinkedTxn": [{"TxnId": invoice_id, "TxnType": "Invoice"}]}],
        "PrivateNote": note(memo, marker),
    }
    return body | _currency(payment.amount.currency, multicurrency=multicurrency)


def customer_body(name: str, email: str, currency: str, *, multicurrency: bool) -> Body:
    """The Customer to add."""
    body: Body = {"DisplayName": name}
    if email:
        body["PrimaryEmailAddr"] = {"Address": email}
    return body | _currency(currency, multicurrency=multicurrency)


def email_body(customer_id: str, version: str, email: str) -> Body:
    """Another e-mail for a customer and nothing else; refused where ``version`` is no longer the newest."""
    return {
        "Id": customer_id,
        "SyncToken": version,
        "sparse": True,
        "PrimaryEmailAddr": {"Address": email},
    }


def note(memo: str, marker: str) -> str:
    """The memo with our mark behind it; a memo too long gives way to the mark."""
    return f"{memo[: NOTE_LIMIT - len(marker) - 1]} {marker}"


def invoice_seen(found: Mapping[str, Any], home: str) -> InvoiceSeen:
    """What an Invoice says; amounts are in its own currency, or ``home`` where it names none."""
    currency = _currency_of(found, home)
    return InvoiceSeen(
        id=str(found["Id"]),
        number=str(found.get("DocNumber", "")),
        customer_id=_ref(found, "CustomerRef"),
        total=_money(found.get("TotalAmt", 0), currency),
        tax=_money(found.get("TxnTaxDetail", {}).get("TotalTax", 0), currency),
        balance=_money(found.get("Balance", 0), currency),
        note=str(found.get("PrivateNote", "")),
        version=str(found.get("SyncToken", "")),
    )


def payment_seen(found: Mapping[str, Any], home: str) -> PaymentSeen:
    """What a Payment says; amounts are in its own currency, or ``home`` where it names none."""
    currency = _currency_of(found, home)
    return PaymentSeen(
        id=str(found["Id"]),
        customer_id=_ref(found, "CustomerRef"),
        account_id=_ref(found, "DepositToAccountRef"),
        total=_money(found.get("TotalAmt", 0), currency),
        unapplied=_money(found.get("UnappliedAmt", 0), currency),
        applied=tuple(
            (str(linked.get("TxnId", "")), _money(line.get("Amount", 0), currency))
            for line in found.get("Line", [])
            for linked in line.get("LinkedTxn", [])
            if linked.get("TxnType") == "Invoice"
        ),
        note=str(found.get("PrivateNote", "")),
        version=str(found.get("SyncToken", "")),
    )


def person_seen(kind: str, found: Mapping[str, Any], home: str) -> PersonSeen:
    """What a Customer, Vendor or Employee (``kind``) says."""
    given = " ".join(str(found[part]) for part in ("GivenName", "FamilyName") if found.get(part))
    return PersonSeen(
        id=str(found["Id"]),
        kind=kind,
        name=str(found.get("DisplayName", "")),
        full_name=given,
        company=str(found.get("CompanyName", "")),
        email=str(found.get("PrimaryEmailAddr", {}).get("Address", "")),
        active=bool(found.get("Active", True)),
        currency=_currency_of(found, home),
        created=str(found.get("MetaData", {}).get("CreateTime", "")),
        version=str(found.get("SyncToken", "")),
        phone=next((number for kind in PHONES if (number := _inside(found, kind, "FreeFormNumber"))), ""),
        city=_inside(found, "BillAddr", "City"),
    )


def _line(line: EntryLine) -> Body:
    return {
        "DetailType": "SalesItemLineDetail",
        "Amount": line.amount.amount,
        "Description": line.description[:NOTE_LIMIT],
        "SalesItemLineDetail": {
            "ItemRef": {"value": line.item.id},
            "Qty": 1,
            "UnitPrice": line.amount.amount,
            "TaxCodeRef": {"value": line.tax_code.id},
        },
    }


def _currency(currency: str, *, multicurrency: bool) -> Body:
    """Named only where the company knows several: where it doesn't, naming one is an error."""
    return {"CurrencyRef": {"value": currency}} if multicurrency else {}


def _currency_of(found: Mapping[str, Any], home: str) -> str:
    return _ref(found, "CurrencyRef") or home


def _ref(found: Mapping[str, Any], name: str) -> str:
    return _inside(found, name, "value")


def _inside(found: Mapping[str, Any], name: str, part: str) -> str:
    return str((found.get(name) or {}).get(part, ""))


def _money(amount: object, currency: str) -> Money:
    """QuickBooks' number as money; some of its replies spell numbers as text."""
    return Money.of(amount if isinstance(amount, Decimal | int) else str(amount), currency)
