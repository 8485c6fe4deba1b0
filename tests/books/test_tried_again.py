"""Try Again and Resume look before they order: what somebody entered meanwhile isn't booked again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db import effects
from db.effects import State
from qb.post import NotLookedError
from qb.sandbox import Fault
from qb.second_look import LooksReceivedError
from tests.books.exports import ONTARIO, SPLIT
from tests.books.looking_again import entered, look_now, resumed, tried_again

if TYPE_CHECKING:
    from tests.books.office import Office

BEN = "U0BEN"


def half(office: Office) -> str:
    """A sync whose invoice is in the books and whose payment was refused."""
    look_now(office)
    office.sandbox.faults.add(office.aimed(Fault("refuse", code="620"), "payment"))
    sync_id = office.order()
    office.work()
    return sync_id


def test_money_that_a_bank_feed_added_is_not_received_twice(either_office: Office) -> None:
    """The payment was refused, the deposit came; Try Again orders nothing and names the deposit."""
    office = either_office
    office.ready(ONTARIO)
    sync_id = half(office)
    entered(office, "Deposit", customer="")
    office.clock.sleep(1)
    with pytest.raises(LooksReceivedError, match=r"deposit of 3 May 2026, \$2,330\.00"):
        tried_again(office, sync_id, look_now(office))
    office.work()
    assert [] == office.sandbox.books.entities("Payment")
    assert [State.CONFIRMED, State.REJECTED] == [one.state for one in office.effects(sync_id)]


def test_one_of_two_payments_entered_by_hand_stops_only_that_one(office: Office) -> None:
    """The other was booked by us and isn't taken for the missing one."""
    office.ready(SPLIT)
    sync_id = half(office)
    office.clock.sleep(1)
    assert 1 == tried_again(office, sync_id, look_now(office))
    office.work()
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]


def test_try_again_orders_nothing_on_an_older_look(office: Office) -> None:
    """What the preview saw isn't enough."""
    office.ready(ONTARIO)
    sync_id = half(office)
    with pytest.raises(NotLookedError):
        tried_again(office, sync_id, office.clock() + timedelta(seconds=1))
    assert 2 == len(office.effects(sync_id))


def test_what_was_entered_after_a_stop_is_not_resumed(either_office: Office) -> None:
    """Ben stops, enters the sale by hand, and somebody resumes: nothing is ordered, it is told."""
    office = either_office
    office.ready(ONTARIO)
    look_now(office)
    sync_id = office.order()
    with office.database.write() as session:
        effects.stop(session, sync_id, BEN, office.clock(), firm_id=office.firm_id)
    entered(office, "SalesReceipt")
    office.clock.sleep(1)
    with pytest.raises(NotLookedError):
        resumed(office, sync_id, office.clock())
    came = resumed(office, sync_id, look_now(office))
    assert (0, 1) == (came.ordered, len(came.changed))
    assert came.why[0].startswith("INV-1001 is held now: Looks already booked: sales receipt of 3 May")
    assert office.step() is None
