"""An invoice that looks as if it were in QuickBooks already is held, by number, amount or money."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NoReturn

import pytest

from db.money import Money
from db.said import Said
from qb.alike import free_number
from qb.hold import Mend, Reason
from qb.mapping import Choice, Kind
from qb.others import Other, Others
from qb.plan import plan
from tests.books.given import DIRECTORY, GROUND, cad, invoice, mapped, paid
from tests.books.others_given import (
    BILL,
    FED,
    INSTALMENTS,
    MARIA,
    MONEY,
    ROSSI,
    SALE,
    answer,
    booked,
    ground,
    held,
)


@pytest.mark.parametrize(
    "other",
    [
        SALE,
        replace(SALE, total=cad("1.00")),
        replace(SALE, number="INV-01042", total=cad("1.00")),
        replace(SALE, customer=ROSSI, total=cad("1.00")),
        replace(SALE, number="7", date=date(2026, 5, 4)),
        replace(SALE, entity="SalesReceipt", balance=None),
        MONEY,
        replace(MONEY, date=date(2026, 4, 26)),
        replace(MONEY, entity="SalesReceipt"),
        FED,
        replace(FED, account="36"),
        replace(FED, customer=MARIA, account="41"),
    ],
    ids=lambda other: (
        f"{other.entity} {other.number} {other.customer.name} {other.total.amount} {other.date}"
    ),
)
def test_what_looks_booked_is_held(other: Other) -> None:
    """Same number, also but for a prefix of the customer's own; same total near by; money within a week."""
    (found,) = held(ground(other)).holds
    assert (Reason.LOOKS_BOOKED, Mend.ALIKE) == (found.reason, found.mend)


@pytest.mark.parametrize(
    "other",
    [
        replace(SALE, number="1043", total=cad("1.00")),
        replace(SALE, number="INV-1042", customer=ROSSI),
        replace(SALE, number="7", customer=ROSSI),
        replace(SALE, number="7", date=date(2026, 5, 11)),
        replace(SALE, total=cad("0.00")),
        replace(MONEY, customer=ROSSI),
        replace(MONEY, date=date(2026, 5, 11)),
        replace(MONEY, total=cad("2330.01")),
        replace(FED, account="41"),
        replace(FED, account="40"),
        replace(FED, total=Money.of("2330.00", "USD"), account="37"),
        replace(FED, customer=ROSSI),
    ],
    ids=lambda other: (
        f"{other.entity} {other.number} {other.customer.name} {other.total.amount} {other.date}"
        f" {other.account}"
    ),
)
def test_what_only_looks_a_little_like_it_holds_nothing(other: Other) -> None:
    """Another number, customer, total, currency; no bank account; money of eight days later; voided."""
    assert "1042" == booked(ground(other)).number


@pytest.mark.parametrize("day", [date(2026, 4, 26), date(2026, 5, 18), date(2026, 6, 9)])
@pytest.mark.parametrize("other", [MONEY, replace(MONEY, entity="SalesReceipt"), FED])
def test_instalments_entered_as_one_are_held(other: Other, day: date) -> None:
    """1,165.00 on 3 May and on 2 June, entered by hand or by the bank as 2,330.00 of a day between."""
    (found,) = plan([INSTALMENTS], ground(replace(other, date=day))).held
    assert [Reason.LOOKS_BOOKED] == [one.reason for one in found.holds]


def test_money_of_another_time_is_not_the_instalments() -> None:
    """Eight days before the first, eight after the last: another 2,330.00."""
    for day in (date(2026, 4, 25), date(2026, 6, 10)):
        assert () == plan([INSTALMENTS], ground(replace(MONEY, date=day))).held


def test_bank_feed_is_seen_where_cards_go_to_clearing() -> None:
    """Our payment is mapped to Card Clearing; the bank's own line of that money lies in Chequing."""
    card = invoice(paid("2330.00", method="Credit Card"), number="1042", fee="1500.00", expense="635.00")
    clearing = mapped(Choice(Kind.DEPOSIT, "CAD", "40", "Card Clearing"))
    for account in ("35", "40"):
        on = replace(ground(replace(FED, account=account)), mapping=clearing)
        assert [Reason.LOOKS_BOOKED] == [one.holds[0].reason for one in plan([card], on).held]


def test_the_document_is_named_as_a_bookkeeper_finds_it() -> None:
    """Kind, number, day, amount, customer, and that it wasn't made here."""
    (found,) = held(ground(SALE)).holds
    assert (
        "Looks already booked: invoice 1042 of 20 Apr 2026, $2,330.00, for Maria Silva, made there by hand "
        "or another program. Say whether that is this invoice: press Compare. Who can: an admin or approver."
    ) == found.line


