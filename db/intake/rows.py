"""Turns one row of a detected report into what is kept of it: its identity, its cells, its problems."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from db.intake.cells import RowProblem, UnclearDate, Unread, amount, day, text_of
from db.intake.forms import (
    AMOUNT,
    AMOUNTS,
    CASE_NUMBER,
    CLIENT,
    DAYS,
    EMAIL,
    FULL_NAME,
    NUMBER,
    PAYMENT_DATE,
    TRANSACTION,
    Report,
)
from db.intake.frame import around
from db.intake.orders import in_order
from db.intake.sentences import EMPTY_CELL, LONG_NUMBERS, NO_CASE, TWINS
from db.intake.spelling import searched

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.intake.reports import Detected
    from db.intake.table import Cell, Table

LONGEST_CASE_NUMBER = 200
LONGEST_KEY = 500
SHOWN = 80
MOST_TWINS = 100
"""Rows kept under one identity; a file with more of them isn't an export."""
CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False)

EXPECTED = {
    Report.INVOICES: (NUMBER,),
    Report.PAYMENTS: (TRANSACTION, PAYMENT_DATE, AMOUNT),
    Report.CLIENTS: (CLIENT,),
}
"""Cells that say something in every row; one that doesn't is a problem the answer names."""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of a report as it stands in the file, known by ``key``."""

    number: int
    key: str
    case_number: str
    found_by: str | None
    sha256: str
    cells: dict[str, str]
    problems: tuple[RowProblem, ...] = ()


def rows_of(table: Table, detected: Detected, order: str = "") -> Iterator[KeptRow | RowProblem]:
    """Every row of the report's own that isn't blank: kept, or left out as nobody could say whose it is.

    Days that read two ways are read in the file's ``order``, where it is known.
    """
    for number, cells in enumerate(table.rows, start=table.first):
        texts = {name: text for index, name in detected.columns if (text := _cell(cells, index))}
        if texts and not around(texts, detected.form.identity):
            if order:
                texts |= {name: in_order(text, order) for name, text in texts.items() if name in DAYS}
            yield _row(number, texts, detected)


def sorted_out(rows: Iterator[KeptRow | RowProblem]) -> tuple[dict[str, list[KeptRow]], list[RowProblem]]:
    """Rows by identity, and every problem in the order of the file."""
    by_key: dict[str, list[KeptRow]] = {}
    problems: list[RowProblem] = []
    for row in rows:
        if isinstance(row, RowProblem):
            problems.append(row)
            continue
        problems.extend(row.problems)
        twins = by_key.setdefault(row.key, [])
        if len(twins) < MOST_TWINS:
            twins.append(row)
        else:
            problems.append(_one_too_many(row))
    return by_key, problems


def digest(cells: Mapping[str, str]) -> str:
    """The same for the same content, however its amounts and dates are written; nothing is no column."""
    content = {name: _meaning(name, text) for name, text in cells.items() if text}
    return sha256(CANONICAL.encode(content).encode()).hexdigest()


def _cell(cells: Sequence[Cell], index: int) -> str:
    return text_of(cells[index]) if index < len(cells) else ""


def _row(number: int, texts: dict[str, str], detected: Detected) -> KeptRow | RowProblem:
    case_number = texts.get(CASE_NUMBER, "")
    key = "|".join(
        texts.get(name, "").replace("\\", "\\\\").replace("|", "\\|") for name in detected.form.identity
    )
    if not case_number:
        return RowProblem(
            number,
            CASE_NUMBER,
            "",
            NO_CASE.what,
            NO_CASE.remedy,
        )
    if len(case_number) > LONGEST_CASE_NUMBER or len(key) > LONGEST_KEY:
        return RowProblem(
            number,
            CASE_NUMBER,
            case_number[:SHOWN],
            LONG_NUMBERS.what,
            LONG_NUMBERS.remedy,
        )
    return KeptRow(
        number=number,
        key=key,
        case_number=case_number,
        found_by=_found_by(texts, detected.report),
        sha256=digest(texts),
        cells=texts,
        problems=tuple(_problems(number, texts, detected)),
    )


def _found_by(texts: Mapping[str, str], report: Report) -> str | None:
    """A payment by its transaction, everything else by the words that people look for."""
    if report is Report.PAYMENTS:
        return texts.get(TRANSACTION)
    return searched(texts.get(FULL_NAME, ""), texts[CASE_NUMBER], texts.get(EMAIL, ""))[:LONGEST_KEY]


def _problems(number: int, texts: Mapping[str, str], detected: Detected) -> Iterator[RowProblem]:
    whose = texts.get(NUMBER, "")[:SHOWN], texts[CASE_NUMBER][:SHOWN]
    for name, text in texts.items():
        trouble = _trouble(name, text) if name in detected.form.columns else None
        if trouble is not None:
            yield RowProblem(number, name, text[:SHOWN], trouble.reason, trouble.remedy, *whose)
    for name in EXPECTED[detected.report]:
        if name not in texts:
            yield RowProblem(number, name, "", EMPTY_CELL.what, EMPTY_CELL.remedy, *whose)


def _trouble(name: str, text: str) -> Unread | UnclearDate | None:
    read = _read(name, text)
    return read if isinstance(read, Unread | UnclearDate) else None


def _meaning(name: str, text: str) -> str:
    read = _read(name, text)
    return text if read is None or isinstance(read, Unread | UnclearDate) else str(read)


def _read(name: str, text: str) -> object | None:
    if name in AMOUNTS:
        return amount(text)
    return day(text) if name in DAYS else None


def _one_too_many(row: KeptRow) -> RowProblem:
    told = TWINS.said(most=str(MOST_TWINS))
    return RowProblem(
        row.number,
        "Case Number",
        row.case_number[:80],
        told.what,
        told.remedy,
    )
