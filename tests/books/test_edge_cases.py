"""The edge cases with their very figures, from export to journal: each is booked rightly or held."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from db import findings
from db.effects import State
from db.findings import Standing
from qb.amending import look
from qb.hold import Reason
from qb.mapping import Choice, Kind
from qb.sandbox import Fault
from qb.usable import check
from tests.books.given import DIRECTORY
from tests.books.practice import BOOKED
from tests.books.practised import practise, take_in

if TYPE_CHECKING:
    from qb.sandbox import Sandbox
    from tests.books.office import Office
    from tests.books.practice import Told
    from tests.books.practised import Practised, Side

BOOKED_RIGHTLY = {
    "1 Ontario: a fee with HST, an IRCC fee without": (
        "2001",
        {"Chequing": "2330.00", "Professional Fees": "-1500.00", "Disbursements Recovered": "-635.00"},
        {"HST ON": "195.00"},
    ),
    "3 Québec, as QuickBooks rounds it": (
        "2002",
        {"Chequing": "5168.31", "Professional Fees": "-4495.16"},
        {"GST": "224.76", "QST": "448.39"},
    ),
    "4 three times 333.33, GST on the total": (
        "2003",
        {"Chequing": "1049.99", "Professional Fees": "-999.99"},
        {"GST": "50.00"},
    ),
    "5 two instalments": (
        "2004",
        {"Chequing": "2825.00", "Professional Fees": "-2500.00"},
        {"HST ON": "325.00"},
    ),
    "7 an e-Transfer and a card": (
        "2005",
        {"Chequing": "1260.00", "Card Clearing": "1000.00", "Professional Fees": "-2000.00"},
        {"HST ON": "260.00"},
    ),
    "8 a card surcharge": (
        "2006",
        {"Card Clearing": "1389.90", "Professional Fees": "-1200.00", "Card Surcharge Income": "-33.90"},
        {"HST ON": "156.00"},
    ),
    "16 a discount before tax": (
        "2007",
        {"Chequing": "2034.00", "Professional Fees": "-1800.00"},
        {"HST ON": "234.00"},
    ),
    "20 an employer pays": (
        "2013",
        {"Chequing": "3390.00", "Professional Fees": "-3000.00"},
        {"HST ON": "390.00"},
    ),
    "2 a non-resident: a zero-rated code, not none": (
        "2008",
        {"Chequing": "1800.00", "Professional Fees": "-1800.00"},
        {},
    ),
    "a colon in the client's name": (
        "2014",
        {"Chequing": "113.00", "Professional Fees": "-100.00"},
        {"HST ON": "13.00"},
    ),
}
HELD_WITH = {
    "2 a non-resident, in US dollars": ("2101", Reason.FOREIGN_CURRENCY),
    "3 Québec, a cent above": ("2102", Reason.TAX_UNEXPLAINED),
    "4 three times 333.33, GST by line": ("2103", Reason.TAX_UNEXPLAINED),
    "6 56.00 short": ("2104", Reason.TAX_UNEXPLAINED),
    "9 1,000.00 on 960.50": ("2105", Reason.TAX_UNEXPLAINED),
    "11 refunded the next day": ("2106", Reason.REFUND),
    "12 US dollars, a Canadian customer": ("2117", Reason.FOREIGN_CURRENCY),
    "14 a retainer": ("2107", Reason.TRUST),
    "15 a trust transfer": ("2108", Reason.TRUST),
    "17 a courtesy": ("2109", Reason.NOTHING_TO_BOOK),
    "18 a number of somebody else's": ("1042", Reason.LOOKS_BOOKED),
    "19 three of one name": ("2110", Reason.NO_CONTACT),
    "2 no tax, of a client who resides in Ontario": ("2118", Reason.TAX_UNEXPLAINED),
    "2 no tax, nobody said where the client resides": ("2119", Reason.TAX_UNMAPPED),
    "a closed period": ("2111", Reason.BOOKS_CLOSED),
    "twin rows": ("2116", Reason.RECORDS_UNCLEAR),
    "a new method": ("2112", Reason.METHOD_UNMAPPED),
    "an over-long number": ("INV-2026-IMMIGRATION-00117", Reason.NUMBER_TOO_LONG),
}


def by_account(sides: tuple[Side, ...]) -> dict[str, str]:
    """What an invoice with its payments did to each account but tax; what comes to nothing isn't there."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for side in sides:
        if not side.rate:
            found[side.account] += side.amount
    return {account: str(amount) for account, amount in found.items() if amount}


def by_rate(sides: tuple[Side, ...]) -> dict[str, str]:
    """The tax it made payable."""
    return {side.rate: str(-side.amount) for side in sides if side.rate}


@pytest.mark.parametrize("case", BOOKED_RIGHTLY)
def test_it_is_booked_rightly(practised: Practised, case: str) -> None:
    """By account and rate, to the cent; the receivable comes to nothing."""
    number, accounts, taxes = BOOKED_RIGHTLY[case]
    assert (accounts, taxes) == (by_account(practised.sides[number]), by_rate(practised.sides[number]))


