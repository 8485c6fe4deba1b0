"""The books can be asked who owes what, which rate made which tax payable, and what each document did."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import simplejson
from defusedxml import ElementTree

from qb.sandbox.tax import Rate, Taxable, excluded
from tests.sandbox.client import Client, Json

RECORDED = Path(__file__).parent / "recorded"
USD: Json = {"CurrencyRef": {"value": "USD"}, "ExchangeRate": Decimal("1.365")}


def lines_of(client: Client, document: Json, kind: str) -> list[tuple[str, str, str, Decimal, Decimal]]:
    """What one document did: account, whose, rate, amount and home amount of each side."""
    return [
        (one["account"], one["customer"], one["rate"], one["amount"], one["home"])
        for one in client.sandbox.books.journal_of(kind, document["Id"])
    ]


def test_an_invoice_says_who_owes_and_which_rate_taxes(client: Client) -> None:
    """Québec: 1,000.00 with GST 50.00 and QST 99.75, each payable by its own rate."""
    booked = client.invoice(client.line("1000.00", "GST/QST QC"))
    assert [
        ("Accounts Receivable (A/R)", "Chen Wei", "", Decimal("1149.75"), Decimal("1149.75")),
        ("Professional Fees", "", "", Decimal("-1000.00"), Decimal("-1000.00")),
        ("GST/HST Payable", "", "GST", Decimal("-50.00"), Decimal("-50.00")),
        ("QST Payable", "", "QST", Decimal("-99.75"), Decimal("-99.75")),
    ] == lines_of(client, booked, "Invoice")


def test_a_dollar_payment_says_both_currencies(client: Client) -> None:
    """USD 100.00 at 1.3650 into a CAD account: 136.50 there, and less owed in dollars."""
    home = client.ref("Account", "Chequing")
    booked = client.payment("100.00", customer="Michael Brooks", DepositToAccountRef=home, **USD)
    receivable = "Accounts Receivable (A/R) - USD"
    assert [
        ("Chequing", "", "", Decimal("136.50"), Decimal("136.50")),
        (receivable, "Michael Brooks", "", Decimal("-100.00"), Decimal("-136.50")),
    ] == lines_of(client, booked, "Payment")


def test_the_journal_is_made_of_its_documents(client: Client) -> None:
    """Line by line the same; a document that was deleted does nothing."""
    first, second = client.invoice(client.line("100.00")), client.invoice(client.line("9.00"))
    client.write("Invoice", {"Id": first["Id"], "SyncToken": "0"}, operation="delete")
    books = client.sandbox.books
    assert [] == books.journal_of("Invoice", first["Id"])
    assert books.journal_of("Invoice", second["Id"]) == books.journal()[-3:]


def test_who_owes_what_is_told_by_name(client: Client) -> None:
    """113.00 less 13.00 paid; US dollars paid ahead are less than nothing; who is square isn't named."""
    first = client.invoice(client.line("100.00"))
    client.payment("13.00", (first, "13.00"))
    square = client.invoice(client.line("10.00", "Exempt"), customer="Sofia Rossi")
    client.payment("10.00", (square, "10.00"), customer="Sofia Rossi")
    client.payment("50.00", customer="Michael Brooks", **USD)
    owed = client.sandbox.books.owed()
    assert {"Chen Wei": Decimal("100.00"), "Michael Brooks": Decimal("-50.00")} == owed


def test_tax_is_told_by_its_rate(client: Client) -> None:
    """HST of 13.00 and 6.50 less 2.60 given back; a zero rate and what is void make nothing payable."""
    client.invoice(client.line("100.00"), client.line("300.00", "Zero-rated"))
    client.write("SalesReceipt", {"Line": [client.line("50.00")]})
    back = {"DepositToAccountRef": client.ref("Account", "Chequing"), "Line": [client.line("20.00")]}
    client.write("RefundReceipt", back)
    void = client.invoice(client.line("900.00", "GST"))
    client.write("Invoice", {"Id": void["Id"], "SyncToken": "0"}, operation="void")
    assert {"HST ON": Decimal("16.90")} == client.sandbox.books.tax_by_rate()


def recorded_taxes() -> list[tuple[Decimal, Decimal, Decimal]]:
    """Percent, summed net and tax as real companies' QuickBooks reckoned them on top of their lines."""
    found: list[Any] = []
    text = (RECORDED / "cdc/minimul_qbo_api__cdc_basic.json").read_text(encoding="utf-8")
    for kind in simplejson.loads(text, use_decimal=True)["CDCResponse"][0]["QueryResponse"]:
        for one in (*kind.get("Invoice", []), *kind.get("Estimate", [])):
            found += [tax["TaxLineDetail"] | tax for tax in one["TxnTaxDetail"].get("TaxLine", [])]
    tree = ElementTree.parse(RECORDED / "refundreceipt/ruckus__refund_receipt.xml")
    found += [{part.tag: part.text for part in tax.iter()} for tax in tree.iter("TaxLine")]
    return [
        (Decimal(one["TaxPercent"]), Decimal(one["NetAmountTaxable"]), Decimal(one["Amount"]))
        for one in found
    ]


def test_tax_is_reckoned_as_it_was_recorded() -> None:
    """8 % of 325.75 is 26.06; 6.5 % of 345.00 is 22.425 and was booked as 22.43: half a cent goes up."""
    taxes = recorded_taxes()
    assert {(Decimal(8), Decimal("325.75"), Decimal("26.06")), (Decimal("6.5"), 345, Decimal("22.43"))} == {
        *taxes
    }
    for percent, net, tax in taxes:
        (counted,) = excluded([Taxable((Rate("1", percent, "1"),), net)])
        assert tax == counted.amount
