"""What changed since an approval is said in an accountant's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qb.changes import changes, since
from qb.entry import Named, Plan
from qb.plan import plan
from tests.books.given import GROUND, cad, invoice, paid

APPROVED = plan([invoice(paid("1695.00"), fee="1500.00")], GROUND)
(ENTRY,) = APPROVED.entries
(PAYMENT,) = ENTRY.payments


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"customer": Named("59", "Sofia")}, "the contact (Maria Silva → Sofia)"),
        ({"total": cad("1695.01")}, "the total ($1,695.00 → $1,695.01)"),
        ({"tax": cad("195.01")}, "the tax ($195.00 → $195.01)"),
        ({"date": date(2026, 4, 21)}, "the date (20 Apr 2026 → 21 Apr 2026)"),
        ({"lines": ()}, "the items, tax codes or amounts of its lines"),
        ({"number": ""}, "its number"),
        ({"payments": (replace(PAYMENT, reference="T-9"),)}, "its payments"),
        (
            {"payments": (replace(PAYMENT, account=Named("36", "Savings")),)},
            "the deposit account (Chequing → Savings)",
        ),
        ({"memo": "another"}, "its wording"),
    ],
)
def test_each_facet_has_its_words(change: dict[str, Any], told: str) -> None:
    """Before and after, where both can be said."""
    now = replace(APPROVED, entries=(replace(ENTRY, **change),))
    assert (f"INV-1001: {told} changed.",) == changes(APPROVED, now)


def test_what_came_and_what_went_is_said() -> None:
    """One invoice is gone from the records, another one stands there, in another company."""
    (other,) = plan([invoice(paid("1695.00"), fee="1500.00", number="INV-2")], GROUND).entries
    assert (
        "Another QuickBooks company is connected.",
        "INV-1001 is held now: It is no longer among the paid invoices.",
        "INV-2 is new.",
    ) == changes(APPROVED, Plan("1", (other,), ()))


def test_there_is_always_something_to_say() -> None:
    """Nobody is asked again without a word why."""
    assert ("Something it rests on changed.",) == changes(APPROVED, APPROVED)


def test_what_was_left_out_since_is_no_hold() -> None:
    """Of two previews only what each shows is compared; the same again is no change."""
    (other,) = plan([invoice(paid("1695.00"), fee="1500.00", number="INV-2")], GROUND).entries
    moved = replace(ENTRY, customer=Named("59", "Sofia"))
    later = Plan("1", (other, moved), ())
    assert () == since(APPROVED, APPROVED)
    assert (
        "Another QuickBooks company is connected.",
        "INV-1001: the contact (Maria Silva → Sofia) changed.",
        "INV-2 is new.",
    ) == since(APPROVED, later)
    assert ("INV-2 is left out.",) == since(Plan("1", (moved, other), ()), Plan("1", (moved,), ()))
