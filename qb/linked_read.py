"""Reads from QuickBooks how the customers stand that contacts are linked to, and keeps that here."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from db import audit, links, lists
from db.effects import identifying
from db.lists import ListEntry
from db.portions import portions
from qb.entry import Named
from qb.gateway import InDoubt, Refused, select
from qb.linked import Customer, Customers, merged_into, turns
from qb.orders import InvoiceOrder, PaymentOrder, order_of
from qb.reading import documents_at
from qb.wire import person_seen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.effects import Effect
    from db.engine import Database
    from db.links import ContactLink
    from qb.directory import Directory
    from qb.gateway import Company
    from qb.linked import Turn
    from qb.sweep import Place

KIND = "Customer"
AT_ONCE = 200
"""Customers asked for by id in one question."""
ENOUGH, AMONG = 3, 50
"""Documents read back to see whose they are now, and among how many of a client's newest to find them."""
TURNED = "contact.turned"
NOT_THERE = "610"
"""QuickBooks' code for what was deleted, or never was (Intuit: Error codes)."""


@dataclass(frozen=True, slots=True)
class Books:
    """Whose customers are read, from which company, with the lists kept of it."""

    firm_id: str
    realm_id: str
    directory: Directory


def look(
    company: Company,
    database: Database,
    books: Books,
    now: datetime,
    *,
    only: Collection[str] | None = None,
    anew: bool = False,
    heard: Callable[[Session, tuple[Turn, ...]], None] = lambda _session, _turns: None,
) -> tuple[Turn, ...]:
    """Read the linked customers (or ``only`` some, by id), keep what is otherwise, and give what is news.

    A metered read for each 200 of them. Of one that was made inactive, some of our own documents are read
    back, as they stand under another customer where it was merged: once for each version of it, or ``anew``.
    Each piece of news is given once over all processes: ``heard`` is called in the transaction that keeps it.
    None is open while QuickBooks is asked. Raises InDoubt, Reconnect, OurBug.
    """
    with database.read() as session:
        held = links.all_current(session, books.firm_id, books.realm_id)
        before = customers_in(session, books.firm_id, books.realm_id)
    linked = {link.customer_id for link in held}
    wanted = linked if only is None else linked & set(only)
    beside = {before[each].merged_into for each in wanted if each in before} - {""}
    seen = _read(company, wanted | beside, books, before)
    seen = _traced(company, database, books, held, before, seen, anew=anew)
    if all(before.get(each) == one for each, one in seen.items()):
        return ()
    with database.write(record_of=books.firm_id) as session:
        return _keep(session, books, seen, now, heard)


def customers_in(session: Session, firm_id: str, realm_id: str) -> Customers:
    """The linked customers as last read."""
    kept = lists.entries(session, firm_id, realm_id, KIND)
    return {one.remote_id: _customer(one) for one in kept}


def followed(session: Session, firm_id: str, realm_id: str) -> dict[str, Named]:
    """Into whom customers were merged, by their ids, where a person has said that this is who pays."""
    customers = customers_in(session, firm_id, realm_id)
    confirmed = links.confirmed_merges(session, firm_id, realm_id)
    merged = ((one.id, customers.get(one.merged_into)) for one in customers.values())
    return {each: Named(into.id, into.name) for each, into in merged if into and into.id in confirmed}


def _keep(
    session: Session,
    books: Books,
    seen: Customers,
    now: datetime,
    heard: Callable[[Session, tuple[Turn, ...]], None],
) -> tuple[Turn, ...]:
    audit.hold(session, books.firm_id)  # of two who saw the same, the second one's look is no news
    before = customers_in(session, books.firm_id, books.realm_id)
    changed = [_entry(one) for each, one in seen.items() if before.get(each) != one]
    lists.put(session, books.firm_id, books.realm_id, changed, now)
    held = links.all_current(session, books.firm_id, books.realm_id)
    news = turns(held, before, seen)
    for one in news:
        content = {"stands": one.health, "was": one.was, "now": one.now, "into": one.into}
        audit.record(
            session,
            firm_id=books.firm_id,
            at=now,
            actor=audit.PROGRAM,
            verb=TURNED,
            subject=one.customer_id,
            content=content,
        )
    if news:
        heard(session, news)
    return news


