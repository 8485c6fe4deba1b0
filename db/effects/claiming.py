"""How a worker takes an effect in hand: alone, for a while, and remembering that it may have sent it."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import case, select, true, update

from db import tables
from db.clock import lease_clock
from db.effects.choosing import in_turn, oldest, parent_confirmed
from db.effects.values import Claimed, State, effect_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

LEASE = timedelta(seconds=120)
"""How long a worker may hold an effect."""

CHECK_BEFORE_SENDING = timedelta(seconds=35)
"""With less of the lease left nothing may be sent: more than the longest HTTP call."""

SETTLE = timedelta(seconds=130)
"""Counted from the last moment its bytes may have left, a request is over: QuickBooks cuts at 120 seconds."""


def claim(
    session: Session,
    now: datetime,
    lease: timedelta = LEASE,
    *,
    avoid: Collection[str] = (),
    at_once: int | None = None,
) -> Claimed | None:
    """Take the effect due longest, of the firm whose turn it is, that nobody holds and waits for nothing.

    None: there is none, or only of companies (realms) in ``avoid`` and of firms with ``at_once`` in hand.
    From the caller's commit on it counts as perhaps sent: should the caller vanish, it is looked for once
    its last possible request is over.
    """
    moment = lease_clock(session, now)
    taken = _take(session, moment, avoid, at_once)
    if taken is None:
        return None
    taken.doubtful = taken.doubtful or taken.state == State.SENDING
    taken.state = State.SENDING
    taken.attempt += 1
    taken.fence += 1
    taken.lease_until = moment + lease
    taken.due_at = taken.lease_until - CHECK_BEFORE_SENDING + SETTLE
    taken.first_sent = taken.first_sent or moment
    taken.last_sent = moment
    session.flush()
    return Claimed(effect_of(taken), taken.doubtful)


def freeze(session: Session, effect_id: str, fence: int, body: bytes) -> bool:
    """Fix the bytes to send, once, before the first send. False: fixed before, or the hold was lost."""
    row = tables.Effect
    change = (
        update(row)
        .where(
            row.id == effect_id,
            row.fence == fence,
            row.state == State.SENDING,
            row.lease_until.is_not(None),
            row.body.is_(None),
        )
        .values(body=body, body_sha256=sha256(body).hexdigest())
    )
    return session.execute(change.returning(row.id)).first() is not None


def next_due(session: Session) -> datetime | None:
    """When the next effect wants a worker; a held one, when it would have to be looked for."""
    row = tables.Effect
    earliest = [
        select(row.due_at).where(row.state == state, parent_confirmed()).order_by(row.due_at).limit(1)
        for state in (State.READY, State.SENDING)
    ]
    moments = [session.scalar(found) for found in earliest]
    return min((moment for moment in moments if moment is not None), default=None)


def void_leases(session: Session, now: datetime) -> None:
    """At the boot of the one process on SQLite: whoever held an effect is gone, its request perhaps not."""
    row = tables.Effect
    over = now + SETTLE
    session.execute(
        update(row)
        .where(row.state == State.SENDING, row.lease_until.is_not(None))
        .values(
            lease_until=None,
            doubtful=true(),
            due_at=case((row.due_at < over, row.due_at), else_=over),
        )
        .execution_options(synchronize_session="fetch")
    )


def _take(
    session: Session, moment: datetime, avoid: Collection[str], at_once: int | None
) -> tables.Effect | None:
    """The row to take, locked where the database locks rows; others may be quicker with a firm's last."""
    for firm in in_turn(session, moment, avoid, at_once):
        asked = {"firm": firm.firm_id, "moment": moment}
        taken = session.scalar(oldest(firm.state), asked)
        if taken is not None:
            return taken
    return None
