"""Finds a report inside what is printed around it: titles above its headers, headers again, totals below."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from db.intake.cells import amount
from db.intake.forms import CASE_NUMBER
from db.intake.reports import Detected, Refused, detect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.intake.table import Cell, Table

MOST_ABOVE = 20
"""Rows above the headers that we look past."""

TOTAL = re.compile(
    r"((grand|overall|report|sub)[ -]?)?totals?( g[eé]n[eé]ral)?|sous-total|totaux|somme|sum", re.IGNORECASE
)
TOTAL_OF = re.compile(rf"({TOTAL.pattern})\b.*|.+ totals?:?", re.IGNORECASE)


def framed(table: Table) -> tuple[Table, Detected | Refused]:
    """The report from the row on that names its columns, and which it is.

    A header may stand in two rows, as merged cells leave it: what the lower one lacks is in the upper one.
    Where no row names a report, the file is judged by its first.
    """
    first = detect(table.header)
    if isinstance(first, Detected):
        return table, first
    known = (table, first) if first.known else None
    for below, header in _headers(table):
        detected = detect(header)
        if isinstance(detected, Detected):
            return _cut(table, below, header), detected
        if known is None and detected.known:
            known = _cut(table, below, header), detected
    return known or (table, first)


def shifted_row(table: Table, detected: Detected) -> int | None:
    """The first row of a .csv with more cells than headers, as the file counts; None where there is none.

    A separator inside a cell that isn't in quotation marks (1500,00; Silva, Maria) moves all that follows
    into the next column: such a row says something else than it meant.
    """
    if not table.separated:
        return None
    wide = max(index for index, _ in detected.columns) + 1
    found = (at for at, row in enumerate(table.rows, start=table.first) if any(c != "" for c in row[wide:]))
    return next(found, None)


def around(texts: Mapping[str, str], identity: Sequence[str]) -> bool:
    """Whether a row isn't one of the report's own: its headers repeated, or its totals.

    ``texts`` are the row's cells that say something; ``identity`` the columns a row is known by. A row that
    names an invoice, a payment or a client is never taken for a total.
    """
    named = [texts[name] for name in identity if name in texts]
    case_number = texts.get(CASE_NUMBER, "")
    if case_number.casefold() == CASE_NUMBER.casefold():
        return True
    if named and all(map(_label, named)):
        return True
    if len(named) > bool(case_number):
        return False
    return _sums(case_number, texts) if case_number else any(map(_label, texts.values()))


def is_around(text: str) -> bool:
    """Whether what a row is known by is a header repeated, or says that it is a total."""
    return text.casefold() == CASE_NUMBER.casefold() or _label(text)


def _headers(table: Table) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows near the top that may be the header, alone or with the one above: how many rows it uses up."""
    upper: Sequence[Cell] = table.header
    rows = table.rows[:MOST_ABOVE]
    for below, row in enumerate(rows, start=1):
        yield below, row
    for below, row in enumerate(rows, start=1):
        yield below, [own if own != "" else above for own, above in _beside(row, upper)]
        upper = row


def _beside(row: Sequence[Cell], upper: Sequence[Cell]) -> Iterator[tuple[Cell, Cell]]:
    width = max(len(row), len(upper))
    for index in range(width):
        yield row[index] if index < len(row) else "", upper[index] if index < len(upper) else ""


def _cut(table: Table, below: int, header: Sequence[Cell]) -> Table:
    return replace(table, header=tuple(header), rows=table.rows[below:], first=table.first + below)


def _label(text: str) -> bool:
    return TOTAL.fullmatch(text.rstrip(" :")) is not None


def _sums(case_number: str, texts: Mapping[str, str]) -> bool:
    """Whether it says “Total …” where the case stands, and nothing but amounts beside it."""
    if TOTAL_OF.fullmatch(case_number) is None:
        return False
    others = (text for name, text in texts.items() if name != CASE_NUMBER)
    return all(isinstance(amount(text), Decimal) for text in others)
