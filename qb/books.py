"""Gathers what a plan rests on from what is kept here: lists, choices, contacts, what is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import answers, cases, client_money, connections, effects, firms, links, mappings
from db.firm_settings import settings_of
from db.zones import zone_of
from qb.ground import Ground
from qb.linked import link_of
from qb.linked_read import customers_in
from qb.lists import load
from qb.mapping import Choice, Fund, Kind, Mapping
from qb.obstacles import is_before_go_live
from qb.others_read import others_in
from qb.plan import not_connected, plan
from qb.trust import ClientMoney, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from db.records import Invoice, InvoiceKey
    from qb.entry import Link, Plan


def ground(session: Session, firm_id: str, invoices: Iterable[Invoice] | None = None) -> Ground | None:
    """What plans of these invoices rest on now, or of all the firm's.

    None while no company is connected or its lists weren't read.
    """
    connection = connections.get(session, firm_id)
    if connection is None:
        return None
    directory = load(session, firm_id, connection.realm_id)
    if directory is None:
        return None
    settings = settings_of(session, firm_id)
    asked = None if invoices is None else {invoice.key.subject for invoice in invoices}
    begun = effects.invoices_begun(session, firm_id, connection.realm_id, asked)
    return Ground(
        realm_id=connection.realm_id,
        directory=directory,
        mapping=confirmed_mapping(session, firm_id, connection.realm_id),
        links=contact_links(session, firm_id, connection.realm_id),
        booked=begun.booked,
        under_way=begun.under_way,
        in_review=begun.in_review,
        client_money=ClientMoney(
            settings.banking, bool(settings.trust_approver), _words(session, firm_id, connection.realm_id)
        ),
        go_live=settings.go_live,
        others=others_in(session, firm_id, connection.realm_id),
        answers=answers.all_of(session, firm_id, connection.realm_id),
        firm_id=firm_id,
    )


def plan_for(session: Session, firm_id: str, invoices: Sequence[Invoice]) -> Plan:
    """The plan over these invoices as things stand; without a company each is held for that."""
    found = ground(session, firm_id, invoices)
    return not_connected(invoices) if found is None else plan(invoices, found)


def invoices_of(session: Session, firm_id: str, keys: Sequence[InvoiceKey]) -> tuple[Invoice, ...]:
    """The invoices of these keys that the records still hold, in the keys' order; twins each."""
    files = cases.case_files(session, firm_id, tuple(dict.fromkeys(key.case for key in keys)))
    return tuple(
        invoice
        for key in dict.fromkeys(keys)
        for file in files[key.case]
        for invoice in file.invoices
        if invoice.key == key
    )


def may_be_booked(session: Session, firm_id: str, realm_id: str) -> tuple[Invoice, ...]:
    """Paid invoices that something may still be booked of: not whole in the books, nor before go-live."""
    booked = effects.invoices_begun(session, firm_id, realm_id).booked
    go_live = settings_of(session, firm_id).go_live
    return tuple(
        one
        for one in cases.all_invoices(session, firm_id)
        if one.paid is not None and one.key.subject not in booked and not is_before_go_live(one, go_live)
    )


def confirmed_mapping(session: Session, firm_id: str, realm_id: str) -> Mapping:
    """The firm's choices as they hold."""
    kept = mappings.current(session, firm_id, realm_id)
    converts = settings_of(session, firm_id).bank_converts is True
    return Mapping(tuple(map(choice_of, kept)), converts)


def choice_of(kept: mappings.Choice) -> Choice:
    """A kept choice as a plan rests on it."""
    seen = tuple(sorted(kept.rests_on.items()))
    return Choice(Kind(kept.kind), kept.source, kept.target_id, kept.target_name, Fund(kept.fund), seen)


def contact_links(session: Session, firm_id: str, realm_id: str) -> tuple[Link, ...]:
    """The firm's contacts as they hold, each customer as last read from QuickBooks."""
    seen = customers_in(session, firm_id, realm_id)
    return tuple(link_of(kept, seen) for kept in links.all_current(session, firm_id, realm_id))


def _words(session: Session, firm_id: str, realm_id: str) -> dict[str, Word]:
    """What was asked and said about client money, in days of the firm's own time zone."""
    firm = firms.get_firm(session, firm_id)
    zone = zone_of(firm.timezone if firm else "")
    return {
        one.fingerprint: Word(
            one.asked_at.astimezone(zone).date(),
            one.approved_name,
            one.approved_at.astimezone(zone).date() if one.approved_at else None,
        )
        for one in client_money.all_of(session, firm_id, realm_id)
        if one.rejected_at is None  # what was rejected may be asked again
    }
