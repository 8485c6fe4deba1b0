"""Leased, repeatable tasks that aren't money: messages, searches, imports; at least once, never lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, or_, select, update

from db import tables
from db.clock import lease_clock
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

LEASE = timedelta(seconds=120)
LONGEST_TROUBLE = 500


@dataclass(frozen=True, slots=True)
class ClaimedTask:
    """A task in hand; ``fence`` tells this hold from later ones, ``attempt`` counts from 1."""

    id: str
    firm_id: str
    kind: str
    content: Mapping[str, Any]
    key: str | None
    attempt: int
    fence: int
    lease_until: datetime
    created_at: datetime


def add_task(  # noqa: PLR0913 - a task's columns, all named
    session: Session,
    *,
    firm_id: str,
    kind: str,
    content: Mapping[str, Any],
    now: datetime,
    new_id: Callable[[], str],
    key: str | None = None,
    due_at: datetime | None = None,
) -> str:
    """Add a task, due at once or at ``due_at``, and give its id.

    Where the firm has had a task of this ``key``, nothing is added and that task's id is given.
    ``content`` is plain JSON.
    """
    values = {
        "id": new_id(),
        "firm_id": firm_id,
        "kind": kind,
        "content": dict(content),
        "state": "ready",
        "key": key,
        "due_at": due_at or now,
        "created_at": now,
    }
    if insert_if_absent(session, tables.Task, values):
        return str(values["id"])
    same = select(tables.Task.id).where(tables.Task.firm_id == firm_id, tables.Task.key == key)
    return session.execute(same).scalar_one()


def claim_task(
    session: Session, now: datetime, kinds: Collection[str] | None = None, lease: timedelta = LEASE
) -> ClaimedTask | None:
    """Take the task due longest that nobody holds, or None; of these kinds only, where given."""
    task, moment = tables.Task, lease_clock(session, now)
    found = select(task).where(_claimable(moment)).order_by(task.due_at, task.created_at, task.id).limit(1)
    if kinds is not None:
        found = found.where(task.kind.in_(kinds))
    row = session.scalar(found.with_for_update(skip_locked=True))
    if row is None:
        return None
    row.state = "running"
    row.attempt += 1
    row.fence += 1
    row.lease_until = moment + lease
    session.flush()
    return _claimed(row, row.lease_until)


def finish_task(session: Session, task: ClaimedTask, now: datetime) -> bool:
    """The task is done: forgotten, or kept as done where its key must stay known. False: hold was lost."""
    if task.key is None:
        gone = session.execute(delete(tables.Task).where(_held(task)).returning(tables.Task.id))
        return gone.first() is not None
    return _end(session, task, state="done", finished_at=now)


def retry_task(session: Session, task: ClaimedTask, due_at: datetime, trouble: str) -> bool:
    """Put the task back, to be tried again at ``due_at``. False: the hold was lost."""
    return _end(session, task, state="ready", due_at=due_at, trouble=trouble[:LONGEST_TROUBLE])


def carry_on(session: Session, task: ClaimedTask, content: Mapping[str, Any]) -> bool:
    """Let the task carry this from now on, should it be begun anew. False: the hold was lost."""
    change = update(tables.Task).where(_held(task)).values(content=dict(content))
    return session.execute(change.returning(tables.Task.id)).first() is not None


def fail_task(session: Session, task: ClaimedTask, trouble: str, now: datetime) -> bool:
    """Give the task up; it stays, with its trouble. False: the hold was lost."""
    return _end(session, task, state="failed", finished_at=now, trouble=trouble[:LONGEST_TROUBLE])


def next_task_due(session: Session) -> datetime | None:
    """When the next task wants doing; a held one, when its lease ends."""
    task = tables.Task
    ready = session.scalar(select(func.min(task.due_at)).where(task.state == "ready"))
    running = session.scalar(select(func.min(task.lease_until)).where(task.state == "running"))
    return min((moment for moment in (ready, running) if moment is not None), default=None)


def live_tasks(session: Session, firm_id: str, kinds: Collection[str]) -> tuple[Mapping[str, Any], ...]:
    """What the firm's tasks of these kinds that haven't ended carry, held or not."""
    task = tables.Task
    live = task.state.in_(("ready", "running"))
    found = select(task.content).where(task.firm_id == firm_id, task.kind.in_(kinds), live)
    return tuple(session.scalars(found))


def void_task_leases(session: Session) -> None:
    """At the boot of the one process on SQLite: whoever held a task is gone."""
    task = tables.Task
    session.execute(update(task).where(task.state == "running").values(state="ready", lease_until=None))


def sweep_tasks(session: Session, before: datetime) -> None:
    """Forget tasks that ended before; their keys may then be used anew."""
    task = tables.Task
    session.execute(delete(task).where(task.state.in_(("done", "failed")), task.finished_at < before))


def _claimable(moment: datetime) -> ColumnElement[bool]:
    task = tables.Task
    return or_(
        and_(task.state == "ready", task.due_at <= moment),
        and_(task.state == "running", task.lease_until <= moment),
    )


def _held(task: ClaimedTask) -> ColumnElement[bool]:
    row = tables.Task
    return and_(row.id == task.id, row.fence == task.fence, row.state == "running")


def _end(session: Session, task: ClaimedTask, **values: object) -> bool:
    change = update(tables.Task).where(_held(task)).values(lease_until=None, **values)
    return session.execute(change.returning(tables.Task.id)).first() is not None


def _claimed(row: tables.Task, lease_until: datetime) -> ClaimedTask:
    return ClaimedTask(
        row.id,
        row.firm_id,
        row.kind,
        row.content,
        row.key,
        row.attempt,
        row.fence,
        lease_until,
        row.created_at,
    )
