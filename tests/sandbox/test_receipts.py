"""Sales receipts, credit memos, refund receipts, deposits and journal entries."""

from decimal import Decimal

import pytest

from tests.sandbox.client import Client, Json, Refusal


def receipt(client: Client, kind: str = "SalesReceipt", amount: str = "100.00", **fields: object) -> Json:
    """Book a receipt."""
    body = {"CustomerRef": client.ref("Customer", "Chen Wei"), "Line": [client.line(amount)], **fields}
    return client.write(kind, body)


def test_a_sales_receipt_is_paid_at_once(client: Client) -> None:
    """113.00 to the bank, nothing owed, names beside its account and method."""
    booked = receipt(
        client,
        DepositToAccountRef=client.ref("Account", "Savings"),
        PaymentMethodRef=client.ref("PaymentMethod", "Cash"),
        PaymentRefNum="10264",
    )
    assert (Decimal("113.00"), 0) == (booked["TotalAmt"], booked["Balance"])
    assert ("Savings", "Cash") == (booked["DepositToAccountRef"]["name"], booked["PaymentMethodRef"]["name"])
    balance = client.sandbox.books.trial_balance()
    assert Decimal("40113.00") == balance["Savings"]
    assert "Accounts Receivable (A/R)" not in balance


def test_a_sales_receipt_needs_no_customer(client: Client) -> None:
    """Though whoever books one should send it."""
    booked = client.write("SalesReceipt", {"Line": [client.line("10.00")]})
    assert "CustomerRef" not in booked
    assert "Undeposited Funds" == booked["DepositToAccountRef"]["name"]


def test_voiding_a_sales_receipt(client: Client) -> None:
    """By an update that includes void."""
    booked = receipt(client)
    same = {"Id": booked["Id"], "SyncToken": "0", "sparse": True}
    voided = client.write("SalesReceipt", same, operation="update", include="void")
    assert (0, "Voided") == (voided["TotalAmt"], voided["PrivateNote"])
    assert "Undeposited Funds" not in client.sandbox.books.trial_balance()


def test_a_credit_memo_lowers_what_is_owed(client: Client) -> None:
    """113.00 of credit, 13.00 of it tax given back."""
    credit = receipt(client, "CreditMemo")
    assert (Decimal("113.00"), Decimal("113.00")) == (credit["TotalAmt"], credit["RemainingCredit"])
    assert Decimal("-113.00") == client.read("Customer", credit["CustomerRef"]["value"])["Balance"]
    assert Decimal("13.00") == client.sandbox.books.trial_balance()["GST/HST Payable"]


def test_a_refund_names_the_account_it_leaves(client: Client) -> None:
    """2020 without; with it, the bank has 113.00 less."""
    with pytest.raises(Refusal) as caught:
        receipt(client, "RefundReceipt")
    assert ("2020", "DepositToAccountRef") == (caught.value.code, caught.value.element)
    refund = receipt(
        client,
        "RefundReceipt",
        DepositToAccountRef=client.ref("Account", "Chequing"),
        PaymentRefNum="X" * 100,
    )
    assert Decimal("113.00") == refund["TotalAmt"]
    assert Decimal("18337.25") == client.sandbox.books.trial_balance()["Chequing"]


def deposit(client: Client, *lines: Json, **fields: object) -> Json:
    """Put money in the bank."""
    bank = client.ref("Account", "Chequing")
    return client.write("Deposit", {"DepositToAccountRef": bank, "Line": list(lines), **fields})


def waiting(payment: Json, kind: str = "Payment") -> Json:
    """A deposit's line that takes a payment."""
    linked = {"TxnId": payment["Id"], "TxnType": kind, "TxnLineId": "0"}
    return {"Amount": payment["TotalAmt"], "LinkedTxn": [linked]}


def test_a_deposit_moves_what_waited(client: Client) -> None:
    """A payment and a receipt leave Undeposited Funds together with other money."""
    payment, sale = client.payment("50.00"), receipt(client)
    other: Json = {
        "Amount": Decimal("-2.50"),
        "DetailType": "DepositLineDetail",
        "DepositLineDetail": {"AccountRef": client.ref("Account", "Bank Charges")},
    }
    booked = deposit(client, waiting(payment), waiting(sale, "SalesReceipt"), other)
    assert Decimal("160.50") == booked["TotalAmt"]
    balance = client.sandbox.books.trial_balance()
    assert (Decimal("18610.75"), Decimal("2.50")) == (balance["Chequing"], balance["Bank Charges"])
    assert "Undeposited Funds" not in balance
    assert [{"TxnId": booked["Id"], "TxnType": "Deposit"}] == client.read("Payment", payment["Id"])[
        "LinkedTxn"
    ]


