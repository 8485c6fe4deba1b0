"""A receipt ties only if QuickBooks says exactly what was booked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.money import Money
from qb.plan import plan
from qb.receipt import Booked, Difference, compare, not_found
from qb.wire import InvoiceSeen, PaymentSeen
from tests.books.given import DIRECTORY, GROUND, cad, invoice, paid

if TYPE_CHECKING:
    from collections.abc import Callable

(ENTRY,) = plan([invoice(paid("2330.00"), fee="1500.00", expense="635.00")], GROUND).entries
SUBJECT = ENTRY.payments[0].subject
SEEN = InvoiceSeen("145", "INV-1001", "58", cad("2330.00"), cad("195.00"), cad("0.00"), "Memo [rec:I]", "1")
PAID = PaymentSeen(
    "146", "58", "35", cad("2330.00"), cad("0.00"), (("145", cad("2330.00")),), "Memo [rec:P]", "0"
)
BOOKED = Booked(ENTRY, SEEN, "[rec:I]", {SUBJECT: PAID}, {SUBJECT: "[rec:P]"})


def on_invoice(**changes: object) -> Callable[[Booked], Booked]:
    """QuickBooks' invoice says something else."""
    return lambda booked: replace(booked, invoice=replace(booked.invoice, **changes))  # type: ignore[arg-type]


def on_payment(**changes: object) -> Callable[[Booked], Booked]:
    """QuickBooks' payment says something else."""
    return lambda booked: replace(
        booked,
        payments={SUBJECT: replace(booked.payments[SUBJECT], **changes)},  # type: ignore[arg-type]
    )


def test_what_was_booked_ties() -> None:
    """Total, tax, number, balance, and where each payment went."""
    receipt = compare(BOOKED, DIRECTORY)
    assert receipt.ties
    assert ("145", "INV-1001", cad("2330.00"), cad("195.00"), cad("0.00")) == (
        receipt.id,
        receipt.number,
        receipt.total,
        receipt.tax,
        receipt.balance,
    )
    assert [("146", cad("2330.00"), "Chequing")] == [(p.id, p.amount, p.account) for p in receipt.payments]


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (on_invoice(total=cad("2330.01")), Difference("Total", "$2,330.00", "$2,330.01")),
        (
            on_invoice(total=Money.of("2330.00", "USD")),
            Difference("Total", "$2,330.00", "US$2,330.00"),
        ),
        (on_invoice(tax=cad("194.99")), Difference("Tax", "$195.00", "$194.99")),
        (on_invoice(balance=cad("0.01")), Difference("Balance", "$0.00", "$0.01")),
        (on_invoice(customer_id="59"), Difference("Customer", "58", "59")),
        (on_invoice(number="1043"), Difference("Number", "INV-1001", "1043")),
        (on_invoice(note="Memo"), Difference("Our mark on the invoice", "[rec:I]", "not there")),
        (on_payment(total=cad("2330.01")), Difference("Payment T-1", "$2,330.00", "$2,330.01")),
        (on_payment(applied=()), Difference("Payment T-1, applied", "$2,330.00", "$0.00")),
        (
            on_payment(applied=(("999", cad("2330.00")),)),
            Difference("Payment T-1, applied", "$2,330.00", "$0.00"),
        ),
        (
            on_payment(account_id="38"),
            Difference("Payment T-1, deposited to", "Chequing", "Client Trust CAD"),
        ),
        (on_payment(customer_id=""), Difference("Payment T-1, customer", "58", "nothing")),
        (on_payment(note=""), Difference("Our mark on Payment T-1", "[rec:P]", "not there")),
        (
            lambda booked: replace(booked, payments={}),
            Difference("Payment T-1", "in QuickBooks", "not found"),
        ),
    ],
)
def test_any_difference_is_named(change: Callable[[Booked], Booked], difference: Difference) -> None:
    """To the cent, with what was expected and what was found."""
    receipt = compare(change(BOOKED), DIRECTORY)
    assert not receipt.ties
    assert (difference,) == receipt.differences


def test_quickbooks_own_number_is_no_difference() -> None:
    """Where it numbers itself, whatever number it gave is right."""
    receipt = compare(replace(BOOKED, entry=replace(ENTRY, number="")), DIRECTORY)
    assert receipt.ties


def test_an_invoice_that_is_gone_does_not_tie() -> None:
    """Somebody deleted it before it was read back."""
    receipt = not_found(ENTRY, "Invoice INV-1001")
    assert (Difference("Invoice INV-1001", "in QuickBooks", "not found"),) == receipt.differences
