"""How effects wait for a connection, and how they go on: bookings only after somebody has looked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, or_, update

from db import audit, tables
from db.effects.values import LONGEST_REASON, State

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

OTHER_COMPANY = "other_company"
"""The fault's code of what was ordered for a company that the firm has left."""
FOR_ANOTHER = "It was meant for another QuickBooks company than the one connected now, so it wasn't booked."
LOOK_FIRST = "it waited for long, so it is looked for in QuickBooks once more first"
"""Why a booking waits that lay here unsent since a look long ago."""
LOOKED_AGAIN = "looked_again"
"""The fault's code of what waited for a connection and wasn't to be booked as approved any more."""


def park(session: Session, firm_id: str, reason: str, now: datetime) -> int:
    """Let the firm's ready effects, and those that wait for a look, wait for a connection; how many did."""
    row = tables.Effect
    values = {"state": State.PARKED, "reason": reason[:LONGEST_REASON]}
    waiting = (row.state == State.READY) | ((row.state == State.PARKED) & (row.reason == LOOK_FIRST))
    return _move(session, firm_id, [waiting], values, "effects.parked", now)


def unpark(session: Session, firm_id: str, realm_id: str, now: datetime) -> int:
    """The firm is connected to this company: what may have been sent is looked for; how many go on.

    Contacts go on too, which are looked for right before they are written. Invoices and payments that surely
    weren't sent wait until somebody looked what others wrote meanwhile (:func:`go_on`). What was parked for
    another company, surely unsent, is refused: it may be ordered anew for this one.
    """
    row = tables.Effect
    left = [row.realm_id != realm_id, *_unsent()]
    refused = {"state": State.REJECTED, "fault": {"code": OTHER_COMPANY}, "reason": FOR_ANOTHER}
    _move(session, firm_id, left, refused | {"settled_at": now}, "effects.rejected", now)
    going = [row.realm_id == realm_id, row.state == State.PARKED, or_(row.doubtful, row.invoice == "")]
    state = case((row.doubtful, State.SENDING), else_=State.READY)
    return _move(session, firm_id, going, {"state": state, "reason": ""}, "effects.unparked", now)


def go_on(session: Session, firm_id: str, effect_ids: Collection[str], now: datetime) -> int:
    """Parked bookings that were looked for again and are to be sent as they were approved; how many."""
    chosen = [tables.Effect.id.in_(effect_ids), *_unsent()]
    return _move(session, firm_id, chosen, {"state": State.READY, "reason": ""}, "effects.unparked", now)


def take_back(session: Session, firm_id: str, effect_id: str, why: str, now: datetime) -> bool:
    """A parked booking isn't sent after all, for what was found meanwhile; free to be ordered anew."""
    chosen = [tables.Effect.id == effect_id, *_unsent()]
    values = {"state": State.REJECTED, "fault": {"code": LOOKED_AGAIN}, "reason": why[:LONGEST_REASON]}
    return _move(session, firm_id, chosen, values | {"settled_at": now}, "effects.rejected", now) == 1


def _unsent() -> list[ColumnElement[bool]]:
    return [tables.Effect.state == State.PARKED, tables.Effect.doubtful.is_(False)]


def _move(
    session: Session,
    firm_id: str,
    where: Collection[ColumnElement[bool]],
    values: Mapping[str, object],
    verb: str,
    now: datetime,
) -> int:
    """Change the firm's effects that fit, with a line of the audit that counts them."""
    audit.hold(session, firm_id)
    row = tables.Effect
    change = update(row).where(row.firm_id == firm_id, *where).values(**values)
    moved = session.execute(change.execution_options(synchronize_session="fetch").returning(row.id)).all()
    if moved:
        audit.record(
            session,
            firm_id=firm_id,
            at=now,
            actor=audit.PROGRAM,
            verb=verb,
            subject="effects",
            content={"count": len(moved), "reason": str(values["reason"])},
        )
    return len(moved)
