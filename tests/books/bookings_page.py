"""The page of bookings that an accountant can sign, from what the books of the other side say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from tests.books.practice import BOOKED, HELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qb.hold import Hold
    from tests.books.practice import Told
    from tests.books.practised import Practised, Side

HEAD = """\
# How each kind of paid invoice is booked

For whoever keeps the firm's books. Every paid invoice of CaseEasy becomes an **Invoice** in QuickBooks, and
each of its payments a **Payment** that is applied to it, dated as CaseEasy dates them. What can't be booked
rightly is held with its reason, and nothing of it is sent.

This page is made by the tests. They take CaseEasy's exports in, book them in a QuickBooks that lives in the
repository, keeps double-entry books of its own and shares no code with CaseLedger, and write down its
journal; a test fails where the page says anything else. `GOLDEN=write pytest tests/books/test_bookings.py`
writes it anew. It has not been held against a company at Intuit yet.

The accounts, items and codes are those of an example firm: which ones yours uses is what it confirmed under
`/qb-mapping`. Amounts are in Canadian dollars.

## What is booked
"""
HELD_HEAD = """\
## What is held

Nothing of these is sent until what is named is settled. Where a person can settle it here, the message has a
button.

| what CaseEasy says | why it waits, and the way out |
|---|---|"""
ELSEWHERE_HEAD = """\

These hold an invoice whatever its amounts are, or by what a column says that the firm explained:

| what is so | why it waits, and the way out |
|---|---|"""
COLUMNS = {
    "fee": "Taxable Amount",
    "exempt_fee": "Tax Exempt Amount",
    "expense": "Expense",
    "surcharge": "Surcharges",
}


def page(found: Practised, elsewhere: Iterable[tuple[str, tuple[Hold, ...]]]) -> str:
    """The whole page, in Markdown; ``elsewhere`` are holds that don't lie in one invoice's records."""
    held = {one.key.number: one.holds for one in found.plan.held}
    return "\n".join(
        (
            HEAD,
            *(
                line
                for n, told in enumerate(BOOKED, 1)
                for line in _booked(n, told, found.sides[told.number])
            ),
            HELD_HEAD,
            *(f"| {told.title}: {_says(told)} | {_why(held[told.number])} |" for told in HELD),
            ELSEWHERE_HEAD,
            *(f"| {what} | {_why(holds)} |" for what, holds in elsewhere),
            "",
        )
    )


def _booked(place: int, told: Told, sides: tuple[Side, ...]) -> Iterator[str]:
    yield from (f"### {place}. {told.title}", "", f"*CaseEasy:* {_says(told)}", "")
    yield from ("| | debit | credit |", "|---|---:|---:|")
    for (document, dated), each in groupby(sides, key=lambda one: (one.document, one.dated)):
        yield f"| **{document.split()[0]}** of {_day(dated)} | | |"
        yield from map(_row, each)
    debits = sum((one.amount for one in sides if one.amount > 0), Decimal(0))
    credits_ = -sum((one.amount for one in sides if one.amount < 0), Decimal(0))
    yield from (f"| *Together* | *{debits:,.2f}* | *{credits_:,.2f}* |", "", told.why, "")


def _row(side: Side) -> str:
    whose = side.customer or side.rate
    account = f"{side.account}, {whose}" if whose else side.account
    amount = f"{abs(side.amount):,.2f}"
    return f"| {account} | {amount} | |" if side.amount > 0 else f"| {account} | | {amount} |"


def _says(told: Told) -> str:
    """What the exports say, in their own words."""
    amounts = [
        f"{COLUMNS[name]} {Decimal(amount):,.2f}" for name in COLUMNS if (amount := getattr(told, name))
    ]
    listed = ", ".join(amounts) or "no amounts"
    if told.currency != "CAD":
        listed += f", currency {told.currency}"
    if told.case_type:
        listed += f", Case Type {told.case_type}"
    money = "; ".join(
        f"{Decimal(amount):,.2f} by {method} on {_day(day)}" for day, method, amount in told.payments
    )
    return f"invoice of {_day(told.issued)}, {listed}; {f'paid {money}' if money else 'no payment'}."


def _why(holds: tuple[Hold, ...]) -> str:
    return " ".join(hold.line for hold in holds)


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b %Y}"
