"""The life of one import: begun, alive, applied or given up; and what nobody may see of it before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, CursorResult, delete, func, select, text, update
from sqlalchemy.exc import IntegrityError

from db.intake import sentences
from db.intake.questions import Size
from db.tables import Import, ImportFile, SourceRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Delete, Row, Select, Update
    from sqlalchemy.orm import Session

    from db.engine import Database

STAGING, APPLIED, FAILED = "staging", "applied", "failed"
SILENT = timedelta(minutes=2)
"""An import that hasn't moved for so long was cut off."""

BATCH = 4_000
"""Rows of one commit: SQLite's writer is held for some 30 ms by so many."""
REMEMBERED = 6
"""Exports of a report of which it is remembered what they had: those of two offices may come in turn."""
DATED = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")


class ImportUnderWayError(RuntimeError):
    """Somebody else's import of the same firm hasn't ended; ask again in a moment."""

    def __init__(self) -> None:
        super().__init__(sentences.UNDER_WAY.said())


class ImportGivenUpError(RuntimeError):
    """This import was silent so long that another took its place; none of it counts."""

    def __init__(self) -> None:
        super().__init__(sentences.GIVEN_UP.said())


@dataclass(frozen=True, slots=True)
class NewestImport:
    """The import of the newest export: when (UTC), by whom, which files, and the newest date in their names.

    ``older_since`` is the date of an older export of the same reports that was imported after it.
    """

    at: datetime
    by: str
    files: tuple[str, ...]
    exported: date | None
    older_since: date | None = None


def take_stock(database: Database) -> None:
    """Let PostgreSQL count the rows, so that it asks them the short way right after a large import."""
    if database.dialect == "postgresql":
        with database.write() as session:
            session.execute(text("ANALYZE source_rows"))


def visible(firm_id: str) -> ColumnElement[bool]:
    """Rows that hold now: of an applied import, and not ended by an applied one."""
    unapplied = select(Import.id).where(Import.firm_id == firm_id, Import.state != APPLIED)
    return (
        (SourceRow.firm_id == firm_id)
        & SourceRow.since.not_in(unapplied)
        & (SourceRow.until.is_(None) | SourceRow.until.in_(unapplied))
    )


def standing_for(firm_id: str) -> ColumnElement[bool]:
    """Rows that hold for the import under way: what is visible, with what it staged and ended itself.

    A failed import may still be clearing up after itself, so its rows are looked past.
    """
    failed = select(Import.id).where(Import.firm_id == firm_id, Import.state == FAILED)
    return (
        (SourceRow.firm_id == firm_id)
        & SourceRow.since.not_in(failed)
        & (SourceRow.until.is_(None) | SourceRow.until.in_(failed))
    )


def begin(session: Session, firm_id: str, asked_by: str, now: datetime) -> int:
    """Begin the firm's one import; :class:`ImportUnderWayError` while another lives."""
    begun = Import(firm_id=firm_id, state=STAGING, asked_by=asked_by[:64], asked_at=now, alive_at=now)
    session.add(begun)
    try:
        session.flush()
    except IntegrityError as error:
        raise ImportUnderWayError from error
    return begun.id


def keep_alive(session: Session, import_id: int, now: datetime) -> None:
    """Say that the import moves; :class:`ImportGivenUpError` where it no longer may."""
    _while_staging(session, import_id, alive_at=now)


def apply(session: Session, import_id: int, files: Sequence[ImportFile], now: datetime) -> None:
    """Make all of it visible at once; :class:`ImportGivenUpError` where it no longer may."""
    _while_staging(session, import_id, state=APPLIED, alive_at=now, applied_at=now)
    session.add_all(files)


def give_up(database: Database, import_id: int) -> None:
    """Mark an import failed, unless it was applied, and remove what it staged, in short commits."""
    with database.write() as session:
        session.execute(
            update(Import).where(Import.id == import_id, Import.state == STAGING).values(state=FAILED)
        )
    _clear(database, Import.id == import_id)


def abandon_unfinished(database: Database, firm_id: str, now: datetime, silent: timedelta = SILENT) -> None:
    """Give up the firm's imports that were cut off, and remove what they left; ``now`` is aware.

    Where only one process uses the database, it may pass ``silent=timedelta(0)`` at its start.
    """
    with database.write() as session:
        session.execute(
            update(Import)
            .where(Import.firm_id == firm_id, Import.state == STAGING, Import.alive_at <= now - silent)
            .values(state=FAILED)
        )
    _clear(database, Import.firm_id == firm_id)


