"""The connected company as commands need it, or the sentence that says why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from commands.errors import RefusedError
from commands.linked import look
from commands.words import troubles
from db import connections
from qb import linked_read, lists
from qb.books import confirmed_mapping
from qb.gateway import InDoubt

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.context import Context
    from db.connections import Connection
    from qb.directory import Directory
    from qb.mapping import Mapping

FRESH = timedelta(minutes=10)


class NotConnectedError(RefusedError):
    """There is no QuickBooks company, or its lists were never read."""

    connects: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Books:
    """A connected company with its lists and the firm's confirmed choices."""

    connection: Connection
    directory: Directory
    mapping: Mapping


def books_of(session: Session, firm_id: str) -> Books:
    """The firm's books as kept here; :class:`NotConnectedError` where there are none."""
    connection = _connection(session, firm_id)
    directory = lists.load(session, firm_id, connection.realm_id)
    if directory is None:
        raise NotConnectedError(troubles.LISTS_UNREAD.said())
    return Books(connection, directory, confirmed_mapping(session, firm_id, connection.realm_id))


def read_lists(context: Context, firm_id: str, *, older_than: timedelta = FRESH, serve: bool = True) -> None:
    """Read QuickBooks' lists, and how the linked contacts stand, where those kept are older.

    Kept ones ``serve`` while QuickBooks is silent. Raises :class:`NotConnectedError`, ``Reconnect``, and
    ``InDoubt`` where nothing is kept that may serve.
    """
    with context.database.read() as session:
        connection = _connection(session, firm_id)
        kept = lists.load(session, firm_id, connection.realm_id)
    now = context.clock()
    if kept is not None and now - kept.read_at < older_than:
        return
    try:
        read = lists.refresh(context.company(firm_id), context.database, firm_id, connection.realm_id, now)
        look(context, linked_read.Books(firm_id, connection.realm_id, read))
    except InDoubt:
        if kept is None or not serve:
            raise


def _connection(session: Session, firm_id: str) -> Connection:
    connection = connections.get(session, firm_id)
    if connection is None:
        raise NotConnectedError(troubles.NOT_CONNECTED.said())
    return connection
