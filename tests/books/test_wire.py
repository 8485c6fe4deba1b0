"""An entry in QuickBooks' words holds what was planned, within QuickBooks' lengths."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from qb.contacts import email_problem
from qb.gateway import decode, encode
from qb.operations import ADD_CUSTOMER, ADD_INVOICE, ADD_PAYMENT
from qb.orders import (
    CustomerOrder,
    InvoiceOrder,
    Order,
    PaymentOrder,
    content_of,
    order_of,
)
from qb.plan import plan
from qb.wire import customer_body, email_body, invoice_body, invoice_seen, payment_body, payment_seen
from tests.books.given import GROUND, invoice, paid

MARK = "[rec:ABCDEFGHIJKLMNOPQRSTUV]"
(ENTRY,) = plan([invoice(paid("2330.00"), fee="1500.00", expense="635.00")], GROUND).entries


def test_an_invoice_in_quickbooks_words() -> None:
    """A tax code on every line, tax on top, the number, our mark behind the memo."""
    assert {
        "CustomerRef": {"value": "58"},
        "CurrencyRef": {"value": "CAD"},
        "DocNumber": "INV-1001",
        "TxnDate": "2026-04-20",
        "GlobalTaxCalculation": "TaxExcluded",
        "PrivateNote": f"CaseEasy invoice INV-1001, case 00002-Silva, Maria Silva {MARK}",
        "Line": [
            {
                "DetailType": "SalesItemLineDetail",
                "Amount": Decimal("1500.00"),
                "Description": "Professional fees, case 00002-Silva",
                "SalesItemLineDetail": {
                    "ItemRef": {"value": "1"},
                    "Qty": 1,
                    "UnitPrice": Decimal("1500.00"),
                    "TaxCodeRef": {"value": "10"},
                },
            },
            {
                "DetailType": "SalesItemLineDetail",
                "Amount": Decimal("635.00"),
                "Description": "Disbursements, case 00002-Silva",
                "SalesItemLineDetail": {
                    "ItemRef": {"value": "2"},
                    "Qty": 1,
                    "UnitPrice": Decimal("635.00"),
                    "TaxCodeRef": {"value": "15"},
                },
            },
        ],
    } == invoice_body(ENTRY, marker=MARK, multicurrency=True)


def test_a_payment_in_quickbooks_words() -> None:
    """Applied whole to its invoice, with method, reference and account."""
    assert {
        "CustomerRef": {"value": "58"},
        "CurrencyRef": {"value": "CAD"},
        "TxnDate": "2026-05-03",
        "TotalAmt": Decimal("2330.00"),
        "PaymentMethodRef": {"value": "4"},
        "PaymentRefNum": "T-1",
        "DepositToAccountRef": {"value": "35"},
        "Line": [
            {"Amount": Decimal("2330.00"), "LinkedTxn": [{"TxnId": "145", "TxnType": "Invoice"}]},
        ],
        "PrivateNote": f"CaseEasy payment T-1 on invoice INV-1001, case 00002-Silva {MARK}",
    } == payment_body(ENTRY, ENTRY.payments[0], "145", marker=MARK, multicurrency=True)


def test_a_company_of_one_currency_is_never_told_one() -> None:
    """Naming it there is an error (Intuit: Multicurrency)."""
    bodies = (
        invoice_body(ENTRY, marker=MARK, multicurrency=False),
        payment_body(ENTRY, ENTRY.payments[0], "145", marker=MARK, multicurrency=False),
        customer_body("Maria", "", "CAD", multicurrency=False),
    )
    assert [] == [body for body in bodies if "CurrencyRef" in body or "ExchangeRate" in body]


def test_without_custom_numbers_none_is_sent() -> None:
    """QuickBooks numbers itself."""
    assert "DocNumber" not in invoice_body(replace(ENTRY, number=""), marker=MARK, multicurrency=True)


def test_a_long_memo_gives_way_to_the_mark() -> None:
    """4,000 characters, and the mark whole at the end."""
    body = invoice_body(replace(ENTRY, memo="x" * 5000), marker=MARK, multicurrency=True)
    assert 4000 == len(body["PrivateNote"])
    assert body["PrivateNote"].endswith(f" {MARK}")


def test_an_email_is_never_cut() -> None:
    """100 characters fit; 101 are refused in words before they are sent; no e-mail is none."""
    fits, long = "a" * 88 + "@example.com", "a" * 89 + "@example.com"
    assert {"Address": fits} == customer_body("M", fits, "CAD", multicurrency=True)["PrimaryEmailAddr"]
    assert {"Address": long} == email_body("1", "0", long)["PrimaryEmailAddr"]
    assert email_problem(fits) is None
    assert "QuickBooks takes at most 100 characters in an e-mail, and this one has 101." == email_problem(
        long
    )
    assert "PrimaryEmailAddr" not in customer_body("M", "", "CAD", multicurrency=True)


@pytest.mark.parametrize(
    ("operation", "order"),
    [
        (ADD_INVOICE, InvoiceOrder(ENTRY, multicurrency=True)),
        (ADD_PAYMENT, PaymentOrder(ENTRY, ENTRY.payments[0], multicurrency=False)),
        (ADD_CUSTOMER, CustomerOrder("René", "r@x.ca", "C-1", "CAD", multicurrency=True)),
    ],
)
def test_what_was_ordered_is_what_is_sent(operation: str, order: Order) -> None:
    """An order survives its keeping as plain JSON."""
    assert order == order_of(operation, decode(encode(content_of(order))))


def test_what_quickbooks_leaves_out_is_nothing() -> None:
    """No balance, no tax, no lines, no currency: zero of the home currency, and no text."""
    invoice_found = invoice_seen({"Id": "1"}, "CAD")
    assert ("", "", Decimal(0), "CAD") == (
        invoice_found.number,
        invoice_found.customer_id,
        invoice_found.tax.amount,
        invoice_found.balance.currency,
    )
    assert ((), "") == (payment_seen({"Id": "1"}, "CAD").applied, payment_seen({"Id": "1"}, "CAD").account_id)


def test_numbers_spelt_as_text_are_read() -> None:
    """Some replies do that."""
    assert Decimal("113.10") == invoice_seen({"Id": "1", "TotalAmt": "113.10"}, "CAD").total.amount
