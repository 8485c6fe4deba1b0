"""What the ledger of remote writes says: by sync, by invoice, by family."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from db import tables
from db.effects.values import ENDED_BADLY, Effect, State, effect_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session


MOVING = (State.READY, State.SENDING, State.PARKED)


@dataclass(frozen=True, slots=True)
class Standing:
    """``counts`` says how many of ``size`` effects stand where.

    ``moving``: how many surely go on; ``held``: how many of those are in a worker's hand.
    """

    counts: str
    size: int
    moving: int
    held: int


@dataclass(frozen=True, slots=True)
class Begun:
    """Subjects of invoices: in the books whole, with every payment; under way; and of those, in review."""

    booked: frozenset[str]
    under_way: frozenset[str]
    in_review: frozenset[str]


def get(session: Session, firm_id: str, effect_id: str) -> Effect | None:
    """The firm's effect of this id."""
    row = tables.Effect
    return _one(session, select(row).where(row.id == effect_id, row.firm_id == firm_id))


def of_sync(session: Session, sync_id: str) -> tuple[Effect, ...]:
    """A sync's effects in the order they were written down."""
    row = tables.Effect
    return _all(session, select(row).where(row.sync_id == sync_id))


def of_invoice(session: Session, firm_id: str, realm_id: str, invoice: str) -> tuple[Effect, ...]:
    """Every effect of an invoice's subject, its payments' and earlier generations' too."""
    row = tables.Effect
    return _all(
        session,
        select(row).where(row.firm_id == firm_id, row.realm_id == realm_id, row.invoice == invoice),
    )


def children_of(session: Session, effect_id: str) -> tuple[Effect, ...]:
    """The effects that wait for this one."""
    row = tables.Effect
    return _all(session, select(row).where(row.depends_on == effect_id))


def refused_though_begun(
    session: Session, firm_id: str, realm_id: str, operation: str, invoices: Collection[str] | None = None
) -> tuple[Effect, ...]:
    """What was refused and not ordered anew though what it needs first is in the books; of these subjects."""
    row, parent = tables.Effect, aliased(tables.Effect)
    found = (
        select(row)
        .join(parent, parent.id == row.depends_on)
        .where(row.firm_id == firm_id, row.realm_id == realm_id, row.operation == operation)
        .where(row.state == State.REJECTED, parent.state == State.CONFIRMED, ~ordered_anew())
    )
    return _all(session, found if invoices is None else found.where(row.invoice.in_(invoices)))


def parent_of(session: Session, effect: Effect) -> Effect | None:
    """The effect this one needs first."""
    row = tables.Effect
    return (
        None if effect.depends_on is None else _one(session, select(row).where(row.id == effect.depends_on))
    )


def standing(session: Session, sync_id: str) -> Standing:
    """How a sync's effects stand, in one question, however many they are."""
    row, parent = tables.Effect, aliased(tables.Effect)
    held, in_vain = row.lease_until.is_not(None), func.coalesce(parent.state, "").in_(ENDED_BADLY)
    found = (
        select(row.state, held, in_vain, func.count())
        .outerjoin(parent, parent.id == row.depends_on)
        .where(row.sync_id == sync_id)
        .group_by(row.state, held, in_vain)
        .order_by(row.state, held, in_vain)
    )
    rows = session.execute(found).all()
    counts = ",".join(f"{state} {held:d} {count}" for state, held, _, count in rows)
    moving = [count for state, _, vain, count in rows if state in MOVING and not vain]
    in_hand = [count for _, held, _, count in rows if held]
    return Standing(counts, sum(count for _, _, _, count in rows), sum(moving), sum(in_hand))


def any_parked(session: Session, sync_id: str) -> bool:
    """Whether something of a sync waits for a connection, or for a look since it is back."""
    row = tables.Effect
    found = select(row.id).where(row.sync_id == sync_id, row.state == State.PARKED).limit(1)
    return session.execute(found).first() is not None


def in_trouble(session: Session, sync_id: str) -> int:
    """How many of a sync's invoices hold something refused or under review that wasn't ordered anew."""
    row = tables.Effect
    found = select(func.count(row.invoice.distinct())).where(
        row.sync_id == sync_id, row.state.in_(ENDED_BADLY), ~ordered_anew()
    )
    return session.execute(found).scalar_one()


def ordered_anew() -> ColumnElement[bool]:
    """Whether an effect has a later generation."""
    row, later = tables.Effect, aliased(tables.Effect)
    anew = select(later.id).where(
        later.firm_id == row.firm_id,
        later.realm_id == row.realm_id,
        later.subject == row.subject,
        later.operation == row.operation,
        later.generation > row.generation,
    )
    return anew.exists()


def waits_for(session: Session, effect: Effect) -> Effect | None:
    """The first of its forebears that isn't confirmed, whose ``state`` and ``reason`` say why; else None."""
    parent = parent_of(session, effect)
    if parent is None or parent.state == State.CONFIRMED:
        return None
    return waits_for(session, parent) or parent


def invoices_begun(
    session: Session, firm_id: str, realm_id: str, invoices: Collection[str] | None = None
) -> Begun:
    """How far the firm's invoices are, or only those of these subjects; in one question.

    Under way is what was begun and isn't whole: something of it was sent or still will be by itself. One
    whose invoice QuickBooks refused isn't: its payments wait, nothing was booked, it may be synced anew.
    """
    row = tables.Effect
    found = select(row.id, row.depends_on, row.invoice, row.subject, row.operation, row.state).where(
        row.firm_id == firm_id, row.realm_id == realm_id, row.invoice != ""
    )
    if invoices is not None:
        found = found.where(row.invoice.in_(invoices))
    rows = session.execute(found.order_by(row.generation)).all()
    state = {effect: status for effect, *_, status in rows}
    newest = {
        (subject, operation): (invoice, _seen(status, state.get(parent or "")))
        for _, parent, invoice, subject, operation, status in rows
    }.values()
    whole = {invoice for invoice, _ in newest} - {one for one, status in newest if status != State.CONFIRMED}
    moving = {invoice for invoice, status in newest if status != State.REJECTED} - whole
    review = {invoice for _, _, invoice, *_, status in rows if status == State.REVIEW}
    return Begun(frozenset(whole), frozenset(moving), frozenset(moving & review))


def _seen(state: str, parent: str | None) -> str:
    waiting = state in {State.READY, State.PARKED}
    return State.REJECTED if waiting and parent == State.REJECTED else state


def _one(session: Session, found: Select[tables.Effect]) -> Effect | None:
    row = session.scalar(found.execution_options(populate_existing=True))
    return None if row is None else effect_of(row)


def _all(session: Session, found: Select[tables.Effect]) -> tuple[Effect, ...]:
    row = tables.Effect
    ordered = found.order_by(row.position, row.subject, row.operation, row.generation)
    rows = session.scalars(ordered.execution_options(populate_existing=True))
    return tuple(effect_of(each) for each in rows)
