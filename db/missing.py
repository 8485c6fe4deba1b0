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
from db.portions import portions
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

    Of invoices only those paid, as no other is booked; and nothing that was asked about before and hasn't
    come back.
    """
    here, known = prints_here(exports), _still_lacking(session, firm_id)
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
                if one.subject not in known:
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
    asked_anew = [Question(KIND, one.subject, _content(one), by, now) for one in lacking]
    for one in asked_anew:
        questions.ask(session, firm_id, one)
    booked = booked_of(session, firm_id, asked_anew)
    return tuple(f"{KIND}|{one.subject}" for one in asked_anew if one.subject not in booked)


def booked_of(session: Session, firm_id: str, asked: Iterable[Question]) -> frozenset[str]:
    """Of which of these the invoice is in the books or on its way: the subjects of the questions.

    Asked when it is read, as what is on its way at an import may be refused after it.
    """
    subjects = {one.subject: (str(one.content["case"]), str(one.content["invoice"])) for one in asked}
    clients = _clients_of(session, firm_id, {case for case, _ in subjects.values()})
    invoices = {
        subject: {InvoiceKey(case, number, client).subject for client in clients.get(case, {""})}
        for subject, (case, number) in subjects.items()
    }
    booked = _booked_among(session, firm_id, sorted(set().union(*invoices.values())))
    return frozenset(subject for subject, each in invoices.items() if not each.isdisjoint(booked))


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


def _still_lacking(session: Session, firm_id: str) -> frozenset[str]:
    asked = questions.asked(session, firm_id, KIND)
    return frozenset(one.subject for one in asked if not one.content["gone"])


def _clients_of(session: Session, firm_id: str, numbers: Collection[str]) -> dict[str, set[str]]:
    """The client identifiers that the Client Listing has for each case; empty is one, too."""
    found: dict[str, set[str]] = {number: {""} for number in numbers}
    for some in portions(sorted(numbers)):
        rows = select(SourceRow.case_number, SourceRow.client).where(
            standing_for(firm_id), SourceRow.report == Report.CLIENTS, SourceRow.case_number.in_(some)
        )
        for number, client in session.execute(rows):
            found[number].add(client or "")
    return found


def _booked_among(session: Session, firm_id: str, invoices: Sequence[str]) -> set[str]:
    booked: set[str] = set()
    for some in portions(invoices):
        rows = select(Effect.invoice).where(
            Effect.firm_id == firm_id, Effect.state != "rejected", Effect.invoice.in_(some)
        )
        booked.update(session.scalars(rows))
    return booked


def _content(one: Dropped) -> dict[str, Any]:
    return {
        "report": one.lacking.report,
        "case": one.lacking.case,
        "number": one.lacking.number,
        "exported": one.lacking.exported.isoformat(),
        "since": one.lacking.since,
        "identity": list(one.identity),
        "print": print_of(one.key).hex(),
        "invoice": one.invoice,
        "gone": False,
    }


def _again(asked: Question, now: datetime, *, gone: bool) -> Question:
    return Question(KIND, asked.subject, {**asked.content, "gone": gone}, asked.asked_by, now)
