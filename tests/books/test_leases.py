"""Freezes, crashes and many hands: whoever lost an effect changes nothing, and nothing is sent twice."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db import effects
from db.effects import State
from db.records import payment_subject
from qb.sandbox import Fault
from tests.books.exports import INSTALMENTS, ONTARIO, SPLIT

if TYPE_CHECKING:
    from tests.books.office import Office


def sent(office: Office) -> list[str]:
    """The request ids of the invoices sent so far."""
    return [seen.requestid for seen in office.sandbox.requests() if seen.entity == "invoice"]


def test_too_little_of_the_lease_sends_nothing(office: Office) -> None:
    """Whoever was held up long before sending lets go: another may have the effect by then."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.held_up = lambda: office.clock.sleep(86)
    office.step()
    assert [] == sent(office)
    assert State.READY is office.effects(sync_id)[0].state
    office.work()
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]


def test_enough_of_the_lease_sends(office: Office) -> None:
    """With the time of one call left, it is sent."""
    office.ready(ONTARIO)
    office.order()
    office.held_up = lambda: office.clock.sleep(84)
    office.step()
    assert 1 == len(sent(office))


def test_an_outcome_after_the_lease_changes_nothing(office: Office) -> None:
    """Frozen for ten minutes while another did it all: the late one writes nothing and sends nothing."""
    office.ready(ONTARIO)
    sync_id = office.order()

    def frozen() -> None:
        office.clock.sleep(300)
        office.work(minutes=10)

    office.held_up = frozen
    late = office.step()
    assert late is not None
    assert not late.kept
    assert 1 == len(sent(office))
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]


@pytest.mark.parametrize("when", [0, 1])
@pytest.mark.parametrize("trouble", [None, Fault("cut", after=True), Fault("late", seconds=100)])
def test_a_crash_between_answer_and_commit_doubles_nothing(
    office: Office, trouble: Fault | None, when: int
) -> None:
    """Killed after the invoice or after the payment was sent; the lease runs out and the next one looks."""
    office.ready(ONTARIO)
    if trouble is not None:
        office.sandbox.faults.add(office.aimed(trouble, ("invoice", "payment")[when]))
    sync_id = office.order()
    for _ in range(when):
        office.step()
    with pytest.raises(KeyboardInterrupt):
        office.die_while_sending()
    office.work()
    assert 1 == len(office.sandbox.books.entities("Invoice"))
    assert 1 == len(office.sandbox.books.entities("Payment"))
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]


def test_a_boot_voids_leases_and_keeps_the_wait(office: Office) -> None:
    """What the dead process sent may still be on its way: nothing is looked for before it must be over."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(office.aimed(Fault("late", seconds=100), "invoice"))
    sync_id = office.order()
    with pytest.raises(KeyboardInterrupt):
        office.die_while_sending()
    with office.database.write() as session:
        effects.void_leases(session, office.clock())
    office.clock.sleep(129)
    assert office.step() is None
    office.work()
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]
    assert 1 == len(sent(office))


def test_many_threads_send_each_effect_once(either_office: Office) -> None:
    """Eight workers share three invoices and five payments; each is sent by one of them."""
    office = either_office
    office.ready(ONTARIO, INSTALMENTS, SPLIT)
    sync_id = office.order()

    def worker() -> None:
        for _ in range(40):
            if office.step() is None and {State.CONFIRMED} == {e.state for e in office.effects(sync_id)}:
                return

    threads = [threading.Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    office.work()
    writes = [s.requestid for s in office.sandbox.requests() if s.entity in {"invoice", "payment"}]
    assert (8, 8) == (len(writes), len(set(writes)))
    assert [True] * 3 == [receipt.ties for receipt in office.settle(sync_id)]


def test_the_same_bytes_under_the_same_id_every_time(office: Office) -> None:
    """Whatever happens in between, a repeat is the very request that was written down."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(office.aimed(Fault("status", status=500, times=3), "invoice"))
    office.order()
    office.work()
    repeats = [seen for seen in office.sandbox.requests() if seen.entity == "invoice"]
    assert 4 == len(repeats)
    assert 1 == len({(seen.requestid, seen.body) for seen in repeats})


def test_a_send_in_doubt_is_looked_for_only_once_it_must_be_over(office: Office) -> None:
    """130 seconds after the bytes may have left, not a second before."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(office.aimed(Fault("cut"), "invoice"))
    office.order()
    office.step()
    before = len(office.sandbox.requests())
    office.clock.sleep(timedelta(seconds=129).total_seconds())
    assert office.step() is None
    assert before == len(office.sandbox.requests())
    office.clock.sleep(1)
    assert office.step() is not None


def test_effects_are_called_what_the_records_call_them(office: Office) -> None:
    """The ledger's subjects are the records' own, so that what is booked is known by what was imported."""
    office.ready(ONTARIO)
    sync_id = office.order()
    (key,) = office.keys()
    assert [key.subject, payment_subject(key, "T-1")] == [
        effect.subject for effect in office.effects(sync_id)
    ]
