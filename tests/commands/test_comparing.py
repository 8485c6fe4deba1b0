"""Before anything is called ready, what others wrote is looked at; a silent QuickBooks stops nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from commands.comparing import look_again, looked_of
from commands.standing import planned
from commands.views.looked import Looked
from db import connections, firm_settings
from db.engine import open_database
from qb.hold import Reason
from qb.sandbox import Fault, Sandbox, Stranger
from tests.books.exports import CUSTOMER
from tests.books.nights import questions
from tests.books.office import Clock, Office
from tests.commands.desk import context_of

NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
HOURS = 3600.0


def enter(office: Office) -> str:
    """The bookkeeper enters the sale by hand; gives its id."""
    return office.sandbox.enter(
        Stranger("Invoice", CUSTOMER, Decimal("2330.00"), date(2026, 5, 2), number="INV-1001")
    )


def counts(office: Office) -> tuple[int, list[Reason]]:
    """How many are ready, and what holds the others."""
    with office.database.read() as session:
        _, _, made = planned(session, office.firm_id)
    return len(made.entries), [held.holds[0].reason for held in made.held]


def told(office: Office) -> Looked | None:
    """What screens say of the last look, to the minute: each question takes a moment."""
    with office.database.read() as session:
        looked = looked_of(session, office.firm_id, office.clock())
    if looked is None or looked.at is None:
        return looked
    return replace(looked, at=looked.at.replace(second=0, microsecond=0))


def test_what_somebody_entered_meanwhile_is_not_called_ready(desk: Office) -> None:
    """One question to QuickBooks; and it says when that was."""
    assert (1, []) == counts(desk)
    enter(desk)
    desk.clock.sleep(2 * HOURS)
    assert Looked(NOON, is_old=True) == told(desk)
    before = questions(desk)
    assert look_again(context_of(desk), desk.firm_id)
    assert 1 == questions(desk) - before
    assert (0, [Reason.LOOKS_BOOKED]) == counts(desk)
    assert Looked(NOON + timedelta(hours=2)) == told(desk)


def test_within_a_minute_nothing_is_asked_again(desk: Office) -> None:
    """Ten people who open the digest at nine are one read; an import looks all the same."""
    before = questions(desk)
    desk.clock.sleep(59)
    assert not look_again(context_of(desk), desk.firm_id)
    assert before == questions(desk)
    assert look_again(context_of(desk), desk.firm_id, older_than=timedelta())
    assert 1 == questions(desk) - before


@pytest.mark.parametrize("fault", [Fault("cut", path="cdc"), Fault("throttle", path="cdc")])
def test_a_silent_quickbooks_stops_nobody(desk: Office, fault: Fault) -> None:
    """What was known serves on, and says since when."""
    enter(desk)
    desk.clock.sleep(2 * HOURS)
    desk.sandbox.faults.add(fault)
    assert not look_again(context_of(desk), desk.firm_id)
    assert (1, []) == counts(desk)
    assert Looked(NOON, is_old=True) == told(desk)


def test_a_quickbooks_that_lets_us_in_no_more_is_asked_once(desk: Office) -> None:
    """The admins hear of it by the connection's own state; until then nobody asks again."""
    desk.sandbox.disconnect()
    desk.clock.sleep(2 * HOURS)
    assert not look_again(context_of(desk), desk.firm_id)
    with desk.database.read() as session:
        connection = connections.get(session, desk.firm_id)
    assert connection is not None
    assert connections.RECONNECT == connection.state
    before = questions(desk)
    assert not look_again(context_of(desk), desk.firm_id)
    assert before == questions(desk)


def test_what_was_paid_before_go_live_is_not_looked_for(desk: Office) -> None:
    """A firm with ten years of records doesn't read ten years of its books."""
    with desk.database.write() as session:
        firm_settings.change(
            session, firm_id=desk.firm_id, by="U0ALICE", now=desk.clock(), go_live=date(2026, 6, 1)
        )
    desk.clock.sleep(2 * HOURS)
    before = questions(desk)
    assert not look_again(context_of(desk), desk.firm_id)
    assert before == questions(desk)


def test_what_is_booked_is_not_looked_for(desk: Office) -> None:
    """Nothing is left that could be called ready."""
    sync_id = desk.order()
    desk.work()
    desk.settle(sync_id)
    desk.clock.sleep(2 * HOURS)
    before = questions(desk)
    assert not look_again(context_of(desk), desk.firm_id)
    assert before == questions(desk)


def test_without_a_company_nothing_is_said(sqlite_url: str) -> None:
    """There is nothing to look at."""
    clock = Clock()
    with Sandbox(clock=clock) as sandbox:
        database = open_database(sqlite_url, given_clock=True)
        office = Office(database, sandbox, clock)
        assert not look_again(context_of(office), office.firm_id)
        assert told(office) is None
        database.close()
