"""After a restore a refusal proves something again once nobody else can have sent: then it is said as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.effects import State
from qb.sandbox import Fault
from tests.books.by_hand import book_invoice
from tests.books.exports import ONTARIO

if TYPE_CHECKING:
    from tests.books.coming_back import Copies
    from tests.books.office import Office

LOST_UNTIL = timedelta(days=1)
"""How long after a restore those whose memory was lost may have gone on sending."""
ALL_OVER = timedelta(minutes=10, seconds=130)
"""How long after that the last of it must be over, by clocks ten minutes apart."""


def restored(office: Office, copies: Copies, ago: timedelta) -> Office:
    """Put back from a backup so long ago."""
    office.ready(ONTARIO)
    copies.take()
    again = copies.come_back()
    again.clock.sleep(ago.total_seconds())
    again.connect()
    return again


def refuse(office: Office, code: str = "6210", *, skip: int = 0, times: int = 9) -> None:
    """QuickBooks says no to an invoice, every time."""
    office.sandbox.faults.add(
        replace(office.aimed(Fault("refuse", code=code), "invoice", skip=skip), times=times)
    )


@pytest.mark.parametrize("code", ["6210", "2010"])
def test_long_after_a_restore_a_refusal_is_a_refusal(
    either_office: Office, copies: Copies, code: str
) -> None:
    """Looked for, not there, refused: nothing was booked, and ordered anew it is booked once."""
    again = restored(either_office, copies, timedelta(days=5))
    refuse(again, code, times=1)
    sync_id = again.order()
    again.work()
    invoice = again.effects(sync_id)[0]
    assert State.REJECTED is invoice.state
    sync_id = again.order()
    again.work()
    assert [True] == [receipt.ties for receipt in again.settle(sync_id)]
    assert 1 == len(again.sandbox.books.entities("Invoice"))


def test_long_after_a_restore_a_taken_number_is_a_refusal(either_office: Office, copies: Copies) -> None:
    """The invoice that has the number isn't ours."""
    again = restored(either_office, copies, timedelta(days=5))
    book_invoice(again, "INV-1001", "50.00")
    sync_id = again.order()
    again.work()
    invoice = again.effects(sync_id)[0]
    assert State.REJECTED is invoice.state
    assert invoice.reason.startswith("Its number is already used by another invoice in QuickBooks.")


@pytest.mark.parametrize(
    ("late", "state"), [(timedelta(), State.REVIEW), (timedelta(seconds=1), State.REJECTED)]
)
def test_a_refusal_proves_nothing_until_all_of_the_lost_process_is_over(
    either_office: Office, copies: Copies, late: timedelta, state: State
) -> None:
    """To the second: what it sent last may arrive until then, unseen by our look."""
    again = restored(either_office, copies, LOST_UNTIL + ALL_OVER - timedelta(minutes=5))
    refuse(again)
    sync_id = again.order()
    until = again.effects(sync_id)[0].unknown_until
    assert until is not None
    again.clock.sleep((until + ALL_OVER + late - again.clock()).total_seconds())
    again.work()
    assert state is again.effects(sync_id)[0].state


def test_a_refusal_of_what_the_restored_database_sent_before_proves_nothing(
    either_office: Office, copies: Copies
) -> None:
    """Its first send got no answer: long after the restore too, a refusal of the second may be an echo."""
    again = restored(either_office, copies, timedelta(days=5))
    again.sandbox.faults.add(again.aimed(Fault("cut"), "invoice"))
    refuse(again, skip=1)
    sync_id = again.order()
    again.work()
    assert State.REVIEW is again.effects(sync_id)[0].state


def test_a_refusal_of_what_the_backup_had_sent_proves_nothing(either_office: Office, copies: Copies) -> None:
    """It was in hand when the backup was taken: no refusal after the restore is of its only send."""
    office = either_office
    office.ready(ONTARIO)
    office.sandbox.faults.add(office.aimed(Fault("cut"), "invoice"))
    sync_id = office.order()
    office.step()
    copies.take()
    again = copies.come_back()
    again.clock.sleep(timedelta(days=2).total_seconds())
    again.connect()
    refuse(again)
    again.work()
    assert State.REVIEW is again.effects(sync_id)[0].state
