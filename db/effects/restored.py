"""What a restored backup makes of its effects: each may have been sent by those whose memory was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, true, update

from db import tables
from db.effects.claiming import SETTLE
from db.effects.values import State

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.epochs import Epoch

OPEN = (State.READY, State.SENDING, State.PARKED, State.REVIEW)


def doubt_open_ones(session: Session, epoch: Epoch) -> None:
    """Whatever hasn't ended is looked for before it is sent, once the last request of then must be over."""
    row, over = tables.Effect, epoch.began_at + SETTLE
    session.execute(
        update(row)
        .where(row.state.in_(OPEN))
        .values(
            doubtful=true(),
            unknown_since=epoch.unknown_since,
            unknown_until=epoch.unknown_until,
            lease_until=None,
            due_at=case((row.due_at > over, row.due_at), else_=over),
        )
        .execution_options(synchronize_session="fetch")
    )
