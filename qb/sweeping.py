"""Checks the books: reads what may have changed in QuickBooks, compares it, and keeps what was found."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from db import checks, connections, epochs, findings
from db.effects import identifying
from db.effects.values import State
from db.findings import Seen
from qb.canonical import facts
from qb.gateway import Reconnect
from qb.linked_read import followed
from qb.lists import load, refresh
from qb.orders import CustomerOrder, EmailOrder, PaymentOrder, order_of
from qb.reading import changed_since, documents_at
from qb.sweep import Finding, Kind, Ours, Reading, compare
from qb.tokens import NOT_CONNECTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.effects import Effect
    from db.effects.identifying import Known
    from db.engine import Database
    from db.findings import Found, Kept
    from qb.directory import Directory
    from qb.entry import Named
    from qb.gateway import Company
    from qb.reading import Changed
    from qb.sweep import Document, Place

OVERLAP = timedelta(minutes=15)
"""How far before the last check the next one begins: clocks differ, and what was fresh then is looked at."""


@dataclass(frozen=True, slots=True)
class Swept:
    """One check of a company's books; ``read_at`` is when it began (UTC), ``compared`` how many bookings.

    ``cleared`` are the ids of kept findings that were looked at again and weren't found.
    """

    realm_id: str
    read_at: datetime
    findings: tuple[Finding, ...]
    compared: int
    cleared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Before:
    """What we knew before QuickBooks was asked; ``followed`` says who merged customers are now."""

    realm_id: str
    directory: Directory
    known: tuple[Known, ...]
    found: tuple[Found, ...]
    since: datetime | None
    followed: Mapping[str, Named]


def sweep(
    database: Database,
    company: Company,
    firm_id: str,
    now: datetime,
    *,
    everything: bool,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Swept:
    """Look through the firm's books; nothing is written, neither here nor there.

    Looks at what was changed since the last check, and with ``everything`` at each booking whenever it was
    made. ``progress`` hears how many of how many have been looked up. No transaction is open while QuickBooks
    is asked. Raises InDoubt, Reconnect, OurBug.
    """
    before = _before(database, company, firm_id, now)
    if before.since is None:
        return Swept(before.realm_id, now, (), 0, ())
    booked = {(one.entity, one.remote_id) for one in before.known if one.remote_id}
    changed = changed_since(company, before.directory, before.since, now, booked)
    asked = _to_ask(before, changed, everything=everything or not changed.knows_deletions)
    done = 0

    def heard(more: int) -> None:
        nonlocal done
        done += more
        progress(done, len(asked))

    documents = changed.documents | documents_at(company, before.directory, asked, heard)
    deleted = changed.deleted | _known_deletions(before.found)
    reading = Reading(now, tuple(documents.values()), deleted, frozenset(asked))
    known = identifying.known_documents(database, firm_id, before.realm_id)
    concerned = _concerned(database, firm_id, known, reading)
    ours = tuple(_of_now(one, before.followed) for one in concerned)
    ours_by_mark = {one.mark for one in known}
    found = tuple(one for one in compare(reading, ours) if one.ours or one.mark not in ours_by_mark)
    return Swept(
        before.realm_id,
        now,
        found,
        sum(one.is_confirmed for one in ours),
        tuple(_cleared(before.found, found, reading)),
    )


def keep(session: Session, firm_id: str, swept: Swept, now: datetime, new_id: Callable[[], str]) -> Kept:
    """Write down what a check found: which of it is news, and which of the old is gone."""
    return findings.keep(
        session,
        firm_id=firm_id,
        realm_id=swept.realm_id,
        seen=[_seen(one) for one in swept.findings],
        gone=swept.cleared,
        now=now,
        new_id=new_id,
    )


def _before(database: Database, company: Company, firm_id: str, now: datetime) -> _Before:
    with database.read() as session:
        connection = connections.get(session, firm_id)
        if connection is None:
            raise Reconnect(NOT_CONNECTED)
        realm_id = connection.realm_id
        first = identifying.first_sent(session, firm_id, realm_id) or _restored(session)
        since = checks.last_read(session, firm_id, realm_id) or first
        directory = load(session, firm_id, realm_id)
        found = findings.known(session, firm_id, realm_id)
        merged = followed(session, firm_id, realm_id)
    known = identifying.known_documents(database, firm_id, realm_id) if first else ()
    if directory is None:
        directory = refresh(company, database, firm_id, realm_id, now)
    return _Before(
        realm_id,
        directory,
        known,
        found,
        None if first is None or since is None else since - OVERLAP,
        merged,
    )


def _restored(session: Session) -> datetime | None:
    """In a database put back from a backup: since when others may have booked, with our marks."""
    epoch = epochs.current(session)
    return None if epoch is None else epoch.unknown_since


def _to_ask(before: _Before, changed: Changed, *, everything: bool) -> set[Place]:
    """What must be looked up by id: it wasn't changed, and yet something about it has to be known."""
    booked = {one.mark: (one.entity, one.remote_id) for one in before.known if one.remote_id}
    marked = {mark for document in changed.documents.values() for mark in document.marks}
    wanted = {booked[mark] for mark in marked if mark in booked}
    if everything:
        wanted |= {(one.entity, one.remote_id) for one in before.known if one.state is State.CONFIRMED}
    for one in before.found:
        if everything or one.mark in marked or _stays_told(one):
            wanted |= _places(one)
    wanted |= _beside(before.found, wanted | changed.documents.keys() | changed.deleted)
    return wanted - changed.documents.keys() - changed.deleted - _known_deletions(before.found)


