"""What CaseEasy says otherwise than was booked, field by field."""

from dataclasses import replace
from datetime import date

import pytest

from db.money import Money
from db.records import (
    Case,
    Client,
    Doubt,
    Invoice,
    InvoiceKey,
    Line,
    LineKind,
    Mark,
    Payment,
    Stated,
    StatedTax,
)
from qb.amend import amendments
from qb.entry import Entry, Linked
from qb.receipt import Difference
from tests.books.given import cad
from tests.books.one_payment import ENTRY

CASE = Case("00002-Silva", Client("C-2", "Maria Silva", "maria@example.com"), "CAD")
SAME = Invoice(
    key=InvoiceKey("00002-Silva", "INV-1", "C-2"),
    case=CASE,
    issued=date(2026, 4, 20),
    paid=date(2026, 5, 3),
    lines=(Line(LineKind.FEE, cad("1000.00")), Line(LineKind.EXPENSE, cad("0.00"))),
    payments=(Payment("T-1", date(2026, 5, 3), "E-Transfer", cad("1130.00")),),
)


def by(method: str) -> Invoice:
    """The invoice with its payment by this method."""
    return replace(SAME, payments=(replace(SAME.payments[0], method=method),))


def booked_by(method: str) -> Entry:
    """What was booked, with CaseEasy's word for the method kept."""
    return replace(ENTRY, payments=(replace(ENTRY.payments[0], said=method),))


def test_what_was_booked_and_still_is_says_nothing() -> None:
    """Whatever the case of the method's letters, and lines of nothing."""
    assert () == amendments(ENTRY, [SAME])
    assert () == amendments(booked_by("e-transfer"), [SAME])


def test_another_method_is_told() -> None:
    """It decides where the payment is deposited, and whether it is the firm's to book at all."""
    told = Difference("Method of payment T-1", "Visa", "E-Transfer")
    assert (told,) == amendments(booked_by("Visa"), [SAME])
    told = Difference("Method of payment T-1", "Visa", "Trust transfer")
    assert (told,) == amendments(booked_by("Visa"), [by("Trust transfer")])
    assert (Difference("Method of payment T-1", "Visa", "none"),) == amendments(booked_by("Visa"), [by("")])


@pytest.mark.parametrize("method", ["Trust transfer", "Retainer"])
def test_a_method_nobody_kept_accuses_only_of_client_money(method: str) -> None:
    """What an earlier version booked doesn't say by which; that it was the firm's own is sure."""
    assert () == amendments(ENTRY, [by("Cash")])
    told = Difference("Method of payment T-1", "the firm's own money", method)
    assert (told,) == amendments(ENTRY, [by(method)])


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        (Stated(trust="Fund: Trust"), ("Fund", "the firm's own money", "Fund: Trust")),
        (Stated(mark=Mark.VOID, marked="State: Voided"), ("Status", "paid", "State: Voided")),
        (Stated(discount=cad("50.00")), ("Discount", "not booked", "$50.00")),
        (Stated(total=cad("1.00")), ("Total stated", "$1,130.00", "$1.00")),
        (Stated((StatedTax("GST", None, cad("50.00")),)), ("Tax stated", "$130.00", "$50.00")),
    ],
    ids=str,
)
def test_what_the_columns_state_is_told(stated: Stated, told: tuple[str, str, str]) -> None:
    """That it is client money or void, a discount, and sums that aren't those booked."""
    assert (Difference(*told),) == amendments(ENTRY, [replace(SAME, stated=stated)])


def test_what_is_no_longer_exported_is_told() -> None:
    """It, or a payment of it: somebody may have deleted it in CaseEasy after it was booked."""
    told = (Difference("Newest export", "in it", "no longer in it"),)
    assert told == amendments(ENTRY, [replace(SAME, doubts=(Doubt.NO_LONGER_EXPORTED,))])


def test_columns_that_state_what_was_booked_say_nothing() -> None:
    """The total and the tax as they are in the books, and a discount of nothing."""
    agreed = Stated((StatedTax("HST", None, cad("130.00")),), cad("1130.00"), cad("0.00"))
    assert () == amendments(ENTRY, [replace(SAME, stated=agreed)])


def test_a_case_that_is_a_retainer_now_is_told() -> None:
    """Its money isn't earned yet, and was booked as if it were."""
    now = replace(SAME, case=replace(CASE, kind="Retainer"))
    assert (Difference("Case type", "the firm's own money", "Retainer"),) == amendments(ENTRY, [now])


