"""Turns the rows of a detected report into what is kept of them: identity, cells, problems."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING

from db.intake.cells import RowProblem
from db.intake.column import JSON, ReadColumn, each, meaning, read_column
from db.intake.forms import (
    AMOUNT,
    CASE_NUMBER,
    CLIENT,
    EMAIL,
    FULL_NAME,
    NUMBER,
    PAYMENT_DATE,
    TRANSACTION,
    Report,
)
from db.intake.frame import around, is_around
from db.intake.sentences import EMPTY_CELL, LONG_NUMBERS, NO_CASE, TWINS
from db.intake.spelling import searched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from db.intake.orders import Orders
    from db.intake.reports import Detected
    from db.intake.table import Table

LONGEST_CASE_NUMBER = 200
LONGEST_KEY = 500
PLAINLY_SHORT = 80
"""Identities of which each part is no longer make no key that is too long."""
SHOWN = 80
MOST_TWINS = 100
"""Rows kept under one identity; a file with more of them isn't an export."""

NO_ORDERS: Mapping[str, str] = MappingProxyType({})
EXPECTED = {
    Report.INVOICES: (NUMBER,),
    Report.PAYMENTS: (TRANSACTION, PAYMENT_DATE, AMOUNT),
    Report.CLIENTS: (CLIENT,),
}
"""Cells that say something in every row; one that doesn't is a problem the answer names."""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of a report as it stands in the file, known by ``key``; ``written`` are its cells as JSON.

    ``client`` is whose row of the Client Listing it is (their identifier); None elsewhere.
    """

    number: int
    key: str
    case_number: str
    found_by: str | None
    sha256: str
    written: str
    problems: tuple[RowProblem, ...] = ()
    client: str | None = None

    @property
    def cells(self) -> dict[str, str]:
        """Header to text, of the cells that say something."""
        cells: dict[str, str] = json.loads(self.written)
        return cells


@dataclass(frozen=True, slots=True)
class ReportRows:
    """A report's rows by identity, every problem in the order of the file, and what stands in its columns."""

    kept: dict[str, list[KeptRow]]
    problems: tuple[RowProblem, ...]
    columns: Mapping[str, ReadColumn]
    first: int

    @property
    def numbers(self) -> frozenset[int]:
        """The rows of the file that are kept."""
        return frozenset(row.number for twins in self.kept.values() for row in twins)

    def said(self, header: str) -> Iterable[str]:
        """The different texts of a column in the rows that are kept, in the order of the file."""
        texts = self.columns[header].texts if header in self.columns else ()
        kept = self.numbers if len(self.kept) < len(texts) else None
        told = texts if kept is None else (t for at, t in enumerate(texts, start=self.first) if at in kept)
        return dict.fromkeys(told)


def read_report(table: Table, detected: Detected, orders: Orders = NO_ORDERS) -> ReportRows:
    """Every row of the report's own that isn't blank: kept, or left out as nobody could say whose it is.

    Days that read two ways are read in their column's order, where it is known.
    """
    columns = {
        name: read_column(table.rows, index, name, orders.get(name, "")) for index, name in detected.columns
    }
    kept: dict[str, list[KeptRow]] = {}
    problems: list[RowProblem] = []
    for row in _rows(columns, detected, table.first, len(table.rows)):
        if isinstance(row, RowProblem):
            problems.append(row)
            continue
        problems.extend(row.problems)
        twins = kept.setdefault(row.key, [])
        if len(twins) < MOST_TWINS:
            twins.append(row)
        else:
            problems.append(_one_too_many(row))
    return ReportRows(kept, tuple(problems), columns, table.first)


def digest(cells: Mapping[str, str]) -> str:
    """The same for the same content, however its amounts and dates are written; nothing is no column."""
    said = {name: meaning(name, text) for name, text in cells.items() if text}
    return _hash(
        JSON.encode({name: one if isinstance(one, str) else cells[name] for name, one in said.items()})
    )