def _stays_told(one: Found) -> bool:
    """Open, or deleted, as nothing is undeleted: its living copies, too, must be seen every night."""
    return one.standing is findings.Standing.OPEN or one.kind == Kind.DELETED


def _beside(found: Iterable[Found], looked_at: set[Place]) -> set[Place]:
    """What kept findings are about of which something is looked at: the rest of it, and the rest of that."""
    left, seen = list(found), set(looked_at)
    while touched := [one for one in left if _places(one) & seen]:
        left = [one for one in left if one not in touched]
        seen = seen.union(*(_places(one) for one in touched))
    return seen - looked_at


def _concerned(
    database: Database, firm_id: str, documents: Iterable[Known], reading: Reading
) -> tuple[Ours, ...]:
    """Our bookings that the reading says something about, as they stand now, in the order of their making."""
    known = {one.id: one for one in documents}
    places = {one.place for one in reading.documents} | reading.deleted | reading.asked
    marks = {mark for one in reading.documents for mark in one.marks}
    some = {one.id for one in known.values() if one.mark in marks or (one.entity, one.remote_id) in places}
    again = {_what(known[each]) for each in some if known[each].state is not State.CONFIRMED}
    ids = [one.id for one in known.values() if one.id in some or _what(one) in again]
    found = [_ours(effect, known) for effect in identifying.these(database, firm_id, ids)]
    readable = [one for one in found if one is not None]
    return tuple(sorted(readable, key=lambda one: (one.effect.created_at, one.effect.position)))


def _what(one: Known) -> tuple[str, str]:
    return one.subject, one.operation


def _ours(effect: Effect, known: Mapping[str, Known]) -> Ours | None:
    """The booking without its bytes; None where it can't be made out, so that all others are compared."""
    try:
        order = order_of(effect.operation, effect.content)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None
    if isinstance(order, CustomerOrder | EmailOrder):
        return None
    payment = order.payment if isinstance(order, PaymentOrder) else None
    invoice = known.get(effect.depends_on or "")
    slim = replace(effect, content={}, body=None)
    return Ours(slim, known[effect.id].mark, order.entry, payment, invoice.remote_id if invoice else "")


def _of_now(one: Ours, followed: Mapping[str, Named]) -> Ours:
    """What was booked for a customer that a person said to be another now, is that one's."""
    into = followed.get(one.entry.customer.id)
    return one if into is None else replace(one, entry=replace(one.entry, customer=into))


def _known_deletions(found: Iterable[Found]) -> frozenset[Place]:
    """What QuickBooks has told as deleted before, settled or not: nothing is ever undeleted."""
    told = (one for one in found if one.kind == Kind.DELETED)
    return frozenset(place for one in told for place in _own_place(one))


def _cleared(before: Iterable[Found], found: Iterable[Finding], reading: Reading) -> Iterable[str]:
    """Kept findings of which something was looked at, and which weren't found again."""
    again = {(one.kind, one.entity, one.mark) for one in found}
    seen = {one.place for one in reading.documents} | reading.deleted | reading.asked
    return [one.id for one in before if (one.kind, one.entity, one.mark) not in again and _places(one) & seen]


def _places(one: Found) -> set[Place]:
    """The documents that a kept finding is about."""
    return _own_place(one) | {(each["entity"], each["id"]) for each in one.content["documents"]}


def _own_place(one: Found) -> set[Place]:
    booked = one.content["booked"]
    return {(booked["entity"], booked["id"])} if booked and booked["id"] else set()


def _seen(one: Finding) -> Seen:
    content = {
        "documents": [_told(document) for document in one.documents],
        "booked": _booked(one.ours) if one.ours else None,
        "differences": facts(one.differences),
        "anew": one.anew,
    }
    effect_id = one.ours.effect.id if one.ours else None
    return Seen(one.kind, one.entity, one.mark, effect_id, content, _fingerprint(one))


def _fingerprint(one: Finding) -> str:
    """What makes it another finding: which documents for how much, what differs, how our booking stands.

    That one of two copies was edited besides is a finding of its own.
    """
    documents = [[*document.place, facts(document.total)] for document in one.documents]
    state = one.ours.effect.state if one.ours else ""
    text = json.dumps([documents, facts(one.differences), state, one.anew], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _told(document: Document) -> dict[str, Any]:
    told = ("entity", "id", "number", "total", "customer", "account")
    return {name: facts(getattr(document, name)) for name in told}


def _booked(ours: Ours) -> dict[str, Any]:
    """What of ours it concerns, as a person knows it."""
    effect, entry, payment = ours.effect, ours.entry, ours.payment
    return {
        "entity": effect.entity,
        "id": effect.remote_id or "",
        "number": effect.document_number or entry.number if payment is None else payment.reference,
        "total": facts(payment.amount if payment else entry.total),
        "client": entry.client_name,
        "case": entry.key.case,
        "invoice": entry.key.number,
        "subject": entry.subject,
        "sync": effect.sync_id or "",
        "state": effect.state.value,
    }
