"""Document numbers: the client's own, QuickBooks' sequence, and a number twice."""

import pytest

from qb.sandbox import Switches
from tests.sandbox.client import Client, Refusal


def number(client: Client, **fields: str) -> str | None:
    """The number a new invoice got."""
    body = {"CustomerRef": client.ref("Customer", "Chen Wei"), "Line": [client.line("1.00")]}
    return client.write("Invoice", {**body, **fields}).get("DocNumber")


def automatic(client: Client) -> None:
    """Let QuickBooks number."""
    preferences = client.sandbox.books.entities("Preferences")[0]
    same = {"Id": preferences["Id"], "SyncToken": preferences["SyncToken"]}
    client.write("Preferences", {**same, "SalesFormsPrefs": {"CustomTxnNumbers": False}})


def test_custom_numbers_are_the_clients_or_none(client: Client) -> None:
    """As sent, or left out."""
    assert "INV-7" == number(client, DocNumber="INV-7")
    assert number(client) is None


def test_a_number_twice_names_its_owner(client: Client) -> None:
    """6140 with kind and id, so that whoever asks can adopt it."""
    first = client.invoice(client.line("1.00"), DocNumber="18696")
    with pytest.raises(Refusal) as caught:
        number(client, DocNumber="18696")
    expected = (
        "Duplicate Document Number Error : You must specify a different number. This number has already been "
        f"used. DocNumber=18696 is assigned to TxnType=Invoice with TxnId={first['Id']}"
    )
    assert ("6140", expected) == (caught.value.code, caught.value.detail)


def test_a_number_twice_may_be_allowed(client: Client) -> None:
    """By asking for it in the address; on a form of another kind it isn't twice."""
    body = {
        "CustomerRef": client.ref("Customer", "Chen Wei"),
        "Line": [client.line("1.00")],
        "DocNumber": "5",
    }
    client.write("Invoice", body)
    assert "5" == client.write("Invoice", body, include="allowduplicatedocnum")["DocNumber"]
    assert "5" == client.write("SalesReceipt", body)["DocNumber"]


def test_an_invoice_keeps_its_own_number(client: Client) -> None:
    """Sent back in an update it is no twin; an old twin doesn't stop an update that leaves it out."""
    booked = client.invoice(client.line("1.00"), DocNumber="5")
    same = {"Id": booked["Id"], "sparse": True}
    assert "5" == client.write("Invoice", {**same, "SyncToken": "0", "DocNumber": "5"})["DocNumber"]
    body = {"CustomerRef": booked["CustomerRef"], "Line": [client.line("1.00")], "DocNumber": "5"}
    client.write("Invoice", body, include="allowduplicatedocnum")
    assert "5" == client.write("Invoice", {**same, "SyncToken": "1", "PrivateNote": "x"})["DocNumber"]


def test_quickbooks_counts_on_from_the_highest(client: Client) -> None:
    """On asking, or always where the company says so; letters don't count."""
    number(client, DocNumber="2041")
    number(client, DocNumber="A-9999")
    assert "2042" == number(client, DocNumber="AUTO_GENERATE")
    automatic(client)
    assert "2043" == number(client)


def test_a_number_sent_though_quickbooks_numbers(client: Client) -> None:
    """Kept, or replaced: open, so a switch; a warning either way."""
    automatic(client)
    assert "77" == number(client, DocNumber="77")
    client.sandbox.switches = Switches(number_kept_when_automatic=False)
    assert "78" == number(client, DocNumber="99")
    warned = "Invoice was sent with a number while QuickBooks numbers by itself"
    assert 2 == client.sandbox.warnings().count(warned)
