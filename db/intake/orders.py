"""Tells whether a file writes its days day first or month first, and asks where nothing in it does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from db.intake.cells import NUMBERS, UnclearDate, day, text_of
from db.intake.forms import DAYS
from db.intake.questions import ORDER, Question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.intake.reports import Detected
    from db.intake.table import Cell, Table

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
ANSWERS = frozenset({DAY_FIRST, MONTH_FIRST})
Orders: TypeAlias = "Mapping[str, str]"
"""By column, its order where it is known."""
SHOWN = 3
TWELVE = 12


@dataclass(frozen=True, slots=True)
class Written:
    """How a column writes its days: those that read two ways, what the others settle, how many there are."""

    unclear: tuple[str, ...]
    settled: frozenset[str]
    cells: int


def orders_of(table: Table, detected: Detected, answers: Mapping[str, str]) -> Orders | Question:
    """In which order each column's days are written: empty where none reads two ways, or nobody could tell.

    One day above the twelfth settles it for its column, and for the others where none contradicts; so does
    an answer. A question is asked where most days of a column read two ways; a lone one among others is
    somebody's typing, tells nothing of the file and holds its own invoice. Where one column writes both
    ways, each such day of it holds its invoice.
    """
    columns = {name: _written(table.rows, index) for index, name in detected.columns if name in DAYS}
    settled = frozenset().union(*(one.settled for one in columns.values()))
    if settled:
        return {name: _only(one.settled or settled) for name, one in columns.items()}
    asked = [text for one in columns.values() if 2 * len(one.unclear) > one.cells for text in one.unclear]
    if not asked:
        return {}
    shown = list(dict.fromkeys(asked))[:SHOWN]
    found = Question(ORDER, {"report": detected.title, "days": shown, "rows": len(asked)})
    said = answers.get(found.mark, "")
    return dict.fromkeys(columns, said) if said in ANSWERS else found


def left_as_text(table: Table, detected: Detected) -> str | None:
    """A day that a spreadsheet couldn't read, in a column of which it read all others; None without any.

    Excel in English opens 25/04/2026 as text and makes 5 April of 04/05/2026: then no real date has a day
    above the twelfth, and each may be another day than was written.
    """
    for cells in (_filled(table.rows, index) for index, name in detected.columns if name in DAYS):
        dates = [cell for cell in cells if isinstance(cell, date)]
        if dates and all(one.day <= TWELVE for one in dates):
            texts = (text_of(cell) for cell in cells if isinstance(cell, str))
            found = next((text for text in texts if _above_twelve(text)), None)
            if found is not None:
                return found
    return None


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


def _only(settled: frozenset[str]) -> str:
    return next(iter(settled)) if len(settled) == 1 else ""


def _written(rows: Sequence[Sequence[Cell]], index: int) -> Written:
    unclear: list[str] = []
    settled: set[str] = set()
    cells = _filled(rows, index)
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


def _filled(rows: Sequence[Sequence[Cell]], index: int) -> list[Cell]:
    return [row[index] for row in rows if index < len(row) and row[index] != ""]


def _above_twelve(text: str) -> bool:
    found = NUMBERS.fullmatch(text)
    return found is not None and max(int(found[1]), int(found[2])) > TWELVE
