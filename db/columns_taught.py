"""The columns of the exports that we don't know: what stood in them, and what the firm says they mean."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from db import questions
from db.intake.forms import Report
from db.intake.meanings import VALUES, Meaning, Taught, column_key, value_key
from db.questions import Answer, Question, QuestionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.intake.meanings import Columns

KIND = QuestionKind.COLUMN
MOST_VALUES = 12
"""Different values of a column that are kept, as many as one screen can ask about."""
LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a report by its header as last written, with different values met in it.

    ``whole`` is whether these are all its values.
    """

    report: Report
    header: str
    values: tuple[str, ...] = ()
    whole: bool = True

    @property
    def subject(self) -> str:
        """What it is known by."""
        return f"{self.report}|{column_key(self.header)}"


@dataclass(frozen=True, slots=True)
class ColumnAsked:
    """A column, what the firm says it means (None: nothing yet), and values that nobody has explained."""

    column: Column
    taught: Taught | None = None
    said_by: str = ""
    said_at: datetime | None = None
    unexplained: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody must still say something."""
        return self.taught is None or bool(self.unexplained)


def meet(
    session: Session, firm_id: str, columns: Collection[Column], *, by: str, now: datetime
) -> tuple[str, ...]:
    """Remember columns an import met, and values new in them; gives the subjects that are asked anew by it.

    That is a column never seen before, or a value that nobody explained in a column whose values count.
    """
    known = {one.column.subject: one for one in all_columns(session, firm_id)} if columns else {}
    fresh = []
    for column in columns:
        before = known.get(column.subject)
        merged = column if before is None else _merged(before.column, column)
        content = {"header": merged.header, "values": list(merged.values), "whole": merged.whole}
        questions.ask(session, firm_id, Question(KIND, merged.subject, content, by, now))
        after = _asked(merged, before.taught if before else None)
        if before is None or len(after.unexplained) > len(before.unexplained):
            fresh.append(merged.subject)
    return tuple(fresh)


def all_columns(session: Session, firm_id: str) -> tuple[ColumnAsked, ...]:
    """Every column that was ever asked about: those that wait first, then in the order they were met."""
    said = {one.subject: one for one in questions.answers(session, firm_id, KIND)}
    found = [
        _asked(_column(one), *_of_answer(said.get(one.subject)))
        for one in questions.asked(session, firm_id, KIND)
    ]
    return tuple(sorted(found, key=lambda one: not one.is_open))


def taught(session: Session, firm_id: str) -> Columns:
    """What the firm says its columns mean, those it ignores left out."""
    by_report: dict[Report, dict[str, Taught]] = {}
    for one in questions.answers(session, firm_id, KIND):
        means = _taught(one.answer)
        if means.meaning is not Meaning.IGNORE:
            report, _, key = one.subject.partition("|")
            by_report.setdefault(Report(report), {})[key] = means
    return MappingProxyType(by_report)


def teach(session: Session, firm_id: str, column: Column, means: Taught, *, by: str, now: datetime) -> bool:
    """Let the column mean this from now on, for the rows that are here and every later file.

    False: it means that already.
    """
    said: dict[str, Any] = {
        "meaning": means.meaning,
        "header": means.header,
        "name": means.name,
        "percent": None if means.percent is None else str(means.percent),
        "values": dict(means.values),
    }
    return questions.answer(session, firm_id, Answer(KIND, column.subject, said, by, now))


def history(session: Session, firm_id: str, column: Column) -> tuple[ColumnAsked, ...]:
    """What it meant before and means now, oldest first."""
    return tuple(
        _asked(column, *_of_answer(one)) for one in questions.history(session, firm_id, KIND, column.subject)
    )


def _merged(before: Column, now: Column) -> Column:
    known = {value_key(text) for text in before.values}
    values = (*before.values, *(text for text in now.values if value_key(text) not in known))
    whole = before.whole and now.whole and len(values) <= MOST_VALUES
    return Column(now.report, now.header, values[:MOST_VALUES], whole)


def _column(asked: Question) -> Column:
    report, _, _ = asked.subject.partition("|")
    content = asked.content
    return Column(Report(report), content["header"], tuple(content["values"]), content["whole"])


def _of_answer(said: Answer | None) -> tuple[Taught | None, str, datetime | None]:
    return (None, "", None) if said is None else (_taught(said.answer), said.said_by, said.said_at)


def _taught(said: Mapping[str, Any]) -> Taught:
    percent = said["percent"]
    return Taught(
        meaning=Meaning(said["meaning"]),
        header=said["header"],
        name=said["name"],
        percent=None if percent is None else Decimal(percent),
        values=said["values"],
    )


def _asked(
    column: Column, means: Taught | None, said_by: str = "", said_at: datetime | None = None
) -> ColumnAsked:
    unexplained = (
        tuple(text for text in column.values if means.says(text) is None)
        if means is not None and means.meaning in VALUES
        else ()
    )
    return ColumnAsked(column, means, said_by, said_at, unexplained)
