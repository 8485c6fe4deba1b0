"""Whether a file speaks of any case or client that the records know, or of another office's alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db.intake.imports import standing_for, visible
from db.portions import portions
from db.tables import SourceRow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from db.intake.rows import ReportRows


def cases_apart(session: Session, firm_id: str, rows: ReportRows) -> int:
    """How many cases a file has if the records know none of them and no client of theirs; else 0.

    The records are what was imported before, of any report, and what this very import has taken in. Where
    there is nothing yet, nothing is apart from it.
    """
    if session.scalar(select(SourceRow.id).where(visible(firm_id)).limit(1)) is None:
        return 0
    kept = [row for twins in rows.kept.values() for row in twins]
    numbers = dict.fromkeys(row.case_number for row in kept)
    clients = dict.fromkeys(row.client for row in kept if row.client)
    standing = standing_for(firm_id)
    known = _any(session, numbers, lambda some: standing & SourceRow.case_number.in_(some)) or _any(
        session, clients, lambda some: standing & SourceRow.client.in_(some)
    )
    return 0 if known else len(numbers)


def _any(
    session: Session, asked: Iterable[str], where: Callable[[Collection[str]], ColumnElement[bool]]
) -> bool:
    questions = (select(SourceRow.id).where(where(some)).limit(1) for some in portions(list(asked)))
    found = (session.scalar(one) for one in questions)
    return any(one is not None for one in found)
