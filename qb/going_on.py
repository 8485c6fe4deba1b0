"""Goes on with what waited for a connection: only what would still be booked as it was approved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db import audit, connections, effects, syncs
from db.effects import State
from qb.books import ground, invoices_of
from qb.canonical import facts, from_canonical
from qb.changes import changes, unchanged
from qb.lineage import newest
from qb.operations import ADD_INVOICE
from qb.orders import PaymentOrder, order_of
from qb.others_read import was_looked
from qb.plan import plan
from qb.post import NotLookedError
from qb.refusal_sentences import APPROVED_LONG_AGO, OTHERWISE_NOW
from qb.second_look import looks_received
from qb.stopping import APPROVAL_LASTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.effects import Effect
    from db.engine import Database
    from db.records import InvoiceKey
    from db.syncs import Sync
    from qb.entry import Entry, Plan
    from qb.ground import Ground


@dataclass(frozen=True, slots=True)
class WentOn:
    """How many effects of a sync go on; ``changed`` are invoices taken back, with ``why`` in words."""

    sync: Sync
    going: int = 0
    changed: tuple[InvoiceKey, ...] = ()
    why: tuple[str, ...] = ()


def waiting(session: Session, firm_id: str, sync_id: str) -> tuple[InvoiceKey, ...]:
    """The invoices of which something waits for a look; none while QuickBooks doesn't let us in."""
    connection, sync = connections.get(session, firm_id), syncs.get(session, firm_id, sync_id)
    if sync is None or connection is None or connection.state not in connections.ASKED:
        return ()
    parked = (
        {effect.invoice for effect in _parked(session, sync)} if connection.realm_id == sync.realm_id else ()
    )
    return tuple(entry.key for entry in from_canonical(sync.plan).entries if entry.subject in parked)


def go_on(
    database: Database,
    *,
    firm_id: str,
    sync_id: str,
    looked_at: datetime,
    now: datetime,
    follow: Callable[[Session, WentOn], None] = lambda _session, _came: None,
) -> None:
    """Send what is still as approved, take back the rest, in one commit; repeating it changes nothing.

    ``looked_at`` (UTC): when this run began to look what others wrote. What may have been sent isn't touched:
    its mark is looked for first. ``follow`` leaves what is to be told, in the same commit. Raises
    NotLookedError.
    """
    with database.write(record_of=firm_id) as session:
        audit.hold(session, firm_id)  # nobody stops it, or books the same, between our look and what we write
        keys, sync = waiting(session, firm_id, sync_id), syncs.get(session, firm_id, sync_id)
        if sync is None or not keys:
            return
        invoices = invoices_of(session, firm_id, keys)
        if not was_looked(session, firm_id, sync.realm_id, invoices, looked_at):
            raise NotLookedError(sync_id)
        found = ground(session, firm_id, invoices)
        if found is None:
            return
        parked = _parked(session, sync)
        unsent = frozenset(one.subject for one in parked if one.operation == ADD_INVOICE)
        anew = plan(invoices, replace(found, under_way=found.under_way - unsent))
        came = _invoices(session, sync, parked, anew, now)
        _wait_in_vain(session, sync, now)
        left = [one for one in _parked(session, sync) if one.invoice not in unsent]
        going = came.going + _payments(session, left, found, now)
        follow(session, replace(came, going=going))


def _parked(session: Session, sync: Sync) -> list[Effect]:
    """What surely wasn't sent."""
    found = newest(effects.of_sync(session, sync.id))
    return [one for one in found if one.state is State.PARKED and not one.doubtful]


def _invoices(session: Session, sync: Sync, parked: Sequence[Effect], anew: Plan, now: datetime) -> WentOn:
    """Invoices that weren't sent go on with their payments, or are taken back."""
    waits = {one.subject: one for one in parked if one.operation == ADD_INVOICE}
    approved = from_canonical(sync.plan)
    entries = [entry for entry in approved.entries if entry.subject in waits]
    late = sync.approved_at is None or now - sync.approved_at > APPROVAL_LASTS
    same = frozenset[str]() if late else unchanged(entries, anew, sync.realm_id)
    ids = [one.id for one in parked if one.invoice in same]
    going = effects.go_on(session, sync.firm_id, ids, now) if ids else 0
    changed = [entry for entry in entries if entry.subject not in same]
    for entry in changed:
        why = _why(entry, anew)
        effects.take_back(session, sync.firm_id, waits[entry.subject].id, why, now)
    told = changes(replace(approved, entries=tuple(changed)), anew) if changed else ()
    return WentOn(sync, going, tuple(entry.key for entry in changed), told)


def _why(entry: Entry, anew: Plan) -> str:
    held = next((one for one in anew.held if one.key == entry.key), None)
    if held is not None:
        return OTHERWISE_NOW.said(why=held.holds[0].sentence).short
    after = next((one for one in anew.entries if one.key == entry.key), None)
    if after is not None and facts(after) == facts(entry):
        return APPROVED_LONG_AGO.said().short
    return OTHERWISE_NOW.said(why="it would be booked otherwise").short


def _wait_in_vain(session: Session, sync: Sync, now: datetime) -> None:
    """Payments of a refused invoice wait for that alone: it is looked at whole when it is ordered anew."""
    refused = {one.id for one in effects.of_sync(session, sync.id) if one.state is State.REJECTED}
    vain = [one.id for one in _parked(session, sync) if one.depends_on in refused]
    if vain:
        effects.go_on(session, sync.firm_id, vain, now)


def _payments(session: Session, parked: Sequence[Effect], found: Ground, now: datetime) -> int:
    """Payments whose invoice is in the books, or may be: each by what its own money looks like."""
    going = []
    for effect in parked:
        order = order_of(effect.operation, effect.content)
        refusal = (
            looks_received(order.entry, order.payment, found) if isinstance(order, PaymentOrder) else None
        )
        if refusal is None:
            going.append(effect.id)
        else:
            effects.take_back(session, effect.firm_id, effect.id, refusal.short, now)
    return effects.go_on(session, parked[0].firm_id, going, now) if going else 0
