"""What waited for a connection is sent only after a fresh look, and only where it is still as approved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from db import effects, others
from db.effects import LOOK_FIRST, LOOKED_AGAIN, State
from db.others import Kept
from qb.going_on import WentOn, go_on, waiting
from qb.post import NotLookedError
from qb.sandbox import Fault
from qb.story import Step, story
from tests.books.exports import INSTALMENTS, ONTARIO
from tests.books.looking_again import entered, look_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tests.books.office import Office


def lost(office: Office, *, entity: str = "invoice", skip: int = 0) -> str:
    """A sync whose write of this entity found the door shut; gives it, nothing more of it was sent."""
    sync_id = office.order()
    office.sandbox.faults.add(office.aimed(Fault("expired", times=2), entity, skip=skip))
    office.work()
    assert State.PARKED in {effect.state for effect in office.effects(sync_id)}
    return sync_id


def back(office: Office, sync_id: str) -> list[WentOn]:
    """Somebody reconnects, and it is taken up; what was told."""
    office.clock.sleep(1)
    office.connect()
    return taken_up(office, sync_id)


def taken_up(office: Office, sync_id: str) -> list[WentOn]:
    """What others wrote is looked at, and it goes on; what was told."""
    came: list[WentOn] = []
    looked_at = look_now(office)

    def follow(_: Session, one: WentOn) -> None:
        came.append(one)

    go_on(
        office.database,
        firm_id=office.firm_id,
        sync_id=sync_id,
        looked_at=looked_at,
        now=office.clock(),
        follow=follow,
    )
    return came


def told(office: Office, sync_id: str) -> Sequence[tuple[str, State, str]]:
    """Each effect: what it writes, how it stands, its fault's code."""
    return [
        (one.entity, one.state, str((one.fault or {}).get("code", ""))) for one in office.effects(sync_id)
    ]


def test_what_was_entered_meanwhile_is_not_booked_again(either_office: Office) -> None:
    """The door was shut, Ben entered a sales receipt, somebody reconnected: one sale, and it says why."""
    office = either_office
    office.ready(ONTARIO)
    sync_id = lost(office)
    entered(office, "SalesReceipt")
    (came,) = back(office, sync_id)
    office.work()
    assert [] == office.sandbox.books.entities("Invoice") + office.sandbox.books.entities("Payment")
    assert ("Invoice", State.REJECTED, LOOKED_AGAIN) == told(office, sync_id)[0]
    assert "Looks already booked: sales receipt of 3 May 2026" in office.effects(sync_id)[0].reason
    assert (0, ["INV-1001"]) == (came.going, [key.number for key in came.changed])
    assert came.why[0].startswith("INV-1001 is held now: Looks already booked: sales receipt of 3 May")


def test_what_nobody_touched_goes_on_by_itself(either_office: Office) -> None:
    """Only the invoice that was entered meanwhile stays; the other is booked with its payments."""
    office = either_office
    office.ready(ONTARIO, INSTALMENTS)
    sync_id = lost(office)
    entered(office, "Invoice", number="INV-1001")
    (came,) = back(office, sync_id)
    assert (3, 1) == (came.going, len(came.changed))
    office.work()
    assert {"INV-1001": 1, "INV-1002": 1} == numbers(office)
    assert 2 == len(office.sandbox.books.entities("Payment"))


def numbers(office: Office) -> dict[str, int]:
    """How many invoices of each number the books hold."""
    found = [str(one["DocNumber"]) for one in office.sandbox.books.entities("Invoice")]
    return {number: found.count(number) for number in found}


def test_nothing_goes_before_somebody_looked(office: Office) -> None:
    """Reconnected is not looked: it waits, and a look from before this run doesn't count."""
    office.ready(ONTARIO)
    sync_id = lost(office)
    office.clock.sleep(1)
    office.connect()
    assert office.step() is None
    with office.database.read() as session:
        assert ["INV-1001"] == [key.number for key in waiting(session, office.firm_id, sync_id)]
    before = office.clock() - timedelta(seconds=1)
    with office.database.write() as session:
        others.keep(session, office.firm_id, office.sandbox.realm_id, Kept(date.min, before, ()))
    now = office.clock()
    with pytest.raises(NotLookedError):
        go_on(office.database, firm_id=office.firm_id, sync_id=sync_id, looked_at=now, now=now)
    assert office.step() is None


