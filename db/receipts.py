"""What was read back of each booked invoice, and whether it ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from db import audit, tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class ReceiptRecord:
    """What was read back of one invoice (its subject), whether it ties, and when."""

    invoice: str
    ties: bool
    content: Mapping[str, Any]
    read_at: datetime


def add(session: Session, firm_id: str, sync_id: str, receipt: ReceiptRecord) -> bool:
    """Keep what was read back of an invoice. False: it was kept before, and stays as it was."""
    values = {
        "firm_id": firm_id,
        "sync_id": sync_id,
        "invoice": receipt.invoice,
        "ties": receipt.ties,
        "content": dict(receipt.content),
        "read_at": receipt.read_at,
    }
    if not insert_if_absent(session, tables.ReceiptRow, values):
        return False
    _note(session, firm_id, sync_id, receipt)
    return True


def replace(session: Session, firm_id: str, sync_id: str, receipt: ReceiptRecord) -> bool:
    """Put what was read back anew in the place of what didn't tie. False: there is no such receipt."""
    row = tables.ReceiptRow
    change = (
        update(row)
        .where(
            row.firm_id == firm_id,
            row.sync_id == sync_id,
            row.invoice == receipt.invoice,
            row.ties.is_(False),
        )
        .values(ties=receipt.ties, content=dict(receipt.content), read_at=receipt.read_at)
    )
    if session.execute(change.returning(row.id)).first() is None:
        return False
    _note(session, firm_id, sync_id, receipt)
    return True


def of_sync(session: Session, sync_id: str) -> tuple[ReceiptRecord, ...]:
    """What was read back of a sync's invoices, in the order it was."""
    row = tables.ReceiptRow
    found = session.scalars(select(row).where(row.sync_id == sync_id).order_by(row.id))
    return tuple(ReceiptRecord(each.invoice, each.ties, each.content, each.read_at) for each in found)


def differing(session: Session, firm_id: str) -> int:
    """How many of the firm's booked invoices don't tie with what was read back last."""
    row = tables.ReceiptRow
    found = select(func.count()).where(row.firm_id == firm_id, row.ties.is_(False))
    return session.execute(found).scalar_one()


def _note(session: Session, firm_id: str, sync_id: str, receipt: ReceiptRecord) -> None:
    fact: dict[str, audit.Fact] = {"sync": sync_id, "ties": receipt.ties}
    audit.record(
        session,
        firm_id=firm_id,
        at=receipt.read_at,
        actor=audit.PROGRAM,
        verb="invoice.read_back",
        subject=receipt.invoice,
        content=fact,
    )
