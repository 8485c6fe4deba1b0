"""SIGKILL between asking, approving and telling: the next start goes on, and all is booked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conversations.books import OSEI, booked
from tests.conversations.persons import hears, messages_that_say, reads
from tests.conversations.story import BOOKED, make_ready, preview_osei
from tests.firm_that_trusts import trust_nobody

if TYPE_CHECKING:
    from tests.conversations.standing import Standing

REQUEST = "Approve 3 invoices for Daniel Osei?"


def ready_to_ask(far: Standing) -> None:
    """Maria's finger is on Ask to Book."""
    trust_nobody(far.database_url)
    make_ready(far.cast)
    preview_osei(far.cast.maria)


def test_killed_when_the_request_was_acknowledged(far: Standing) -> None:
    """What Slack was told is in the database: after the start Ben is asked, once, and approves."""
    with far.program() as running:
        ready_to_ask(far)
        assert far.cast.maria.click("Ask to Book 3 Invoices").ok
        running.kill()
    with far.program():
        far.cast.ben.click("Approve 3 Invoices", reads(far.cast.ben, REQUEST))
        reads(far.cast.maria, BOOKED)
    assert list(OSEI) == booked(far.sandbox)


def test_killed_when_the_approval_was_acknowledged(far: Standing) -> None:
    """The next start books it, tells Maria once, and the request carries the result."""
    with far.program() as running:
        ready_to_ask(far)
        far.cast.maria.click("Ask to Book 3 Invoices")
        request = reads(far.cast.ben, REQUEST)
        assert far.cast.ben.click("Approve 3 Invoices", request).ok
        running.kill()
    with far.program():
        reads(far.cast.maria, BOOKED)
        assert request.ts == reads(far.cast.ben, BOOKED).ts
        assert 1 == len(messages_that_say(far.cast.maria, BOOKED))
    assert list(OSEI) == booked(far.sandbox)


def test_an_approval_delivered_again_after_a_start_is_answered(far: Standing) -> None:
    """Slack sends it once more: nothing more is booked, and Ben is told."""
    with far.program() as running:
        ready_to_ask(far)
        far.cast.maria.click("Ask to Book 3 Invoices")
        pressed = far.cast.ben.click("Approve 3 Invoices", reads(far.cast.ben, REQUEST))
        reads(far.cast.maria, BOOKED)
        running.kill()
    with far.program():
        assert 200 == far.hands.redeliver(pressed.delivery)
        hears(far.cast.ben, "<@U0BEN> approved this already.")
    assert list(OSEI) == booked(far.sandbox)
