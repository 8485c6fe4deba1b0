"""Invoices: what must be there, what they come to, and what they do to the books."""

from decimal import Decimal
from typing import Any

import pytest

from tests.sandbox.client import Client, Refusal, paid


def refused(client: Client, *lines: dict[str, Any], **fields: Any) -> Refusal:  # noqa: ANN401  # a body's border
    """The refusal of an invoice."""
    with pytest.raises(Refusal) as caught:
        client.invoice(*lines, **fields)
    return caught.value


def test_a_taxed_fee_and_an_untaxed_disbursement(client: Client) -> None:
    """1,500.00 + 13 % and 635.00 exempt come to 2,330.00, all of it owed."""
    booked = client.invoice(
        client.line("1500.00"),
        client.line("635.00", "Exempt", "Government Fees (Disbursements)"),
        DocNumber="2041",
        TxnDate="2026-02-27",
    )
    assert Decimal("2330.00") == booked["TotalAmt"] == booked["Balance"]
    assert Decimal("195.00") == booked["TxnTaxDetail"]["TotalTax"]
    assert ("2041", "2026-02-27", "2026-03-29") == (booked["DocNumber"], booked["TxnDate"], booked["DueDate"])
    assert "TaxExcluded" == booked["GlobalTaxCalculation"]
    assert [] == booked["LinkedTxn"]
    balance = client.sandbox.books.trial_balance()
    assert Decimal("2330.00") == balance["Accounts Receivable (A/R)"]
    assert Decimal("-1500.00") == balance["Professional Fees"]
    assert Decimal("-635.00") == balance["Disbursements Recovered"]
    assert Decimal("-195.00") == balance["GST/HST Payable"]


def test_the_date_is_the_companys_unless_sent(client: Client) -> None:
    """Ten in the evening of 1 March in Toronto is 1 March, though Greenwich has the 2nd."""
    client.sandbox.clock.advance(-12 * 3600)
    assert "2026-03-01" == client.invoice(client.line("1.00"))["TxnDate"]


def test_a_subtotal_is_added_and_ids_are_given(client: Client) -> None:
    """Lines are numbered; QuickBooks closes them with their sum."""
    booked = client.invoice(client.line("10.00"), client.line("20.00"))
    kinds = [(line.get("Id"), line.get("LineNum"), line["DetailType"]) for line in booked["Line"]]
    item, subtotal = "SalesItemLineDetail", "SubTotalLineDetail"
    assert [("1", 1, item), ("2", 2, item), (None, None, subtotal)] == kinds
    assert Decimal("30.00") == booked["Line"][2]["Amount"]


@pytest.mark.parametrize("left_out", ["CustomerRef", "Line"])
def test_what_must_be_there(client: Client, left_out: str) -> None:
    """2020 names what is missing."""
    body = {"CustomerRef": client.ref("Customer", "Chen Wei"), "Line": [client.line("1.00")]}
    del body[left_out]
    with pytest.raises(Refusal) as caught:
        client.write("Invoice", body)
    expected = ("2020", f"Required parameter {left_out} is missing in the request", left_out)
    assert expected == (caught.value.code, caught.value.detail, caught.value.element)


def test_every_sales_line_needs_a_tax_code(client: Client) -> None:
    """Outside the United States a code on the header isn't enough."""
    bare = client.line("100.00")
    del bare["SalesItemLineDetail"]["TaxCodeRef"]
    code = client.ref("TaxCode", "HST ON")
    refusal = refused(client, bare, TxnTaxDetail={"TxnTaxCodeRef": code})
    assert "6000" == refusal.code
    assert refusal.detail.endswith("Make sure all your transactions have a GST/HST rate before you save.")


def test_a_code_for_purchases_only_taxes_no_sale(client: Client) -> None:
    """A code without sales rates is as good as none."""
    assert "6000" == refused(client, client.line("100.00", "Purchases only")).code


def test_american_codes_mean_nothing_here(client: Client) -> None:
    """TAX and NON name no tax code of a Canadian company."""
    line = client.line("100.00", TaxCodeRef={"value": "NON"})
    refusal = refused(client, line)
    assert ("2500", "Invalid Reference Id : TaxCodes element id NON not found") == (
        refusal.code,
        refusal.detail,
    )


def test_not_applicable_taxes_nothing(client: Client) -> None:
    """Outside the scope of tax no code is asked for and none counts."""
    booked = client.invoice(client.line("100.00"), GlobalTaxCalculation="NotApplicable")
    assert Decimal("100.00") == booked["TotalAmt"]
    assert 0 == booked["TxnTaxDetail"]["TotalTax"]


def test_a_line_without_an_item_is_text(client: Client) -> None:
    """Its amount counts for nothing."""
    text = {"Amount": 500, "Description": "Please pay soon", "DetailType": "SalesItemLineDetail"}
    booked = client.invoice(client.line("100.00", "Exempt"), {**text, "SalesItemLineDetail": {"Qty": 1}})
    assert Decimal("100.00") == booked["TotalAmt"]
    assert ("DescriptionOnly", "Please pay soon") == (
        booked["Line"][1]["DetailType"],
        booked["Line"][1]["Description"],
    )


def test_amount_is_price_times_quantity(client: Client) -> None:
    """6070 where it isn't; to the cent where it is."""
    good = client.line("337.50", "Exempt", UnitPrice=75, Qty=Decimal("4.5"))
    assert Decimal("337.50") == client.invoice(good)["TotalAmt"]
    refusal = refused(client, client.line("337.51", "Exempt", UnitPrice=75, Qty=Decimal("4.5")))
    assert ("6070", "Amount is not equal to UnitPrice * Qty. Supplied value:337.51") == (
        refusal.code,
        refusal.detail,
    )


