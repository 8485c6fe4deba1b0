"""More than one currency: one for each customer, always a rate, and accounts that fit."""

from decimal import Decimal
from typing import Any

import pytest

from qb.sandbox import Sandbox, Switches
from tests.sandbox.client import Client, Json, Moment, Refusal

USD = {"value": "USD"}
RATE = Decimal("1.365")


def dollars(client: Client, amount: str, **fields: Any) -> Json:  # noqa: ANN401  # a body's border
    """Book an invoice in US dollars."""
    known = {"CurrencyRef": USD, "ExchangeRate": RATE, **fields}
    return client.invoice(client.line(amount, "Zero-rated"), customer="Michael Brooks", **known)


def refused(client: Client, **fields: Any) -> Refusal:  # noqa: ANN401
    """The refusal of an invoice over 1,800.00."""
    with pytest.raises(Refusal) as caught:
        client.invoice(client.line("1800.00", "Zero-rated"), **fields)
    return caught.value


def test_a_dollar_invoice_is_booked_at_its_rate(client: Client) -> None:
    """USD 1,800.00 at 1.3650 are 2,457.00 at home, owed on the receivable account of its currency."""
    booked = dollars(client, "1800.00")
    assert (Decimal("1800.00"), Decimal("2457.00")) == (booked["TotalAmt"], booked["HomeTotalAmt"])
    assert (Decimal("1800.00"), Decimal("2457.00")) == (booked["Balance"], booked["HomeBalance"])
    account = client.read("Account", client.id_of("Account", "Accounts Receivable (A/R) - USD"))
    assert ("USD", Decimal("1800.00")) == (account["CurrencyRef"]["value"], account["CurrentBalance"])
    assert Decimal("-2457.00") == client.sandbox.books.trial_balance()["Professional Fees"]
    assert Decimal("1800.00") == client.read("Customer", booked["CustomerRef"]["value"])["Balance"]


def test_the_currency_is_the_customers(client: Client) -> None:
    """A CAD customer in USD, a USD customer in CAD or in none: one foreign currency per transaction."""
    for customer, fields in (
        ("Chen Wei", {"CurrencyRef": USD, "ExchangeRate": RATE}),
        ("Michael Brooks", {"CurrencyRef": {"value": "CAD"}}),
        ("Michael Brooks", {}),
    ):
        refusal = refused(client, customer=customer, **fields)
        assert "6000" == refusal.code
        assert refusal.detail.endswith("You can only use one foreign currency per transaction.")


def test_a_foreign_transaction_needs_its_rate(client: Client) -> None:
    """2410, in QuickBooks' own spelling."""
    refusal = refused(client, customer="Michael Brooks", CurrencyRef=USD)
    assert "2410" == refusal.code
    assert "Curreny, ExchangeRate is missing." in refusal.reply.text


def test_without_a_rate_it_may_be_one(moment: Moment) -> None:
    """The reference says so; books that trust it are wrong by the whole rate."""
    with Sandbox(clock=moment, switches=Switches(missing_rate="one")) as sandbox:
        client = Client(sandbox)
        booked = client.invoice(client.line("10.00", "Exempt"), customer="Michael Brooks", CurrencyRef=USD)
        assert Decimal("10.00") == booked["HomeTotalAmt"]


def test_a_payment_at_another_rate_gains_or_loses(client: Client) -> None:
    """Invoiced at 1.3650, paid at 1.3800: 27.00 gained on USD 1,800.00."""
    booked = dollars(client, "1800.00")
    client.payment(
        "1800.00",
        (booked, "1800.00"),
        customer="Michael Brooks",
        CurrencyRef=USD,
        ExchangeRate=Decimal("1.38"),
        DepositToAccountRef=client.ref("Account", "USD Chequing"),
    )
    balance = client.sandbox.books.trial_balance()
    assert Decimal("-27.00") == balance["Exchange Gain or Loss"]
    assert Decimal("2484.00") == balance["USD Chequing"]
    assert "Accounts Receivable (A/R) - USD" not in balance
    account = client.read("Account", client.id_of("Account", "USD Chequing"))
    assert Decimal("1800.00") == account["CurrentBalance"]