def test_deposited_money_stays_as_it_is(client: Client) -> None:
    """6540 for change, delete and void; once the deposit is gone, all is possible again."""
    payment = client.payment("50.00")
    slip = deposit(client, waiting(payment))
    same = {"Id": payment["Id"], "SyncToken": "1", "sparse": True}
    for params in ({}, {"operation": "delete"}, {"operation": "update", "include": "void"}):
        with pytest.raises(Refusal) as caught:
            client.write("Payment", same, **params)
        assert "6540" == caught.value.code
    client.write("Deposit", {"Id": slip["Id"], "SyncToken": "0"}, operation="delete")
    stub = client.write("Payment", {**same, "SyncToken": "2"}, operation="delete")
    assert "Deleted" == stub["status"]


def test_money_is_deposited_once_and_only_if_it_waited(client: Client) -> None:
    """620 for what is on another slip, or went to a bank straight away."""
    payment = client.payment("50.00")
    deposit(client, waiting(payment))
    straight = client.payment("50.00", DepositToAccountRef=client.ref("Account", "Chequing"))
    for line in (waiting(payment), waiting(straight), waiting({"Id": "999", "TotalAmt": 1})):
        with pytest.raises(Refusal) as caught:
            deposit(client, line)
        assert "620" == caught.value.code


def test_a_deposit_takes_no_sparse_update(client: Client) -> None:
    """500: only a whole one."""
    slip = deposit(client, waiting(client.payment("50.00")))
    with pytest.raises(Refusal) as caught:
        client.write("Deposit", {"Id": slip["Id"], "SyncToken": "0", "sparse": True, "PrivateNote": "x"})
    assert "500" == caught.value.code
    whole = {key: slip[key] for key in ("Id", "SyncToken", "Line", "DepositToAccountRef")}
    assert "x" == client.write("Deposit", {**whole, "PrivateNote": "x"})["PrivateNote"]


def test_dollars_that_waited_arrive_as_dollars(client: Client) -> None:
    """USD 100.00 at 1.3650 waited as 136.50; a dollar account takes the dollars."""
    usd: Json = {"CurrencyRef": {"value": "USD"}, "ExchangeRate": Decimal("1.365")}
    payment = client.payment("100.00", customer="Michael Brooks", **usd)
    deposit(client, waiting(payment), **{**usd, "DepositToAccountRef": client.ref("Account", "USD Chequing")})
    account = client.read("Account", client.id_of("Account", "USD Chequing"))
    assert Decimal("100.00") == account["CurrentBalance"]
    assert Decimal("136.50") == client.sandbox.books.trial_balance()["USD Chequing"]


def side(client: Client, account: str, amount: str, posting: str, customer: str = "") -> Json:
    """One side of a journal entry."""
    detail: Json = {"PostingType": posting, "AccountRef": client.ref("Account", account)}
    if customer:
        detail["Entity"] = {"Type": "Customer", "EntityRef": client.ref("Customer", customer)}
    return {
        "Amount": Decimal(amount),
        "DetailType": "JournalEntryLineDetail",
        "JournalEntryLineDetail": detail,
    }


def test_a_journal_entry_balances(client: Client) -> None:
    """Debits are credits, or 6000; trust money moves from its liability."""
    lines = [
        side(client, "Trust Liability CAD", "2260.00", "Debit"),
        side(client, "Client Trust CAD", "2260.00", "Credit"),
    ]
    booked = client.write("JournalEntry", {"Line": lines})
    assert Decimal("2260.00") == booked["TotalAmt"]
    balance = client.sandbox.books.trial_balance()
    assert (Decimal("23340.00"), Decimal("-23340.00")) == (
        balance["Client Trust CAD"],
        balance["Trust Liability CAD"],
    )
    with pytest.raises(Refusal) as caught:
        client.write("JournalEntry", {"Line": [*lines, side(client, "Chequing", "1.00", "Debit")]})
    assert "6000" == caught.value.code


def test_a_receivable_line_names_its_customer(client: Client) -> None:
    """Otherwise nobody knows whose account it is."""
    lines = [
        side(client, "Bad Debts", "56.00", "Debit"),
        side(client, "Accounts Receivable (A/R)", "56.00", "Credit"),
    ]
    with pytest.raises(Refusal):
        client.write("JournalEntry", {"Line": lines})
    lines[1] = side(client, "Accounts Receivable (A/R)", "56.00", "Credit", "Chen Wei")
    client.write("JournalEntry", {"Line": lines})
    assert Decimal("-56.00") == client.read("Customer", client.id_of("Customer", "Chen Wei"))["Balance"]