def _read(company: Company, ids: Iterable[str], books: Books, before: Customers) -> Customers:
    """The customers of these ids; one that QuickBooks doesn't give is gone, and stays called as it was."""
    found: Customers = {}
    asked = sorted(ids)
    home = books.directory.home_currency
    for some in portions(asked, AT_ONCE):
        question = select(KIND).where("Id", "in", tuple(some)).where("Active", "in", (True, False))
        for row in company.select(question):
            one = person_seen(KIND, row, home)
            found[one.id] = Customer(one.id, one.name, one.active, one.currency, one.version)
    for each in asked:
        if each not in found:
            found[each] = _gone(company, each, before.get(each))
    return found


def _gone(company: Company, customer_id: str, before: Customer | None) -> Customer:
    """A customer that wasn't among the answers; InDoubt unless QuickBooks says of it alone that it's gone."""
    if before is not None and before.gone:
        return before
    try:
        company.read(KIND, customer_id)
    except Refused as refused:
        if refused.code != NOT_THERE:
            raise InDoubt(refused.message, sent=True, tid=refused.tid) from refused
    else:
        raise InDoubt("QuickBooks left out a customer that it has.", sent=True)
    name, currency = (before.name, before.currency) if before else ("", "")
    return Customer(customer_id, name, active=False, currency=currency, gone=True)


def _traced(
    company: Company,
    database: Database,
    books: Books,
    held: Sequence[ContactLink],
    before: Customers,
    seen: Customers,
    *,
    anew: bool,
) -> Customers:
    """The same, with into whom the inactive ones were merged, and with those."""
    traced = dict(seen)
    asked: dict[str, set[Place]] = {}
    linked = {link.customer_id for link in held}
    for each, one in seen.items():
        if one.active or one.gone or each not in linked:
            continue
        was = before.get(each)
        if not anew and was is not None and was.version == one.version and not was.gone:
            traced[each] = replace(one, merged_into=was.merged_into)
        else:
            asked[each] = _places(database, books, held, each)
    owners = _owners(company, books, asked)
    for each, places in asked.items():
        version = "" if places and not owners[each] else seen[each].version  # asked again the next time
        traced[each] = replace(seen[each], merged_into=merged_into(each, owners[each]), version=version)
    missing = {one.merged_into for one in traced.values()} - traced.keys() - {""}
    return traced | _read(company, missing, books, before)


def _owners(company: Company, books: Books, asked: dict[str, set[Place]]) -> dict[str, list[str]]:
    """Whose the documents are now, by the customer they were booked for."""
    places = set().union(*asked.values()) if asked else set()
    found = documents_at(company, books.directory, places, lambda _done: None) if places else {}
    return {each: [found[at].customer.id for at in its if at in found] for each, its in asked.items()}


def _places(database: Database, books: Books, held: Sequence[ContactLink], customer_id: str) -> set[Place]:
    """Where the newest of our documents are that were booked for this customer."""
    payers = dict.fromkeys(link.payer for link in held if link.customer_id == customer_id)
    found: list[Effect] = []
    with database.read() as session:
        for payer in payers:
            theirs = identifying.of_client(session, books.firm_id, books.realm_id, payer, AMONG)
            found += [one for one in theirs if _booked_for(one) == customer_id]
            if len(found) >= ENOUGH:
                break
    return {(one.entity, one.remote_id) for one in found[:ENOUGH] if one.remote_id}


def _booked_for(effect: Effect) -> str:
    """The customer's id; empty where the order can't be read."""
    try:
        order = order_of(effect.operation, effect.content)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return ""
    return order.entry.customer.id if isinstance(order, InvoiceOrder | PaymentOrder) else ""


def _entry(one: Customer) -> ListEntry:
    facts = {key: value for key, value in asdict(one).items() if key not in {"id", "name", "active"}}
    return ListEntry(KIND, one.id, one.name, one.active, facts)


def _customer(kept: ListEntry) -> Customer:
    return Customer(id=kept.remote_id, name=kept.name, active=kept.active, **kept.facts)
