"""What will hold the firm's bookings soon, gathered for whoever shows it: see :mod:`qb.omens`."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from commands.books import NotConnectedError, read_lists
from commands.zones import zone_of
from db import cases, connections, firms, reads
from db.intake.imports import newest_import
from qb.books import ground
from qb.gateway import GatewayError
from qb.mapping import Mapping
from qb.omens import Outlook, newest_payment
from qb.omens import omens as seen
from qb.plan import not_connected, plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from sqlalchemy.orm import Session

    from commands.context import Context
    from db.records import Invoice
    from qb.entry import Plan
    from qb.ground import Ground
    from qb.omens import Omen

SOON = timedelta(minutes=1)


def looked(context: Context, firm_id: str) -> tuple[Omen, ...]:
    """What is coming, after a fresh look at QuickBooks' lists; nobody waits for the database meanwhile."""
    freshen(context, firm_id)
    with context.database.read() as session:
        records, found = cases.records(session, firm_id), ground(session, firm_id)
    paid = _paid(records.invoices())
    made = _planned(paid, found)
    with context.database.read() as session:
        return omens_on(session, context, firm_id, found, made, paid)


def freshen(context: Context, firm_id: str) -> None:
    """Read QuickBooks' lists anew; those kept serve on while it gives no answer."""
    with suppress(NotConnectedError, GatewayError):
        read_lists(context, firm_id, older_than=SOON)


def omens(session: Session, context: Context, firm_id: str) -> tuple[Omen, ...]:
    """What is coming for the firm at this moment; plans every paid invoice."""
    found, paid = ground(session, firm_id), _paid(cases.all_invoices(session, firm_id))
    return omens_on(session, context, firm_id, found, _planned(paid, found), paid)


def _paid(invoices: Iterable[Invoice]) -> list[Invoice]:
    return [invoice for invoice in invoices if invoice.paid is not None]


def _planned(paid: Sequence[Invoice], found: Ground | None) -> Plan:
    return not_connected(paid) if found is None else plan(paid, found)


def omens_on(
    session: Session,
    context: Context,
    firm_id: str,
    found: Ground | None,
    made: Plan,
    paid: Sequence[Invoice],
) -> tuple[Omen, ...]:
    """The same, for who has planned every paid invoice already (``commands.standing.planned``)."""
    now, zone = context.clock(), _zone(session, firm_id)
    newest, today = newest_import(session, firm_id), now.astimezone(zone).date()
    return seen(
        Outlook(
            connection=connections.get(session, firm_id),
            directory=None if found is None else found.directory,
            mapping=Mapping() if found is None else found.mapping,
            plan=made,
            exported=None if newest is None else newest.exported or newest.at.astimezone(zone).date(),
            today=today,
            dated=newest is not None and newest.exported is not None,
            newest_payment=newest_payment(paid, today),
            now=now,
            reads=reads.this_month(session, now) if context.environment == "production" else 0,
        )
    )


def _zone(session: Session, firm_id: str) -> tzinfo:
    firm = firms.get_firm(session, firm_id)
    return zone_of(firm.timezone if firm else "")
