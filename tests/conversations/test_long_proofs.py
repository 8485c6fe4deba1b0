"""The wait after a doubt, in its full length; all other waits are skipped, in tests/crashing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.demo.playground.hands import wait_for
from qb.sandbox import Fault
from tests.conversations.books import OSEI, booked
from tests.conversations.persons import PATIENCE, messages_that_say, reads
from tests.conversations.story import BOOKED, make_ready, preview_osei

if TYPE_CHECKING:
    from tests.conversations.standing import Standing

pytestmark = pytest.mark.prove
WHOLE_WAIT = 290.0
"""SQLite waits 130 seconds from the start, PostgreSQL 215 from the claim: less than five minutes."""


def test_a_doubt_is_settled_in_its_own_time(far: Standing) -> None:
    """Killed with an invoice booked and unheard, started at once: within five minutes all is told."""
    maria = far.cast.maria
    with far.program() as running:
        make_ready(far.cast)
        preview_osei(maria)
        far.sandbox.faults.add(Fault("cut", method="POST", path="invoice", after=True))
        maria.click("Book 3 Invoices")
        wait_for(lambda: not far.sandbox.faults.waiting(), PATIENCE)
        running.kill()
    with far.program():
        reads(maria, BOOKED, WHOLE_WAIT)
    assert list(OSEI) == booked(far.sandbox)
    assert 1 == len(messages_that_say(maria, BOOKED))
