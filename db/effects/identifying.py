"""Every document a firm has written or meant to write in a company, by what it is known by there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from db import tables
from db.effects.values import Effect, State, effect_of
from db.marks import marker
from db.portions import portions
from db.records import invoices_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Row, Select
    from sqlalchemy.orm import Session

    from db.engine import Database

DOCUMENTS = ("Invoice", "Payment")
"""What carries our mark; a contact is known by its name instead."""
AT_ONCE = 500
"""Effects read in one short transaction: on SQLite whoever writes waits for whoever reads."""


@dataclass(frozen=True, slots=True)
class Known:
    """One effect by its mark and by QuickBooks' id, empty where it has none."""

    id: str
    entity: str
    subject: str
    operation: str
    mark: str
    state: State
    remote_id: str
    depends_on: str | None


def known_documents(database: Database, firm_id: str, realm_id: str) -> tuple[Known, ...]:
    """The firm's invoices and payments for this company, every generation, read a part at a time."""
    known: list[Known] = []
    while True:
        with database.read() as session:
            part = session.execute(_part(firm_id, realm_id, known[-1].id if known else "")).all()
        known.extend(_known(firm_id, each) for each in part)
        if len(part) < AT_ONCE:
            return tuple(known)


def first_sent(session: Session, firm_id: str, realm_id: str) -> datetime | None:
    """When the firm's first invoice or payment may have left for this company; None: never."""
    row = tables.Effect
    found = select(func.min(row.first_sent)).where(
        row.firm_id == firm_id, row.realm_id == realm_id, row.entity.in_(DOCUMENTS)
    )
    return session.execute(found).scalar_one()


def these(database: Database, firm_id: str, ids: Sequence[str]) -> Iterator[Effect]:
    """The firm's effects of these ids, in no particular order, read a part at a time."""
    row = tables.Effect
    for some in portions(ids, AT_ONCE):
        asked = select(row).where(row.firm_id == firm_id, row.id.in_(some))
        with database.read() as session:
            part = [effect_of(each) for each in session.scalars(asked)]
        yield from part


def of_client(session: Session, firm_id: str, realm_id: str, client: str, most: int) -> tuple[Effect, ...]:
    """What was booked of a client's invoices, payments too, the newest first; at most so many."""
    row = tables.Effect
    found = (
        select(row)
        .where(
            row.firm_id == firm_id,
            row.realm_id == realm_id,
            row.entity.in_(DOCUMENTS),
            row.state == State.CONFIRMED,
            row.invoice.startswith(invoices_of(client), autoescape=True),
        )
        .order_by(row.created_at.desc(), row.position.desc())
        .limit(most)
    )
    return tuple(effect_of(each) for each in session.scalars(found))


def _part(firm_id: str, realm_id: str, after: str) -> Select[*tuple[Any, ...]]:
    row = tables.Effect
    ours = (row.firm_id == firm_id, row.realm_id == realm_id, row.entity.in_(DOCUMENTS))
    wanted = (
        row.id,
        row.entity,
        row.subject,
        row.operation,
        row.generation,
        row.state,
        row.remote_id,
        row.depends_on,
    )
    return select(*wanted).where(*ours, row.id > after).order_by(row.id).limit(AT_ONCE)


def _known(firm_id: str, each: Row[*tuple[Any, ...]]) -> Known:
    return Known(
        each.id,
        each.entity,
        each.subject,
        each.operation,
        marker(firm_id, each.subject, each.operation, each.generation),
        State(each.state),
        each.remote_id or "",
        each.depends_on,
    )
