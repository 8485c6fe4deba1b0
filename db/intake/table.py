"""What a spreadsheet file says, before anybody asks what it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias

from db.intake import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.refusal import Refusal

Cell: TypeAlias = str | float | bool | date | datetime | time | timedelta
"""A cell as the file holds it; an empty one is the empty text."""

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes."""

MOST_ROWS = 100_000
"""Rows below the header."""

MOST_COLUMNS = 500


class UnreadableFileError(ValueError):
    """A file can't be read as a spreadsheet; the message is for the person who sent it."""

    def __init__(self, told: Refusal) -> None:
        super().__init__(told.short)


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it; the first of them is row ``first`` of the file, counted from 1.

    ``separated``: its cells are told apart by a mark that may also stand inside one, as in a .csv.
    """

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    first: int
    separated: bool = False


def table_of(rows: Sequence[Sequence[Cell]]) -> Table:
    """The table whose header is the first row that isn't blank.

    :class:`UnreadableFileError` where there is none, or more than we take.
    """
    above = next((index for index, row in enumerate(rows) if any(cell != "" for cell in row)), None)
    if above is None:
        raise UnreadableFileError(sentences.EMPTY.said())
    if len(rows) - above - 1 > MOST_ROWS:
        raise UnreadableFileError(sentences.TOO_MANY_ROWS.said(most=f"{MOST_ROWS:,}"))
    if max(len(row) for row in rows) > MOST_COLUMNS:
        raise UnreadableFileError(sentences.TOO_MANY_COLUMNS.said(most=str(MOST_COLUMNS)))
    below = tuple(map(tuple, rows[above + 1 :]))
    return Table(header=tuple(rows[above]), rows=below, first=above + 2)