def test_the_money_of_a_booked_invoice_is_looked_for_too(either_office: Office) -> None:
    """The invoice is in, its payment wasn't sent, the bank feed adds the deposit: the payment stays out."""
    office = either_office
    office.ready(ONTARIO)
    sync_id = lost(office, entity="payment")
    entered(office, "Deposit", customer="")
    (came,) = back(office, sync_id)
    office.work()
    assert (0, ()) == (came.going, came.changed)
    assert [] == office.sandbox.books.entities("Payment")
    assert ("Payment", State.REJECTED, LOOKED_AGAIN) == told(office, sync_id)[1]
    assert "deposit of 3 May 2026, $2,330.00" in office.effects(sync_id)[1].reason


def test_after_a_day_it_is_asked_again(office: Office) -> None:
    """What was approved long ago is previewed anew, also where nothing changed."""
    office.ready(ONTARIO)
    sync_id = lost(office)
    office.clock.sleep(25 * 3600.0)
    (came,) = back(office, sync_id)
    assert 1 == len(came.changed)
    assert office.effects(sync_id)[0].reason.startswith(
        "It couldn't be sent at once, and it was approved more than a day ago."
    )
    assert office.step() is None


def test_what_may_have_been_sent_is_looked_for_by_its_mark(office: Office) -> None:
    """In doubt when the door was shut: nothing is taken back, and what is there is adopted."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.sandbox.faults.add(office.aimed(Fault("cut", after=True), "invoice"))
    office.step()
    with office.database.write() as session:
        effects.park(session, office.firm_id, "lost", office.clock())
    back(office, sync_id)
    office.work()
    assert [State.CONFIRMED] * 2 == [one.state for one in office.effects(sync_id)]
    assert 1 == len(office.sandbox.books.entities("Invoice"))


def slept(office: Office, hours: float = 2) -> str:
    """A sync ordered just before this machine went to sleep; nothing of it was sent, and it wakes."""
    sync_id = office.order()
    office.clock.sleep(hours * 3600)
    return sync_id


def test_after_a_long_sleep_nothing_is_sent_unlooked(either_office: Office) -> None:
    """Ordered, then nobody worked for two hours while Ben entered it: it waits for a look, and stays out."""
    office = either_office
    office.ready(ONTARIO)
    sync_id = slept(office)
    entered(office, "SalesReceipt")
    assert office.step() is not None
    with office.database.read() as session:
        (waits,) = [one for one in effects.of_sync(session, sync_id) if one.state is State.PARKED]
        seen = story(session, office.firm_id, sync_id)
    assert (LOOK_FIRST, False) == (waits.reason, waits.doubtful)
    assert seen is not None
    assert [(Step.WAITING, LOOK_FIRST)] == [(one.step, one.sentence) for one in seen.invoices]
    taken_up(office, sync_id)
    office.work()
    assert [] == office.sandbox.books.entities("Invoice") + office.sandbox.books.entities("Payment")
    assert ("Invoice", State.REJECTED, LOOKED_AGAIN) == told(office, sync_id)[0]


def test_after_a_long_sleep_what_is_as_it_was_is_booked_once(either_office: Office) -> None:
    """The look finds nothing: the invoice goes on, and its payment needs no look of its own."""
    office = either_office
    office.ready(ONTARIO)
    sync_id = slept(office)
    office.step()
    taken_up(office, sync_id)
    office.work()
    assert [State.CONFIRMED] * 2 == [one.state for one in office.effects(sync_id)]
    assert (1, 1) == tuple(len(office.sandbox.books.entities(kind)) for kind in ("Invoice", "Payment"))


def test_within_the_hour_no_other_look_is_needed(office: Office) -> None:
    """A pause of QuickBooks' that is over soon costs nothing."""
    office.ready(ONTARIO)
    sync_id = slept(office, hours=0.9)
    office.step()
    assert State.CONFIRMED is office.effects(sync_id)[0].state


def test_what_waits_for_a_look_says_so_when_the_door_is_shut_too(office: Office) -> None:
    """The connection is lost before the look: it waits for that, and is told as that."""
    office.ready(ONTARIO)
    sync_id = slept(office)
    office.step()
    with office.database.write() as session:
        effects.park(session, office.firm_id, "An admin needs to connect again.", office.clock())
        seen = story(session, office.firm_id, sync_id)
    assert seen is not None
    assert [Step.PARKED] == [one.step for one in seen.invoices]
