"""What people do in QuickBooks with their own hands while we are at it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qb.gateway import encode

if TYPE_CHECKING:
    from tests.books.office import Office


def book_invoice(office: Office, number: str, amount: str, customer: str = "Sofia Rossi") -> str:
    """Somebody enters an invoice of that number for somebody else; gives its id."""
    books = office.sandbox.books
    detail = {
        "ItemRef": {"value": books.id_of("Item", "Consultation")},
        "TaxCodeRef": {"value": books.id_of("TaxCode", "Exempt")},
    }
    line = {"DetailType": "SalesItemLineDetail", "Amount": Decimal(amount), "SalesItemLineDetail": detail}
    body = {
        "CustomerRef": {"value": books.id_of("Customer", customer)},
        "CurrencyRef": {"value": "CAD"},
        "DocNumber": number,
        "GlobalTaxCalculation": "TaxExcluded",
        "Line": [line],
    }
    return _create(office, "Invoice", body)


def edit_invoice(office: Office, number: str, amount: str) -> None:
    """Somebody changes the amount of the invoice's first line."""
    found = _numbered(office, number)
    lines = [dict(line) for line in found["Line"] if line["DetailType"] == "SalesItemLineDetail"]
    detail = dict(lines[0]["SalesItemLineDetail"]) | {"UnitPrice": Decimal(amount)}
    lines[0] |= {"Amount": Decimal(amount), "SalesItemLineDetail": detail}
    changed = {"Id": found["Id"], "SyncToken": found["SyncToken"], "sparse": True, "Line": lines}
    company = office.connections.company(office.firm_id)
    company.update("Invoice", encode(changed), office.new_id())


def copy_payment(office: Office) -> str:
    """Somebody copies the one payment there is, memo and all, for nothing else; gives its id."""
    (found,) = office.sandbox.books.entities("Payment")
    kept = ("CustomerRef", "CurrencyRef", "TotalAmt", "TxnDate", "PrivateNote")
    return _create(office, "Payment", {name: found[name] for name in kept})


def remove_payment(office: Office) -> None:
    """Somebody moves the one payment away from its invoice."""
    (found,) = office.sandbox.books.entities("Payment")
    changed = {key: found[key] for key in ("Id", "SyncToken", "CustomerRef", "TotalAmt", "PrivateNote")}
    company = office.connections.company(office.firm_id)
    company.update("Payment", encode(changed | {"sparse": True, "Line": []}), office.new_id())


def _numbered(office: Office, number: str) -> dict[str, Any]:
    return next(i for i in office.sandbox.books.entities("Invoice") if i["DocNumber"] == number)


def _create(office: Office, kind: str, body: dict[str, Any]) -> str:
    company = office.connections.company(office.firm_id)
    return str(company.create(kind, encode(body), office.new_id()).entity["Id"])
