"""Recorded bodies as judges: the sandbox's replies have their fields, their words and their style."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import simplejson
from defusedxml import ElementTree

from qb.sandbox import Switches
from tests.sandbox.client import Client, Json, Refusal

RECORDED = Path(__file__).parent / "recorded"
# What American companies of 2020 have and this Canadian one doesn't, or nobody filled in here.
ELSEWHERE = {
    *("CustomField", "DefaultTaxCodeRef", "ShipAddr", "BillAddr", "PrimaryPhone", "CompanyName", "WebAddr"),
    *("Lat", "Long", "PurchaseTaxRateList", "Description"),
}


def recorded(name: str) -> Json:
    """A recorded body."""
    body: Json = simplejson.loads((RECORDED / name).read_text(encoding="utf-8"), use_decimal=True)
    return body


def lacking(real: Any, ours: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401  # two bodies' border
    """The fields that the real body has and ours has not, or of another kind."""
    if isinstance(real, dict) and isinstance(ours, dict):
        for key in real.keys() - ELSEWHERE:
            if key not in ours:
                yield f"{path}.{key}"
            else:
                yield from lacking(real[key], ours[key], f"{path}.{key}")
    elif isinstance(real, list) and isinstance(ours, list):
        for one, two in zip(real, ours, strict=False):
            yield from lacking(one, two, path)
    elif isinstance(real, str | bool) and not isinstance(ours, type(real)):
        yield f"{path} is {ours!r}, not {real!r}"


def fault_words(body: Json) -> tuple[str, str, list[str]]:
    """A fault's type, code and keys."""
    error = body["Fault"]["Error"][0]
    return body["Fault"]["type"], str(error["code"]), sorted(error.keys() - {"element"})


def untaxed(client: Client) -> None:
    """Make the firm one that charges no sales tax, as the recorded American one."""
    preferences = client.sandbox.books.entities("Preferences")[0]
    same = {"Id": preferences["Id"], "SyncToken": preferences["SyncToken"]}
    client.write("Preferences", {**same, "TaxPrefs": {"UsingSalesTax": False}})


def test_an_invoice_has_all_that_a_real_one_has(client: Client) -> None:
    """Booked, voided and deleted."""
    real = recorded("invoice/minimul_qbo_api__create_invoice.json")["Invoice"]
    ours = client.invoice(client.line("100.00", "Exempt"), DocNumber="1043")
    assert [] == list(lacking(real, ours))
    real = recorded("invoice/minimul_qbo_api__void_invoice_1.json")["Invoice"]
    voided = client.write("Invoice", {"Id": ours["Id"], "SyncToken": "0"}, operation="void")
    assert [] == list(lacking(real, voided))
    real = recorded("invoice/minimul_qbo_api__delete_invoice_1.json")["Invoice"]
    stub = client.write("Invoice", {"Id": ours["Id"], "SyncToken": "1"}, operation="delete")
    assert {**real, "Id": ours["Id"]} == stub


def test_the_recorded_request_is_taken_where_there_is_no_sales_tax(client: Client) -> None:
    """The very body of a recorded POST: one line without a tax code."""
    untaxed(client)
    body: Json = {
        "Line": [
            {
                "Amount": 100,
                "DetailType": "SalesItemLineDetail",
                "SalesItemLineDetail": {"ItemRef": {"value": "1", "name": "Services"}},
            }
        ],
        "CustomerRef": {"value": "1"},
    }
    assert 100 == client.write("Invoice", body)["TotalAmt"]


def test_a_customer_has_all_that_a_real_one_has(client: Client) -> None:
    """New, and changed with the very bodies of two recorded POSTs."""
    real = recorded("customer/minimul_qbo_api__create_customer.json")["Customer"]
    made = client.write("Customer", {"DisplayName": "Doe5, Jane"})
    assert [] == list(lacking(real, made))
    real = recorded("customer/minimul_qbo_api__get_id.json")["Customer"]
    full = client.read("Customer", client.id_of("Customer", "Chen Wei"))
    assert [] == list(lacking(real, full))
    change = {
        "DisplayName": "Jack Moe",
        "PrimaryPhone": {"FreeFormNumber": "(415) 444-1234"},
        "Id": made["Id"],
        "SyncToken": "0",
    }
    real = recorded("customer/minimul_qbo_api__update_customer_1.json")["Customer"]
    changed = client.write("Customer", change)
    assert [] == list(lacking(real, changed))
    assert (real["PrimaryPhone"], real["SyncToken"]) == (changed["PrimaryPhone"], changed["SyncToken"])


