"""Rows that CaseEasy's newest export no longer has: found at an import, and asked about with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db import questions
from db.intake.cells import day
from db.intake.forms import CASE_NUMBER, IDENTITY, NUMBER, PAID_DATE, Report
from db.intake.imports import earlier_prints, standing_for
from db.intake.lacking import (
    COUNTS,
    DAYS_AND_NUMBERS,
    LEFT_OUT,
    Lacking,
    dropped,
    packed,
    print_of,
    span_of,
    unpacked,
)
from db.questions import Question, QuestionKind
from db.records import InvoiceKey
from db.tables import Effect, SourceRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.intake.lacking import Span
    from db.intake.rows import ReportRows

KIND = QuestionKind.MISSING


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row that holds and that an export lacks, with what it is known by."""

    lacking: Lacking
    invoice: str
    identity: tuple[str, ...]
    key: str

    @property
    def subject(self) -> str:
        """What its question is known by."""
        return f"{self.lacking.report}|{print_of(self.key).hex()}"


@dataclass(frozen=True, slots=True)
class Export:
    """An export that was just staged: what it has, what the last of its kind had besides, how far it reaches.

    ``span`` is None where nothing is ``gone``, or nobody knows.
    """

    report: Report
    prints: bytes
    gone: frozenset[bytes]
    span: Span | None
    on: date


def export_of(session: Session, firm_id: str, report: Report, rows: ReportRows, on: date) -> Export:
    """What is remembered of an export of that day; of a report that nothing can be missing from, nothing."""
    if report not in DAYS_AND_NUMBERS:
        return Export(report, b"", frozenset(), None, on)
    number, day_column = DAYS_AND_NUMBERS[report]
    prints = packed(rows.kept)
    gone = dropped(unpacked(prints), map(unpacked, earlier_prints(session, firm_id, report)))
    days = [found for text in rows.said(day_column) if gone and isinstance(found := day(text), date)]
    return Export(report, prints, gone, span_of(rows.said(number), days), on)


def lacked_by(
    session: Session, firm_id: str, exports: Sequence[Export], import_id: int
) -> tuple[Dropped, ...]:
    """The rows that hold, that one of the exports reaches over and lacks, and that none of them has.

    Of invoices only those paid, as no other is booked.
    """
    here = prints_here(exports)
    found: dict[str, Dropped] = {}
    for export in exports:
        gone = export.gone - here
        if not gone or export.span is None:
            continue
        held = standing_for(firm_id) & (SourceRow.report == export.report)
        keys = session.scalars(select(SourceRow.key).where(held).distinct())
        asked = [key for key in keys if print_of(key) in gone]
        rows = session.execute(
            select(SourceRow.key, SourceRow.cells)
            .where(held, SourceRow.key.in_(asked))
            .order_by(SourceRow.key)
        )
        for key, cells in rows:
            if _is_covered(export, cells):
                one = _dropped(export, import_id, key, cells)
                found.setdefault(one.subject, one)
    return tuple(found.values())


def prints_here(exports: Sequence[Export]) -> frozenset[bytes]:
    """All that the exports of one go have."""
    return frozenset[bytes]().union(*(unpacked(one.prints) for one in exports))


def ask(
    session: Session,
    firm_id: str,
    lacking: Iterable[Dropped],
    here: Collection[bytes],
    *,
    by: str,
    now: datetime,
) -> tuple[str, ...]:
    """Ask about these, and no longer about what is ``here`` again; gives the subjects of what is asked.

    What is booked isn't asked about but told, as what differs from the books is.
    """
    for asked in questions.asked(session, firm_id, KIND):
        if not asked.content["gone"] and bytes.fromhex(asked.content["print"]) in here:
            questions.ask(session, firm_id, _again(asked, now, gone=True))
    anew = []
    for one in lacking:
        content = _content(one, is_booked=_is_booked(session, firm_id, one))
        questions.ask(session, firm_id, Question(KIND, one.subject, content, by, now))
        if not content["booked"]:
            anew.append(f"{KIND}|{one.subject}")
    return tuple(anew)


def in_doubt(session: Session, firm_id: str) -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    """What rows are known by that stay held for it, and those of which somebody said that they are gone."""
    said = {one.subject: one.answer for one in questions.answers(session, firm_id, KIND)}
    lacking: set[tuple[str, ...]] = set()
    left_out: set[tuple[str, ...]] = set()
    for asked in questions.asked(session, firm_id, KIND):
        answer = said.get(asked.subject, {})
        word = answer.get("said") if answer.get("among") == [str(asked.content["since"])] else None
        known_by = (asked.content["report"], *asked.content["identity"])
        if asked.content["gone"] or word == COUNTS:
            continue
        (left_out if word == LEFT_OUT else lacking).add(known_by)
    return frozenset(lacking), frozenset(left_out)


def lacking_of(asked: Question) -> Lacking:
    """What a question is about."""
    content = asked.content
    exported = date.fromisoformat(content["exported"])
    return Lacking(Report(content["report"]), content["case"], content["number"], exported, content["since"])


def _is_covered(export: Export, cells: Mapping[str, str]) -> bool:
    number, day_column = DAYS_AND_NUMBERS[export.report]
    on = day(cells.get(day_column, ""))
    if export.span is None or not isinstance(on, date):
        return False
    matters = export.report is not Report.INVOICES or bool(cells.get(PAID_DATE))
    return matters and export.span.covers(cells.get(number, ""), on)


def _dropped(export: Export, import_id: int, key: str, cells: Mapping[str, str]) -> Dropped:
    number, _ = DAYS_AND_NUMBERS[export.report]
    case = cells.get(CASE_NUMBER, "")
    lacking = Lacking(export.report, case, cells.get(number, ""), export.on, import_id)
    identity = tuple(cells.get(column, "") for column in IDENTITY[export.report])
    return Dropped(lacking, cells.get(NUMBER, ""), identity, key)


def _is_booked(session: Session, firm_id: str, one: Dropped) -> bool:
    """Whether the invoice it is, or pays, is in the books or on its way, whoever's it is."""
    ending = InvoiceKey(one.lacking.case, one.invoice, "").subject.removeprefix("invoice|")
    booked = select(Effect.id).where(
        Effect.firm_id == firm_id,
        Effect.state != "rejected",
        Effect.invoice.endswith(ending, autoescape=True),
    )
    return session.scalar(booked.limit(1)) is not None


def _content(one: Dropped, *, is_booked: bool) -> dict[str, Any]:
    return {
        "report": one.lacking.report,
        "case": one.lacking.case,
        "number": one.lacking.number,
        "exported": one.lacking.exported.isoformat(),
        "since": one.lacking.since,
        "identity": list(one.identity),
        "print": print_of(one.key).hex(),
        "booked": is_booked,
        "gone": False,
    }


def _again(asked: Question, now: datetime, *, gone: bool) -> Question:
    return Question(KIND, asked.subject, {**asked.content, "gone": gone}, asked.asked_by, now)
