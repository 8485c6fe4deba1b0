"""A sync is told as it stands: over when nothing more of it will be sent, and waiting for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db import syncs
from db.effects import State
from db.syncs import SyncState
from qb.sandbox import Fault
from qb.story import Step, story
from tests.books.exports import INSTALMENTS, ONTARIO, SPLIT

if TYPE_CHECKING:
    from db.syncs import Sync
    from qb.story import SyncStory
    from tests.books.office import Office


def told_of(office: Office, sync_id: str) -> SyncStory:
    """The sync's story."""
    with office.database.read() as session:
        told = story(session, office.firm_id, sync_id)
    assert told is not None
    return told


def kept(office: Office, sync_id: str) -> Sync:
    """The sync."""
    with office.database.read() as session:
        found = syncs.get(session, office.firm_id, sync_id)
    assert found is not None
    return found


@pytest.mark.parametrize(("trouble", "step"), [("6210", Step.REFUSED), ("6000", Step.REVIEW)])
def test_a_sync_of_refusals_and_reviews_is_finished(office: Office, trouble: str, step: Step) -> None:
    """Nothing of it was booked and nothing waits: there is nothing to read back, and it is over."""
    office.ready(ONTARIO, INSTALMENTS)
    office.sandbox.faults.add(office.aimed(Fault("refuse", code=trouble, times=100), "invoice"))
    sync_id = office.order()
    assert not told_of(office, sync_id).ended
    office.work()
    told = told_of(office, sync_id)
    assert [step] * 2 == [one.step for one in told.invoices]
    assert (True, True) == (told.ended, told.settled)
    assert () == office.settle(sync_id)
    assert SyncState.DONE == kept(office, sync_id).state


def test_a_refused_payment_is_not_the_end_of_a_sibling_in_doubt(office: Office) -> None:
    """While the other payment may still be booked, the sync isn't settled."""
    office.ready(SPLIT)
    sync_id = office.order()
    office.step()
    office.sandbox.faults.add(office.aimed(Fault("refuse", code="610"), "payment"))
    office.sandbox.faults.add(office.aimed(Fault("cut", after=True), "payment", skip=1))
    office.step()
    office.step()
    told = told_of(office, sync_id)
    assert (Step.IN_DOUBT, False, False) == (told.invoices[0].step, told.ended, told.settled)
    assert office.try_settle(sync_id) is None
    office.work()
    told = told_of(office, sync_id)
    assert (Step.REFUSED, True, True) == (told.invoices[0].step, told.invoices[0].half, told.settled)


def test_what_is_booked_is_settled_once_it_is_read_back(office: Office) -> None:
    """Ended before, settled after."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.work()
    told = told_of(office, sync_id)
    assert (True, False, Step.READING) == (told.ended, told.settled, told.invoices[0].step)
    office.settle(sync_id)
    assert told_of(office, sync_id).settled


def test_an_approved_sync_has_not_ended(office: Office) -> None:
    """It has no effects yet, and they are still to come."""
    office.ready(ONTARIO)
    told = told_of(office, office.approve())
    assert (Step.WAITING, False, False) == (told.invoices[0].step, told.ended, told.settled)


def test_what_waits_says_why(office: Office) -> None:
    """QuickBooks can't be reached: the invoice waits, with the reason it was put back for."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.sandbox.stop()
    office.step()
    (one,) = told_of(office, sync_id).invoices
    assert State.READY is office.effects(sync_id)[0].state
    assert (Step.WAITING, True) == (one.step, "could not be reached" in one.sentence)
