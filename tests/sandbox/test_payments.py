"""Payments: what they settle, where the money goes, and what is refused."""

from decimal import Decimal
from typing import Any

import pytest

from qb.sandbox import Sandbox, Switches
from tests.sandbox.client import Client, Json, Moment, Refusal, paid


def refused(client: Client, total: str, *lines: tuple[Json, str], **fields: Any) -> Refusal:  # noqa: ANN401
    """The refusal of a payment."""
    with pytest.raises(Refusal) as caught:
        client.payment(total, *lines, **fields)
    return caught.value


def test_a_payment_settles_its_invoice(client: Client) -> None:
    """Balance nothing, linked from both ends, the money where it was sent."""
    booked = client.invoice(client.line("1500.00"))
    payment = client.payment(
        "1695.00",
        (booked, "1695.00"),
        PaymentRefNum="E-551",
        TxnDate="2026-03-01",
        PaymentMethodRef=client.ref("PaymentMethod", "E-Transfer"),
        DepositToAccountRef=client.ref("Account", "Chequing"),
    )
    assert (Decimal("1695.00"), 0) == (payment["TotalAmt"], payment["UnappliedAmt"])
    after = client.read("Invoice", booked["Id"])
    assert (0, [{"TxnId": payment["Id"], "TxnType": "Payment"}]) == (after["Balance"], after["LinkedTxn"])
    assert [{"TxnId": booked["Id"], "TxnType": "Invoice"}] == payment["Line"][0]["LinkedTxn"]
    assert (
        Decimal("20145.25") == client.read("Account", client.id_of("Account", "Chequing"))["CurrentBalance"]
    )
    assert "Accounts Receivable (A/R)" not in client.sandbox.books.trial_balance()


def test_a_reply_may_leave_out_names(client: Client) -> None:
    """Account and method come by their ids alone, as in recorded replies."""
    method = client.ref("PaymentMethod", "Visa")
    payment = client.payment("5.00", PaymentMethodRef={**method, "name": "anything"})
    assert method == payment["PaymentMethodRef"]
    assert {"value": client.id_of("Account", "Undeposited Funds")} == payment["DepositToAccountRef"]


def test_instalments(client: Client) -> None:
    """2,825.00: 1,000.00 leaves 1,825.00, which leaves nothing."""
    booked = client.invoice(client.line("2500.00"))
    client.payment("1000.00", (booked, "1000.00"), TxnDate="2026-05-03")
    assert Decimal("1825.00") == client.read("Invoice", booked["Id"])["Balance"]
    client.payment("1825.00", (booked, "1825.00"), TxnDate="2026-06-02")
    assert 0 == client.read("Invoice", booked["Id"])["Balance"]


def test_one_payment_for_several_invoices(client: Client) -> None:
    """Each by its part; what is left over is unapplied."""
    first, second = (
        client.invoice(client.line("10.00", "Exempt")),
        client.invoice(client.line("20.00", "Exempt")),
    )
    payment = client.payment("35.00", (first, "10.00"), (second, "20.00"))
    assert Decimal("5.00") == payment["UnappliedAmt"]
    assert Decimal("-5.00") == client.read("Customer", first["CustomerRef"]["value"])["Balance"]


def test_more_than_the_payment_can_not_be_applied(client: Client) -> None:
    """6000, and nothing is booked."""
    booked = client.invoice(client.line("100.00", "Exempt"))
    assert "6000" == refused(client, "50.00", (booked, "100.00")).code
    assert Decimal("100.00") == client.read("Invoice", booked["Id"])["Balance"]
    assert {} == client.query("select * from Payment")


def test_more_than_is_owed_can_not_be_applied(client: Client) -> None:
    """Not in one line, not in two, not after another payment."""
    booked = client.invoice(client.line("100.00", "Exempt"))
    assert "6000" == refused(client, "200.00", (booked, "100.01")).code
    assert "6000" == refused(client, "200.00", (booked, "60.00"), (booked, "60.00")).code
    client.payment("70.00", (booked, "70.00"))
    assert "6000" == refused(client, "200.00", (booked, "30.01")).code


def test_another_customers_invoice_can_not_be_settled(client: Client) -> None:
    """620, as for an invoice that isn't there."""
    booked = client.invoice(client.line("100.00", "Exempt"))
    assert "620" == refused(client, "100.00", (booked, "100.00"), customer="Sofia Rossi").code
    assert "620" == refused(client, "100.00", ({"Id": "9999"}, "100.00")).code


def test_a_parent_pays_for_those_under_it(client: Client) -> None:
    """An employer settles the invoice of a person listed below it."""
    employer = client.ref("Customer", "Harbour Tech Recruiting Inc.")
    person = client.write("Customer", {"DisplayName": "Kofi Mensah", "ParentRef": employer, "Job": True})
    assert "Harbour Tech Recruiting Inc.:Kofi Mensah" == person["FullyQualifiedName"]
    booked = client.invoice(client.line("10.00", "Exempt"), CustomerRef={"value": person["Id"]})
    assert Decimal("10.00") == client.read("Customer", employer["value"])["BalanceWithJobs"]
    client.payment("10.00", (booked, "10.00"), customer="Harbour Tech Recruiting Inc.")
    assert 0 == client.read("Invoice", booked["Id"])["Balance"]


@pytest.mark.parametrize("account", ["Trust Liability CAD", "Professional Fees", "Accounts Receivable (A/R)"])
def test_money_goes_to_a_bank_or_current_asset_only(client: Client, account: str) -> None:
    """Never to a liability, income or receivable."""
    assert "6000" == refused(client, "5.00", DepositToAccountRef=client.ref("Account", account)).code


