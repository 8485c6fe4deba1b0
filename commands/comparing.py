"""Looks in QuickBooks how contacts stand and what others wrote, before anything is shown or written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import linked
from commands.books import books_of
from qb import linked_read
from qb.books import contact_links, invoices_of
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
