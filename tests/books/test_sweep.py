"""Each mark in QuickBooks against one confirmed booking: every way the two can part is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.effects.values import State
from db.money import Money
from qb.entry import Named
from qb.receipt import Difference
from qb.sweep import Document, Finding, Kind, Reading, compare, marks_in
from tests.books.given import cad
from tests.books.one_payment import (
    INVOICE,
    INVOICE_THERE,
    MARK,
    NIGHT,
    NOTHING,
    OTHER_MARK,
    PAID,
    PAID_THERE,
    ROSSI,
    SAVINGS,
    effect,
)


def reading(*documents: Document, **more: frozenset[tuple[str, str]]) -> Reading:
    """What QuickBooks said tonight."""
    return Reading(NIGHT, documents, **more)


def the(found: tuple[Finding, ...]) -> Finding:
    """The one finding."""
    (one,) = found
    return one


def told(found: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    """The differences of the one finding, which is an edit."""
    assert Kind.EDITED is the(found).kind
    return [(one.what, one.expected, one.found) for one in the(found).differences]


def test_what_is_as_booked_is_nothing_to_tell() -> None:
    """An invoice and its payment, as they were sent."""
    assert () == compare(reading(INVOICE_THERE, PAID_THERE), (INVOICE, PAID))


def test_what_was_not_looked_at_is_not_spoken_of() -> None:
    """Neither changed nor asked for: it may be as booked or not."""
    assert () == compare(reading(), (INVOICE, PAID))


@pytest.mark.parametrize(
    ("change", "what", "booked", "now"),
    [
        ({"total": cad("1131.00")}, "Amount", "$1,130.00", "$1,131.00"),
        ({"total": Money.of("1130.00", "USD")}, "Amount", "$1,130.00", "US$1,130.00"),
        ({"account": SAVINGS}, "Deposited to", "Chequing", "Savings"),
        ({"account": Named("", "")}, "Deposited to", "Chequing", "nothing"),
        ({"customer": ROSSI}, "Customer", "Maria Silva", 'René "Ané" O\'Brien \\ 马春梅'),
        ({"date": date(2026, 6, 1)}, "Date", "3 May 2026", "1 Jun 2026"),
        ({"applied": ()}, "Applied to its invoice", "$1,130.00", "$0.00"),
        (
            {"applied": (("70", cad("30.00")), ("71", cad("1100.00")))},
            "Applied to its invoice",
            "$1,130.00",
            "$30.00",
        ),
        ({"marks": ()}, "Our mark in its memo", MARK, "not there"),
    ],
)
def test_an_edited_payment_says_what_was_and_what_is(
    change: dict[str, object], what: str, booked: str, now: str
) -> None:
    """Amount, account, customer, date, invoice, mark: each by itself, before and after."""
    edited = replace(PAID_THERE, **change)  # type: ignore[arg-type]
    assert [(what, booked, now)] == told(compare(reading(edited), (PAID,)))


@pytest.mark.parametrize(
    ("change", "what", "booked", "now"),
    [
        ({"total": cad("1131.00")}, "Total", "$1,130.00", "$1,131.00"),
        ({"tax": cad("50.00")}, "Tax", "$130.00", "$50.00"),
        ({"customer": ROSSI}, "Customer", "Maria Silva", 'René "Ané" O\'Brien \\ 马春梅'),
        ({"number": "INV-2"}, "Number", "INV-1", "INV-2"),
        ({"date": None}, "Date", "20 Apr 2026", "nothing"),
        (
            {"lines": ((Named("2", "Disbursements"), cad("1000.00")),)},
            "Lines",
            "Professional Fees $1,000.00",
            "Disbursements $1,000.00",
        ),
    ],
)
def test_an_edited_invoice_says_what_was_and_what_is(
    change: dict[str, object], what: str, booked: str, now: str
) -> None:
    """Total, tax, customer, number, date, lines: each by itself, before and after."""
    edited = replace(INVOICE_THERE, **change)  # type: ignore[arg-type]
    assert [(what, booked, now)] == told(compare(reading(edited), (INVOICE,)))


def test_two_documents_of_one_mark_are_twins() -> None:
    """The one we booked comes first, whichever was read first."""
    twin = replace(PAID_THERE, id="1042")
    found = the(compare(reading(twin, PAID_THERE), (PAID,)))
    assert (Kind.TWIN, ["1043", "1042"]) == (found.kind, [one.id for one in found.documents])
    assert PAID is found.ours


def test_a_finding_is_the_same_however_it_was_read() -> None:
    """Else the same two copies would be news every night."""
    copies = [replace(PAID_THERE, id=number) for number in ("999", "1044", "1050")]
    one_way, other_way = reading(*copies, PAID_THERE), reading(PAID_THERE, *reversed(copies))
    assert compare(one_way, (PAID,)) == compare(other_way, (PAID,))
    assert ["1043", "999", "1044", "1050"] == [one.id for one in the(compare(one_way, (PAID,))).documents]


def test_a_voided_twin_is_none_any_more() -> None:
    """Somebody put it right."""
    assert () == compare(reading(PAID_THERE, replace(PAID_THERE, id="1044", total=NOTHING)), (PAID,))


def test_a_mark_on_another_kind_of_document_is_a_twin_too() -> None:
    """A payment copied into an invoice carries the payment's mark."""
    copied = replace(INVOICE_THERE, id="99", marks=(MARK,))
    assert Kind.TWIN is the(compare(reading(PAID_THERE, copied), (PAID,))).kind


