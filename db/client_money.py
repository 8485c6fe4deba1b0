"""What a second person was asked, and said, about paid invoices that touch client money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from db import audit, tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class TrustApproval:
    """An invoice by its subject and the fingerprint of what was looked at; approved once ``approved_at`` is.

    Moments are UTC; ``*_by`` are Slack user ids, ``approved_name`` what that person was called then.
    """

    subject: str
    fingerprint: str
    asked_by: str
    asked_at: datetime
    approved_by: str = ""
    approved_name: str = ""
    approved_at: datetime | None = None


def ask(session: Session, firm_id: str, realm_id: str, asked: TrustApproval) -> bool:
    """Write down that somebody asks for a second person's word. False: somebody did already."""
    audit.hold(session, firm_id)
    values = {
        "firm_id": firm_id,
        "realm_id": realm_id,
        "subject": asked.subject,
        "fingerprint": asked.fingerprint,
        "asked_by": asked.asked_by,
        "asked_at": asked.asked_at,
        "approved_name": "",
    }
    if not insert_if_absent(session, tables.TrustApproval, values):
        return False
    _note(session, firm_id, asked, asked.asked_by, "trust.asked", asked.asked_at)
    return True


def approve(session: Session, firm_id: str, realm_id: str, word: TrustApproval) -> bool:
    """Write down the second person's word, from ``word.approved_*``; nothing is booked by it.

    False, and nothing changes: nobody asked, somebody else approved it, or it is who asked.
    """
    if word.approved_at is None:
        return False
    audit.hold(session, firm_id)
    row = tables.TrustApproval
    change = (
        update(row)
        .where(
            row.firm_id == firm_id,
            row.realm_id == realm_id,
            row.subject == word.subject,
            row.fingerprint == word.fingerprint,
            row.approved_at.is_(None),
            row.asked_by != word.approved_by,
        )
        .values(
            approved_by=word.approved_by,
            approved_name=word.approved_name[:80],
            approved_at=word.approved_at,
        )
        .returning(row.id)
        .execution_options(synchronize_session="fetch")
    )
    if session.execute(change).one_or_none() is None:
        return False
    _note(session, firm_id, word, word.approved_by, "trust.approved", word.approved_at)
    return True


def all_of(session: Session, firm_id: str, realm_id: str) -> tuple[TrustApproval, ...]:
    """Everything that was asked in a company, oldest first."""
    row = tables.TrustApproval
    found = select(row).where(row.firm_id == firm_id, row.realm_id == realm_id).order_by(row.id)
    rows = session.scalars(found.execution_options(populate_existing=True))
    return tuple(_value(each) for each in rows)


def _note(session: Session, firm_id: str, about: TrustApproval, by: str, verb: str, at: datetime) -> None:
    content = {"asked_by": about.asked_by, "fingerprint": about.fingerprint}
    audit.record(session, firm_id=firm_id, at=at, actor=by, verb=verb, subject=about.subject, content=content)


def _value(row: tables.TrustApproval) -> TrustApproval:
    return TrustApproval(
        row.subject,
        row.fingerprint,
        row.asked_by,
        row.asked_at,
        row.approved_by or "",
        row.approved_name,
        row.approved_at,
    )
