"""A sync is stopped where it stands and goes on when asked; only what was approved, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from db import audit, effects
from db.syncs import SyncState
from qb.readback import settle_sync
from qb.sandbox import Fault
from qb.stopping import Resumed, Resuming, goes_on, resume
from qb.story import Step
from tests.books.exports import INSTALMENTS, ONTARIO, SPLIT
from tests.books.looking_again import resumed
from tests.books.office import MARIA, Office
from tests.books.test_approval import CHANGES
from tests.books.test_story import kept, told_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

BEN = "U0BEN"
NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def stop(office: Office, sync_id: str) -> int:
    """Ben presses Stop."""
    with office.database.write() as session:
        return effects.stop(session, sync_id, BEN, office.clock(), firm_id=office.firm_id)


def go_on(office: Office, sync_id: str) -> Resumed:
    """Maria presses Resume."""
    office.looked()
    return resumed(office, sync_id, office.clock())


def steps(office: Office, sync_id: str) -> Sequence[Step]:
    """How far each invoice is."""
    return [one.step for one in told_of(office, sync_id).invoices]


def booked(office: Office) -> tuple[int, int]:
    """How many invoices and payments are in the books."""
    return len(office.sandbox.books.entities("Invoice")), len(office.sandbox.books.entities("Payment"))


def begun(office: Office) -> str:
    """A sync of three invoices of which the first one's invoice is in the books, and nothing else."""
    office.ready(ONTARIO, INSTALMENTS, SPLIT)
    sync_id = office.order()
    office.step()
    return sync_id


def test_asked_for_anew_nothing_goes_on_by_itself(either_office: Office) -> None:
    """All that was stopped is told, to be previewed again; what was begun is in the books as it was."""
    sync_id = begun(either_office)
    stop(either_office, sync_id)
    either_office.work()
    came = resume(
        either_office.database,
        firm_id=either_office.firm_id,
        sync_id=sync_id,
        by=MARIA,
        now=either_office.clock(),
        looked_at=either_office.clock(),
        anew=True,
    )
    either_office.work()
    assert (0, 2) == (came.ordered, len(came.changed))
    assert 1 == len(either_office.sandbox.books.entities("Invoice"))


OWN = Resuming(NOW, MARIA, MARIA, MARIA, confirms=False, by_request=True, needs=True)
PRESSES = {
    "who stopped it": (OWN, True),
    "who asked, after an approver stopped it": (replace(OWN, stopped_by=BEN), False),
    "an admin who asked, after an approver stopped it": (
        replace(OWN, stopped_by=BEN, confirms=True),
        False,
    ),
    "an approver, after who asked stopped it": (replace(OWN, presser=BEN, confirms=True), True),
    "a colleague without the role": (replace(OWN, presser="U0EVE"), False),
    "a day later": (replace(OWN, approved_at=NOW - timedelta(days=1, seconds=1)), False),
    "never approved": (replace(OWN, approved_at=None), False),
    "booked without a second person, who is needed by now": (replace(OWN, by_request=False), False),
    "booked without a second person, and none is needed": (
        replace(OWN, by_request=False, needs=False),
        True,
    ),
}


@pytest.mark.parametrize("press", PRESSES)
def test_what_was_approved_goes_on_for_whom_it_was_approved(press: str) -> None:
    """Else it is previewed, and asked for, again."""
    resuming, goes = PRESSES[press]
    assert goes is goes_on(resuming, NOW)


def test_an_invoice_begun_is_finished_and_the_others_are_not_begun(either_office: Office) -> None:
    """Both documents of the first one, nothing of the others: nothing is half booked."""
    before = booked(either_office)
    sync_id = begun(either_office)
    assert 2 == stop(either_office, sync_id)
    either_office.work()
    after = booked(either_office)
    assert (1, 1) == (after[0] - before[0], after[1] - before[1])
    assert 1 == len(either_office.settle(sync_id) or ())
    assert [Step.BOOKED, Step.STOPPED, Step.STOPPED] == steps(either_office, sync_id)
    told = told_of(either_office, sync_id)
    assert (BEN, True, [False] * 3) == (told.stopped_by, told.settled, [one.half for one in told.invoices])
    assert SyncState.DONE == kept(either_office, sync_id).state


