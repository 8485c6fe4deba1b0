"""A long import says how far it is, in one message, also where it is begun anew; the answer ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from commands.firm import next_task
from commands.ids import Task
from commands.taking import Taking
from commands.views.blocks import Message
from db import outbox
from db.intake.stage import Progress
from tests.commands.house import House, firm_of

if TYPE_CHECKING:
    from commands.context import Context
    from db.outbox import ClaimedTask

NOW = datetime(2090, 11, 23, 12, 0, tzinfo=UTC)
"""So late that the house's own worker leaves these tasks alone."""
NAME = "Invoices-export.xlsx"


class Clock:
    """Goes on by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """The moment it shows."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The test's own."""
    return Clock()


@pytest.fixture
def context(house: House, clock: Clock) -> Context:
    """The house's, by that clock; Maria has been met."""
    house.import_samples()
    return replace(house.program.context, clock=clock)


def task_of(house: House, context: Context) -> ClaimedTask:
    """An import of Maria's as a worker holds it."""
    with context.database.write() as session:
        content = {"user": "U0MARIA", "files": []}
        next_task(session, context, firm_of(house), Task.IMPORT, content, key="a")
        task = outbox.claim_task(session, NOW, {Task.IMPORT})
    assert task is not None
    return task


def newest(house: House) -> str:
    """What Maria read last."""
    return house.maria.messages()[-1].words


def test_it_is_said_every_three_seconds_in_one_message(house: House, context: Context, clock: Clock) -> None:
    """Nothing at first, as most imports are quick; the answer takes its place."""
    before = len(house.maria.messages())
    taking = Taking(context, context.slack(), task_of(house, context))
    for second, done in ((2, 10_000), (3, 20_000), (5, 30_000), (6, 41_000)):
        clock.now = NOW + timedelta(seconds=second)
        taking(Progress(NAME, done, 100_000))
        expected = {2: None, 3: "20,000", 5: "20,000", 6: "41,000"}[second]
        assert before + (expected is not None) == len(house.maria.messages())
        assert expected is None or f"{NAME}: {expected} of 100,000 rows read…" == newest(house)
    taking.answer(Message("Imported 100,000 new rows", ()))
    assert (before + 1, "Imported 100,000 new rows") == (len(house.maria.messages()), newest(house))


def test_begun_anew_it_goes_on_in_the_same_message(house: House, context: Context, clock: Clock) -> None:
    """The message of before the restart isn't left at its forty-one thousand."""
    held = task_of(house, context)
    taking = Taking(context, context.slack(), held)
    clock.now = NOW + timedelta(seconds=4)
    taking(Progress(NAME, 41_000, 100_000))
    assert "41,000" in newest(house)
    told = len(house.maria.messages())
    with context.database.write() as session:
        assert outbox.retry_task(session, held, clock.now, "left in the middle")
        again = outbox.claim_task(session, clock.now, {Task.IMPORT})
    assert again is not None
    Taking(context, context.slack(), again).answer(Message("Imported 100,000 new rows", ()))
    assert (told, "Imported 100,000 new rows") == (len(house.maria.messages()), newest(house))


def test_a_quick_import_is_only_answered(house: House, context: Context) -> None:
    """One message, as ever."""
    before = len(house.maria.messages())
    taking = Taking(context, context.slack(), task_of(house, context))
    taking(Progress(NAME, 70, 70))
    taking.answer(Message("Imported 70 new rows", ()))
    assert (before + 1, "Imported 70 new rows") == (len(house.maria.messages()), newest(house))
