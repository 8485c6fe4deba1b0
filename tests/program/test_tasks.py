"""The runner of tasks: what it holds is its own until it is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.tasks import TaskRunner
from commands.context import Context
from commands.ids import Task
from db import firms, outbox
from db.engine import open_database

if TYPE_CHECKING:
    from db.outbox import ClaimedTask

NOW = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)


def never(*_: object) -> None:
    """Nobody is to be told of anything here."""
    raise AssertionError("this was not to be called")


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

    context = Context(
        database=database,
        clock=lambda: clock[0],
        new_id=lambda: "an id",
        random_bytes=bytes,
        slack=never,  # type: ignore[arg-type]
        slack_now=never,  # type: ignore[arg-type]
        company=never,  # type: ignore[arg-type]
        download=never,  # type: ignore[arg-type]
        public_url="",
        environment="sandbox",
    )
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
