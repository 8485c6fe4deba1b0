"""SIGKILL in the middle of a booking: the next start ends it with the same books and one result."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from bot.demo.playground.hands import wait_for
from db import tables
from db.engine import open_database
from qb.sandbox import Fault
from tests.conversations.books import OSEI, booked, count
from tests.conversations.passing import let_pass
from tests.conversations.persons import PATIENCE, messages_that_say, reads
from tests.conversations.story import BOOKED, make_ready, preview_osei

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conversations.standing import Standing

DOWN = timedelta(minutes=5)
HANGING = 4.0
"""Seconds a call hangs: long enough to be killed in, and over before the next start looks."""


def ready_to_book(far: Standing) -> None:
    """Maria's finger is on Book."""
    make_ready(far.cast)
    preview_osei(far.cast.maria)


def request_ids_mean_nothing(far: Standing) -> None:
    """QuickBooks would book the same again: the second net must hold alone."""
    far.sandbox.switches = replace(far.sandbox.switches, requestid="ignored")


def until(true: Callable[[], bool]) -> None:
    """Wait for something at the far side."""
    wait_for(true, PATIENCE)


def started_again(far: Standing) -> None:
    """The program was down for five minutes, then ends what it had begun: once, and told once."""
    let_pass(far.database_url, DOWN)
    with far.program():
        reads(far.cast.maria, BOOKED)
        assert list(OSEI) == booked(far.sandbox)
        assert 1 == len(messages_that_say(far.cast.maria, BOOKED))


def forget_where_the_preview_stands(database_url: str) -> None:
    """What a process leaves behind that dies between posting a preview and writing down where it stands."""
    database = open_database(database_url)
    with database.write() as session:
        session.execute(update(tables.Sync).values(channel="", message_ts=""))
    database.close()


def test_killed_when_the_preview_was_posted_but_not_noted(far: Standing) -> None:
    """Maria sees it and presses Book: that very message becomes the result."""
    with far.program() as running:
        make_ready(far.cast)
        shown = preview_osei(far.cast.maria)
        running.kill()
    forget_where_the_preview_stands(far.database_url)
    with far.program():
        far.cast.maria.click("Book 3 Invoices", shown)
        assert shown.ts == reads(far.cast.maria, BOOKED).ts
    assert list(OSEI) == booked(far.sandbox)


def test_killed_when_book_was_acknowledged(far: Standing) -> None:
    """What Slack was told is in the database: nobody has to press again."""
    with far.program() as running:
        ready_to_book(far)
        pressed = far.cast.maria.click("Book 3 Invoices")
        running.kill()
    assert pressed.ok
    started_again(far)


def test_killed_when_quickbooks_has_booked_but_not_answered(far: Standing) -> None:
    """The invoice is there and nobody here knows: it is found by its mark, not sent again."""
    request_ids_mean_nothing(far)
    with far.program() as running:
        ready_to_book(far)
        far.sandbox.faults.add(Fault("cut", method="POST", path="invoice", containing="1001", after=True))
        far.cast.maria.click("Book 3 Invoices")
        until(lambda: not far.sandbox.faults.waiting())
        running.kill()
    started_again(far)


def test_killed_while_an_invoice_is_on_its_way(far: Standing) -> None:
    """QuickBooks books it seconds after we are gone: it is found, not sent again."""
    request_ids_mean_nothing(far)
    with far.program() as running:
        ready_to_book(far)
        far.sandbox.faults.add(Fault("latency", method="POST", path="invoice", times=3, seconds=HANGING))
        far.cast.maria.click("Book 3 Invoices")
        until(lambda: not far.sandbox.faults.waiting())
        running.kill()
    assert 0 == count(far.sandbox, "Invoice")
    until(lambda: count(far.sandbox, "Invoice") == 3)
    started_again(far)


def test_killed_between_invoice_and_payment(far: Standing) -> None:
    """The invoices are booked, no payment is: the payments follow, the invoices stay what they are."""
    with far.program() as running:
        ready_to_book(far)
        far.sandbox.faults.add(Fault("status", method="POST", path="payment", times=5))
        far.cast.maria.click("Book 3 Invoices")
        until(lambda: count(far.sandbox, "Invoice") == 3 and not far.sandbox.faults.waiting())
        running.kill()
    assert 0 == count(far.sandbox, "Payment")
    started_again(far)


def test_killed_before_the_result_is_told(far: Standing) -> None:
    """All is booked, nobody was told: the next start reads it back and tells."""
    with far.program() as running:
        ready_to_book(far)
        reading_back = Fault("latency", path="query", containing="from Invoice where Id in", seconds=HANGING)
        far.sandbox.faults.add(reading_back)
        far.cast.maria.click("Book 3 Invoices")
        until(lambda: not far.sandbox.faults.waiting())
        running.kill()
    assert list(OSEI) == booked(far.sandbox)
    assert [] == messages_that_say(far.cast.maria, BOOKED)
    started_again(far)
