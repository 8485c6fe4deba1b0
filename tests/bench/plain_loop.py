"""The plain loop: python-quickbooks as its README uses it, one invoice and its payment after the other."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import requests
from quickbooks.client import QuickBooks
from quickbooks.exceptions import QuickbooksException
from quickbooks.objects.base import Ref
from quickbooks.objects.customer import Customer
from quickbooks.objects.detailline import SalesItemLine, SalesItemLineDetail
from quickbooks.objects.invoice import Invoice
from quickbooks.objects.item import Item
from quickbooks.objects.payment import Payment, PaymentLine
from quickbooks.objects.taxcode import TaxCode

AMOUNT, TAXED = 1500.00, 1695.00


class Session(requests.Session):
    """The library's own session, kept alive between calls, over plain http."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.access_token = token


def connected(asked: dict[str, Any]) -> QuickBooks:
    """The library's client."""
    client = QuickBooks(company_id=asked["realm"], minorversion=75)
    client.session = Session(asked["token"])
    client.api_url_v3 = f"{asked['url']}/v3"
    return client


def invoice_of(customer: Customer, item: Item, tax: TaxCode) -> Invoice:
    """An invoice of one taxed line."""
    detail = SalesItemLineDetail()
    detail.ItemRef = item.to_ref()
    detail.TaxCodeRef = Ref()
    detail.TaxCodeRef.value = tax.Id
    line = SalesItemLine()
    line.Amount = AMOUNT
    line.SalesItemLineDetail = detail
    invoice = Invoice()
    invoice.CustomerRef = customer.to_ref()
    invoice.Line.append(line)
    return invoice


def payment_of(customer: Customer, invoice: Invoice) -> Payment:
    """The payment that settles it."""
    line = PaymentLine()
    line.Amount = TAXED
    line.LinkedTxn.append(invoice.to_linked_txn())
    payment = Payment()
    payment.CustomerRef = customer.to_ref()
    payment.TotalAmt = TAXED
    payment.Line.append(line)
    return payment


def main() -> None:
    """Read ``{"url", "realm", "token", "customer", "invoices"}`` from the file named, print how it went."""
    asked: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    client, booked, raised = connected(asked), 0, ""
    begun = time.perf_counter()
    try:
        customer = Customer.filter(DisplayName=asked["customer"], qb=client)[0]
        item = Item.filter(Name="Professional Fees", qb=client)[0]
        tax = TaxCode.filter(Name="HST ON", qb=client)[0]
        for _ in range(asked["invoices"]):
            invoice = invoice_of(customer, item, tax)
            invoice.save(qb=client)
            payment_of(customer, invoice).save(qb=client)
            booked += 1
    except QuickbooksException as error:
        raised = f"{type(error).__name__}: {error}"
    json.dump({"seconds": time.perf_counter() - begun, "booked": booked, "raised": raised}, sys.stdout)


if __name__ == "__main__":
    main()
