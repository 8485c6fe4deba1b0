"""Looks in QuickBooks for what others wrote there, before anything is shown or written out to be booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.books import books_of
from qb.books import invoices_of
from qb.others_read import Books, look, oldest_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.context import Context
    from db.records import InvoiceKey


def look_for(context: Context, firm_id: str, keys: Sequence[InvoiceKey]) -> None:
    """Bring up to date what is known of others' documents, as far back as these invoices go.

    Raises :class:`NotConnectedError`, ``Reconnect``, and ``InDoubt`` where QuickBooks gives no clean answer:
    whether they are in the books already isn't known then, and nothing may be booked on it.
    """
    with context.database.read() as session:
        books = books_of(session, firm_id)
        oldest = oldest_day(invoices_of(session, firm_id, keys))
    if oldest is not None:
        whose = Books(firm_id, books.connection.realm_id, books.directory.home_currency)
        look(context.company(firm_id), context.database, whose, oldest, context.clock())
