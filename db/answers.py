"""What a person said of an invoice that looks as if it were in QuickBooks already: remembered, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from db import audit, tables
from db.insert import insert_if_absent
from db.said import Answer, Said

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


class LinkedTwiceError(ValueError):
    """The document is another invoice's already."""


def put(session: Session, firm_id: str, realm_id: str, answer: Answer) -> None:
    """Remember it in place of what was said of that invoice before; :class:`LinkedTwiceError`."""
    audit.hold(session, firm_id)
    if answer.linked and _linked_to_another(session, firm_id, realm_id, answer):
        raise LinkedTwiceError(answer.linked)
    values = {
        "answer": answer.said,
        "linked": answer.linked or None,
        "linked_seen": answer.linked_seen,
        "dismissed": list(answer.dismissed),
        "number": answer.number,
        "answered_by": answer.by,
        "answered_at": answer.at,
    }
    whose = {"firm_id": firm_id, "realm_id": realm_id, "subject": answer.subject}
    row = tables.BookedAnswer
    if not insert_if_absent(session, row, {**whose, **values}):
        session.execute(update(row).filter_by(**whose).values(**values))
    audit.record(
        session,
        firm_id=firm_id,
        at=answer.at,
        actor=answer.by,
        verb=f"booked_already.{answer.said or 'undone'}",
        subject=answer.subject,
        content={
            "linked": answer.linked_seen or answer.linked,
            "dismissed": ", ".join(answer.dismissed),
            "number": answer.number,
        },
    )


def all_of(
    session: Session, firm_id: str, realm_id: str, subjects: Collection[str] | None = None
) -> dict[str, Answer]:
    """Everything said in a company that still holds, or of these invoices only, by the invoice's subject."""
    row = tables.BookedAnswer
    found = select(row).where(row.firm_id == firm_id, row.realm_id == realm_id, row.answer != Said.NOTHING)
    if subjects is not None:
        found = found.where(row.subject.in_(subjects))
    rows = session.scalars(found.order_by(row.id).execution_options(populate_existing=True))
    return {each.subject: _answer(each) for each in rows}


def last_of(session: Session, firm_id: str, realm_id: str, subject: str) -> Answer | None:
    """What was said last of one invoice, also where that undid what was said before."""
    row = tables.BookedAnswer
    found = select(row).where(row.firm_id == firm_id, row.realm_id == realm_id, row.subject == subject)
    kept = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    return _answer(kept) if kept else None


def _answer(row: tables.BookedAnswer) -> Answer:
    return Answer(
        row.subject,
        Said(row.answer),
        row.answered_by,
        row.answered_at,
        row.linked or "",
        tuple(row.dismissed),
        row.number,
        row.linked_seen,
    )


def _linked_to_another(session: Session, firm_id: str, realm_id: str, answer: Answer) -> bool:
    row = tables.BookedAnswer
    others = select(func.count()).where(
        row.firm_id == firm_id,
        row.realm_id == realm_id,
        row.linked == answer.linked,
        row.subject != answer.subject,
    )
    return session.execute(others).scalar_one() > 0
