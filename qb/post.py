"""The only place where bookings are ordered: approved syncs, and second tries of what was refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db import audit, effects, syncs
from db.effects import NewEffect, State
from db.syncs import SyncState
from qb.books import ground, invoices_of, plan_for
from qb.canonical import canonical, from_canonical, plan_hash
from qb.changes import changes
from qb.deposits import ClientMoneyError, objection
from qb.lineage import newest
from qb.lists import is_multicurrency
from qb.operations import ADD_INVOICE, ADD_PAYMENT
from qb.orders import (
    InvoiceOrder,
    PaymentOrder,
    content_of,
    order_of,
)
from qb.others_read import was_looked
from qb.plan import adds_up
from qb.second_look import LooksReceivedError, looks_received
from qb.sending import StepOutcome, step
from qb.weighing import weighed_plan, written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.effects import Effect
    from db.engine import Database
    from db.records import InvoiceKey
    from db.syncs import Sync
    from qb.entry import Entry, Plan

__all__ = [
    "ClientMoneyError",
    "EntryDoesNotTieError",
    "Expanded",
    "NotLookedError",
    "NotStartedError",
    "Proposal",
    "StepOutcome",
    "Superseded",
    "expand",
    "order_entry",
    "propose",
    "step",
    "try_again",
]

PER_ENTRY = 100
"""Room for an entry's payments in the order of a sync's effects."""


class EntryDoesNotTieError(ValueError):
    """An entry's lines, tax and payments don't agree: our mistake, and nothing of the sync is sent."""


class NotStartedError(RuntimeError):
    """The sync is no longer approved: what was ordered for it is rolled back."""


class NotLookedError(RuntimeError):
    """What others wrote wasn't looked at by this run, or not as far back: nothing is ordered on that."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan to show, and the sync that books it if approved; None where everything is held."""

    plan: Plan
    sync: Sync | None


@dataclass(frozen=True, slots=True)
class Expanded:
    """The sync's effects are written down and go on by themselves; ``sync`` is what it was before this."""

    sync: Sync


@dataclass(frozen=True, slots=True)
class Superseded:
    """Something changed since it was approved: nothing was booked, it must be asked again."""

    sync: Sync
    plan: Plan
    changes: tuple[str, ...]


def propose(
    session: Session,
    *,
    firm_id: str,
    keys: Sequence[InvoiceKey],
    asked_by: str,
    now: datetime,
    new_id: Callable[[], str],
) -> Proposal:
    """Plan the chosen invoices and write down what is shown; held ones are no part of the sync."""
    invoices = invoices_of(session, firm_id, keys)
    plan = plan_for(session, firm_id, invoices)
    if not plan.entries:
        return Proposal(plan, None)
    sync = syncs.propose(
        session,
        firm_id=firm_id,
        realm_id=plan.realm_id,
        selection=tuple(entry.key for entry in plan.entries),
        plan=canonical(plan),
        plan_sha256=plan_hash(plan),
        weighed=written(weighed_plan(session, firm_id, plan, invoices)),
        asked_by=asked_by,
        now=now,
        new_id=new_id,
    )
    return Proposal(plan, sync)


def expand(
    database: Database, firm_id: str, sync_id: str, now: datetime, *, looked_at: datetime
) -> Expanded | Superseded | None:
    """Turn an approved sync into effects, all in one commit; repeating it changes nothing.

    The plan is made again first: the approval was for what was shown, so if records, mapping or contact have
    changed, the sync is superseded and nothing is sent. None: it isn't approved. ``looked_at`` (UTC) is when
    this run began to look what others wrote.
    Raises NotLookedError, EntryDoesNotTieError, and NotStartedError where it was decided otherwise meanwhile.
    """
    with database.write(record_of=firm_id) as session:
        audit.hold(session, firm_id)  # two syncs of one invoice: the second one's plan sees the first
        sync = syncs.get(session, firm_id, sync_id)
        if sync is not None and sync.state in {SyncState.RUNNING, SyncState.DONE}:
            return Expanded(sync)
        if sync is None or sync.state not in {SyncState.APPROVED, SyncState.SUPERSEDED}:
            return None
        invoices = invoices_of(session, firm_id, sync.selection)
        plan = plan_for(session, firm_id, invoices)
        if sync.state == SyncState.SUPERSEDED or plan_hash(plan) != sync.plan_sha256:
            told = changes(from_canonical(sync.plan), plan)
            syncs.supersede(session, sync_id, now, firm_id=firm_id, why="; ".join(told))
            return Superseded(sync, plan, told)
        if not was_looked(session, firm_id, sync.realm_id, invoices, looked_at):
            raise NotLookedError(sync_id)
        multicurrency = is_multicurrency(session, firm_id, sync.realm_id)
        for position, entry in enumerate(plan.entries):
            order_entry(session, sync, entry, position * PER_ENTRY, multicurrency=multicurrency, now=now)
        if not syncs.start(session, sync_id, now, firm_id=firm_id):
            raise NotStartedError(sync_id)
        return Expanded(sync)


