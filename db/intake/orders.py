"""Tells whether a file writes its days day first or month first, and asks where nothing in it does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from db.intake.cells import NUMBERS, UnclearDate, day, text_of
from db.intake.forms import DAYS
from db.intake.questions import ORDER, Question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.intake.reports import Detected
    from db.intake.table import Cell, Table

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
SHOWN = 3
TWELVE = 12


@dataclass(frozen=True, slots=True)
class Written:
    """How a column writes its days: those that read two ways, what the others settle, how many there are."""

    unclear: tuple[str, ...]
    settled: frozenset[str]
    cells: int


def order_of(table: Table, detected: Detected, answers: Mapping[str, str]) -> str | Question:
    """In which order the file's days are written: empty where none reads two ways, or nobody could tell.

    One day above the twelfth settles it for the whole file, and so does an answer. A question is asked where
    most days of a column read two ways; a lone one among others is somebody's typing, tells nothing of the
    file and holds its own invoice. Where a file writes both ways, each such day holds its invoice.
    """
    columns = [_written(table.rows, index) for index, name in detected.columns if name in DAYS]
    settled = frozenset().union(*(one.settled for one in columns))
    if settled:
        return next(iter(settled)) if len(settled) == 1 else ""
    asked = [text for one in columns if 2 * len(one.unclear) > one.cells for text in one.unclear]
    if not asked:
        return ""
    shown = list(dict.fromkeys(asked))[:SHOWN]
    found = Question(ORDER, {"report": detected.title, "days": shown, "rows": len(asked)})
    said = answers.get(found.mark, "")
    return said if said in {DAY_FIRST, MONTH_FIRST} else found


def in_order(text: str, order: str) -> str:
    """A day that reads two ways as ISO 8601 by the file's order; any other text as it stands."""
    found = NUMBERS.fullmatch(text) if order else None
    if found is None or not isinstance(day(text), UnclearDate):
        return text
    one, two, year = int(found[1]), int(found[2]), int(found[3])
    month, number = (two, one) if order == DAY_FIRST else (one, two)
    return date(year, month, number).isoformat()


def readings(text: str) -> tuple[str, str]:
    """A day that reads two ways, day first and month first, as ISO 8601."""
    return in_order(text, DAY_FIRST), in_order(text, MONTH_FIRST)


def _written(rows: Sequence[Sequence[Cell]], index: int) -> Written:
    unclear: list[str] = []
    settled: set[str] = set()
    cells = [row[index] for row in rows if index < len(row) and row[index] != ""]
    for cell, times in Counter([cell for cell in cells if isinstance(cell, str)]).items():
        text = text_of(cell)
        found = NUMBERS.fullmatch(text)
        if found is None:
            continue
        read = day(text)
        if isinstance(read, UnclearDate):
            unclear += [text] * times
        elif isinstance(read, date) and found[1] != found[2]:
            settled |= {DAY_FIRST} if int(found[1]) > TWELVE else set()
            settled |= {MONTH_FIRST} if int(found[2]) > TWELVE else set()
    return Written(tuple(unclear), frozenset(settled), len(cells))