def test_client_money_is_told_even_in_another_currency() -> None:
    """Only amounts aren't compared then."""
    now = replace(SAME, case=replace(CASE, currency="USD"), stated=Stated(trust="Trust"))
    assert ["Fund", "Currency"] == [one.what for one in amendments(ENTRY, [now]) or ()]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (
            {"payments": (Payment("T-1", date(2026, 5, 4), "E-Transfer", cad("930.00")),)},
            ("Payment T-1", "$1,130.00 on 3 May 2026", "$930.00 on 4 May 2026"),
        ),
        ({"payments": ()}, ("Payment T-1", "$1,130.00 on 3 May 2026", "not in CaseEasy")),
        (
            {"payments": (*SAME.payments, Payment("T-2", date(2026, 5, 5), "Cash", cad("50.00")))},
            ("Payment T-2", "not booked", "$50.00 on 5 May 2026"),
        ),
        (
            {"payments": (*SAME.payments, Payment("T-1", date(2026, 5, 5), "Cash", cad("50.00")))},
            ("Payment T-1", "$1,130.00 on 3 May 2026", "$1,130.00 on 3 May 2026 and $50.00 on 5 May 2026"),
        ),
        ({"paid": None}, ("Paid", "yes", "no")),
        ({"issued": date(2026, 4, 21)}, ("Invoice date", "20 Apr 2026", "21 Apr 2026")),
        ({"issued": None}, ("Invoice date", "20 Apr 2026", "none")),
        (
            {"lines": (Line(LineKind.FEE, cad("900.00")), Line(LineKind.FEE, cad("50.00")))},
            ("Professional fees", "$1,000.00", "$950.00"),
        ),
        (
            {"lines": (*SAME.lines, Line(LineKind.EXPENSE, cad("635.00")))},
            ("Disbursements", "not booked", "$635.00"),
        ),
    ],
    ids=str,
)
def test_each_field_is_told(now: dict[str, object], told: tuple[str, str, str]) -> None:
    """What it is, what was booked, what is said now."""
    assert (Difference(*told),) == amendments(ENTRY, [replace(SAME, **now)])  # type: ignore[arg-type]


def test_of_a_linked_invoice_the_payments_that_others_booked_accuse_nobody() -> None:
    """Its invoice and T-0 were there already, by hand: only T-1 was ours to book."""
    linked = replace(ENTRY, linked=Linked("7", "1042", cad("1130.00")))
    before = Payment("T-0", date(2026, 5, 1), "Cash", cad("50.00"))
    assert () == amendments(linked, [replace(SAME, payments=(before, *SAME.payments))])
    (told,) = amendments(linked, [replace(SAME, payments=(before,))]) or ()
    assert "Payment T-1" == told.what


def test_another_client_is_told() -> None:
    """By name and identifier, as the number alone tells nobody anything."""
    other = replace(CASE, client=Client("C-9", "Ana Rossi", ""))
    moved = replace(SAME, key=replace(SAME.key, client="C-9"), case=other)
    assert (
        Difference("Client", "<!channel> & <https://evil|Approve> (C-2)", "Ana Rossi (C-9)"),
    ) == amendments(ENTRY, [moved])
    assert () == amendments(ENTRY, [moved, SAME])  # a number that two share: ours still says the same


def test_another_currency_is_told_alone() -> None:
    """Amounts of two currencies aren't compared."""
    case = replace(CASE, currency="USD")
    dollars = Money.of("900.00", "USD")
    payment = Payment("T-1", date(2026, 5, 3), "E-Transfer", dollars)
    now = replace(SAME, case=case, payments=(payment,), lines=(Line(LineKind.FEE, dollars),))
    assert (Difference("Currency", "CAD", "USD"),) == amendments(ENTRY, [now])


@pytest.mark.parametrize(
    "doubt",
    [Doubt.UNREADABLE, Doubt.UNCLEAR_DATE, Doubt.CONFLICTING_ROWS, Doubt.NO_CURRENCY, Doubt.NO_CLIENT],
)
def test_records_that_say_too_little_accuse_nobody(doubt: Doubt) -> None:
    """None is no answer: neither that it changed nor that it didn't."""
    assert None is amendments(ENTRY, [replace(SAME, paid=None, doubts=(doubt,))])
    assert None is amendments(ENTRY, [])
