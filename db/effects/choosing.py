"""Whose turn it is among the firms that have something due, so that none waits for another's heap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from db import tables
from db.columns import Moment
from db.effects.values import State

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, ScalarSelect, Select
    from sqlalchemy.orm import Session

NEVER = datetime(1, 1, 1, tzinfo=UTC)
MOMENT = bindparam("moment", type_=Moment())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm with something due: in which company, what of it, how much of it is held, when served last."""

    firm_id: str
    realm_id: str | None
    ready_due: datetime | None
    doubt_due: datetime | None
    held: int
    served: datetime | None

    @property
    def due(self) -> datetime:
        """When the oldest of it fell due."""
        return min(moment for moment in (self.ready_due, self.doubt_due) if moment is not None)

    @property
    def state(self) -> State:
        """Whether that one is ready, or in doubt."""
        return State.SENDING if self.doubt_due == self.due else State.READY


def in_turn(
    session: Session, moment: datetime, avoid: Collection[str], at_once: int | None
) -> list[Candidate]:
    """The firms with something due: those of which the least is under way first, then the longest unserved.

    Left out: who is connected to a company (realm) in ``avoid``, and who has ``at_once`` in hand already.
    """
    rows = session.execute(_candidates(), {"moment": moment}).all()
    found = (Candidate(*row) for row in rows)
    fitting = [one for one in found if one.realm_id not in avoid and (at_once is None or one.held < at_once)]
    return sorted(fitting, key=lambda one: (one.held, one.served or NEVER, one.due, one.firm_id))


@cache  # building it anew takes longer than running it, and writers wait for one another
def oldest(state: State) -> Select[tables.Effect]:
    """A firm's first effect of this state that anybody may take: what was ordered first goes first."""
    row = tables.Effect
    return (
        select(row)
        .where(row.firm_id == bindparam("firm"), due(state, MOMENT))
        .order_by(row.due_at, row.created_at, row.position, row.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=row)
    )


def due(state: State, moment: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Ready, or sent and held by nobody; its time has come, and what it waits for is confirmed."""
    row = tables.Effect
    free = [or_(row.lease_until.is_(None), row.lease_until <= moment)] if state is State.SENDING else []
    return and_(row.state == state.value, row.due_at <= moment, *free, parent_confirmed())


def parent_confirmed() -> ColumnElement[bool]:
    """It waits for nothing, or that is in the books."""
    row, parent = tables.Effect, aliased(tables.Effect)
    confirmed = select(parent.id).where(parent.id == row.depends_on, parent.state == State.CONFIRMED)
    return or_(row.depends_on.is_(None), confirmed.exists())


@cache
def _candidates() -> Select[str, str | None, datetime | None, datetime | None, int, datetime | None]:
    firm, connection, row = tables.Firm, tables.Connection, tables.Effect
    ready, doubt = _first_due(State.READY), _first_due(State.SENDING)
    held = select(func.count()).where(
        row.firm_id == firm.id, row.state == State.SENDING, row.lease_until > MOMENT
    )
    served = select(func.max(row.last_sent)).where(row.firm_id == firm.id)
    waiting = select(firm.id, connection.realm_id, ready.label("ready"), doubt.label("doubt")).outerjoin(
        connection, connection.firm_id == firm.id
    )
    return waiting.add_columns(held.scalar_subquery(), served.scalar_subquery()).where(
        or_(ready.is_not(None), doubt.is_not(None))
    )


def _first_due(state: State) -> ScalarSelect[datetime]:
    row = tables.Effect
    first = select(row.due_at).where(row.firm_id == tables.Firm.id, due(state, MOMENT))
    return first.order_by(row.due_at).limit(1).correlate(tables.Firm).scalar_subquery()