def newest_import(session: Session, firm_id: str) -> NewestImport | None:
    """The firm's last import that counts, if there is one; where its files are older, that of the newer."""
    last = session.execute(_applied(firm_id).order_by(Import.id.desc()).limit(1)).scalar_one_or_none()
    told = None if last is None else _told(session, last)
    if last is None or told is None or told.exported is None:
        return told
    newer = session.execute(
        _applied(firm_id)
        .join(ImportFile, ImportFile.import_id == Import.id)
        .where(
            ImportFile.summary["exported"].as_string() > told.exported.isoformat(),
        )
        .order_by(ImportFile.summary["exported"].as_string().desc(), Import.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    found = None if newer is None else _told(session, newer)
    if newer is None or found is None:
        return told
    same = _reports(session, last) & _reports(session, newer)
    return replace(found, older_since=told.exported if same else None)


def _reports(session: Session, one: Import) -> set[str]:
    return set(session.scalars(select(ImportFile.report).where(ImportFile.import_id == one.id)))


def _applied(firm_id: str) -> Select[Import]:
    return select(Import).where(Import.firm_id == firm_id, Import.state == APPLIED)


def _told(session: Session, one: Import) -> NewestImport | None:
    if one.applied_at is None:
        return None
    files = session.execute(
        select(ImportFile.name).where(ImportFile.import_id == one.id).order_by(ImportFile.id)
    ).scalars()
    names = tuple(files)
    days = [day for name in names if (day := exported_on(name))]
    return NewestImport(one.applied_at, one.asked_by, names, max(days, default=None))


def newest_export(session: Session, firm_id: str, report: str) -> date | None:
    """The newest date in the names of a report's files imported so far."""
    newest = session.execute(
        select(func.max(ImportFile.summary["exported"].as_string()))
        .join(Import, Import.id == ImportFile.import_id)
        .where(Import.firm_id == firm_id, Import.state == APPLIED, ImportFile.report == report)
    ).scalar_one_or_none()
    return date.fromisoformat(newest) if newest else None


def earlier_prints(session: Session, firm_id: str, report: str) -> tuple[bytes, ...]:
    """What the last exports of a report had, newest first, as :func:`db.intake.lacking.packed`."""
    found = (
        select(ImportFile.prints)
        .join(Import, Import.id == ImportFile.import_id)
        .where(Import.firm_id == firm_id, Import.state == APPLIED, ImportFile.report == report)
        .where(ImportFile.prints.is_not(None))
        .order_by(ImportFile.id.desc())
    )
    return tuple(one for one in session.scalars(found.limit(REMEMBERED)) if one is not None)


def forget_prints(session: Session, firm_id: str, report: str) -> None:
    """Keep those of the last few exports of a report only."""
    kept = (
        select(ImportFile.id)
        .join(Import, Import.id == ImportFile.import_id)
        .where(Import.firm_id == firm_id, ImportFile.report == report, ImportFile.prints.is_not(None))
        .order_by(ImportFile.id.desc())
    )
    old = list(session.scalars(kept.offset(REMEMBERED)))
    session.execute(update(ImportFile).where(ImportFile.id.in_(old)).values(prints=None))


def last_size(session: Session, firm_id: str, report: str) -> Size | None:
    """What the newest export of a report held, and the newest days of any; None where none was taken in.

    The newest is by the day in its name, of one without a day by when it was taken in (UTC); of several of a
    day the one taken in last.
    """
    counted = session.execute(
        select(ImportFile.id, ImportFile.summary, Import.applied_at)
        .join(Import, Import.id == ImportFile.import_id)
        .where(Import.firm_id == firm_id, Import.state == APPLIED, ImportFile.report == report)
    ).all()
    if not counted:
        return None
    newest = max(counted, key=lambda one: (_day_of(one), one.id))
    return Size(_rows(newest.summary), _newest(counted, "exported"), _newest(counted, "latest"))


def _day_of(one: Row[Any]) -> str:
    """The day it was exported, as far as anybody knows; ISO."""
    return str(one.summary.get("exported") or (one.applied_at and one.applied_at.date().isoformat()) or "")


def _rows(summary: Mapping[str, Any]) -> int:
    parts = ("new", "changed", "unchanged", "unreadable_rows")
    return int(summary.get("rows") or sum(int(summary.get(part) or 0) for part in parts))


def _newest(counted: Sequence[Row[Any]], what: str) -> date | None:
    days = (date.fromisoformat(one.summary[what]) for one in counted if one.summary.get(what))
    return max(days, default=None)


def exported_on(name: str) -> date | None:
    """The day in a file's name, such as ``Invoices-export-2026-11-20.xlsx``."""
    for found in DATED.finditer(name):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


def _while_staging(session: Session, import_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    mine = update(Import).where(Import.id == import_id, Import.state == STAGING)
    if _count(session, mine.values(**values)) != 1:
        raise ImportGivenUpError


def _clear(database: Database, whose: ColumnElement[bool]) -> None:
    failed = select(Import.id).where(whose, Import.state == FAILED)
    staged = select(SourceRow.id).where(SourceRow.since.in_(failed)).limit(BATCH)
    ended = select(SourceRow.id).where(SourceRow.until.in_(failed)).limit(BATCH)
    _repeat(database, update(SourceRow).where(SourceRow.id.in_(ended)).values(until=None))
    _repeat(database, delete(SourceRow).where(SourceRow.id.in_(staged)))


def _repeat(database: Database, change: Update | Delete) -> None:
    """Until it finds no row any more, each time in a commit of its own."""
    found = 1
    while found:
        with database.write() as session:
            found = _count(session, change)


def _count(session: Session, change: Update | Delete) -> int:
    result = session.execute(change)
    return result.rowcount if isinstance(result, CursorResult) else 0