def test_a_voided_document_is_told_as_voided() -> None:
    """Worth nothing, its mark still in the note."""
    found = the(compare(reading(replace(PAID_THERE, total=NOTHING, applied=())), (PAID,)))
    assert (Kind.VOIDED, ()) == (found.kind, found.differences)


def test_a_deleted_document_is_told_as_deleted() -> None:
    """QuickBooks says so; whether it was asked for too makes no difference."""
    place = frozenset({("Payment", "1043")})
    assert Kind.DELETED is the(compare(reading(deleted=place), (PAID,))).kind
    assert Kind.DELETED is the(compare(reading(deleted=place, asked=place), (PAID,))).kind


def test_a_deletion_that_isnt_ours_is_nothing_to_tell() -> None:
    """The same number on another kind of document is another document."""
    assert () == compare(reading(deleted=frozenset({("Invoice", "1043"), ("Payment", "7")})), (PAID,))


def test_what_was_asked_for_and_isnt_there_is_missing() -> None:
    """It was confirmed once."""
    found = the(compare(reading(asked=frozenset({("Payment", "1043")})), (PAID,)))
    assert (Kind.MISSING, (), PAID) == (found.kind, found.documents, found.ours)


def test_what_was_confirmed_a_moment_ago_isnt_missing_yet() -> None:
    """An answer of QuickBooks may not show it yet."""
    fresh = replace(PAID, effect=replace(PAID.effect, settled_at=NIGHT - timedelta(minutes=9)))
    assert () == compare(reading(asked=frozenset({("Payment", "1043")})), (fresh,))


def test_our_own_gone_and_another_with_its_mark_is_one_line() -> None:
    """The wrong one of two was deleted: it says so, with the other beside it."""
    twin = replace(PAID_THERE, id="1044")
    found = the(compare(reading(twin, deleted=frozenset({("Payment", "1043")})), (PAID,)))
    assert (Kind.DELETED, ["1044"]) == (found.kind, [one.id for one in found.documents])


def test_a_mark_we_know_nothing_of_is_a_stranger() -> None:
    """As a restored backup leaves them, or another CaseLedger."""
    found = the(compare(reading(INVOICE_THERE, PAID_THERE), (INVOICE,)))
    assert (Kind.STRANGER, "Payment", MARK, None) == (found.kind, found.entity, found.mark, found.ours)


