"""Gathers what the policy weighs of a plan, and keeps it with the sync as it was when it was shown."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from db import links, mappings, precedents
from db.money import NO_CURRENCY
from db.records import payer_subject
from qb.books import confirmed_mapping
from qb.canonical import facts, from_canonical, money_of
from qb.lists import load
from qb.mapping import Fund, Kind, row
from qb.needed import rows_needed
from qb.policy import ChangedRow, NewContact, RuleKind, Weighed, weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from db.records import Invoice
    from qb.entry import Entry, Plan
    from qb.mapping import Row


def weighed_plan(session: Session, firm_id: str, plan: Plan, invoices: Iterable[Invoice]) -> Weighed:
    """What the policy looks at of this plan, made of these invoices and perhaps others that are held.

    Of a company whose lists aren't read, everything is foreign.
    """
    directory = load(session, firm_id, plan.realm_id)
    planned = {entry.key for entry in plan.entries}
    rests_on = [invoice for invoice in invoices if invoice.key in planned]
    mapping = confirmed_mapping(session, firm_id, plan.realm_id)
    rows = () if directory is None else rows_needed(rests_on, directory, mapping=mapping)
    trust = [] if directory is None else [one.id for one in directory.accounts if one.is_trust]
    return weigh(
        plan.entries,
        home=NO_CURRENCY if directory is None else directory.home_currency,
        trust_accounts=trust,
        new_contacts=_new_contacts(session, firm_id, plan),
        changed=_changed(session, firm_id, plan, rows),
        rows=[one.key for one in rows],
    )


def written(weighed: Weighed) -> dict[str, Any]:
    """As JSON values."""
    return {
        "home": weighed.home,
        "invoices": weighed.invoices,
        "totals": facts(weighed.totals),
        "oldest_paid": _iso(weighed.oldest_paid),
        "earliest": _iso(weighed.earliest),
        "earliest_number": weighed.earliest_number,
        "earliest_client": weighed.earliest_client,
        "new_contacts": [[one.name, one.since.isoformat(), one.added] for one in weighed.new_contacts],
        "changed": [[one.label, one.since.isoformat()] for one in weighed.changed],
        "touches": list(weighed.touches),
        "rows": list(weighed.rows),
    }


def read(found: Mapping[str, Any]) -> Weighed:
    """What :func:`written` wrote."""
    return Weighed(
        home=found["home"],
        invoices=found["invoices"],
        totals=tuple(money_of(text) for text in found["totals"]),
        oldest_paid=_day(found["oldest_paid"]),
        earliest=_day(found["earliest"]),
        earliest_number=found["earliest_number"],
        earliest_client=found.get("earliest_client", ""),
        new_contacts=tuple(
            NewContact(name, datetime.fromisoformat(since), added)
            for name, since, added in found["new_contacts"]
        ),
        changed=tuple(ChangedRow(label, datetime.fromisoformat(since)) for label, since in found["changed"]),
        touches=tuple(RuleKind(kind) for kind in found["touches"]),
        rows=tuple(found.get("rows", ())),
    )


def _new_contacts(session: Session, firm_id: str, plan: Plan) -> Iterator[NewContact]:
    """Contacts of the plan to whom nothing was booked since they were added or chosen."""
    billed = {_billed(entry): entry.customer for entry in plan.entries}
    new: dict[str, NewContact] = {}
    for link in links.all_current(session, firm_id, plan.realm_id):
        wanted = (payer_subject(link.payer, link.currency), link.customer_id)
        customer = billed.get(wanted)
        if customer is not None and not _was_billed(session, firm_id, plan, wanted, link.linked_at):
            known, added = new.get(customer.id), link.how == "added"
            if known is None or known.since < link.linked_at:
                new[customer.id] = NewContact(customer.name, link.linked_at, added)
    yield from new.values()


def _billed(entry: Entry) -> tuple[str, str]:
    """The payer in a currency, and the contact the entry is booked to: what a link says."""
    return payer_subject(entry.key.client, entry.total.currency), entry.customer.id


def _was_billed(session: Session, firm_id: str, plan: Plan, wanted: tuple[str, str], since: datetime) -> bool:
    """By this very link: that another payer was booked to the contact proves nothing of this one."""
    text = _text("customer", wanted[1])
    found = precedents.approved_with(session, firm_id, plan.realm_id, text, since)
    return any(_billed(entry) == wanted for one in found for entry in from_canonical(one).entries)


def _changed(session: Session, firm_id: str, plan: Plan, rows: Iterable[Row]) -> Iterator[ChangedRow]:
    """Rows of the mapping the plan rests on, with which nothing was booked since they were chosen.

    By the row, not by what was chosen for it: that cards were booked to Chequing proves nothing of wires.
    """
    labels = {one.key: one.label for one in rows}
    chosen = {
        key: choice.confirmed_at
        for choice in mappings.current(session, firm_id, plan.realm_id)
        if (key := row(Kind(choice.kind), choice.source, Fund(choice.fund)).key) in labels
    }
    known = precedents.rows_approved(session, firm_id, plan.realm_id, chosen)
    for key, since in chosen.items():
        if key not in known:
            yield ChangedRow(labels[key], since)


def _text(place: str, thing_id: str) -> str:
    return f'"{place}":{{"id":{json.dumps(thing_id)},'


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
