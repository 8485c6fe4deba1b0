"""What was paid before the firm began here is taken as in the books already, and never booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.records import Doubt
from qb.hold import Mend, Reason
from qb.plan import plan
from tests.books.given import GROUND, invoice, paid

PAID = invoice(paid("1695.00"), fee="1500.00")
"""On 3 May 2026."""


@pytest.mark.parametrize(
    ("go_live", "ready"), [(None, 1), (date(2026, 5, 3), 1), (date(2026, 5, 4), 0), (date(2026, 5, 2), 1)]
)
def test_what_was_paid_before_that_day_is_never_ready(go_live: date | None, ready: int) -> None:
    """On the day itself we book."""
    made = plan([PAID], replace(GROUND, go_live=go_live))
    assert ready == len(made.entries)


def test_it_stands_apart_with_who_can_change_it() -> None:
    """One reason, one sentence: neither contact nor mapping is asked for."""
    ground = replace(GROUND, go_live=date(2026, 6, 1), links=())
    (held,) = plan([PAID], ground).held
    (hold,) = held.holds
    assert (Reason.BEFORE_GO_LIVE, Mend.GO_LIVE) == (hold.reason, hold.mend)
    assert (
        "It was paid on 3 May 2026, before your firm began here (1 Jun 2026). It is taken as in your books "
        "already; nothing of it is booked. Change that day under Settings if it isn't. Who can: an admin."
    ) == str(hold.told)


def test_what_we_booked_stays_booked() -> None:
    """Whatever day is chosen afterwards."""
    ground = replace(GROUND, go_live=date(2026, 6, 1), booked=frozenset({PAID.key.subject}))
    assert [Reason.ALREADY_BOOKED] == [hold.reason for hold in plan([PAID], ground).held[0].holds]


def test_a_day_that_can_be_read_two_ways_is_not_before() -> None:
    """It is held for that, and a person looks."""
    unclear = replace(PAID, paid_unclear=True, doubts=(Doubt.UNCLEAR_DATE,))
    (held,) = plan([unclear], replace(GROUND, go_live=date(2026, 6, 1))).held
    assert Reason.RECORDS_UNCLEAR is held.holds[0].reason


def test_old_twins_ask_nobody_anything() -> None:
    """Two old invoices of one identity are both in the books already."""
    made = plan([PAID, PAID], replace(GROUND, go_live=date(2026, 6, 1)))
    assert {Reason.BEFORE_GO_LIVE} == {hold.reason for held in made.held for hold in held.holds}
