"""On PostgreSQL, who speaks with Slack and who does the work may be processes of their own, and several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conversations.books import OSEI, booked
from tests.conversations.persons import messages_that_say, reads
from tests.conversations.story import BOOKED, make_ready, preview_osei

if TYPE_CHECKING:
    from tests.conversations.standing import Standing

pytestmark = pytest.mark.postgres
WEB, WORKER = ("--role", "web"), ("--role", "worker")


def test_several_workers_book_once(shared: Standing) -> None:
    """Two workers take what is due from the same tables: three invoices, five payments, one result."""
    maria = shared.cast.maria
    with shared.program(*WEB), shared.program(*WORKER), shared.program(*WORKER):
        make_ready(shared.cast)
        preview_osei(maria)
        maria.click("Book 3 Invoices")
        reads(maria, BOOKED)
    assert list(OSEI) == booked(shared.sandbox)
    assert 1 == len(messages_that_say(maria, BOOKED))


def test_an_approval_without_a_worker_waits_for_one(shared: Standing) -> None:
    """Slack was told that Book is taken, then everything was killed: the row alone is enough."""
    maria = shared.cast.maria
    with shared.program(*WEB) as web:
        with shared.program(*WORKER) as worker:
            make_ready(shared.cast)
            preview_osei(maria)
            worker.kill()
        assert maria.click("Book 3 Invoices").ok
        web.kill()
    assert [] == booked(shared.sandbox)
    with shared.program():
        reads(maria, BOOKED)
    assert list(OSEI) == booked(shared.sandbox)
