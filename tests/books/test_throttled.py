"""QuickBooks wants a rest: its company's work stays where it is, goes on by itself, and is booked once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.effects import Confirm, Doubt, State
from qb.post import step
from qb.sandbox import Fault
from tests.books.exports import INSTALMENTS, ONTARIO, SPLIT

if TYPE_CHECKING:
    from qb.sending import StepOutcome
    from tests.books.office import Office

REST = timedelta(seconds=60)


def stepped(office: Office) -> StepOutcome | None:
    """A step as the program's worker takes it: it knows which companies can't be called now."""
    return step(office.database, office.books, office.clock, office.clock.monotonic, office.gateway.turns)


def states(office: Office, sync_id: str) -> list[tuple[State, int]]:
    """How the sync's effects stand, and how often each was sent."""
    return [(effect.state, effect.attempt) for effect in office.effects(sync_id)]


def test_after_a_throttle_nothing_is_taken_in_hand_until_the_rest_is_over(office: Office) -> None:
    """The one that met it is in doubt; the others stay ready, and no thread waits with one of them."""
    office.ready(ONTARIO, SPLIT)
    sync_id = office.order()
    office.sandbox.faults.add(office.aimed(Fault("throttle"), "invoice"))
    outcome = stepped(office)
    assert outcome is not None
    assert isinstance(outcome.change, Doubt)

    before = states(office, sync_id)
    assert 1 == before.count((State.SENDING, 1))
    assert len(before) - 1 == before.count((State.READY, 0))
    for _ in range(3):
        assert stepped(office) is None
        office.clock.sleep(15)
    assert before == states(office, sync_id)


@pytest.mark.parametrize("after", [False, True])
def test_it_goes_on_by_itself_and_nothing_is_booked_twice(office: Office, after: bool) -> None:  # noqa: FBT001 - a case
    """Whether QuickBooks had booked it before it said 429 or not: nothing stops for good."""
    office.ready(ONTARIO, SPLIT, INSTALMENTS)
    sync_id = office.order()
    office.sandbox.faults.add(office.aimed(Fault("throttle", after=after), "invoice", skip=1))
    for _ in range(200):
        if stepped(office) is None:
            office.clock.sleep(1)
    assert {State.CONFIRMED} == {state for state, _ in states(office, sync_id)}
    assert [True] * 3 == [receipt.ties for receipt in office.settle(sync_id)]
    assert 3 == len(office.sandbox.books.entities("Invoice"))


def test_calls_under_way_when_another_is_throttled_are_heard_to_the_end(office: Office) -> None:
    """Their answers count: only what hasn't left yet stays."""
    office.ready(ONTARIO, SPLIT)
    office.order()
    slow, throttle = Fault("latency", seconds=1.0), Fault("throttle")
    office.sandbox.faults.add(office.aimed(slow, "invoice"), office.aimed(throttle, "invoice", skip=1))
    with ThreadPoolExecutor(2) as hands:
        outcomes = [outcome.result() for outcome in [hands.submit(stepped, office) for _ in range(2)]]
    assert {Confirm, Doubt} == {type(outcome.change) for outcome in outcomes if outcome is not None}
