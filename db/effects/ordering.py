"""How an effect comes to be: once for one identity, and again only after a refusal or for another wish."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from db import audit, epochs, tables
from db.effects.claiming import SETTLE
from db.effects.reading import get
from db.effects.values import Effect, NewEffect, State, effect_of
from db.insert import inserted
from db.marks import request_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

UNSENT = (State.READY, State.PARKED)
SETTLED = frozenset({State.CONFIRMED, State.REVIEW})
"""Nobody works on it any more."""

# Built once: a sync of a thousand invoices asks these thousands of times while nobody else may write.
_ROW = tables.Effect
_BY_ID = select(_ROW).where(_ROW.id == bindparam("id")).execution_options(populate_existing=True)
_LATEST = (
    select(_ROW)
    .where(
        _ROW.firm_id == bindparam("firm"),
        _ROW.realm_id == bindparam("realm"),
        _ROW.subject == bindparam("subject"),
        _ROW.operation == bindparam("does"),
    )
    .order_by(_ROW.generation.desc())
    .limit(1)
    .execution_options(populate_existing=True)
)


class NotRejectedError(RuntimeError):
    """Only what QuickBooks refused may be ordered again: anything else could be booked twice."""


class UnknownEffectError(LookupError):
    """The firm has no such effect."""


def add(session: Session, new: NewEffect, now: datetime) -> Effect:
    """Write the effect down, ready to be sent; where it was before, that one is given as it stands.

    In a database put back from a backup it is looked for first: the same may have been sent before.
    """
    audit.hold(session, new.firm_id)
    name = request_id(new.firm_id, new.realm_id, new.subject, new.operation, new.generation)
    values: dict[str, Any] = {
        "id": name,
        "request_id": name,
        "state": State.READY,
        "content": dict(new.content),
        "due_at": new.due_at or now,
        "created_at": now,
    } | {column: getattr(new, column) for column in _SAME}
    epoch = epochs.current(session)
    if epoch is not None:
        values |= _perhaps_sent(epoch, new.due_at or now)
    fresh = inserted(session, tables.Effect, values)
    if fresh is None:
        return effect_of(session.execute(_BY_ID, {"id": name}).scalar_one())
    effect = effect_of(fresh)
    _note(session, effect, new.asked_by, "effect.ready", now)
    return effect


def order(
    session: Session, new: NewEffect, now: datetime, *, is_over: Callable[[Effect], bool] | None = None
) -> Effect:
    """The effect that will bring ``new`` about, whatever happened before.

    None so far: a new one. Refused: its next generation. Not sent yet: brought up to date. Sent, in doubt,
    under review or confirmed: as it stands. ``new.generation`` is not looked at.

    ``is_over`` is asked about one that is confirmed or under review, and may say that ``new`` is another
    wish: it gets a generation of its own. Only where something else than the subject keeps the same thing
    from being written twice: never for an invoice or a payment.
    """
    audit.hold(session, new.firm_id)
    latest = _latest(session, new)
    if latest is None:
        return add(session, replace(new, generation=1), now)
    if latest.state == State.REJECTED:
        return _next(session, latest, replace(new, generation=latest.generation + 1), now)
    if is_over is not None and latest.state in SETTLED and is_over(latest):
        return add(session, replace(new, generation=latest.generation + 1), now)
    return _up_to_date_if_unsent(session, latest, new, now)


def again(
    session: Session,
    effect_id: str,
    by: str,
    now: datetime,
    *,
    firm_id: str,
    content: Mapping[str, Any] | None = None,
) -> Effect:
    """Order a refused effect anew, as its next generation; pressed twice, it is the same one.

    Raises :class:`NotRejectedError`, :class:`UnknownEffectError`.
    """
    audit.hold(session, firm_id)
    old = get(session, firm_id, effect_id)
    if old is None:
        raise UnknownEffectError(effect_id)
    if old.state != State.REJECTED:
        raise NotRejectedError(f"the effect is {old.state}, not refused")
    new = NewEffect(
        **{column: getattr(old, column) for column in _SAME}
        | {"content": old.content if content is None else content}
        | {"asked_by": by, "generation": old.generation + 1}
    )
    return _next(session, old, new, now)


def _perhaps_sent(epoch: epochs.Epoch, due_at: datetime) -> dict[str, Any]:
    """Nothing is looked for while a request of those whose memory was lost may still run."""
    return {
        "doubtful": True,
        "unknown_since": epoch.unknown_since,
        "unknown_until": epoch.unknown_until,
        "due_at": max(due_at, epoch.began_at + SETTLE),
    }


def _latest(session: Session, new: NewEffect) -> Effect | None:
    asked = {"firm": new.firm_id, "realm": new.realm_id, "subject": new.subject, "does": new.operation}
    row = session.scalar(_LATEST, asked)
    return None if row is None else effect_of(row)


def _next(session: Session, old: Effect, new: NewEffect, now: datetime) -> Effect:
    effect = add(session, new, now)
    child = tables.Effect
    session.execute(  # what waited for the refused one waits for this one
        update(child)
        .where(child.depends_on == old.id, child.state.in_(UNSENT), child.first_sent.is_(None))
        .values(depends_on=effect.id)
        .execution_options(synchronize_session="fetch")
    )
    return effect


def _up_to_date_if_unsent(session: Session, old: Effect, new: NewEffect, now: datetime) -> Effect:
    row = tables.Effect
    change = (
        update(row)
        .where(row.id == old.id, row.state.in_(UNSENT), row.first_sent.is_(None))
        .values(
            content=dict(new.content),
            sync_id=new.sync_id,
            depends_on=new.depends_on,
            position=new.position,
            asked_by=new.asked_by,
        )
    )
    unsent = session.execute(change.returning(row.id)).first() is not None
    effect = effect_of(session.execute(_BY_ID, {"id": old.id}).scalar_one())
    if unsent:  # else a worker was quicker
        _note(session, effect, new.asked_by, "effect.updated", now)
    return effect


def _note(session: Session, effect: Effect, actor: str, verb: str, now: datetime) -> None:
    audit.record(
        session,
        firm_id=effect.firm_id,
        at=now,
        actor=actor,
        verb=verb,
        subject=effect.subject,
        content={
            "effect": effect.id,
            "operation": effect.operation,
            "generation": effect.generation,
            "sync": effect.sync_id,
        },
    )


_SAME = (
    "firm_id",
    "realm_id",
    "subject",
    "operation",
    "entity",
    "asked_by",
    "invoice",
    "sync_id",
    "depends_on",
    "position",
    "generation",
)
