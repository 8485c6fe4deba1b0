"""Searches QuickBooks for people, and makes sure at the last moment that a new one isn't there already."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from qb.contacts import Candidate, Sought, blocks_adding, email_problem, name_problem, namesakes, rank
from qb.gateway import BadLiteral, OurBug, Refused, containing, select
from qb.latin import is_foreign, steady_part
from qb.likeness import plain
from qb.wire import person_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qb.gateway import Company, Select
    from qb.orders import CustomerOrder
    from qb.wire import PersonSeen

KINDS = ("Customer", "Vendor", "Employee")
STEM = 4
MOST_WORDS = 2
MOST_NAMESAKES = 6
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
"""What is worth asking for as a part: half an address is a part of everybody's."""
UNACCENTED = re.compile(r"[A-Za-z0-9]+")


def search(company: Company, sought: Sought, home: str) -> tuple[Candidate, ...]:
    """Who in QuickBooks may be meant, the best first; ``home`` is the company's currency.

    Asks for the e-mail, also among several in one field, then for the longest words of the name, among
    customers (their family names, too, as a company may stand in front), vendors and employees, inactive ones
    included; for a telephone number among all customers, as QuickBooks can't be asked about it. Raises
    InDoubt, Reconnect.
    """
    return rank(sought, people(company, sought, home))


def last_invoices(company: Company, found: Iterable[Candidate]) -> dict[str, str]:
    """The day of the last invoice of those who have the same name, by id, as QuickBooks writes it.

    A call for each of them, so none where nobody's name is another's. Empty for who has no invoice.
    """
    days: dict[str, str] = {}
    for one in namesakes(tuple(found))[:MOST_NAMESAKES]:
        his = select("Invoice").where("CustomerRef", "=", one.person.id)
        days[one.person.id] = max((str(row.get("TxnDate", "")) for row in company.select(his)), default="")
    return days


def people(company: Company, sought: Sought, home: str) -> tuple[PersonSeen, ...]:
    """Everyone whose e-mail or name may fit, each once."""
    by_email = _with_email(company, sought.email, home)
    everyone = chain(by_email, _answering(company, _questions(sought), home))
    return tuple({(one.kind, one.id): one for one in everyone}.values())


def refuse_adding(company: Company, order: CustomerOrder) -> str | None:
    """Why the customer may not be added, by what QuickBooks says at this moment; None if it may."""
    problem = name_problem(order.name) or email_problem(order.email)
    if problem is not None:
        return problem
    sought = Sought(order.name, order.email, order.currency)
    return blocks_adding(order.name, sought, _holders(company, sought), order.apart)


def who_has_the_name(company: Company, order: CustomerOrder) -> str:
    """After QuickBooks refused the name: who holds it."""
    told = refuse_adding(company, order)
    return told or f"QuickBooks says that the name {order.name} is taken. Add something to the name."


def _holders(company: Company, sought: Sought) -> Iterator[PersonSeen]:
    yield from _with_email(company, sought.email, sought.currency)
    named = chain(_of_name(sought.name), _of_family(sought.name))
    yield from _answering(company, named, sought.currency)


def _answering(company: Company, questions: Iterable[Select], home: str) -> Iterator[PersonSeen]:
    for question in questions:
        for row in company.select(question):
            yield person_seen(question.entity, row, home)


def _with_email(company: Company, email: str, home: str) -> Iterator[PersonSeen]:
    """Whoever has the e-mail, and some who have one like it: a field may hold several, separated by commas.

    Where QuickBooks refuses to be asked about a part of the field, it is asked about the whole.
    """
    exactly = _asked("Customer", "PrimaryEmailAddr", "=", email.strip()) if email.strip() else ()
    if not ADDRESS.fullmatch(email.strip()):
        yield from _answering(company, exactly, home)
        return
    among = _asked("Customer", "PrimaryEmailAddr", "like", containing(email.strip()))
    try:
        yield from tuple(_answering(company, among, home))
    except (OurBug, Refused):
        yield from _answering(company, exactly, home)


def _questions(sought: Sought) -> Iterator[Select]:
    if sought.phone:
        yield select("Customer").where("Active", "in", (True, False))
        return
    stems = _stems(sought.name)
    asked = (("Customer", stems), ("Vendor", stems[:1]), ("Employee", stems[:1]))
    for kind, some in asked:
        for stem in some:
            yield from _asked(kind, "DisplayName", "like", containing(stem))
    yield from _of_family(sought.name)


def _of_name(name: str) -> Iterable[Select]:
    return chain.from_iterable(_asked(kind, "DisplayName", "=", name) for kind in KINDS)


def _of_family(name: str) -> Iterator[Select]:
    """Customers by the family name, whatever they are displayed as; either of the longest words may be it."""
    for stem in _stems(name)[:MOST_WORDS]:
        yield from _asked("Customer", "FamilyName", "like", containing(stem))


def _asked(kind: str, field: str, operator: str, value: str) -> Iterable[Select]:
    """The question, or none where QuickBooks can't be asked about the value."""
    try:
        return (select(kind).where("Active", "in", (True, False)).where(field, operator, value),)
    except BadLiteral:
        return ()


def _stems(name: str) -> tuple[str, ...]:
    """Beginnings that accents don't touch, of the longest words: ``Garc`` finds García and Garcia alike.

    Of a name in another script also what its Latin spellings have in common: ``Ольга`` finds Olga.
    """
    words = sorted(dict.fromkeys(name.split()), key=lambda word: (-len(plain(word)), word))
    runs = (max(UNACCENTED.findall(word), key=len, default="") or word for word in words)
    useful = [run[:STEM] for run in runs if len(run) > 1]
    if not name.strip():
        return ()
    foreign = [word for word in words if is_foreign(word)][:MOST_WORDS]
    spelled = [part[:STEM] for word in foreign if len(part := steady_part(word)) > 1]
    return tuple(dict.fromkeys([*(useful or [name.strip()])[:MOST_WORDS], *spelled]))
