"""Looks what became of the linked customers in QuickBooks, and tells it once to who can act on it."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from commands import speech
from commands.access import who_hears
from commands.firm import next_task
from commands.ids import Task
from commands.views import turned as views
from commands.views.turned import Turned
from db import cases, connections
from qb import linked_read, lists
from qb.gateway import GatewayError
from qb.linked import Health
from qb.linked_read import Books

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy.orm import Session

    from commands.context import Context
    from db.outbox import ClaimedTask
    from qb.linked import Turn


def look(context: Context, books: Books, *, only: Collection[str] | None = None, anew: bool = False) -> None:
    """Bring up to date what is known of the linked customers, or of ``only`` these; what is news is told.

    Raises InDoubt, Reconnect, OurBug.
    """
    linked_read.look(
        context.company(books.firm_id),
        context.database,
        books,
        context.clock(),
        only=only,
        anew=anew,
        heard=partial(_tell_later, context, books.firm_id),
    )


def look_quietly(context: Context, firm_id: str) -> None:
    """The same of all, where there is a company; what gets no answer is looked at another time."""
    with context.database.read() as session:
        connection = connections.get(session, firm_id)
        directory = lists.load(session, firm_id, connection.realm_id) if connection else None
    if connection is not None and directory is not None:
        with suppress(GatewayError):
            look(context, Books(firm_id, connection.realm_id, directory))


def tell(context: Context, task: ClaimedTask) -> None:
    """Task: one person hears what became of linked contacts."""
    with context.database.read() as session:
        found = [_turned(session, task.firm_id, one) for one in task.content["turned"]]
    speech.reach(context.slack(), task.content["user"], views.turned(found))


def _tell_later(context: Context, firm_id: str, session: Session, news: Iterable[Turn]) -> None:
    kept = [
        {"health": one.health, "was": one.was, "now": one.now, "into": one.into, "payers": one.payers}
        for one in news
    ]
    run = context.new_id()
    for user in who_hears(session, firm_id):
        content = {"user": user, "turned": kept}
        next_task(session, context, firm_id, Task.TURNED, content, key=f"{Task.TURNED}:{run}:{user}")


def _turned(session: Session, firm_id: str, kept: Mapping[str, str]) -> Turned:
    clients = tuple(_client(session, firm_id, payer) for payer in kept["payers"])
    return Turned(Health(kept["health"]), kept["was"], kept["now"], kept["into"], clients)


def _client(session: Session, firm_id: str, identifier: str) -> str:
    """A client's name; where no export names them any more, CaseEasy's identifier."""
    files = cases.cases_of_client(session, firm_id, identifier)
    return next((file.case.client.name for file in files if file.case.client.name), identifier)
