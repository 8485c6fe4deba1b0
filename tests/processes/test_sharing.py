"""Several processes share one firm's work, and come and go one by one: nothing is lost, nothing is twice."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from bot.demo.playground.hands import wait_for
from qb.sandbox import Fault
from tests.conversations.books import OSEI, booked, count
from tests.conversations.persons import PATIENCE, messages_that_say, reads
from tests.conversations.story import BOOKED, make_ready, preview_osei
from tests.processes.fleet import fleet
from tests.proof_lines import say

if TYPE_CHECKING:
    from tests.conversations.standing import Standing

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
DRAINED = 35.0


@pytest.mark.parametrize("restarted", [slice(1, 3), pytest.param(slice(4), marks=pytest.mark.prove)])
def test_a_rolling_restart_in_the_middle_of_a_sync_loses_nothing(shared: Standing, restarted: slice) -> None:
    """Two web and two worker processes, restarted in turn while invoices are on their way to the books.

    Meanwhile Ben looks around: every command is answered, and its screen opens, by whoever is there.
    """
    maria, answered = shared.cast.maria, list[bool]()
    with fleet(shared, "web", "web", "worker", "worker") as together:
        make_ready(shared.cast)
        preview_osei(maria)
        for path in ("invoice", "payment"):
            shared.sandbox.faults.add(Fault("latency", method="POST", path=path, times=8, seconds=1.5))
        assert maria.click("Book 3 Invoices").ok
        stopping = threading.Event()

        def look_around() -> None:
            while not stopping.wait(0.3):
                answered.append(shared.cast.ben.command("/qb").ok)
                wait_for(shared.cast.ben.modal, PATIENCE)
                shared.cast.ben.close()

        ben = threading.Thread(target=look_around)
        ben.start()
        took = [together.restart(member) for member in together.members[restarted]]
        stopping.set()
        ben.join()
        reads(maria, BOOKED)
    assert list(OSEI) == booked(shared.sandbox)
    assert 1 == len(messages_that_say(maria, BOOKED))
    assert {True} == set(answered)
    assert max(took) < DRAINED
    say(
        "PostgreSQL for real",
        f"rolling restart of {len(took)} among 2 web and 2 worker processes, in the middle of a sync",
        f"3 invoices and 5 payments once each, one receipt, {len(answered)} commands answered meanwhile, "
        f"left after at most {max(took):.1f} s",
    )
    assert 2 == len([port for port, times in together.balancer.served.items() if times > 1])


@pytest.mark.prove
def test_a_worker_that_is_told_to_leave_ends_its_call_first(shared: Standing) -> None:
    """And takes nothing new: the rest waits for the next worker, nothing is in doubt."""
    maria = shared.cast.maria
    with fleet(shared, "web", "worker") as together:
        worker = together.members[1]
        make_ready(shared.cast)
        preview_osei(maria)
        shared.sandbox.faults.add(Fault("latency", method="POST", path="invoice", times=3, seconds=2.0))
        maria.click("Book 3 Invoices")
        wait_for(lambda: not shared.sandbox.faults.waiting(), PATIENCE)
        together.leave(worker)
        assert (3, 0) == (count(shared.sandbox, "Invoice"), count(shared.sandbox, "Payment"))
        together.start("worker")
        reads(maria, BOOKED, seconds=10)  # soon: were anything in doubt, it would take two minutes
    assert list(OSEI) == booked(shared.sandbox)


@pytest.mark.prove
def test_an_idle_worker_leaves_at_once(shared: Standing) -> None:
    """It hears SIGTERM while it waits; so does a web process nobody asks anything."""
    with fleet(shared, "web", "worker") as together:
        assert max(together.leave(member) for member in together.members) < 5