def test_an_account_made_inactive(client: Client) -> None:
    """Renamed as recorded."""
    real = recorded("account/minimul_qbo_api__deactivate_account_1.json")["Account"]
    identity = client.id_of("Account", "Bank Charges")
    body = {"Id": identity, "SyncToken": "0", "sparse": True, "Active": False}
    ours = client.write("Account", body)
    assert "Bank Charges (deleted)" == ours["Name"] == ours["FullyQualifiedName"]
    assert [] == list(lacking(real, ours))


def test_sales_receipts_have_all_that_real_ones_have(client: Client) -> None:
    """Each of four recorded ones, but for discounts and what deposits add."""
    ours = client.write(
        "SalesReceipt",
        {
            "CustomerRef": client.ref("Customer", "Chen Wei"),
            "Line": [{**client.line("337.50", UnitPrice=75, Qty=4), "Amount": 300, "Description": "Design"}],
            "DocNumber": "1008",
            "PrivateNote": "A private note.",
            "CustomerMemo": {"value": "Thank you"},
            "BillEmail": {"Address": "c@example.com"},
            "PaymentMethodRef": client.ref("PaymentMethod", "Cheque"),
            "PaymentRefNum": "10264",
        },
    )
    for real in recorded("salesreceipt/minimul_qbo_api__all_sales_receipts.json")["QueryResponse"][
        "SalesReceipt"
    ]:
        without = {key: value for key, value in real.items() if key not in {"LinkedTxn", "Line"}}
        assert [] == list(lacking(without, ours))
        assert [] == list(lacking(real["Line"][0], ours["Line"][0]))


def test_a_batch_is_answered_as_the_recorded_one(client: Client) -> None:
    """A vendor made, an invoice that isn't there, an old token, a query: the same shapes and codes."""
    real = {
        one["bId"]: one for one in recorded("batch/minimul_qbo_api__batch_basic.json")["BatchItemResponse"]
    }
    receipt = client.write("SalesReceipt", {"Line": [client.line("337.50")]})
    client.write(
        "SalesReceipt", {"Id": receipt["Id"], "SyncToken": "0", "sparse": True, "PrivateNote": "newer"}
    )
    note = {"sparse": True, "Id": receipt["Id"], "SyncToken": "0", "PrivateNote": "A private note."}
    ours = client.batch(
        {"bId": "bid1", "operation": "create", "Vendor": {"DisplayName": "Boraski Family Store"}},
        {"bId": "bid2", "operation": "delete", "Invoice": {"Id": "129", "SyncToken": "0"}},
        {"bId": "bid3", "operation": "update", "SalesReceipt": {"domain": "QBO", **note}},
        {"bId": "bid4", "Query": "select * from SalesReceipt where TotalAmt > '300.00'"},
    )
    assert [] == list(lacking(real["bid1"], ours["bid1"]))
    for bid in ("bid2", "bid3"):
        assert fault_words(real[bid]) == fault_words(ours[bid])
    assert real["bid2"]["Fault"] == ours["bid2"]["Fault"]
    assert {*real["bid4"]["QueryResponse"]} == {*ours["bid4"]["QueryResponse"]}


CUSTOMERS = "SELECT * FROM Customer WHERE Active IN ( true, false )"


@pytest.mark.parametrize(
    ("file", "query"),
    [
        ("all_alt_select_0", "SELECT count(*) FROM Customer WHERE Id IN ('5', '6', '7', '8', '9', '10')"),
        ("all_alt_select_1", f"{CUSTOMERS} MAXRESULTS 2 STARTPOSITION 1"),
        ("all_alt_select_4", f"{CUSTOMERS} MAXRESULTS 2 STARTPOSITION 77"),
    ],
)
def test_lists_are_wrapped_as_recorded(client: Client, file: str, query: str) -> None:
    """A count, a page, and nothing."""
    real = recorded(f"query/minimul_qbo_api__{file}.json")["QueryResponse"]
    ours = client.query(query)
    assert {*real} == {*ours}
    assert real.get("totalCount", 0) == ours.get("totalCount", 0)
    assert (real.get("startPosition"), real.get("maxResults")) == (
        ours.get("startPosition"),
        ours.get("maxResults"),
    )


