"""Killed at instants that chance chooses, again and again; and the wait after a doubt in its full length."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.demo.playground.hands import wait_for
from qb.sandbox import Fault
from tests.conversations.books import OSEI, booked
from tests.conversations.passing import let_pass
from tests.conversations.persons import PATIENCE, messages_that_say, reads
from tests.conversations.story import BOOKED, make_ready, preview_osei
from tests.conversations.test_kills import DOWN

if TYPE_CHECKING:
    from tests.conversations.standing import Standing

pytestmark = pytest.mark.prove
KILLS = 3
LONGEST = 1.5
WHOLE_WAIT = 290.0
"""SQLite waits 130 seconds from the start, PostgreSQL 215 from the claim: less than five minutes."""


@pytest.mark.parametrize("seed", range(25))
def test_killed_three_times_at_any_instant(far: Standing, seed: int) -> None:
    """With request ids that mean nothing: the same books, and the result told."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    far.sandbox.switches = replace(far.sandbox.switches, requestid="ignored")
    maria = far.cast.maria
    with far.program() as running:
        make_ready(far.cast)
        preview_osei(maria)
        maria.click("Book 3 Invoices")
        time.sleep(chance.uniform(0, LONGEST))
        running.kill()
    for _ in range(KILLS - 1):
        let_pass(far.database_url, DOWN)
        with far.program() as running:
            time.sleep(chance.uniform(0, LONGEST))
            running.kill()
    let_pass(far.database_url, DOWN)
    with far.program():
        reads(maria, BOOKED)
    assert list(OSEI) == booked(far.sandbox)


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
