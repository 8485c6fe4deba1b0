"""How much waits, and for how long, over all firms: numbers for an operator, nothing about anybody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from db import connections, tables
from db.clock import lease_clock
from db.effects.values import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session


class Writes(StrEnum):
    """Where the remote writes that aren't done stand."""

    READY = "ready"
    SENDING = "sending"
    IN_DOUBT = "in_doubt"
    PARKED = "parked"
    UNDER_REVIEW = "under_review"
    HELD_UP = "held_up"  # waits for one that QuickBooks refused, so for a person


GOES_ON = frozenset({Writes.READY, Writes.SENDING, Writes.IN_DOUBT, Writes.PARKED})
"""What gets done without a person, or once a firm has connected again."""

TASKS = ("ready", "running", "failed")
CONNECTIONS = (connections.OK, connections.RECONNECT, connections.LOCKED, connections.APP_REFUSED)


@dataclass(frozen=True, slots=True)
class Gauges:
    """Counts by state, each state always there; ages in seconds, 0 where nothing waits.

    ``oldest_write`` counts from when it was written down, ``oldest_task`` from when it was due.
    ``tokens_stored`` is how often a pair of tokens was stored, by consent or renewal, over all firms.
    ``worker_seen`` is None where no worker was ever seen.
    """

    writes: Mapping[str, int]
    oldest_write: float
    tasks: Mapping[str, int]
    oldest_task: float
    connections: Mapping[str, int]
    tokens_stored: int
    worker_seen: float | None


def read(session: Session, now: datetime) -> Gauges:
    """Everything in one query, over the rows that aren't done."""
    moment = lease_clock(session, now)
    rows = session.execute(union_all(_writes(moment), _tasks(), _connections(), _workers())).all()

    def of(kind: str) -> list[Row[str, str, int, int, datetime]]:
        return [row for row in rows if row.kind == kind]

    seen = [row.since for row in of("worker") if row.since is not None]
    return Gauges(
        writes=_counts(Writes, of("write")),
        oldest_write=_age(moment, (row.since for row in of("write") if row.state in GOES_ON)),
        tasks=_counts(TASKS, of("task")),
        oldest_task=_age(moment, (row.since for row in of("task") if row.state == "ready")),
        connections=_counts(CONNECTIONS, of("connection")),
        tokens_stored=sum(row.total for row in of("connection")),
        worker_seen=_age(moment, seen) if seen else None,
    )


def _counts(states: Iterable[str], rows: Iterable[Row[str, str, int, int, datetime]]) -> dict[str, int]:
    return {str(state): 0 for state in states} | {row.state: row.number for row in rows}


def _age(moment: datetime, since: Iterable[datetime]) -> float:
    oldest = min(since, default=moment)
    return max(0.0, (moment - oldest).total_seconds())


def _writes(moment: datetime) -> Select[str, str, int, int, datetime]:
    row, parent = tables.Effect, aliased(tables.Effect)
    where = _where(row, parent, moment)
    open_states = (State.READY, State.SENDING, State.PARKED, State.REVIEW)
    return (
        select(
            literal("write").label("kind"),
            where.label("state"),
            func.count().label("number"),
            literal(0).label("total"),
            func.min(row.created_at).label("since"),
        )
        .outerjoin(parent, parent.id == row.depends_on)
        .where(row.state.in_(open_states))
        .group_by(where)
    )


def _where(row: type[tables.Effect], parent: type[tables.Effect], moment: datetime) -> ColumnElement[str]:
    unheld = or_(row.doubtful, row.lease_until.is_(None), row.lease_until <= moment)
    refused = and_(row.state.in_((State.READY, State.PARKED)), parent.state == State.REJECTED)
    return case(
        (refused, literal(Writes.HELD_UP.value)),
        (and_(row.state == State.SENDING, unheld), literal(Writes.IN_DOUBT.value)),
        (row.state == State.REVIEW, literal(Writes.UNDER_REVIEW.value)),
        else_=row.state,
    )


def _tasks() -> Select[str, str, int, int, datetime]:
    task = tables.Task
    return (
        select(literal("task"), task.state, func.count(), literal(0), func.min(task.due_at))
        .where(task.state.in_(TASKS))
        .group_by(task.state)
    )


def _connections() -> Select[str, str, int, int, datetime]:
    row = tables.Connection
    versions = func.coalesce(func.sum(row.version), 0)
    return select(
        literal("connection"), row.state, func.count(), versions, func.min(row.connected_at)
    ).group_by(row.state)


def _workers() -> Select[str, str, int, int, datetime]:
    beat = tables.Heartbeat
    return select(literal("worker"), literal("seen"), func.count(), literal(0), func.max(beat.seen_at)).where(
        beat.role == "worker"
    )