@pytest.mark.parametrize("account", ["Chequing", "Client Trust CAD", "Card Clearing", "Undeposited Funds"])
def test_quickbooks_itself_does_not_mind_which(client: Client, account: str) -> None:
    """Trust, too, is a bank account to QuickBooks: whoever books must know better."""
    ref = client.ref("Account", account)
    assert ref == client.payment("5.00", DepositToAccountRef=ref)["DepositToAccountRef"]


def test_an_inactive_account_takes_no_money(client: Client) -> None:
    """610."""
    account = client.ref("Account", "Old Chequing (deleted)")
    assert "610" == refused(client, "5.00", DepositToAccountRef=account).code


@pytest.mark.parametrize("left_out", ["TotalAmt", "CustomerRef"])
def test_what_must_be_there(client: Client, left_out: str) -> None:
    """2020 names it."""
    body: Json = {"TotalAmt": 5, "CustomerRef": client.ref("Customer", "Chen Wei")}
    del body[left_out]
    with pytest.raises(Refusal) as caught:
        client.write("Payment", body)
    assert ("2020", left_out) == (caught.value.code, caught.value.element)


def test_a_reference_has_at_most_21_signs(client: Client) -> None:
    """2050 beyond; how many is open, so a switch says it."""
    assert "X" * 21 == client.payment("5.00", PaymentRefNum="X" * 21)["PaymentRefNum"]
    refusal = refused(client, "5.00", PaymentRefNum="X" * 22)
    assert ("2050", "PaymentRefNum") == (refusal.code, refusal.element)


def test_a_payment_has_no_number(client: Client) -> None:
    """DocNumber is known to the schema and ignored."""
    assert "DocNumber" not in client.payment("5.00", DocNumber="17")


def test_only_what_can_be_settled_is_linked(client: Client) -> None:
    """A word that is no kind of transaction is 2170; a kind this firm has none of, 620."""
    customer = client.ref("Customer", "Chen Wei")
    for kind, code in (("Nonsense", "2170"), ("Check", "620")):
        with pytest.raises(Refusal) as caught:
            client.write(
                "Payment", {"CustomerRef": customer, "TotalAmt": 5, "Line": [paid(kind, {"Id": "1"}, "5.00")]}
            )
        assert code == caught.value.code


def test_voiding_gives_the_invoice_back(client: Client) -> None:
    """Nothing left of it but the record, whose note says Voided."""
    booked = client.invoice(client.line("10.00", "Exempt"))
    payment = client.payment("10.00", (booked, "10.00"), PrivateNote="[rec:1]")
    same = {"Id": payment["Id"], "SyncToken": "0", "sparse": True}
    voided = client.write("Payment", same, operation="update", include="void")
    assert (0, 0, [], "Voided - [rec:1]") == (
        voided["TotalAmt"],
        voided["UnappliedAmt"],
        voided["Line"],
        voided["PrivateNote"],
    )
    assert Decimal("10.00") == client.read("Invoice", booked["Id"])["Balance"]
    with pytest.raises(Refusal) as caught:
        client.write("Payment", {**same, "SyncToken": "1"}, operation="void")
    assert "500" == caught.value.code


def test_voiding_can_be_refused(moment: Moment) -> None:
    """One field report says so: a switch."""
    with Sandbox(clock=moment, switches=Switches(void_payment="refuse")) as sandbox:
        client = Client(sandbox)
        payment = client.payment("10.00")
        with pytest.raises(Refusal):
            client.write(
                "Payment", {"Id": payment["Id"], "SyncToken": "0"}, operation="update", include="void"
            )


def test_open_invoices_may_be_settled_by_quickbooks_itself(client: Client) -> None:
    """AutoApplyPayments: a payment without lines settles the oldest first."""
    newer = client.invoice(client.line("10.00", "Exempt"), TxnDate="2026-02-02")
    older = client.invoice(client.line("10.00", "Exempt"), TxnDate="2026-02-01")
    assert Decimal("1.00") == client.payment("1.00")["UnappliedAmt"]
    preferences = client.sandbox.books.entities("Preferences")[0]
    same = {"Id": preferences["Id"], "SyncToken": preferences["SyncToken"]}
    client.write("Preferences", {**same, "SalesFormsPrefs": {"AutoApplyPayments": True}})
    assert 0 == client.payment("15.00")["UnappliedAmt"]
    left = [client.read("Invoice", one["Id"])["Balance"] for one in (older, newer)]
    assert [0, Decimal("5.00")] == left


def test_a_credit_memo_is_applied_by_a_payment_of_nothing(client: Client) -> None:
    """100.00 of credit settle 100.00 of invoice; the rest of each stays open."""
    booked = client.invoice(client.line("150.00", "Exempt"))
    body = {"CustomerRef": booked["CustomerRef"], "Line": [client.line("100.00", "Exempt")]}
    credit = client.write("CreditMemo", body)
    assert (Decimal("100.00"), Decimal("100.00")) == (credit["RemainingCredit"], credit["Balance"])
    lines = [paid("Invoice", booked, "100.00"), paid("CreditMemo", credit, "100.00")]
    client.write("Payment", {"CustomerRef": booked["CustomerRef"], "TotalAmt": 0, "Line": lines})
    assert Decimal("50.00") == client.read("Invoice", booked["Id"])["Balance"]
    assert 0 == client.read("CreditMemo", credit["Id"])["RemainingCredit"]
