"""Undoing: deletes, voids, the closed period, and what was paid in between."""

from decimal import Decimal

import pytest

from tests.sandbox.client import Client, Refusal


def test_a_closed_period_is_closed(client: Client) -> None:
    """6210 up to the closing date itself, for new invoices and for changed and deleted ones."""
    old = client.invoice(client.line("1.00"), TxnDate="2026-01-31")
    preferences = client.sandbox.books.entities("Preferences")[0]
    closing = {"AccountingInfoPrefs": {"BookCloseDate": "2026-01-31"}}
    client.write("Preferences", {**closing, "Id": preferences["Id"], "SyncToken": preferences["SyncToken"]})
    with pytest.raises(Refusal):
        client.invoice(client.line("1.00"), TxnDate="2026-01-31")
    assert "2026-02-01" == client.invoice(client.line("1.00"), TxnDate="2026-02-01")["TxnDate"]
    same = {"Id": old["Id"], "SyncToken": old["SyncToken"]}
    for operation, more in (
        ("update", {"sparse": True, "TxnDate": "2026-02-05"}),
        ("delete", {}),
        ("void", {}),
    ):
        with pytest.raises(Refusal) as caught:
            client.write("Invoice", {**same, **more}, operation=operation)
        assert "6210" == caught.value.code


def test_deleting_leaves_a_stub_and_nothing_in_the_books(client: Client) -> None:
    """A later read says that another user has deleted it."""
    booked = client.invoice(client.line("100.00"))
    before = client.sandbox.books.trial_balance()
    stub = client.write("Invoice", {"Id": booked["Id"], "SyncToken": "0"}, operation="delete")
    assert {"status": "Deleted", "domain": "QBO", "Id": booked["Id"]} == stub
    assert Decimal("113.00") == before["Accounts Receivable (A/R)"]
    assert "Accounts Receivable (A/R)" not in client.sandbox.books.trial_balance()
    with pytest.raises(Refusal) as caught:
        client.read("Invoice", booked["Id"])
    assert ("610", "Object Not Found : Another user has deleted this transaction.") == (
        caught.value.code,
        caught.value.detail,
    )


def test_deleting_a_paid_invoice_sets_its_payment_free(client: Client) -> None:
    """The money stays, unapplied; the payment has a new SyncToken."""
    booked = client.invoice(client.line("100.00", "Exempt"))
    payment = client.payment("100.00", (booked, "100.00"))
    client.write("Invoice", {"Id": booked["Id"], "SyncToken": "1"}, operation="delete")
    freed = client.read("Payment", payment["Id"])
    assert (Decimal("100.00"), [], "1") == (freed["UnappliedAmt"], freed["Line"], freed["SyncToken"])
    assert Decimal("-100.00") == client.read("Customer", booked["CustomerRef"]["value"])["Balance"]


def test_voiding_keeps_the_invoice_at_nothing(client: Client) -> None:
    """Amounts are zero, the note begins with Voided and keeps what it said (Intuit: Invoice, void)."""
    booked = client.invoice(client.line("100.00"), PrivateNote="[rec:abc]", DocNumber="77")
    voided = client.write("Invoice", {"Id": booked["Id"], "SyncToken": "0"}, operation="void")
    assert (0, 0, "Voided - [rec:abc]", "1") == (
        voided["TotalAmt"],
        voided["Balance"],
        voided["PrivateNote"],
        voided["SyncToken"],
    )
    assert [0, 0] == [line["Amount"] for line in voided["Line"]]
    assert "77" == client.read("Invoice", booked["Id"])["DocNumber"]
    assert "Professional Fees" not in client.sandbox.books.trial_balance()


def test_a_smaller_invoice_must_still_hold_what_was_paid(client: Client) -> None:
    """An update below what payments settled is refused; so is another customer."""
    booked = client.invoice(client.line("100.00", "Exempt"))
    client.payment("60.00", (booked, "60.00"))
    same = {"Id": booked["Id"], "SyncToken": "1", "sparse": True}
    with pytest.raises(Refusal):
        client.write("Invoice", {**same, "Line": [client.line("59.00", "Exempt")]})
    with pytest.raises(Refusal) as caught:
        client.write("Invoice", {**same, "CustomerRef": client.ref("Customer", "Sofia Rossi")})
    assert "620" == caught.value.code
    changed = client.write("Invoice", {**same, "Line": [client.line("80.00", "Exempt")]})
    assert (Decimal("80.00"), Decimal("20.00")) == (changed["TotalAmt"], changed["Balance"])