def test_each_payment_keeps_its_own_day(practised: Practised) -> None:
    """Case 5: 1,000.00 on 3 May and 1,825.00 on 2 June, of an invoice of 20 April."""
    days = [(one.dated, str(one.amount)) for one in practised.sides["2004"] if one.account == "Chequing"]
    assert [("2026-05-03", "1000.00"), ("2026-06-02", "1825.00")] == days
    assert "2026-04-20" == practised.sides["2004"][0].dated


@pytest.mark.parametrize("case", HELD_WITH)
def test_it_is_held_with_its_reason(practised: Practised, case: str) -> None:
    """One reason, and no document."""
    number, reason = HELD_WITH[case]
    (held,) = [one for one in practised.plan.held if one.key.number == number]
    assert [reason] == [hold.reason for hold in held.holds]
    assert number not in practised.sides


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("2102", "(14.975 %: $0.01 over; 15 %: $1.11 short; 13 %: $88.79 over)"),
        ("2104", "(5 %: $40.00 over; 13 %: $56.00 short; 14.975 %: $79.70 short)"),
        ("2105", "(15 %: $22.50 over; 14.975 %: $22.71 over; 13 %: $39.50 over)"),
        ("2106", "$1,017.00 came in, $1,017.00 went back."),
    ],
)
def test_what_is_missing_or_too_much_is_said(practised: Practised, number: str, said: str) -> None:
    """Cases 3, 6, 9 and 11: at each rate that comes near, short or over; what came and what went back."""
    (held,) = [one for one in practised.plan.held if one.key.number == number]
    assert said in held.holds[0].sentence


def test_nobody_is_added_for_a_name_that_three_have(practised: Practised, practised_books: Sandbox) -> None:
    """Case 19: the three Priya Sharmas of before are there, one of them inactive, and no fourth."""
    names = [one["DisplayName"] for one in practised_books.books.entities("Customer")]
    assert [
        "Priya Sharma",
        "Priya Sharma (Brampton)",
        "Priya Sharma 2019 (deleted)",
    ] == [name for name in names if name.startswith("Priya Sharma")]


def test_a_canadian_account_for_dollars_is_refused_when_it_is_mapped() -> None:
    """Case 13: QuickBooks itself would take USD 900.00 into it."""
    choice = Choice(Kind.DEPOSIT, "USD", "35", "Chequing")
    assert "Chequing is kept in CAD, not in USD." == check(choice, DIRECTORY)


REFUNDED = replace(
    BOOKED[0],
    number="2201",
    client="Petra Vogel",
    fee="3000.00",
    expense="",
    payments=(("2026-05-03", "e-Transfer", "3390.00"),),
)


@pytest.mark.parametrize(
    "later",
    [
        replace(REFUNDED, payments=(*REFUNDED.payments, ("2026-06-01", "e-Transfer", "-1130.00"))),
        replace(REFUNDED, fee="2500.00"),
    ],
    ids=["10 a part is refunded", "edited in CaseEasy"],
)
def test_what_changes_after_its_sync_is_told_and_the_books_stay(office: Office, later: Told) -> None:
    """3,390.00 stay booked as they were; a person is told what an export says now."""
    before = practise(office, (REFUNDED,))
    journal = office.sandbox.books.journal()
    take_in(office, (later,))
    look(office.database, office.firm_id, office.clock(), office.new_id)
    with office.database.read() as session:
        (told,) = findings.amended(session, office.firm_id, office.sandbox.realm_id)
    assert Standing.OPEN is told.standing
    assert [Reason.ALREADY_BOOKED] == [one.holds[0].reason for one in office.propose().plan.held]
    assert journal == office.sandbox.books.journal()
    assert {"Chequing": "3390.00", "Professional Fees": "-3000.00"} == by_account(before.sides["2201"])


TROUBLE = (
    Fault("cut", method="POST", path="invoice", containing="invoice 2001", after=True),
    Fault("gateway", method="POST", path="payment", containing="invoice 2004", after=True),
    Fault("expired", method="POST", path="payment", containing="invoice 2005"),
    Fault("throttle", method="POST", path="invoice", containing="invoice 2006"),
)


def test_trouble_on_the_way_changes_no_cent(office: Office, practised: Practised) -> None:
    """Cut off after QuickBooks booked it, a token dead in the middle, throttled: the journal is the same.

    It is half past eleven in the evening in Toronto and the next day already by UTC: no date moves.
    """
    office.clock.sleep(15.5 * 3600)
    found = practise(office, BOOKED, TROUBLE)
    assert () == office.sandbox.faults.waiting()
    assert {State.CONFIRMED} == found.states
    for number, sides in practised.sides.items():
        calm = sorted((s.dated, s.account, s.customer, s.rate, s.amount) for s in sides)
        assert calm == sorted((s.dated, s.account, s.customer, s.rate, s.amount) for s in found.sides[number])
