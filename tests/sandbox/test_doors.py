"""What a call must be like at all: content types, answers in XML, bodies that can't be read."""

from decimal import Decimal

import pytest
from defusedxml import ElementTree

from tests.sandbox.client import Client, Refusal

SCHEMA = "{http://schema.intuit.com/finance/v3}"


def test_without_accept_the_answer_is_xml(client: Client) -> None:
    """An entity, a list and a fault, each as QuickBooks writes them."""
    plain = {"Accept": "*/*"}
    person = ElementTree.fromstring(client.send("GET", "customer/7", headers=plain).content)
    customer = person.find(f"{SCHEMA}Customer")
    assert customer is not None
    assert ("QBO", "Chen Wei") == (customer.get("domain"), customer.findtext(f"{SCHEMA}DisplayName"))
    reference = customer.find(f"{SCHEMA}CurrencyRef")
    assert reference is not None
    assert ("CAD", "Canadian Dollar") == (reference.text, reference.get("name"))
    ask = {"query": "select * from Customer where Id in ('1', '2')"}
    listed = ElementTree.fromstring(client.send("GET", "query", headers=plain, params=ask).content)
    found = listed.find(f"{SCHEMA}QueryResponse")
    assert found is not None
    assert ("1", "2", 2) == (found.get("startPosition"), found.get("maxResults"), len(found))
    refused = ElementTree.fromstring(client.send("GET", "customer/999", headers=plain).content)
    error = refused.find(f"{SCHEMA}Fault/{SCHEMA}Error")
    assert error is not None
    assert "610" == error.get("code")


@pytest.mark.parametrize("content", ["text/plain", "application/xml", ""])
def test_a_body_is_json_and_says_so(client: Client, content: str) -> None:
    """400 for another content type."""
    reply = client.send("POST", "customer", data=b"{}", headers={"Content-Type": content})
    assert 400 == reply.status_code


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'"text"', b'{"DisplayName": "\xe9m"}', b'{"TotalAmt": NaN}', b""]
)
def test_a_body_that_is_no_object(client: Client, body: bytes) -> None:
    """2010."""
    reply = client.send("POST", "customer", data=body, headers={"Content-Type": "application/json"})
    with pytest.raises(Refusal) as caught:
        client.good(reply)
    assert "2010" == caught.value.code


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "unicorn"),
        ("GET", "unicorn/1"),
        ("PUT", "customer"),
        ("GET", "customer"),
        ("POST", "customer/1"),
    ],
)
def test_addresses_that_are_none(client: Client, method: str, path: str) -> None:
    """500: could not find resource."""
    with pytest.raises(Refusal) as caught:
        client.good(client.send(method, path, body={} if method != "GET" else None))
    assert "500" == caught.value.code


@pytest.mark.parametrize(
    "body",
    [
        {"DisplayName": {"first": "A"}},
        {"DisplayName": "A", "Active": "perhaps"},
        {"DisplayName": "A", "PrimaryEmailAddr": "a@example.com"},
        {"DisplayName": "A", "CurrencyRef": "USD"},
        {"DisplayName": "A", "CurrencyRef": {"id": "USD"}},
        {"DisplayName": "A", "OtherAddr": {"Line1": "no list"}},
        {"DisplayName": "A", "displayName": "B"},
        {"DisplayName": "A", "Balance": [1]},
    ],
)
def test_values_of_the_wrong_kind(client: Client, body: dict[str, object]) -> None:
    """2010, whatever is wrong: a kind, a list, a reference, a name's case."""
    with pytest.raises(Refusal) as caught:
        client.write("Customer", body)
    assert "2010" == caught.value.code


def test_an_unknown_property_is_named_as_recorded(client: Client) -> None:
    """With the class, the count and the names that are known."""
    with pytest.raises(Refusal) as caught:
        client.write("Invoice", {"BadJson": True})
    assert caught.value.detail.startswith(
        'Property Name:Unrecognized field "BadJson" (class com.intuit.schema.finance.v3.Invoice), '
        "not marked as ignorable (103 known properties: "
    )
    assert caught.value.detail.endswith("[truncated]])\n specified is unsupported or invalid")


def test_numbers_look_like_quickbooks_own(client: Client) -> None:
    """113.1, 100.0 and 0, never 113.10: a reader must compare amounts, not texts."""
    line = client.line("100.09", UnitPrice=Decimal("25.00"))
    reply = client.send(
        "POST",
        "invoice",
        body={"CustomerRef": client.ref("Customer", "Chen Wei"), "Line": [line]},
    )
    assert '"TotalAmt": 113.1,' in reply.text
    assert '"UnitPrice": 25}' in reply.text
    paid = client.payment("100.00")
    assert '"TotalAmt": 100.0,' in client.send("GET", f"payment/{paid['Id']}").text


def test_amounts_as_strings(client: Client) -> None:
    """Taken, with a warning: python-quickbooks sends them so."""
    body = {"CustomerRef": client.ref("Customer", "Chen Wei"), "TotalAmt": "113.10"}
    assert client.write("Payment", body)["TotalAmt"] * 10 == 1131
    assert "TotalAmt was sent as a string" in client.sandbox.warnings()


def test_manners_are_noted(client: Client) -> None:
    """No minorversion, parts of a cent, a foreign rate of one."""
    client.send("GET", "customer/1", params={"minorversion": None})
    client.invoice(client.line("10.004", "Exempt"))
    usd = {"CurrencyRef": {"value": "USD"}, "ExchangeRate": 1}
    client.payment("5.00", customer="Michael Brooks", **usd)
    assert (
        "GET customer/1 named no minorversion",
        "Invoice was sent with parts of a cent",
        "Payment in USD was sent at rate 1",
    ) == client.sandbox.warnings()
