"""What somebody confirmed is looked at again once it isn't what it was in QuickBooks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from qb.directory import TaxRate
from qb.hold import Reason
from qb.mapping import Choice, Kind, Mapping
from qb.plan import plan
from qb.usable import check, rests_on
from tests.books.given import ACCOUNTS, CHOICES, CODES, DIRECTORY, GROUND, ITEMS, METHODS, invoice, paid

if TYPE_CHECKING:
    from qb.directory import Directory

SEEN = tuple(replace(one, rests_on=rests_on(one.kind, one.target_id, DIRECTORY)) for one in CHOICES)
RENAMED = replace(DIRECTORY, accounts=(replace(ACCOUNTS[0], name="Main <!channel>"), *ACCOUNTS[1:]))
RETYPED = replace(DIRECTORY, accounts=(replace(ACCOUNTS[0], type="Other Current Asset"), *ACCOUNTS[1:]))
OTHER_ITEM = replace(DIRECTORY, items=(replace(ITEMS[0], name="Legal Fees"), *ITEMS[1:]))
OTHER_METHOD = replace(DIRECTORY, methods=(*METHODS[:3], replace(METHODS[3], name="Interac"), METHODS[4]))
SPLIT_RATES = (TaxRate("10-1", "HST ON", Decimal(5)), TaxRate("10-2", "HST ON", Decimal(8)))
OTHER_RATES = replace(DIRECTORY, tax_codes=(replace(CODES[0], rates=SPLIT_RATES), *CODES[1:]))


def test_what_is_as_it_was_may_be_used() -> None:
    """And what was confirmed before it was written down too."""
    assert [None] * 11 == [check(one, DIRECTORY) for one in SEEN]
    assert [None] * 11 == [check(one, RENAMED) for one in CHOICES]


@pytest.mark.parametrize(
    ("now", "key", "name", "what"),
    [
        (
            RENAMED,
            "deposit:CAD",
            "Chequing",
            "its name was Chequing, now Main <!channel>",
        ),
        (
            RETYPED,
            "deposit:CAD",
            "Chequing",
            "its type was Bank, now Other Current Asset",
        ),
        (
            OTHER_ITEM,
            "item:fee",
            "Professional Fees",
            "its name was Professional Fees, now Legal Fees",
        ),
        (
            OTHER_METHOD,
            "method:e-Transfer",
            "E-Transfer",
            "its name was E-Transfer, now Interac",
        ),
        (
            OTHER_RATES,
            "tax:fee@13",
            "HST ON",
            "its rate was 13 %, now 5 % + 8 %",
        ),
    ],
)
def test_what_was_changed_reopens_its_row_alone_and_holds(
    now: Directory, key: str, name: str, what: str
) -> None:
    """Renamed, of another type or rate: what was and what is; what rests on it waits, with the way out."""
    problem = f"{name} was changed in QuickBooks since it was confirmed: {what}."
    assert {key: problem} == {one.row: told for one in SEEN if (told := check(one, now)) is not None}
    made = plan(
        [invoice(paid("1130.00"), fee="1000.00")], replace(GROUND, directory=now, mapping=Mapping(SEEN))
    )
    (held,) = made.held
    assert [(Reason.TARGET_INACTIVE, key, f"{problem} Choose again under Review Mapping.")] == [
        (one.reason, one.row, one.sentence) for one in held.holds
    ]


def test_a_place_rests_on_nothing_in_quickbooks() -> None:
    """A province stays what it is."""
    assert () == rests_on(Kind.PLACE, "NB", DIRECTORY)
    assert check(Choice(Kind.PLACE, "C-1", "XX", "Nowhere"), DIRECTORY) == "Nowhere isn't a province."
