"""Looks in QuickBooks how contacts stand and what others wrote, before anything is shown or written out."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from commands import linked
from commands.books import FRESH, NotConnectedError, books_of
from commands.firm import next_task
from commands.ids import Task
from commands.views.looked import Looked
from db import connections, others
from qb import linked_read
from qb.books import contact_links, invoices_of, may_be_booked
from qb.connection import lose
from qb.gateway import GatewayError, Reconnect
from qb.others_read import Books, look, oldest_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from commands.books import Books as KeptBooks
    from commands.context import Context
    from db.outbox import ClaimedTask
    from db.records import Invoice, InvoiceKey

log = logging.getLogger("comparing")
SOON = timedelta(minutes=1)
"""What was looked at so lately isn't read again for a screen: each look is a metered read."""


def look_for(context: Context, firm_id: str, keys: Sequence[InvoiceKey]) -> None:
    """Bring up to date what is known of others' documents, as far back as these invoices go.

    Raises :class:`NotConnectedError`, ``Reconnect``, and ``InDoubt`` where QuickBooks gives no clean answer:
    whether they are in the books already isn't known then, and nothing may be booked on it.
    """
    with context.database.read() as session:
        books = books_of(session, firm_id)
        invoices = invoices_of(session, firm_id, keys)
    _look(context, firm_id, books, invoices)


def look_again(
    context: Context,
    firm_id: str,
    *,
    older_than: timedelta = SOON,
    among: Callable[[Session], Iterable[Invoice]] | None = None,
) -> bool:
    """The same for all that may still be booked, before it is called ready; whether it was read just now.

    Or only as far back as the invoices ``among`` which it is asked.

    Unless that was done a moment ago. QuickBooks gives no clean answer, or there is none: what was known
    serves on, and says since when it is known (:func:`looked_of`). Nothing is booked on it: a preview looks.
    """
    with context.database.read() as session:
        connection, now = connections.get(session, firm_id), context.clock()
        if connection is None or connection.state != connections.OK:
            return False
        last = others.last_read(session, firm_id, connection.realm_id)
        if last is not None and now - last[1] < older_than:
            return False
        invoices = among(session) if among else may_be_booked(session, firm_id, connection.realm_id)
        try:
            books = books_of(session, firm_id)
        except NotConnectedError:
            return False
    try:
        return _look(context, firm_id, books, invoices)
    except Reconnect as lost:
        with context.database.write() as session:
            lose(session, firm_id, lost, context.clock(), asked_at=now)
    except GatewayError as silence:
        log.info("what others wrote couldn't be looked at: %s", type(silence).__name__)
    return False


def look_after(context: Context, task: ClaimedTask) -> None:
    """Leave such a look for after the task: its answer doesn't wait, as a first one may be long."""
    with context.database.write() as session:
        next_task(session, context, task.firm_id, Task.LOOK, {}, key=f"{Task.LOOK}:{task.id}")


def look_once(context: Context, task: ClaimedTask) -> None:
    """Task: look, as what may be booked goes further back now, or was brought by an import."""
    look_again(context, task.firm_id, older_than=timedelta())


def looked_of(session: Session, firm_id: str, now: datetime) -> Looked | None:
    """When others' documents were last read, as of ``now``; None where there is no company."""
    connection = connections.get(session, firm_id)
    if connection is None:
        return None
    last = others.last_read(session, firm_id, connection.realm_id)
    return Looked(None, is_old=True) if last is None else Looked(last[1], is_old=now - last[1] > FRESH)


def _look(context: Context, firm_id: str, books: KeptBooks, invoices: Iterable[Invoice]) -> bool:
    """One metered read after the first; False where there is nothing to look for."""
    oldest = oldest_day(invoices)
    if oldest is None:
        return False
    whose = Books(firm_id, books.connection.realm_id, books.directory.home_currency)
    look(context.company(firm_id), context.database, whose, oldest, context.clock())
    return True


def look_at_contacts(context: Context, firm_id: str, keys: Sequence[InvoiceKey]) -> None:
    """Bring up to date how the contacts of these invoices' clients stand; one metered read. Raises as above.

    For a preview: what is approved soon after rests on it, and what is approved late reads them all again.
    """
    with context.database.read() as session:
        books = books_of(session, firm_id)
        realm = books.connection.realm_id
        clients = {invoice.case.client.identifier for invoice in invoices_of(session, firm_id, keys)}
        links = contact_links(session, firm_id, realm)
    theirs = {link.customer.id for link in links if link.payer in clients}
    if theirs:
        linked.look(context, linked_read.Books(firm_id, realm, books.directory), only=theirs)
