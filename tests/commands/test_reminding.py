"""Requests nobody decides: one person is reminded in working hours, and after its hour it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from commands import TASKS, reminding
from commands.ids import Act, Task
from commands.reminding import longest_unasked, reminder_due, worked_between
from commands.stand_ins import stands_in
from db import firm_settings, outbox, requests
from db.chosen import FirmSettings
from db.requests import Request, RequestState
from tests.commands.house import House, firm_of, seen_message, seen_notice
from tests.commands.test_approvals import asked, in_channel, press_late
from tests.commands.test_booking import totals

if TYPE_CHECKING:
    from commands.context import Context

TORONTO = ZoneInfo("America/Toronto")
FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=TORONTO)
HOUR = timedelta(hours=1)
OPEN = Request("r", "f", "s", 1, RequestState.OPEN, "UMARIA", FRIDAY, FRIDAY + 72 * HOUR, ())


@pytest.mark.parametrize(
    ("end", "hours"),
    [
        (FRIDAY, 0),
        (FRIDAY + HOUR, 1),
        (FRIDAY + 9 * HOUR, 2),  # until five
        (FRIDAY + 48 * HOUR, 2),  # Sunday
        (FRIDAY + 68 * HOUR, 4),  # Monday at eleven
    ],
)
def test_only_working_hours_count(end: datetime, hours: int) -> None:
    """Nine to five, Monday to Friday, where the firm is."""
    assert hours * HOUR == worked_between(FRIDAY, end)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (FRIDAY + HOUR, False),  # too soon
        (FRIDAY + 4 * HOUR, False),  # in the evening
        (FRIDAY + 24 * HOUR, False),  # Saturday
        (FRIDAY + 67 * HOUR, False),  # Monday at ten: three hours
        (FRIDAY + 68 * HOUR, True),
    ],
)
def test_a_reminder_waits_for_hours_of_work(now: datetime, *, due: bool) -> None:
    """Nobody is reminded at night or on a weekend."""
    assert due == reminder_due(OPEN, now)


def test_a_day_before_the_end_there_is_one_more() -> None:
    """And never a third."""
    monday = datetime(2026, 11, 23, 11, 0, tzinfo=TORONTO)
    long = replace(OPEN, expires_at=FRIDAY + 120 * HOUR, reminders=1, reminded_at=monday)
    assert not reminder_due(long, monday + 4 * HOUR)
    assert reminder_due(long, monday + 29 * HOUR)
    assert not reminder_due(replace(long, reminders=2), monday + 29 * HOUR)


def test_whoever_was_asked_least_recently_is_next() -> None:
    """One person, in turn."""
    asked_at = {"UBEN": FRIDAY, "UALICE": FRIDAY - HOUR}
    assert "UALICE" == longest_unasked(["UBEN", "UALICE"], asked_at)
    assert "UEVE" == longest_unasked(["UBEN", "UALICE", "UEVE"], asked_at)
    assert "" == longest_unasked([], asked_at)


def test_the_away_are_stood_in_for_until_their_last_day() -> None:
    """By whom they named, if that person may approve."""
    chosen = FirmSettings(away=(("UBEN", "2026-12-04", "UALICE"),))
    able = ("UBEN", "UALICE")
    assert "UALICE" == stands_in("UBEN", chosen, able, date(2026, 12, 4))
    assert "UBEN" == stands_in("UBEN", chosen, able, date(2026, 12, 5))
    assert "UBEN" == stands_in("UBEN", chosen, ("UBEN",), date(2026, 12, 4))


def later(house: House, **passed: float) -> Context:
    """The house's context, so much later."""
    context = house.program.context
    return replace(context, clock=lambda: context.clock() + timedelta(**passed))


def look(context: Context) -> int:
    """A tick at the context's moment, and what it leaves, done; how much that was."""
    left = reminding.look(context)
    while True:
        with context.database.write() as session:
            task = outbox.claim_task(session, context.clock(), {Task.REMIND, Task.DECIDED})
        if task is None:
            return left
        TASKS[task.kind](context, task)
        with context.database.write() as session:
            outbox.finish_task(session, task, context.clock())


def at_work(house: House) -> Context:
    """The house's context on its next Wednesday at noon."""
    now = house.program.context.clock()
    wednesday = now.date() + timedelta(days=(2 - now.weekday()) % 7 or 7)
    return later(house, seconds=(datetime.combine(wednesday, time(12), TORONTO) - now).total_seconds())


def test_one_person_is_reminded_and_then_it_expires(careful_office: House) -> None:
    """Directly, not in the channel; nobody decides; both messages say so, and a late press is answered."""
    house = careful_office
    with house.program.database.write() as session:
        context = house.program.context
        chosen = {"request_hours": 400, "away": (("U0BEN", "2999-01-01", "U0ALICE"),)}
        firm_settings.change(session, firm_id=firm_of(house), by="U0ALICE", now=context.clock(), **chosen)
    request = asked(house, "00037", "Fatima Hassan")
    before = len(house.ben.messages())
    assert 1 == look(at_work(house))
    assert 0 == look(at_work(house))
    told = seen_message(house.alice, "Waiting for you in <#C0APPROVE>: <@U0MARIA> asked")
    assert "Fatima Hassan" in told.words
    assert before == len(house.ben.messages())
    assert 1 == look(later(house, hours=401))
    over = in_channel(house.ben, "Expired")
    assert (request.ts, []) == (over.ts, over.buttons)
    seen_message(house.maria, "as nobody had decided")
    press_late(house, house.ben, request, Act.APPROVE)
    seen_notice(house.ben, "Nobody decided this in time, so it has expired.")
    with house.program.database.read() as session:
        assert () == requests.open_ones(session, firm_of(house))
    assert [] == totals(house, "Fatima Hassan")
