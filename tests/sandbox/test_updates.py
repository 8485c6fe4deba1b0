"""Updates: SyncTokens, sparse and full, and which lines survive."""

from decimal import Decimal

import pytest

from tests.sandbox.client import Client, Json, Refusal, paid


def changed(client: Client, booked: Json, **fields: object) -> Json:
    """An update of an invoice, by its present SyncToken."""
    token = client.read("Invoice", booked["Id"])["SyncToken"]
    return client.write("Invoice", {"Id": booked["Id"], "SyncToken": token, **fields})


def test_a_token_counts_every_change(client: Client) -> None:
    """From 0 up; a payment counts as one of the invoice's."""
    booked = client.invoice(client.line("10.00", "Exempt"))
    assert "0" == booked["SyncToken"]
    assert "1" == changed(client, booked, sparse=True, PrivateNote="a")["SyncToken"]
    payment = client.payment("10.00", (booked, "10.00"))
    assert "2" == client.read("Invoice", booked["Id"])["SyncToken"]
    client.write("Payment", {"Id": payment["Id"], "SyncToken": "0"}, operation="delete")
    assert "3" == client.read("Invoice", booked["Id"])["SyncToken"]


def test_an_old_token_is_refused(client: Client) -> None:
    """5010, and nothing is changed."""
    booked = client.invoice(client.line("10.00"), PrivateNote="first")
    changed(client, booked, sparse=True, PrivateNote="second")
    with pytest.raises(Refusal) as caught:
        client.write(
            "Invoice", {"Id": booked["Id"], "SyncToken": "0", "sparse": True, "PrivateNote": "third"}
        )
    assert "5010" == caught.value.code
    assert caught.value.detail.startswith(
        "Stale Object Error : You and root were working on this at the same time."
    )
    assert "second" == client.read("Invoice", booked["Id"])["PrivateNote"]


def test_a_change_without_a_token_is_refused(client: Client) -> None:
    """2020: it is required."""
    booked = client.invoice(client.line("10.00"))
    with pytest.raises(Refusal) as caught:
        client.write("Invoice", {"Id": booked["Id"], "sparse": True, "PrivateNote": "x"})
    assert ("2020", "SyncToken") == (caught.value.code, caught.value.element)


def test_sparse_keeps_what_it_does_not_name(client: Client) -> None:
    """Number, lines and tax stay; a null clears."""
    booked = client.invoice(
        client.line("100.00"), DocNumber="5", PrivateNote="keep", CustomerMemo={"value": "m"}
    )
    after = changed(client, booked, sparse=True, CustomerMemo=None)
    assert ("5", "keep", Decimal("113.00")) == (after["DocNumber"], after["PrivateNote"], after["TotalAmt"])
    assert "CustomerMemo" not in after
    assert booked["MetaData"]["CreateTime"] == after["MetaData"]["CreateTime"]


def test_full_clears_what_it_does_not_name(client: Client) -> None:
    """And asks for what a new one would need."""
    line = client.line("100.00")
    booked = client.invoice(line, DocNumber="5", PrivateNote="gone", TxnDate="2026-01-05")
    after = changed(client, booked, CustomerRef=booked["CustomerRef"], Line=[line])
    assert "PrivateNote" not in after
    assert "DocNumber" not in after
    assert "2026-03-02" == after["TxnDate"]
    with pytest.raises(Refusal) as caught:
        changed(client, booked, CustomerRef=booked["CustomerRef"])
    assert ("2020", "Line") == (caught.value.code, caught.value.element)


def test_lines_are_all_or_nothing(client: Client) -> None:
    """A line that isn't sent is gone; one that keeps its id keeps its place in the books."""
    booked = client.invoice(client.line("10.00", "Exempt"), client.line("20.00", "Exempt"))
    kept = {**client.line("20.00", "Exempt"), "Id": "2"}
    after = changed(client, booked, sparse=True, Line=[kept, client.line("5.00", "Exempt")])
    assert [("2", Decimal("20.00")), ("3", Decimal("5.00"))] == [
        (line["Id"], line["Amount"]) for line in after["Line"][:2]
    ]
    assert Decimal("25.00") == after["TotalAmt"]


def test_new_lines_need_new_tax(client: Client) -> None:
    """Sent back unchanged, the old TxnTaxDetail overrides the new tax; left out, tax is counted anew."""
    booked = client.invoice(client.line("100.00"))
    stale = changed(
        client, booked, sparse=True, Line=[client.line("200.00")], TxnTaxDetail=booked["TxnTaxDetail"]
    )
    assert (Decimal("213.00"), Decimal("13.00")) == (stale["TotalAmt"], stale["TxnTaxDetail"]["TotalTax"])
    fresh = changed(client, booked, sparse=True, Line=[client.line("200.00")])
    assert Decimal("226.00") == fresh["TotalAmt"]


def test_a_payments_lines_are_rewritten_even_by_sparse(client: Client) -> None:
    """Left out, the payment is unapplied."""
    booked = client.invoice(client.line("50.00", "Exempt"))
    payment = client.payment("50.00", (booked, "50.00"), PaymentRefNum="R1")
    same = {"Id": payment["Id"], "SyncToken": "0", "sparse": True}
    after = client.write("Payment", {**same, "PrivateNote": "x"})
    assert (Decimal("50.00"), [], "R1") == (after["UnappliedAmt"], after["Line"], after["PaymentRefNum"])
    assert Decimal("50.00") == client.read("Invoice", booked["Id"])["Balance"]
    again = client.write("Payment", {**same, "SyncToken": "1", "Line": [paid("Invoice", booked, "50.00")]})
    assert 0 == again["UnappliedAmt"]
    lines = again["Line"]
    same_again = client.write("Payment", {**same, "SyncToken": "2", "PaymentRefNum": "R2", "Line": lines})
    assert (0, "R2") == (same_again["UnappliedAmt"], same_again["PaymentRefNum"])


def test_a_customers_full_update_keeps_it_active_and_its_currency(client: Client) -> None:
    """What isn't a field of the form isn't cleared; the e-mail is."""
    made = client.write(
        "Customer", {"DisplayName": "Jack Moe", "PrimaryEmailAddr": {"Address": "j@example.com"}}
    )
    after = client.write(
        "Customer",
        {
            "DisplayName": "Jack Moe",
            "PrimaryPhone": {"FreeFormNumber": "(415) 444-1234"},
            "Id": made["Id"],
            "SyncToken": "0",
        },
    )
    assert (True, "CAD", "1") == (after["Active"], after["CurrencyRef"]["value"], after["SyncToken"])
    assert "PrimaryEmailAddr" not in after


def test_a_change_to_what_is_not_there(client: Client) -> None:
    """610, as QuickBooks says it of an id it never gave (recorded in a batch)."""
    with pytest.raises(Refusal) as caught:
        client.write("Invoice", {"Id": "129", "SyncToken": "0"}, operation="delete")
    assert "610" == caught.value.code
    assert "has been made inactive" in caught.value.detail
