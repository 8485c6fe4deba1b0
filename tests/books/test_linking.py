"""A document that a person linked to an invoice: what of it is missing there is booked, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.said import Said
from qb.hold import Mend, Reason
from qb.plan import adds_up, plan
from tests.books.given import cad, invoice, paid
from tests.books.others_given import BILL, INSTALMENTS, MONEY, ROSSI, SALE, answer, booked, ground, held

if TYPE_CHECKING:
    from qb.others import Other


def test_linked_and_paid_there_is_in_the_books_already() -> None:
    """Nothing is missing: it counts as booked, and nothing of it is booked again."""
    link, paying = answer(Said.LINK, "Invoice:7"), replace(MONEY, applied=(("7", cad("2330.00")),))
    (found,) = held(ground(replace(SALE, balance=cad("0.00")), paying, it=link)).holds
    assert (Reason.ALREADY_BOOKED, Mend.NONE) == (found.reason, found.mend)
    receipt = replace(SALE, entity="SalesReceipt", balance=None)
    (found,) = held(ground(receipt, it=answer(Said.LINK, "SalesReceipt:7"))).holds
    assert Reason.ALREADY_BOOKED is found.reason


@pytest.mark.parametrize(
    "paying",
    [
        (),
        (replace(MONEY, total=cad("1000.00"), applied=(("7", cad("1000.00")),)),),
        (replace(MONEY, total=cad("1000.00"), applied=(("7", cad("2330.00")),)),),
    ],
    ids=["a write-off", "a part and a write-off", "a payment that took a credit with it"],
)
def test_linked_and_closed_there_without_money_is_held(paying: tuple[Other, ...]) -> None:
    """A credit or a write-off closed it there: the client's money isn't in the books."""
    on = ground(replace(SALE, balance=cad("0.00")), *paying, it=answer(Said.LINK, "Invoice:7"))
    (found,) = held(on).holds
    assert Reason.LOOKS_BOOKED is found.reason
    assert "not all of that was money: a credit or a write-off closed it there." in found.sentence


def test_linked_and_paid_there_otherwise_is_in_the_books_too() -> None:
    """Paid in full there by one payment where CaseEasy has two."""
    paying = replace(MONEY, applied=(("7", cad("2330.00")),))
    on = ground(replace(SALE, balance=cad("0.00")), paying, it=answer(Said.LINK, "Invoice:7"))
    assert [Reason.ALREADY_BOOKED] == [one.reason for one in plan([INSTALMENTS], on).held[0].holds]


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        (date(2026, 6, 2), date(2026, 5, 3)),
        (date(2026, 6, 9), date(2026, 5, 3)),
        (date(2026, 5, 1), date(2026, 6, 2)),
    ],
)
def test_of_two_equal_payments_the_one_of_another_day_is_missing(there: date, missing: date) -> None:
    """1,165.00 on 3 May and on 2 June: what QuickBooks holds is the one whose day is near."""
    first = replace(MONEY, date=there, total=cad("1165.00"), applied=(("7", cad("1165.00")),))
    on = ground(replace(SALE, balance=cad("1165.00")), first, it=answer(Said.LINK, "Invoice:7"))
    (entry,) = plan([INSTALMENTS], on).entries
    assert [missing] == [payment.date for payment in entry.payments]


@pytest.mark.parametrize("there", [date(2026, 5, 11), date(2026, 6, 10), None])
def test_a_payment_of_no_day_of_ours_is_held(there: date | None) -> None:
    """More than a week from either: which of the two it is, nobody guesses."""
    first = replace(MONEY, date=there, total=cad("1165.00"), applied=(("7", cad("1165.00")),))
    on = ground(replace(SALE, balance=cad("1165.00")), first, it=answer(Said.LINK, "Invoice:7"))
    (found,) = plan([INSTALMENTS], on).held[0].holds
    assert "what is received and open there isn't what its payments leave." in found.sentence


def test_linked_and_open_there_only_its_payment_is_booked() -> None:
    """The invoice is there: the entry names it, and holds the payment that is missing."""
    entry = booked(ground(SALE, it=answer(Said.LINK, "Invoice:7")))
    assert entry.linked is not None
    assert ("7", "1042", cad("2330.00")) == (entry.linked.id, entry.linked.number, entry.linked.open)
    assert [cad("2330.00")] == [payment.amount for payment in entry.payments]
    assert adds_up(entry)


def test_of_two_payments_the_missing_one_is_booked() -> None:
    """1,000.00 of 2,330.00 was received there by hand: 1,330.00 is booked."""
    bill = invoice(
        paid("1000.00", "T-1"), paid("1330.00", "T-2"), number="1042", fee="1500.00", expense="635.00"
    )
    first = replace(MONEY, total=cad("1000.00"), applied=(("7", cad("1000.00")),))
    on = ground(replace(SALE, balance=cad("1330.00")), first, it=answer(Said.LINK, "Invoice:7"))
    (entry,) = plan([bill], on).entries
    assert [cad("1330.00")] == [payment.amount for payment in entry.payments]
    assert adds_up(entry)


@pytest.mark.parametrize(
    "other",
    [
        replace(SALE, balance=cad("2000.00")),
        replace(SALE, total=cad("2331.00"), balance=cad("2331.00")),
        replace(SALE, customer=ROSSI),
    ],
)
def test_a_link_that_does_not_fit_is_held(other: Other) -> None:
    """Something else is open there, another total, another customer: a person looks, nothing is plugged."""
    (found,) = held(ground(other, it=answer(Said.LINK, "Invoice:7"))).holds
    assert found.sentence.startswith("It was linked to invoice 1042")


def test_a_link_to_what_is_gone_is_held() -> None:
    """Somebody deleted the document: nobody said what becomes of the invoice."""
    (found,) = held(ground(it=answer(Said.LINK, "Invoice:7"))).holds
    assert Reason.LOOKS_BOOKED is found.reason


def test_money_beside_a_linked_invoice_holds_what_is_missing() -> None:
    """The invoice is linked and its payment lies there unapplied: receiving it again would double it."""
    (found,) = held(ground(SALE, MONEY, it=answer(Said.LINK, "Invoice:7"))).holds
    assert found.sentence.startswith("Looks already booked: payment of 5 May 2026")


def test_a_linked_document_is_no_other_invoices() -> None:
    """What was said to be one invoice isn't held against the next of the same amount."""
    twin = invoice(paid("2330.00", "T-9"), number="1043", fee="1500.00", expense="635.00")
    paying = replace(MONEY, applied=(("7", cad("2330.00")),))
    link = answer(Said.LINK, "Invoice:7", seen=SALE.seen)
    on = ground(replace(SALE, balance=cad("0.00")), paying, it=link)
    assert ["1043"] == [entry.number for entry in plan([BILL, twin], on).entries]


def test_a_linked_document_that_became_another_invoice_is_asked_about() -> None:
    """It was linked to 1042 and has another day and number by now: it may be 1043, so 1043 waits."""
    twin = invoice(paid("2330.00", "T-9"), number="1043", fee="1500.00", expense="635.00")
    link = answer(Said.LINK, "Invoice:7", seen=SALE.seen)
    made = plan([twin], ground(replace(SALE, number="1043", date=date(2026, 4, 22)), it=link))
    assert [Reason.LOOKS_BOOKED] == [one.holds[0].reason for one in made.held]
