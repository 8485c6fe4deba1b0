"""Gathers who each client is in QuickBooks and how that contact stands, those that need somebody first."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from commands.scene import tick_value
from commands.standing import APART, counts_as, planned
from commands.views.contacts import ContactRow
from db import cases, links
from db.intake.spelling import searched, words_of
from db.money import NO_CURRENCY
from db.records import Client
from qb.likeness import plain
from qb.linked import Health, can_follow, health_of, link_of
from qb.linked_read import customers_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from sqlalchemy.orm import Session

    from db.links import ContactLink
    from db.records import Case
    from qb.entry import Plan
    from qb.linked import Customers

MOST_FOUND = 200
Place = tuple[str, str]
"""A client's identifier and a currency."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A client in one currency as the screen shows it, with what the search for another contact needs.

    ``pays``: the customer pays for ``cases`` instead of the client. Ids are QuickBooks', empty: none.
    """

    shown: ContactRow
    client: str
    email: str
    cases: tuple[str, ...]
    pays: bool = False
    customer_id: str = ""
    into_id: str = ""


@dataclass(slots=True)
class Known:
    """What the records say of a client in one currency: cases, and how many paid invoices wait in each."""

    client: Client
    cases: dict[str, None] = field(default_factory=dict)
    waiting: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything a row is made of; ``home`` is the company's currency, ``zone`` the firm's."""

    session: Session
    firm_id: str
    held: Sequence[ContactLink]
    customers: Customers
    known: dict[Place, Known]
    home: str
    zone: tzinfo

    def of(self, link: ContactLink) -> Known:
        """What the records say of a linked client; of one without paid invoices they are asked again."""
        found = self.known.get((link.payer, link.currency))
        return found or _asked(self.session, self.firm_id, link)

    def own_cases(self, place: Place, records: Known) -> tuple[str, ...]:
        """The client's cases in that currency for which nobody else pays."""
        elsewhere = {link.case for link in self.held if (link.payer, link.currency) == place}
        return tuple(case for case in records.cases if case not in elsewhere)


def rows_of(session: Session, firm_id: str, realm_id: str, words: str, zone: tzinfo) -> tuple[Linked, ...]:
    """Every link, and who isn't linked yet: with paid invoices that wait, and whoever the ``words`` find.

    With words only those whose client or customer they mean. ``zone`` is the firm's, for the days of linking.
    """
    invoices, on, made = planned(session, firm_id)
    waiting = _waiting(made)
    known: dict[Place, Known] = {}
    for invoice in invoices:
        _note(known, invoice.case, waits=invoice.key.subject in waiting)
    if words:
        _search(session, firm_id, words, known)
    gathered = Gathered(
        session=session,
        firm_id=firm_id,
        held=links.all_current(session, firm_id, realm_id),
        customers=customers_in(session, firm_id, realm_id),
        known=known,
        home=on.directory.home_currency if on else "",
        zone=zone,
    )
    linked = (_linked(group, gathered) for group in _groups(gathered.held))
    found = [*linked, *_unlinked(gathered, everybody=bool(words))]
    asked = words_of(words)
    return tuple(sorted((one for one in found if _means(one, asked)), key=_order))


def _waiting(made: Plan) -> frozenset[str]:
    """Subjects of the paid invoices that aren't in the books, nor on their way."""
    held = {one.key.subject for one in made.held if counts_as(one) not in APART}
    return frozenset(held | {entry.subject for entry in made.entries})


def _note(known: dict[Place, Known], case: Case, *, waits: bool = False) -> None:
    if case.currency == NO_CURRENCY or not case.client.identifier:
        return
    one = known.setdefault((case.client.identifier, case.currency), Known(case.client))
    one.cases[case.number] = None
    one.waiting[case.number] += waits


def _search(session: Session, firm_id: str, words: str, known: dict[Place, Known]) -> None:
    numbers = [one.number for one in cases.find_cases(session, firm_id, words, MOST_FOUND)]
    for files in cases.case_files(session, firm_id, numbers).values():
        for file in files:
            _note(known, file.case)


def _asked(session: Session, firm_id: str, link: ContactLink) -> Known:
    files = cases.cases_of_client(session, firm_id, link.payer)
    theirs = [file.case for file in files if file.case.currency == link.currency]
    client = theirs[0].client if theirs else Client(link.payer, link.payer, "")
    return Known(client, {case.number: None for case in theirs})


def _groups(held: Iterable[ContactLink]) -> list[list[ContactLink]]:
    """A client's own link; and those of the cases that one other customer pays for, together."""
    groups: dict[tuple[str, str, str], list[ContactLink]] = defaultdict(list)
    for link in held:
        groups[link.payer, link.currency, link.customer_id if link.case else ""].append(link)
    return list(groups.values())


def _linked(group: Sequence[ContactLink], gathered: Gathered) -> Linked:
    link, customers = max(group, key=lambda one: one.linked_at), gathered.customers
    records, seen = gathered.of(link), customers.get(link.customer_id)
    pays = tuple(one.case for one in group if one.case)
    own = pays or gathered.own_cases((link.payer, link.currency), records)
    now = link_of(link, customers)
    survivor = can_follow(seen, link.currency, customers) if seen else None
    shown = ContactRow(
        mark=_mark(link.payer, link.currency, link.customer_id, *pays),
        client_name=records.client.name or link.payer,
        currency=link.currency,
        customer=now.customer.name,
        health=health_of(seen, link.currency, link.customer_name),
        cases=pays,
        was=link.customer_name,
        has=now.customer_currency,
        into=now.merged_into.name if now.merged_into else "",
        follows=survivor is not None,
        by=link.linked_by,
        on=link.linked_at.astimezone(gathered.zone).date(),
        how=link.how,
        waiting=sum(records.waiting[case] for case in own),
        foreign=_is_foreign(link.currency, gathered),
    )
    into = "" if survivor is None else survivor.id
    return Linked(shown, link.payer, records.client.email, own, bool(pays), link.customer_id, into)


def _unlinked(gathered: Gathered, *, everybody: bool) -> Iterator[Linked]:
    """Who has no contact in a currency; unless ``everybody``, those alone for whom a paid invoice waits."""
    linked = {(link.payer, link.currency) for link in gathered.held if not link.case}
    for place, records in gathered.known.items():
        own = gathered.own_cases(place, records)
        waiting = sum(records.waiting[case] for case in own)
        if place in linked or not own or not (waiting or everybody):
            continue
        client, currency = place
        shown = ContactRow(
            mark=_mark(client, currency),
            client_name=records.client.name or client,
            currency=currency,
            waiting=waiting,
            foreign=_is_foreign(currency, gathered),
        )
        yield Linked(shown, client, records.client.email, own)


def _is_foreign(currency: str, gathered: Gathered) -> bool:
    return bool(gathered.home) and currency != gathered.home


def _mark(*parts: str) -> str:
    return tick_value("|".join(parts))


def _means(one: Linked, words: Sequence[str]) -> bool:
    shown = one.shown
    known = searched(shown.client_name, shown.customer, shown.was, one.email, one.client, *one.cases)
    return all(f" {word}" in known for word in words)


def _order(one: Linked) -> tuple[bool, bool, bool, bool, str, str, str]:
    """Who needs somebody, first where invoices wait; then who isn't linked; then by name."""
    shown = one.shown
    return (
        not shown.needs_somebody,
        not (shown.needs_somebody and shown.waiting),
        bool(shown.customer),
        shown.health is not Health.RENAMED,
        plain(shown.client_name),
        shown.currency,
        shown.mark,
    )