def test_instalments_leave_no_cent_behind(client: Client) -> None:
    """USD 0.05 at 1.3 are 0.07; five cents of 0.01 each are 0.05, so the last takes 0.03."""
    known: Json = {"CurrencyRef": USD, "ExchangeRate": Decimal("1.3")}
    booked = dollars(client, "0.05", **known)
    assert Decimal("0.07") == booked["HomeTotalAmt"]
    for _ in range(5):
        client.payment("0.01", (booked, "0.01"), customer="Michael Brooks", **known)
    after = client.read("Invoice", booked["Id"])
    assert (0, 0) == (after["Balance"], after["HomeBalance"])
    assert "Accounts Receivable (A/R) - USD" not in client.sandbox.books.trial_balance()


@pytest.mark.parametrize("account", ["Chequing", "USD Chequing", "Undeposited Funds", "Client Trust USD"])
def test_dollars_go_to_dollar_and_home_accounts(client: Client, account: str) -> None:
    """At home they arrive at the payment's rate."""
    client.payment(
        "100.00",
        customer="Michael Brooks",
        CurrencyRef=USD,
        ExchangeRate=RATE,
        DepositToAccountRef=client.ref("Account", account),
    )
    before = {"Chequing": Decimal("18450.25")}.get(account, Decimal(0))
    assert before + Decimal("136.50") == client.sandbox.books.trial_balance()[account]


def test_canadian_money_can_not_go_to_a_dollar_account(client: Client) -> None:
    """6000: one foreign currency per transaction."""
    with pytest.raises(Refusal) as caught:
        client.payment("100.00", DepositToAccountRef=client.ref("Account", "USD Chequing"))
    assert caught.value.detail.endswith("You can only use one foreign currency per transaction.")


def test_a_payment_settles_invoices_of_its_currency_only(client: Client) -> None:
    """A CAD payment of a USD customer is refused before it comes to that."""
    booked = dollars(client, "10.00")
    with pytest.raises(Refusal) as caught:
        client.payment("10.00", (booked, "10.00"), customer="Michael Brooks")
    assert "6000" == caught.value.code


def test_a_receivable_account_of_another_currency(client: Client) -> None:
    """Need not be sent; sent, it must fit."""
    account = client.ref("Account", "Accounts Receivable (A/R)")
    refusal = refused(
        client, customer="Michael Brooks", CurrencyRef=USD, ExchangeRate=RATE, ARAccountRef=account
    )
    assert "same currency as the A/R and A/P accounts you use" in refusal.detail


def test_a_customers_currency_is_chosen_once(client: Client) -> None:
    """Honoured when new, ignored later."""
    made = client.write("Customer", {"DisplayName": "New York Client", "CurrencyRef": USD})
    assert {"value": "USD", "name": "United States Dollar"} == made["CurrencyRef"]
    same = {"Id": made["Id"], "SyncToken": "0", "sparse": True}
    assert (
        "USD" == client.write("Customer", {**same, "CurrencyRef": {"value": "CAD"}})["CurrencyRef"]["value"]
    )


def test_a_currency_may_be_quietly_dropped(moment: Moment) -> None:
    """Seen once: 200, and CAD in the reply."""
    with Sandbox(clock=moment, switches=Switches(customer_currency_honoured=False)) as sandbox:
        made = Client(sandbox).write("Customer", {"DisplayName": "New York Client", "CurrencyRef": USD})
        assert "CAD" == made["CurrencyRef"]["value"]


def test_rates_can_be_asked(client: Client) -> None:
    """Home units for one foreign unit; nothing for a currency nobody quotes; home itself is an error."""
    asked = {"sourcecurrencycode": "USD", "asofdate": "2026-02-27"}
    rate = client.good(client.send("GET", "exchangerate", params=asked))["ExchangeRate"]
    assert ("USD", "CAD", Decimal("1.400374"), "2026-02-27") == (
        rate["SourceCurrencyCode"],
        rate["TargetCurrencyCode"],
        rate["Rate"],
        rate["AsOfDate"],
    )
    unknown = client.send("GET", "exchangerate", params={"sourcecurrencycode": "XAF"})
    assert {} == client.good(unknown)["ExchangeRate"]
    assert 400 == client.send("GET", "exchangerate", params={"sourcecurrencycode": "CAD"}).status_code
