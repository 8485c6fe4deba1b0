"""SIGTERM: what is under way ends well, what isn't waits, and nothing is in doubt afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.hands import wait_for
from qb.sandbox import Fault
from tests.conversations.books import OSEI, booked, count
from tests.conversations.persons import PATIENCE, messages_that_say, reads
from tests.conversations.story import BOOKED, make_ready, preview_osei

if TYPE_CHECKING:
    from tests.conversations.standing import Standing

HANGING = 5.0


def test_a_call_under_way_is_heard_to_its_end(far: Standing) -> None:
    """QuickBooks takes five seconds over each invoice: we leave after them, and later go on at once."""
    with far.program() as running:
        make_ready(far.cast)
        preview_osei(far.cast.maria)
        slow = Fault("latency", method="POST", path="invoice", times=3, seconds=HANGING)
        far.sandbox.faults.add(slow)
        far.cast.maria.click("Book 3 Invoices")
        wait_for(lambda: not far.sandbox.faults.waiting(), PATIENCE)
        running.process.terminate()
        assert 0 == running.process.wait(PATIENCE)
    assert 3 == count(far.sandbox, "Invoice")
    assert [] == messages_that_say(far.cast.maria, BOOKED)
    with far.program():
        reads(far.cast.maria, BOOKED)
    assert list(OSEI) == booked(far.sandbox)