def test_what_was_stopped_goes_on_and_is_booked_once(either_office: Office) -> None:
    """All three are in the books, each with its payments; pressed twice it is the same."""
    before = booked(either_office)
    sync_id = begun(either_office)
    stop(either_office, sync_id)
    either_office.work()
    either_office.settle(sync_id)
    came = go_on(either_office, sync_id)
    assert (2, True, ()) == (came.ordered, came.reopened, came.changed)
    assert SyncState.RUNNING == kept(either_office, sync_id).state
    assert (0, False) == (go_on(either_office, sync_id).ordered, go_on(either_office, sync_id).reopened)
    either_office.work()
    assert 2 == len(either_office.settle(sync_id) or ())
    assert [Step.BOOKED] * 3 == steps(either_office, sync_id)
    after = booked(either_office)
    assert (3, 5) == (after[0] - before[0], after[1] - before[1])
    assert "" == told_of(either_office, sync_id).stopped_by


def test_one_that_still_runs_is_resumed_without_a_second_watch(office: Office) -> None:
    """What was begun isn't finished yet: whoever follows it goes on following."""
    sync_id = begun(office)
    stop(office, sync_id)
    came = go_on(office, sync_id)
    assert (2, False) == (came.ordered, came.reopened)
    assert SyncState.RUNNING == kept(office, sync_id).state


@pytest.mark.parametrize("what", CHANGES)
def test_what_changed_since_is_told_and_not_ordered(office: Office, what: str) -> None:
    """The approval was for what was shown."""
    office.ready(ONTARIO)
    sync_id = office.order()
    stop(office, sync_id)
    office.settle(sync_id)
    change, told = CHANGES[what]
    change(office)
    came = go_on(office, sync_id)
    assert (0, False, ["INV-1001"]) == (came.ordered, came.reopened, [key.number for key in came.changed])
    assert (told in came.why[0], SyncState.DONE) == (True, kept(office, sync_id).state)
    assert [] == office.work()


def test_what_another_sync_booked_meanwhile_is_left_alone(office: Office) -> None:
    """It was free to be synced anew: nothing is left to go on with."""
    office.ready(ONTARIO)
    sync_id = office.order()
    stop(office, sync_id)
    office.settle(sync_id)
    another = office.order()
    office.work()
    office.settle(another)
    came = go_on(office, sync_id)
    assert (0, (), ()) == (came.ordered, came.changed, came.why)
    assert [] == office.work()


def test_a_refused_one_is_not_resumed(office: Office) -> None:
    """Only what was stopped."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(office.aimed(Fault("refuse", code="6210"), "invoice"))
    sync_id = office.order()
    office.work()
    assert 0 == stop(office, sync_id)
    assert (0, ()) == (go_on(office, sync_id).ordered, go_on(office, sync_id).changed)


def test_who_stopped_and_who_resumed_is_in_the_record(office: Office) -> None:
    """Both are decisions."""
    sync_id = begun(office)
    stop(office, sync_id)
    go_on(office, sync_id)
    with office.database.read() as session:
        found = [(one.verb, one.actor, one.content) for one in audit.lines(session, office.firm_id)]
        assert () == audit.verify(session, office.firm_id)
    assert ("sync.stopped", BEN, '{"count":2}') in found
    assert ("sync.resumed", MARIA, '{"count":2}') in found


def test_resumed_while_it_is_read_back_it_has_not_ended(either_office: Office) -> None:
    """Resume comes between our look and QuickBooks' answer: the sync runs on, to its real end."""
    office, came = either_office, list[Resumed]()
    sync_id = begun(office)
    stop(office, sync_id)
    office.work()

    def token(stale: str | None) -> str:
        if not came:
            came.append(go_on(office, sync_id))
        return office.keyring.usable(office.firm_id, stale)

    company = office.gateway.company(office.sandbox.realm_id, token)
    assert settle_sync(office.database, company, office.firm_id, sync_id, office.clock()) is None
    assert ([2], SyncState.RUNNING) == ([one.ordered for one in came], kept(office, sync_id).state)
    office.work()
    assert 2 == len(office.settle(sync_id))
    assert [Step.BOOKED] * 3 == steps(office, sync_id)


def test_who_dies_before_it_is_followed_has_resumed_nothing(office: Office) -> None:
    """What follows is left in the same commit: the second run finds all of it again."""

    class DiedError(Exception):
        """Killed there."""

    def die(_session: Session, came: Resumed) -> None:
        raise DiedError(came.ordered)

    sync_id = begun(office)
    stop(office, sync_id)
    office.work()
    office.settle(sync_id)
    with pytest.raises(DiedError, match="2"):
        resume(
            office.database,
            firm_id=office.firm_id,
            sync_id=sync_id,
            by=MARIA,
            now=office.clock(),
            looked_at=office.clock() - timedelta(days=1),
            follow=die,
        )
    assert [Step.BOOKED, Step.STOPPED, Step.STOPPED] == steps(office, sync_id)
    assert (2, True) == (go_on(office, sync_id).ordered, kept(office, sync_id).state is SyncState.RUNNING)