def test_changes_are_wrapped_as_recorded(client: Client) -> None:
    """CDCResponse, QueryResponse, the kind, and the counts (Intuit's text has one more)."""
    real = recorded("cdc/minimul_qbo_api__cdc_basic.json")["CDCResponse"][0]["QueryResponse"][0]
    client.invoice(client.line("1.00"))
    params = {"entities": "invoice", "changedSince": "2026-03-01T09:00:00-07:00"}
    ours = client.good(client.send("GET", "cdc", params=params))["CDCResponse"][0]["QueryResponse"][0]
    assert {*real} - {"Estimate"} <= {*ours} - {"Invoice"}


@pytest.mark.parametrize(
    ("file", "path"),
    [("error_500_0", "customer/1/5"), ("error_500_1", "customer/1.5"), ("error_400_1", "query")],
)
def test_a_fault_has_the_recorded_words(client: Client, file: str, path: str) -> None:
    """Code, type, message and the beginning of the detail."""
    real = recorded(f"fault/minimul_qbo_api__{file}.json")
    params = {"query": "SELECT * FROM Custmoer"} if path == "query" else {}
    ours = simplejson.loads(client.send("GET", path, params=params).text)
    assert fault_words(real) == fault_words(ours)
    one, two = real["Fault"]["Error"][0], ours["Fault"]["Error"][0]
    assert one["Message"] == two["Message"]
    assert one["Detail"][:60].replace("-COMPANY_ID-", client.sandbox.realm_id)[:50] == two["Detail"][:50]


def test_the_gateways_refusal_is_the_recorded_one(client: Client) -> None:
    """Field for field, but for the token and the time."""
    real = recorded("fault/minimul_qbo_api__error_401.json")
    client.token = "REDACTED_TOKEN"
    ours = client.send("GET", "customer/1").json()
    assert {**real, "time": 0} == {**ours, "time": 0}


def test_a_name_taken_is_refused_in_both_recorded_wordings(client: Client) -> None:
    """The sentence of 2019, and null of 2020."""
    text = (RECORDED / "fault/flowlink__400_6240_1ef0b2.xml").read_text(encoding="utf-8")
    sentence = ElementTree.fromstring(text).findtext(".//{http://schema.intuit.com/finance/v3}Detail")
    null = recorded("fault/minimul_qbo_api__error_validation.json")["Fault"]["Error"][0]["Detail"]
    said = []
    for switches in (Switches(), Switches(duplicate_name_detail="null")):
        client.sandbox.switches = switches
        with pytest.raises(Refusal) as caught:
            client.write("Customer", {"DisplayName": "Chen Wei"})
        said.append(" ".join(caught.value.detail.split()))
    assert [sentence, null] == said


def test_a_payments_line_says_what_real_ones_say(client: Client) -> None:
    """txnId, the open balance and the number, beside the link."""
    names = ElementTree.fromstring(
        (RECORDED / "payment/ruckus__payment_with_line_extras.xml").read_text(encoding="utf-8").strip()
    )
    booked = client.invoice(client.line("2400.00", "Exempt"), DocNumber="1246")
    payment = client.payment("2400.00", (booked, "2400.00"))
    beside = {one["value"]["Name"]: one["value"]["Value"] for one in payment["Line"][0]["LineEx"]["any"]}
    assert [node.text for node in names.iter("Name")] == list(beside)
    assert {"txnId": booked["Id"], "txnOpenBalance": "2400.00", "txnReferenceNumber": "1246"} == beside


@pytest.mark.parametrize(
    ("file", "kind", "name"),
    [
        ("taxcode/fyle__tax_code_response.json", "TaxCode", "HST ON"),
        ("taxrate/fyle__tax_rate_get_by_id.json", "TaxRate", "GST"),
        ("item/fyle__items_response.json", "Item", "Consultation"),
    ],
)
def test_lists_have_all_that_real_ones_have(client: Client, file: str, kind: str, name: str) -> None:
    """Tax codes, tax rates, items."""
    real: Any = recorded(file)
    ours = client.read(kind, client.id_of(kind, name))
    assert [] == list(lacking(real[0] if isinstance(real, list) else real, ours))