def try_again(
    session: Session,
    *,
    firm_id: str,
    sync_id: str,
    subject: str,
    by: str,
    now: datetime,
    looked_at: datetime,
) -> int:
    """Order the refused payments of a booked invoice (``subject``) anew; how many there were.

    An invoice that was itself refused is free: it is planned and approved anew instead. ``looked_at`` (UTC):
    when this run began to look what others wrote. Raises ClientMoneyError where what is kept now says that it
    is client money, LooksReceivedError where somebody seems to have entered it, NotLookedError; nothing is
    ordered then.
    """
    refused = [
        effect
        for effect in newest(effects.of_sync(session, sync_id))
        if effect.firm_id == firm_id and effect.invoice == subject and effect.operation == ADD_PAYMENT
        if effect.state is State.REJECTED
    ]
    for effect in refused:
        _refuse_if_changed(session, effect, looked_at)
    for effect in refused:
        effects.again(session, effect.id, by, now, firm_id=firm_id)
    return len(refused)


def _refuse_if_changed(session: Session, effect: Effect, looked_at: datetime) -> None:
    """An order is as it was approved: its account may be trust since, its money received by somebody else."""
    order = order_of(effect.operation, effect.content)
    if not isinstance(order, PaymentOrder):
        raise TypeError(effect.operation)
    invoices = invoices_of(session, effect.firm_id, [order.entry.key])
    told = objection(session, effect.firm_id, effect.realm_id, order, invoices)
    if told is not None:
        raise ClientMoneyError(told)
    found = ground(session, effect.firm_id, invoices)
    if found is None or not was_looked(session, effect.firm_id, effect.realm_id, invoices, looked_at):
        raise NotLookedError(effect.subject)
    received = looks_received(order.entry, order.payment, found)
    if received is not None:
        raise LooksReceivedError(received)


def order_entry(
    session: Session, sync: Sync, entry: Entry, position: int, *, multicurrency: bool, now: datetime
) -> None:
    """An effect for the invoice, and one for each payment, which wait for it.

    An invoice that a person linked is confirmed at once by the document there; nothing is written for it.
    Raises EntryDoesNotTieError, CannotLinkError.
    """
    if not adds_up(entry):
        raise EntryDoesNotTieError(entry.subject)
    ordered = NewEffect(
        firm_id=sync.firm_id,
        realm_id=sync.realm_id,
        sync_id=sync.id,
        subject=entry.subject,
        invoice=entry.subject,
        operation=ADD_INVOICE,
        entity="Invoice",
        content=content_of(InvoiceOrder(entry, multicurrency)),
        asked_by=sync.approved_by or sync.asked_by,
        position=position,
    )
    invoice = effects.order(session, ordered, now)
    if entry.linked is not None:
        effects.link(session, invoice, entry.linked.id, entry.linked.number, now)
    for number, payment in enumerate(entry.payments, start=1):
        waiting = replace(
            ordered,
            subject=payment.subject,
            operation=ADD_PAYMENT,
            entity="Payment",
            content=content_of(PaymentOrder(entry, payment, multicurrency)),
            depends_on=invoice.id,
            position=position + number,
        )
        effects.order(session, waiting, now)
