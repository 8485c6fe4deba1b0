"""What a second person was asked, and said, about paid invoices that touch client money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from db import audit, tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class TrustApproval:
    """An invoice by its subject and the fingerprint of what was looked at; approved once ``approved_at`` is.

    Rejected, for a ``reason``, while ``rejected_at`` is set: until somebody asks again. Moments are
    UTC; ``*_by`` are Slack user ids, ``approved_name`` what that person was called then.
    """

    subject: str
    fingerprint: str
    asked_by: str
    asked_at: datetime
    approved_by: str = ""
    approved_name: str = ""
    approved_at: datetime | None = None
    rejected_by: str = ""
    rejected_at: datetime | None = None
    reason: str = ""


def ask(session: Session, firm_id: str, realm_id: str, asked: TrustApproval) -> bool:
    """Write down that somebody asks for a second person's word, again where it was rejected.

    False: somebody did already.
    """
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
    fresh = insert_if_absent(session, tables.TrustApproval, values)
    if not fresh and not _asked_again(session, firm_id, realm_id, asked):
        return False
    _note(session, firm_id, asked, asked.asked_by, "trust.asked", asked.asked_at)
    return True


def approve(session: Session, firm_id: str, realm_id: str, word: TrustApproval) -> bool:
    """Write down the second person's word, from ``word.approved_*``; nothing is booked by it.

    False, and nothing changes: nobody asked, somebody else decided it, or it is who asked.
    """
    if word.approved_at is None:
        return False
    audit.hold(session, firm_id)
    row = tables.TrustApproval
    change = (
        update(row)
        .where(
            *_of(firm_id, realm_id, word),
            row.approved_at.is_(None),
            row.rejected_at.is_(None),
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


def reject(session: Session, firm_id: str, realm_id: str, word: TrustApproval) -> bool:
    """Write down that the second person doesn't approve, and why, from ``word.rejected_*``.

    False, and nothing changes: nobody asks, it was decided, or it is who asked.
    """
    if word.rejected_at is None:
        return False
    audit.hold(session, firm_id)
    row = tables.TrustApproval
    why = word.reason[:LONGEST_REASON]
    change = (
        update(row)
        .where(
            *_of(firm_id, realm_id, word),
            row.approved_at.is_(None),
            row.rejected_at.is_(None),
            row.asked_by != word.rejected_by,
        )
        .values(rejected_by=word.rejected_by, rejected_at=word.rejected_at, reason=why)
        .returning(row.id)
        .execution_options(synchronize_session="fetch")
    )
    if session.execute(change).one_or_none() is None:
        return False
    _note(session, firm_id, word, word.rejected_by, "trust.rejected", word.rejected_at, {"why": why})
    return True


def _asked_again(session: Session, firm_id: str, realm_id: str, asked: TrustApproval) -> bool:
    row = tables.TrustApproval
    again = {"asked_by": asked.asked_by, "asked_at": asked.asked_at}
    change = (
        update(row)
        .where(*_of(firm_id, realm_id, asked), row.rejected_at.is_not(None))
        .values(**again, rejected_by=None, rejected_at=None, reason=None)
        .returning(row.id)
        .execution_options(synchronize_session="fetch")
    )
    return session.execute(change).one_or_none() is not None


def _of(firm_id: str, realm_id: str, word: TrustApproval) -> tuple[ColumnElement[bool], ...]:
    row = tables.TrustApproval
    return (
        row.firm_id == firm_id,
        row.realm_id == realm_id,
        row.subject == word.subject,
        row.fingerprint == word.fingerprint,
    )


def all_of(session: Session, firm_id: str, realm_id: str) -> tuple[TrustApproval, ...]:
    """Everything that was asked in a company, oldest first."""
    row = tables.TrustApproval
    found = select(row).where(row.firm_id == firm_id, row.realm_id == realm_id).order_by(row.id)
    rows = session.scalars(found.execution_options(populate_existing=True))
    return tuple(_value(each) for each in rows)


def _note(
    session: Session,
    firm_id: str,
    about: TrustApproval,
    by: str,
    verb: str,
    at: datetime,
    more: Mapping[str, str] | None = None,
) -> None:
    content = {"asked_by": about.asked_by, "fingerprint": about.fingerprint, **(more or {})}
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
        row.rejected_by or "",
        row.rejected_at,
        row.reason or "",
    )
