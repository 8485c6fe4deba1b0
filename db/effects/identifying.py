"""Every document a firm has written or meant to write in a company, by what it is known by there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db import tables
from db.effects.identity import marker
from db.effects.values import Effect, State, effect_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

DOCUMENTS = ("Invoice", "Payment")
"""What carries our mark; a contact is known by its name instead."""
AT_ONCE = 500


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


def known_documents(session: Session, firm_id: str, realm_id: str) -> tuple[Known, ...]:
    """The firm's invoices and payments for this company, every generation, in the order of their making."""
    row = tables.Effect
    found = (
        select(
            row.id,
            row.entity,
            row.subject,
            row.operation,
            row.generation,
            row.state,
            row.remote_id,
            row.depends_on,
        )
        .where(row.firm_id == firm_id, row.realm_id == realm_id, row.entity.in_(DOCUMENTS))
        .order_by(row.created_at, row.position, row.id)
    )
    return tuple(
        Known(
            each.id,
            each.entity,
            each.subject,
            each.operation,
            marker(firm_id, each.subject, each.operation, each.generation),
            State(each.state),
            each.remote_id or "",
            each.depends_on,
        )
        for each in session.execute(found)
    )


def first_sent(session: Session, firm_id: str, realm_id: str) -> datetime | None:
    """When the firm's first invoice or payment may have left for this company; None: never."""
    row = tables.Effect
    found = select(func.min(row.first_sent)).where(
        row.firm_id == firm_id, row.realm_id == realm_id, row.entity.in_(DOCUMENTS)
    )
    return session.execute(found).scalar_one()


def these(session: Session, firm_id: str, ids: Sequence[str]) -> tuple[Effect, ...]:
    """The firm's effects of these ids, in the order asked."""
    row = tables.Effect
    found: dict[str, Effect] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = select(row).where(row.firm_id == firm_id, row.id.in_(ids[start : start + AT_ONCE]))
        rows = session.scalars(some.execution_options(populate_existing=True))
        found |= {each.id: effect_of(each) for each in rows}
    return tuple(found[each] for each in ids if each in found)