def _rows(
    columns: Mapping[str, ReadColumn], detected: Detected, first: int, count: int
) -> Iterator[KeptRow | RowProblem]:
    """Most rows are made of what was read column by column; the ``odd`` ones are looked at one by one."""
    odd = _odd(columns, detected)
    ordered = [columns[name] for name in sorted(columns)]
    made = zip(
        _keys(columns, detected),
        columns[CASE_NUMBER].texts,
        _found_by(columns, detected.report, count),
        _clients(columns, detected.report, count),
        map("".join, zip(*(one.meant for one in ordered), strict=True)),
        map("".join, zip(*(one.written for one in ordered), strict=True)),
        strict=True,
    )
    for index, (key, case_number, found_by, client, meant, written) in enumerate(made):
        row = KeptRow(
            first + index, key, case_number, found_by, _hash(_json(meant)), _json(written), (), client
        )
        if index not in odd:
            yield row
            continue
        texts = {name: one.texts[index] for name, one in columns.items() if one.texts[index]}
        if texts and not around(texts, detected.form.identity):
            yield _looked_at(row, texts, columns, detected)


def _odd(columns: Mapping[str, ReadColumn], detected: Detected) -> frozenset[int]:
    """Rows that may be none of the report's own, lack something, or say something that can't be read."""
    found: set[int] = set()
    for name in {CASE_NUMBER, *detected.form.identity, *EXPECTED[detected.report]}:
        found.update(index for index, text in enumerate(columns[name].texts) if not text)
    for name in detected.form.identity:
        found.update(
            index
            for index, text in enumerate(columns[name].texts)
            if len(text) > PLAINLY_SHORT or not (text[:1].isdigit() or not is_around(text))
        )
    for name, column in columns.items():
        if column.troubles and name in detected.form.columns:
            found.update(index for index, text in enumerate(column.texts) if text in column.troubles)
    return frozenset(found)


def _keys(columns: Mapping[str, ReadColumn], detected: Detected) -> Iterator[str]:
    parts = [columns[name].texts for name in detected.form.identity]
    if any(mark in "".join(texts) for texts in parts for mark in "\\|"):
        parts = [each(_plain, texts) for texts in parts]
    return map("|".join, zip(*parts, strict=True))


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")


def _found_by(columns: Mapping[str, ReadColumn], report: Report, count: int) -> Iterable[str | None]:
    """A payment by its transaction, everything else by the words that people look for."""
    if report is Report.PAYMENTS:
        return (text or None for text in columns[TRANSACTION].texts)
    found = (
        each(searched, columns[name].texts) if name in columns else repeat("", count)
        for name in (FULL_NAME, CASE_NUMBER, EMAIL)
    )
    return ("".join(each)[:LONGEST_KEY] for each in zip(*found, strict=True))


def _clients(columns: Mapping[str, ReadColumn], report: Report, count: int) -> Iterable[str | None]:
    return (
        (text or None for text in columns[CLIENT].texts) if report is Report.CLIENTS else repeat(None, count)
    )


def _json(parts: str) -> str:
    """A row of its parts, of which the first too begins with a comma."""
    return f"{{{parts[2:]}}}"


def _hash(written: str) -> str:
    return sha256(written.encode()).hexdigest()


def _looked_at(
    row: KeptRow, texts: Mapping[str, str], columns: Mapping[str, ReadColumn], detected: Detected
) -> KeptRow | RowProblem:
    if not row.case_number:
        return RowProblem(row.number, CASE_NUMBER, "", NO_CASE.what, NO_CASE.remedy)
    if len(row.case_number) > LONGEST_CASE_NUMBER or len(row.key) > LONGEST_KEY:
        return RowProblem(
            row.number, CASE_NUMBER, row.case_number[:SHOWN], LONG_NUMBERS.what, LONG_NUMBERS.remedy
        )
    problems = tuple(_problems(row.number, texts, columns, detected))
    return replace(row, problems=problems)


def _problems(
    number: int, texts: Mapping[str, str], columns: Mapping[str, ReadColumn], detected: Detected
) -> Iterator[RowProblem]:
    whose = texts.get(NUMBER, "")[:SHOWN], texts[CASE_NUMBER][:SHOWN]
    for name, text in texts.items():
        trouble = columns[name].troubles.get(text) if name in detected.form.columns else None
        if trouble is not None:
            yield RowProblem(number, name, text[:SHOWN], trouble.reason, trouble.remedy, *whose)
    for name in EXPECTED[detected.report]:
        if name not in texts:
            yield RowProblem(number, name, "", EMPTY_CELL.what, EMPTY_CELL.remedy, *whose)


def _one_too_many(row: KeptRow) -> RowProblem:
    told = TWINS.said(most=str(MOST_TWINS))
    return RowProblem(row.number, CASE_NUMBER, row.case_number[:SHOWN], told.what, told.remedy)
