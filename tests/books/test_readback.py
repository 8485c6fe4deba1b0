"""What was booked is read back in few questions, a long sync's while it goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db import receipts, syncs
from db.effects import State
from db.syncs import SyncState
from qb.readback import settle_sync
from tests.books.exports import ONTARIO

if TYPE_CHECKING:
    from qb.receipt import Receipt
    from tests.books.office import Office

FOUR = tuple(
    replace(ONTARIO, number=f"INV-{number}", payments=((f"T-{number}", "2330.00", "e-Transfer"),))
    for number in range(1, 5)
)


def test_a_long_sync_is_read_back_while_it_goes_on(either_office: Office) -> None:
    """Each whole question's worth as it is booked; the rest, and the sync's end, when all is settled."""
    office = either_office
    office.ready(*FOUR)
    sync_id = office.order()
    kept = []
    for booked in (1, 2, 3, 4):
        while sum(effect.state is State.CONFIRMED for effect in office.effects(sync_id)) < 2 * booked:
            office.step()
        read = settled(office, sync_id)
        kept.append((read is not None, known(office, sync_id)))
    assert [(False, 0), (False, 2), (False, 2), (True, 4)] == kept
    with office.database.read() as session:
        finished = syncs.get(session, office.firm_id, sync_id)
    assert finished is not None
    assert SyncState.DONE is finished.state
    assert 4 == sum(one.ties for one in stored(office, sync_id))


def settled(office: Office, sync_id: str) -> tuple[Receipt, ...] | None:
    """As the watch asks, two invoices to a question."""
    company = office.connections.company(office.firm_id)
    return settle_sync(office.database, company, office.firm_id, sync_id, office.clock(), at_once=2)


def known(office: Office, sync_id: str) -> int:
    """How many receipts are kept."""
    return len(stored(office, sync_id))


def stored(office: Office, sync_id: str) -> tuple[receipts.ReceiptRecord, ...]:
    """The sync's receipts."""
    with office.database.read() as session:
        return tuple(receipts.of_sync(session, sync_id))
