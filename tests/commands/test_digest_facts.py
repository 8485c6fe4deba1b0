"""What waits is taken from the plan: what is in the books, on its way, or before go-live isn't waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from commands.digest_facts import TURNS, under_way_of, waiting_of
from commands.views.digest_lines import TURNS as WORDS
from db.records import Case, Client, Invoice, InvoiceKey
from qb.entry import Plan
from qb.hold import Mend, Reason
from qb.omens import Whose
from tests.views.cast import RENE, cad, entry, held

THEN = datetime(2026, 11, 11, 15, 0, tzinfo=UTC)
READY = replace(entry(), subject=InvoiceKey("00002-Silva", "INV-1001", "C-1").subject)
HELD = held(RENE)


def invoice(number: str, *, unclear: bool = False) -> Invoice:
    """Paid on 9 October, or on a day that can be read two ways."""
    client = Client("C-1", "Maria Silva", "")
    case = Case("00002-Silva", client, "CAD")
    day = date(2026, 10, 9)
    return Invoice(InvoiceKey(case.number, number, "C-1"), case, day, day, (), (), paid_unclear=unclear)


def test_what_is_ready_waits_for_anybody_and_what_is_asked_for_an_approver() -> None:
    """With the entry's own total, and since when it was asked."""
    plan = Plan("91", (READY,), ())
    (ready,) = waiting_of([invoice("INV-1001")], plan, {})
    (asked,) = waiting_of([invoice("INV-1001")], plan, {READY.subject: THEN})
    assert ("ready", cad("2330.00"), Whose.STAFF, None) == (
        ready.group,
        ready.amount,
        ready.whose,
        ready.since,
    )
    assert ("asked", Whose.CONFIRMER, THEN) == (asked.group, asked.whose, asked.since)
    assert date(2026, 10, 9) == ready.paid
    assert ready.mark == asked.mark
    assert ready.fingerprint != asked.fingerprint


def test_a_held_one_waits_by_its_gravest_reason() -> None:
    """With its sentence, its mend and whose it is; a new reason is a change."""
    (short,) = waiting_of([invoice("INV-1007")], Plan("91", (), (HELD,)), {})
    assert (Reason.SHORT, Mend.IMPORT, Whose.STAFF, RENE) == (
        short.group,
        short.mend,
        short.whose,
        short.client_name,
    )
    more = replace(HELD, holds=(*HELD.holds, replace(HELD.holds[0], reason=Reason.TRUST)))
    (changed,) = waiting_of([invoice("INV-1007")], Plan("91", (), (more,)), {})
    assert short.fingerprint != changed.fingerprint


def test_a_day_that_can_be_read_two_ways_is_none() -> None:
    """It is told as unclear, and counted in no age."""
    (one,) = waiting_of([invoice("INV-1001", unclear=True)], Plan("91", (READY,), ()), {})
    assert one.paid is None


@pytest.mark.parametrize(
    ("reason", "under_way"),
    [
        (Reason.ALREADY_BOOKED, 0),
        (Reason.UNDER_WAY, 1),
        (Reason.BEFORE_GO_LIVE, 0),
        (Reason.NOTHING_TO_BOOK, 0),
    ],
)
def test_what_is_in_the_books_or_on_its_way_does_not_wait(reason: Reason, under_way: int) -> None:
    """Nor what the firm takes as booked before it began here, nor what comes to 0.00."""
    done = replace(HELD, holds=(replace(HELD.holds[0], reason=reason),))
    plan = Plan("91", (), (done,))
    assert () == waiting_of([invoice("INV-1007")], plan, {})
    assert under_way == under_way_of(plan)


def test_what_must_be_looked_up_is_an_approvers() -> None:
    """Whatever its mend."""
    odd = replace(HELD, holds=(replace(HELD.holds[0], reason=Reason.NEEDS_REVIEW, mend=Mend.NONE),))
    (one,) = waiting_of([invoice("INV-1007")], Plan("91", (), (odd,)), {})
    assert Whose.CONFIRMER is one.whose


def test_every_mend_is_somebodys_turn() -> None:
    """And has words for it; the contact's are its own."""
    assert set(Mend) == set(TURNS) == set(WORDS)