@pytest.mark.parametrize(
    ("field", "value", "code", "element"),
    [
        ("DocNumber", "X" * 22, "2050", "DocNumber"),
        ("PrivateNote", "X" * 4001, "2050", "PrivateNote"),
        ("CustomerMemo", {"value": "X" * 1001}, "2050", "value"),
        ("EmailStatus", "HAS_BEEN_BILLED", "2170", "EmailStatus"),
        ("BillEmail", {"Address": "not an address"}, "2210", "Address"),
        ("ExchangeRate", "one", "2080", "ExchangeRate"),
        ("BadJson", True, "2010", None),
        ("TxnDate", "2026-02-30", "2010", None),
    ],
)
def test_fields_are_of_their_kind_and_length(
    client: Client, field: str, value: object, code: str, element: str | None
) -> None:
    """Checked before any rule of bookkeeping."""
    refusal = refused(client, client.line("1.00"), **{field: value})
    assert (code, element, "ValidationFault") == (refusal.code, refusal.element, refusal.kind)


def test_several_faults_come_together(client: Client) -> None:
    """One reply names all that is too long or no word."""
    refusal = refused(client, client.line("1.00"), DocNumber="X" * 45, EmailStatus="Maybe")
    assert ["2050", "2170"] == sorted(refusal.codes)
    assert "Min:0 Max:21 supported. Supplied length:45" in refusal.detail


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("CustomerRef", "Invalid Reference Id : Names element id 999 not found"),
        ("DepartmentRef", "Invalid Reference Id : Depts element id 999 not found"),
        ("ClassRef", "Invalid Reference Id : Klasses element id 999 not found"),
    ],
)
def test_a_reference_to_nothing(client: Client, kind: str, detail: str) -> None:
    """2500 names the family and the id, of lists that are empty too."""
    body = {"CustomerRef": client.ref("Customer", "Chen Wei"), "Line": [client.line("1.00")]}
    body[kind] = {"value": "999"}
    with pytest.raises(Refusal) as caught:
        client.write("Invoice", body)
    assert ("2500", detail) == (caught.value.code, caught.value.detail)


@pytest.mark.parametrize(
    ("customer", "item"),
    [("Former Client Ltd. (deleted)", "Professional Fees"), ("Chen Wei", "Notary Services (deleted)")],
)
def test_what_is_inactive_can_not_be_used(client: Client, customer: str, item: str) -> None:
    """610 says that something was made inactive, not what."""
    refusal = refused(client, client.line("1.00", item=item), customer=customer)
    assert "610" == refusal.code
    assert "made inactive" in refusal.detail


def test_an_address_of_too_many_words(client: Client) -> None:
    """500 for what no resource answers, as recorded."""
    with pytest.raises(Refusal) as caught:
        client.good(client.send("GET", "invoice/1/5"))
    assert "500" == caught.value.code
    assert caught.value.detail.startswith("Operation Could not find resource for relative : /v3/company/")


@pytest.mark.parametrize("identity", ["1.5", "abc"])
def test_an_id_that_is_no_number(client: Client, identity: str) -> None:
    """2030, with the value."""
    with pytest.raises(Refusal) as caught:
        client.read("Invoice", identity)
    assert ("2030", f"Id should be a valid number. Supplied value:{identity}", "Id") == (
        caught.value.code,
        caught.value.detail,
        caught.value.element,
    )


def test_a_discount_needs_the_preference(client: Client) -> None:
    """Off: 6000. On: an amount, or a percentage of the lines."""
    off = {"Amount": 200, "DetailType": "DiscountLineDetail", "DiscountLineDetail": {"PercentBased": False}}
    assert "6000" == refused(client, client.line("2000.00"), off).code
    allow(client, AllowDiscount=True)
    before_tax = client.invoice(client.line("2000.00"), off, ApplyTaxAfterDiscount=True)
    assert (Decimal("2034.00"), Decimal("234.00")) == (
        before_tax["TotalAmt"],
        before_tax["TxnTaxDetail"]["TotalTax"],
    )
    detail = {"PercentBased": True, "DiscountPercent": 10}
    tenth = client.invoice(client.line("50.00", "Exempt"), {**off, "DiscountLineDetail": detail})
    assert (Decimal("45.00"), Decimal("5.00")) == (tenth["TotalAmt"], tenth["Line"][2]["Amount"])
    empty = {"DetailType": "DiscountLineDetail", "DiscountLineDetail": {"PercentBased": True}}
    assert "6090" == refused(client, client.line("50.00"), empty).code


def allow(client: Client, **settings: bool) -> None:
    """Turn on what sales forms may do."""
    preferences = client.sandbox.books.entities("Preferences")[0]
    same = {"Id": preferences["Id"], "SyncToken": preferences["SyncToken"]}
    client.write("Preferences", {**same, "SalesFormsPrefs": settings})


def test_an_invoice_can_not_come_to_less_than_nothing(client: Client) -> None:
    """A credit line may lower it, not turn it round."""
    line = client.line("10.00", "Exempt")
    assert Decimal("4.00") == client.invoice(line, client.line("-6.00", "Exempt"))["TotalAmt"]
    assert "6000" == refused(client, line, client.line("-11.00", "Exempt")).code


def test_a_payment_line_on_an_invoice_is_no_line(client: Client) -> None:
    """Kinds of line that belong elsewhere are refused."""
    assert (
        "2170"
        == refused(client, paid("Invoice", {"Id": "1"}, "5.00") | {"DetailType": "PaymentLineDetail"}).code
    )