def test_what_pays_the_document_is_not_told_beside_it() -> None:
    """A hand-made invoice with its payment is one thing to look at."""
    paying = replace(MONEY, applied=(("7", cad("2330.00")),))
    (found,) = held(ground(replace(SALE, balance=cad("0.00")), paying)).holds
    assert "payment" not in found.sentence


def test_numbers_that_quickbooks_gives_are_compared_within_the_customer() -> None:
    """Where QuickBooks numbers by itself, somebody else's 1042 says nothing."""
    numbering = replace(DIRECTORY, custom_numbers=False)
    on = replace(ground(replace(SALE, customer=ROSSI, total=cad("1.00"))), directory=numbering)
    assert "" == booked(on).number
    own = replace(ground(replace(SALE, total=cad("1.00"))), directory=numbering)
    assert Reason.LOOKS_BOOKED is held(own).holds[0].reason


def test_another_is_booked_under_the_number_that_is_free() -> None:
    """Ben said that 1042 is somebody else's: it goes out as CE-1042; what comes up later holds it again."""
    theirs = replace(SALE, customer=ROSSI)
    other = answer(Said.ANOTHER, dismissed=(theirs.seen,), number="CE-1042")
    assert "CE-1042" == booked(ground(theirs, it=other)).number
    assert Reason.LOOKS_BOOKED is held(ground(theirs, MONEY, it=other)).holds[0].reason


@pytest.mark.parametrize(
    "since",
    [{"customer": ROSSI}, {"total": cad("1.00")}, {"date": date(2026, 4, 21)}, {"number": "INV-1042"}],
    ids=lambda since: next(iter(since)),
)
def test_what_was_changed_there_is_asked_about_again(since: dict[str, Any]) -> None:
    """It was another client's when Ben said so, and has become this invoice: that answer was for another."""
    other = answer(Said.ANOTHER, dismissed=(replace(SALE, **since).seen,), number="CE-1042")
    assert Reason.LOOKS_BOOKED is held(ground(SALE, it=other)).holds[0].reason


def test_what_is_open_or_paid_there_makes_it_no_other_document() -> None:
    """Somebody else's invoice is paid: nobody is asked again whose it is."""
    theirs = replace(SALE, customer=ROSSI)
    other = answer(Said.ANOTHER, dismissed=(theirs.seen,), number="CE-1042")
    assert "CE-1042" == booked(ground(replace(theirs, balance=cad("0.00")), it=other)).number


def test_the_print_of_a_document_stays_as_it_is_kept() -> None:
    """Answers in the database carry it, and the migration that wrote the first ones computes it by itself."""
    assert "Invoice:7@20340115b6b3" == SALE.seen
    assert "Deposit:9:1@c461d8017c6f" == FED.seen


class Closed(dict[str, Other]):
    """Documents that can be looked up and not gone through."""

    def values(self) -> NoReturn:
        """Refuse."""
        raise AssertionError("all documents were gone through for one invoice")

    __iter__ = items = keys = values


def test_no_invoice_goes_through_all_documents() -> None:
    """With thousands of either, what takes a look at each for each would take minutes."""
    documents = Others.of([SALE, MONEY, FED])
    others = replace(documents, by_key=Closed({one.key: one for one in (SALE, MONEY, FED)}))
    said = [None, answer(Said.LINK, "Invoice:7"), answer(Said.HOLD), answer(Said.ANOTHER)]
    for one in said:
        on = replace(GROUND, others=others, answers={one.subject: one} if one else {})
        assert [Reason.LOOKS_BOOKED] == [each.holds[0].reason for each in plan([BILL], on).held]
    (entry,) = plan([BILL], GROUND).entries
    assert "CE-1042" == free_number(entry, others)


def test_a_free_number_is_no_sales_number_there() -> None:
    """Taken by whoever, written however; the next free one, and none where its own is free."""
    (entry,) = plan([BILL], GROUND).entries
    taken = replace(SALE, number=" 1042 ", customer=ROSSI)
    also = replace(taken, id="8", entity="SalesReceipt", number="ce-1042")
    assert "CE2-1042" == free_number(entry, Others.of([taken, also]))
    assert "" == free_number(entry, Others.of([also, replace(MONEY, number="1042")]))


def test_held_stays_held() -> None:
    """Also where what it looked like is gone."""
    for on in (ground(SALE, it=answer(Said.HOLD)), ground(it=answer(Said.HOLD))):
        (found,) = held(on).holds
        assert found.sentence.startswith("Somebody left it held, as it looks already booked: ")