@pytest.mark.parametrize("state", [State.REVIEW, State.REJECTED, State.SENDING, State.READY, State.PARKED])
def test_a_document_that_we_dont_count_as_booked_is_a_stranger(state: State) -> None:
    """Refused, under review, or long under way: it is in the books all the same."""
    ours = replace(PAID, effect=effect("Payment", None, state))
    found = the(compare(reading(PAID_THERE), (ours,)))
    assert (Kind.STRANGER, ours, "") == (found.kind, found.ours, found.anew)


@pytest.mark.parametrize("state", [State.SENDING, State.READY, State.PARKED])
def test_what_is_just_being_booked_settles_by_itself(state: State) -> None:
    """Sent a quarter of an hour ago: its answer or its look is still to come."""
    moving = replace(effect("Payment", None, state), last_sent=NIGHT - timedelta(minutes=15))
    assert () == compare(reading(PAID_THERE), (replace(PAID, effect=moving),))


def test_what_was_refused_and_booked_anew_names_the_other_one() -> None:
    """Both are in the books: the bookkeeper must know which one counts."""
    refused = replace(PAID, effect=effect("Payment", None, State.REJECTED))
    anew = replace(PAID, mark=OTHER_MARK, effect=effect("Payment", "1050"))
    there = replace(PAID_THERE, id="1050", marks=(OTHER_MARK,))
    found = the(compare(reading(PAID_THERE, there), (refused, anew)))
    assert (Kind.STRANGER, "1050") == (found.kind, found.anew)


@pytest.mark.parametrize("how", ["voided", "deleted", "missing"])
def test_payments_of_an_invoice_that_is_gone_arent_told_beside_it(how: str) -> None:
    """One thing happened, so it is one line."""
    loose = replace(PAID_THERE, applied=())
    place = frozenset({("Invoice", "70")})
    books = {
        "voided": reading(replace(INVOICE_THERE, total=NOTHING), loose),
        "deleted": reading(loose, deleted=place),
        "missing": reading(loose, asked=place),
    }
    assert how == the(compare(books[how], (INVOICE, PAID))).kind


def test_a_mark_is_known_by_its_form() -> None:
    """Twenty-two letters and digits of base 32 in brackets, wherever they stand in the note."""
    assert (MARK, OTHER_MARK) == marks_in(f"Voided - x {MARK}{OTHER_MARK} {MARK}")
    assert () == marks_in("[rec:abc] [rec:ABCDEFGHIJKLMNOPQRST21] [rec:ABCDEFGHIJKLMNOPQRST222]")


def test_a_difference_is_the_receipts() -> None:
    """What differs is told in the receipt's words, so that both read alike."""
    edited = replace(PAID_THERE, account=SAVINGS)
    found = the(compare(reading(edited), (PAID,)))
    assert (Difference("Deposited to", "Chequing", "Savings"),) == found.differences


copies = st.lists(st.sampled_from(["as booked", "voided", "another amount"]), max_size=3)


@given(st.sampled_from(["as booked", "voided", "deleted", "missing", "unread"]), copies)
def test_every_living_copy_is_told_and_nothing_else(own: str, others: list[str]) -> None:
    """However many copies there are and whatever became of our own: none escapes, none is invented."""
    shapes = {"as booked": PAID_THERE, "voided": replace(PAID_THERE, total=NOTHING)}
    shapes["another amount"] = replace(PAID_THERE, total=cad("5.00"))
    twins = [replace(shapes[how], id=str(2000 + at)) for at, how in enumerate(others)]
    place = frozenset({PAID.place})
    books = reading(
        *([shapes[own]] if own in shapes else []),
        *twins,
        deleted=place if own == "deleted" else frozenset(),
        asked=place if own == "missing" else frozenset(),
    )
    found = compare(books, (PAID,))
    living = {one.id for one in twins if one.total.amount}
    assert living == {one.id for finding in found for one in finding.documents} - {"1043"}
    gone = own in {"voided", "deleted", "missing"}
    assert [own] * gone == [one.kind for one in found if one.kind is not Kind.TWIN]
    assert (not gone and bool(living)) == (Kind.TWIN in {one.kind for one in found})
