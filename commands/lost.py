"""Tells admins once that QuickBooks lets us in no more, and knocks at a closed company until it opens."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from commands import speech
from commands.firm import next_task
from commands.ids import Task
from commands.views import lost as views
from db import connections, firms
from db.connections import APP_REFUSED, LOCKED, RECONNECT
from qb.gateway import InDoubt, OurBug

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from commands.context import Context
    from db.connections import Connection
    from db.outbox import ClaimedTask


class Alarm:
    """What a process has left to the worker already, so that a tick that finds the same writes nothing.

    Another process, or the next one after a restart, may leave it again: it is one task by its key.
    """

    def __init__(self) -> None:
        self._left: set[str] = set()

    def ring(self, context: Context) -> int:
        """Leave a message for each admin of a firm that lost QuickBooks, and a knock an hour; how many."""
        with context.database.read() as session:
            troubled = connections.in_state(session, RECONNECT, LOCKED, APP_REFUSED)
            wanted = [one for each in troubled for one in _wanted(session, each, context.clock())]
        new = [one for one in wanted if one[1] not in self._left]
        if new:
            with context.database.write() as session:
                for firm_id, key, kind, content in new:
                    next_task(session, context, firm_id, kind, content, key=key)
        self._left = {key for _, key, *_ in wanted}
        return len(new)


def _wanted(
    session: Session, connection: Connection, now: datetime
) -> Iterator[tuple[str, str, Task, dict[str, str]]]:
    since = connection.state_since or connection.connected_at
    # A company that opens and closes all day is told of once; tokens lost anew are news.
    again = f"{since:%Y-%m-%d}" if connection.state == LOCKED else f"{connection.version}"
    admins = firms.people_with(session, connection.firm_id, firms.ADMIN) or (connection.connected_by,)
    for user in admins:
        key = f"{Task.LOST}:{connection.state}:{again}:{user}"
        yield connection.firm_id, key, Task.LOST, {"user": user, "state": connection.state}
    if connection.state == LOCKED:
        yield connection.firm_id, f"{Task.KNOCK}:{now:%Y-%m-%dT%H}", Task.KNOCK, {}


def tell(context: Context, task: ClaimedTask) -> None:
    """Task: one admin hears why QuickBooks is lost, unless it is back already."""
    with context.database.read() as session:
        standing = connections.get(session, task.firm_id)
    if standing is not None and standing.state == task.content["state"]:
        told = views.message(standing.state, standing.company_name, standing.reason)
        speech.post(context.slack(), task.content["user"], told)


def knock(context: Context, task: ClaimedTask) -> None:
    """Task: hear whether a closed company is open again; what waited for it goes on then."""
    with suppress(InDoubt, OurBug):  # an hour later again
        context.knock(task.firm_id)
