"""Gathers what the policy weighs of a plan, and keeps it with the sync as it was when it was shown."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from db import links, mappings, precedents
from db.money import NO_CURRENCY, Money
from qb.canonical import facts
from qb.lists import load
from qb.mapping import Kind, row
from qb.policy import ChangedRow, NewContact, RuleKind, Weighed, weigh

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from db.links import ContactLink
    from db.mappings import Choice
    from qb.entry import Named, Plan

PLACES = {Kind.METHOD: "method", Kind.DEPOSIT: "account", Kind.ITEM: "item", Kind.TAX: "tax_code"}
"""Under which name a plan's canonical text has what a mapping row chose."""


def weighed_plan(session: Session, firm_id: str, plan: Plan) -> Weighed:
    """What the policy looks at of this plan; of a company whose lists aren't read, everything is foreign."""
    directory = load(session, firm_id, plan.realm_id)
    trust = [] if directory is None else [one.id for one in directory.accounts if one.is_trust]
    return weigh(
        plan.entries,
        home=NO_CURRENCY if directory is None else directory.home_currency,
        trust_accounts=trust,
        new_contacts=_new_contacts(session, firm_id, plan),
        changed=_changed(session, firm_id, plan),
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
        "new_contacts": [[one.name, one.since.isoformat(), one.added] for one in weighed.new_contacts],
        "changed": [[one.label, one.since.isoformat()] for one in weighed.changed],
        "touches": list(weighed.touches),
    }


def read(found: Mapping[str, Any]) -> Weighed:
    """What :func:`written` wrote."""
    return Weighed(
        home=found["home"],
        invoices=found["invoices"],
        totals=tuple(_money(text) for text in found["totals"]),
        oldest_paid=_day(found["oldest_paid"]),
        earliest=_day(found["earliest"]),
        earliest_number=found["earliest_number"],
        new_contacts=tuple(
            NewContact(name, datetime.fromisoformat(since), added)
            for name, since, added in found["new_contacts"]
        ),
        changed=tuple(ChangedRow(label, datetime.fromisoformat(since)) for label, since in found["changed"]),
        touches=tuple(RuleKind(kind) for kind in found["touches"]),
    )


def _new_contacts(session: Session, firm_id: str, plan: Plan) -> Iterator[NewContact]:
    """Contacts of the plan to whom nothing was booked since they were added or chosen."""
    customers = {entry.customer.id: entry.customer for entry in plan.entries}
    newest: dict[str, ContactLink] = {}
    for link in links.all_current(session, firm_id, plan.realm_id):
        known = newest.get(link.customer_id)
        if link.customer_id in customers and (known is None or known.linked_at < link.linked_at):
            newest[link.customer_id] = link
    for link in newest.values():
        customer = customers[link.customer_id]
        if not _booked_with(session, firm_id, plan, "customer", customer, link.linked_at):
            yield NewContact(customer.name, link.linked_at, link.how == "added")


def _changed(session: Session, firm_id: str, plan: Plan) -> Iterator[ChangedRow]:
    """Rows of the mapping the plan rests on, with which nothing was booked since they were chosen."""
    used = _used(plan)
    for choice in mappings.current(session, firm_id, plan.realm_id):
        kind = Kind(choice.kind)
        thing = used.get((kind, choice.target_id))  # of a kind we know the place of
        if thing is not None and not _booked_with(
            session, firm_id, plan, PLACES[kind], thing, choice.confirmed_at
        ):
            yield ChangedRow(_label(choice), choice.confirmed_at)


def _used(plan: Plan) -> dict[tuple[Kind, str], Named]:
    lines = [line for entry in plan.entries for line in entry.lines]
    paid = [payment for entry in plan.entries for payment in entry.payments]
    return {
        **{(Kind.ITEM, line.item.id): line.item for line in lines},
        **{(Kind.TAX, line.tax_code.id): line.tax_code for line in lines},
        **{(Kind.METHOD, payment.method.id): payment.method for payment in paid},
        **{(Kind.DEPOSIT, payment.account.id): payment.account for payment in paid},
    }


def _booked_with(
    session: Session, firm_id: str, plan: Plan, place: str, thing: Named, since: datetime
) -> bool:
    """Whether an approved plan, written as ``qb.canonical`` does, had this thing in this place since then."""
    text = f'"{place}":{{"id":{json.dumps(thing.id)},'
    return precedents.any_approved_with(session, firm_id, plan.realm_id, text, since)


def _label(choice: Choice) -> str:
    return row(Kind(choice.kind), choice.source).label


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _money(text: str) -> Money:
    amount, _, currency = text.partition(" ")
    return Money.of(amount, currency)
