"""The runner of tasks: what it holds is its own until it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.tasks import TaskRunner
from commands.context import Context
from commands.ids import Task
from db import firms, outbox
from db.engine import open_database

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.engine import Database
    from db.outbox import ClaimedTask

NOW = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)


def never(*_: object) -> None:
    """Nobody is to be told of anything here."""
    raise AssertionError("this was not to be called")


def context_at(database: Database, clock: Callable[[], datetime]) -> Context:
    """What a task needs here: the database and the time."""
    return Context(
        database=database,
        clock=clock,
        new_id=lambda: "an id",
        random_bytes=bytes,
        slack=never,  # type: ignore[arg-type]
        slack_now=never,  # type: ignore[arg-type]
        company=never,  # type: ignore[arg-type]
        download=never,  # type: ignore[arg-type]
        public_url="",
        environment="sandbox",
    )


@pytest.mark.parametrize(("kind", "taken_twice"), [(Task.IMPORT, False), (Task.OVERVIEW, True)])
def test_an_import_of_ten_minutes_stays_with_who_began_it(
    sqlite_url: str, kind: Task, *, taken_twice: bool
) -> None:
    """Another worker would tell the person that another import is under way: their own."""
    database, clock = open_database(sqlite_url), [NOW]
    begun: list[str] = []

    def work(context: Context, task: ClaimedTask) -> None:
        begun.append(task.id)
        clock[0] += timedelta(minutes=10)
        if len(begun) == 1:
            TaskRunner(context, {kind: work}, never).work()

    context = context_at(database, lambda: clock[0])
    with database.write() as session:
        firm = firms.meet_firm(
            session, team_id="T1", name="Firm", timezone="UTC", now=NOW, new_id=context.new_id
        )
        outbox.add_task(
            session, firm_id=firm.id, kind=kind, content={}, now=NOW, new_id=context.new_id, key="once"
        )
    assert TaskRunner(context, {kind: work}, never).work()
    assert (2 if taken_twice else 1) == len(begun)
    database.close()


@pytest.mark.parametrize(("kind", "seconds"), [(Task.IMPORT, 125), (Task.OVERVIEW, 5)])
def test_what_is_left_in_the_middle_is_soon_free_for_others(
    database_url: str, kind: Task, seconds: int
) -> None:
    """They don't wait for the hold to end; an import's traces must count as cut off first."""
    database, clock = open_database(database_url, given_clock=True), [NOW]
    context = context_at(database, lambda: clock[0])
    with database.write() as session:
        firm = firms.meet_firm(
            session, team_id="T1", name="Firm", timezone="UTC", now=NOW, new_id=context.new_id
        )
        outbox.add_task(session, firm_id=firm.id, kind=kind, content={}, now=NOW, new_id=context.new_id)

    def leave(_context: Context, _task: ClaimedTask) -> None:
        leaving.let_go()
        clock[0] += timedelta(seconds=seconds - 1)
        assert not others.work()
        clock[0] += timedelta(seconds=1)
        assert others.work()

    done: list[str] = []
    others = TaskRunner(context, {kind: lambda _context, task: done.append(task.id)}, never)
    leaving = TaskRunner(context, {kind: leave}, never)
    leaving.work()
    assert ["an id"] == done
    with database.read() as session:
        assert outbox.next_task_due(session) is None
    database.close()


def test_two_long_tasks_leave_the_other_threads_to_who_waits(database_url: str) -> None:
    """Four checks are due: two are in hand, the third waits for one of them, a screen is filled at once."""
    database, ids = open_database(database_url, given_clock=True), iter("abcdefgh")
    context = replace(context_at(database, lambda: NOW), new_id=lambda: next(ids))
    with database.write() as session:
        firm = firms.meet_firm(
            session, team_id="T1", name="Firm", timezone="UTC", now=NOW, new_id=context.new_id
        )
        for kind in (*[Task.CHECK_ASKED] * 2, *[Task.IMPORT] * 2, Task.OVERVIEW):
            outbox.add_task(session, firm_id=firm.id, kind=kind, content={}, now=NOW, new_id=context.new_id)
    begun: list[str] = []

    def work(_context: Context, task: ClaimedTask) -> None:
        begun.append(task.kind)
        runner.work()  # another thread, while this one is at it

    runner = TaskRunner(context, {Task.CHECK_ASKED: work, Task.IMPORT: work, Task.OVERVIEW: work}, never)
    assert runner.work()
    assert [Task.CHECK_ASKED, Task.CHECK_ASKED, Task.OVERVIEW] == begun
    assert runner.work()
    assert 5 == len(begun)
    assert not runner.work()
    database.close()
