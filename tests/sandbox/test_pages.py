"""The pages that links lead to: everything a bookkeeper looks for, and no sign that does anything."""

import pytest
import requests

from tests.sandbox.client import Client, Json

HOSTILE = '<script>alert(1)</script> & René "Ané" O\'Brien \\ 马春梅'


def page(client: Client, path: str) -> str:
    """A page's HTML."""
    reply = requests.get(f"{client.sandbox.url}/app/{path}", timeout=10)
    assert 200 == reply.status_code
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert "<script>alert" not in reply.text
    return reply.text


@pytest.fixture
def paid(client: Client) -> tuple[Json, Json]:
    """An invoice with a name, a memo and a payment."""
    customer = client.write(
        "Customer", {"DisplayName": HOSTILE, "PrimaryEmailAddr": {"Address": "r@example.com"}}
    )
    ref = {"value": customer["Id"]}
    invoice = client.invoice(
        {**client.line("1500.00"), "Description": HOSTILE},
        CustomerRef=ref,
        DocNumber="2041",
        PrivateNote=f"{HOSTILE} [rec:x]",
    )
    payment = client.payment(
        "1000.00",
        (invoice, "1000.00"),
        CustomerRef=ref,
        PaymentRefNum="E-551",
        PaymentMethodRef=client.ref("PaymentMethod", "E-Transfer"),
        DepositToAccountRef=client.ref("Account", "Chequing"),
    )
    return invoice, payment


def test_an_invoice(client: Client, paid: tuple[Json, Json]) -> None:
    """Number, customer, line, tax, total, balance, and the payment with its link."""
    invoice, payment = paid
    shown = page(client, f"invoice?txnId={invoice['Id']}&companyId={client.sandbox.realm_id}")
    for words in (
        "2041",
        "1,500.00",
        "HST ON 13 %",
        "195.00",
        "1,695.00",
        "Open: 695.00",
        "[rec:x]",
        "马春梅",
    ):
        assert words in shown
    assert f"/app/recvpayment?txnId={payment['Id']}" in shown


def test_a_payment(client: Client, paid: tuple[Json, Json]) -> None:
    """Reference, method, account, and what it paid."""
    invoice, payment = paid
    shown = page(client, f"recvpayment?txnId={payment['Id']}")
    for words in ("E-551", "E-Transfer", "Chequing", "1,000.00", "Invoice 2041"):
        assert words in shown
    assert f"/app/invoice?txnId={invoice['Id']}" in shown


def test_a_customer(client: Client, paid: tuple[Json, Json]) -> None:
    """Balance, e-mail and transactions."""
    shown = page(client, f"customerdetail?nameId={paid[0]['CustomerRef']['value']}")
    for words in ("r@example.com", "695.00", "Invoice 2041", "Payment E-551"):
        assert words in shown


def test_a_sales_receipt(client: Client) -> None:
    """With the account it went to."""
    receipt = client.write("SalesReceipt", {"Line": [client.line("10.00")], "DocNumber": "S-1"})
    shown = page(client, f"salesreceipt?txnId={receipt['Id']}")
    for words in ("Sales receipt S-1", "11.30", "Undeposited Funds"):
        assert words in shown


@pytest.mark.usefixtures("paid")
def test_the_home_page(client: Client) -> None:
    """Accounts with their balances, newest transactions first."""
    shown = page(client, "homepage")
    for words in ("19,450.25", "Client Trust CAD", "25,600.00", "Professional Fees", "1,500.00 CAD"):
        assert words in shown
    assert shown.index("Payment E-551") < shown.index("Invoice 2041")


@pytest.mark.parametrize(
    "path", ["invoice?txnId=999", "recvpayment", "customerdetail?nameId=x", "bill?txnId=1"]
)
def test_what_is_not_there(client: Client, path: str) -> None:
    """404, with a way on."""
    reply = requests.get(f"{client.sandbox.url}/app/{path}", timeout=10)
    assert 404 == reply.status_code
    assert "There is nothing at this address" in reply.text
