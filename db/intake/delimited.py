"""Reads a .csv in the encodings and with the separators that Excel and CaseEasy write."""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

from db.intake import sentences
from db.intake.forms import FORMS
from db.intake.table import MOST_COLUMNS, MOST_ROWS, UnreadableFileError, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.intake.table import Cell, Table

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16's does, so it comes first
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SEPARATORS = ",;\t"
DECLARED = re.compile(r'\s*"?sep=([,;\t])"?\r?\n', re.IGNORECASE)
"""Excel's own first line that says how the rest is separated."""

HEADERS = frozenset(name.casefold() for form in FORMS for name in form.columns)
LOOKED_AT = 20_000
"""Letters at the start in which the header is looked for; bytes in which an encoding shows."""

MOST_STRAY = 0.01
"""The share of control characters from which a file isn't text."""

STRAY = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x9f]")


def read_delimited(content: bytes) -> Table:
    """The table in a .csv; :class:`UnreadableFileError` where it isn't one."""
    text = decoded(content)
    if "\0" in text or len(STRAY.findall(text, 0, LOOKED_AT)) > MOST_STRAY * min(len(text), LOOKED_AT):
        raise UnreadableFileError(sentences.NOT_TEXT.said())
    rows: list[Sequence[Cell]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MOST_ROWS + 1 or len(row) > MOST_COLUMNS:
                break  # table_of refuses it
    except csv.Error as error:
        raise UnreadableFileError(sentences.DAMAGED_TEXT.said(line=f"{reader.line_num:,}")) from error
    return replace(table_of(rows), separated=True)


def decoded(content: bytes) -> str:
    """The file as text; :class:`UnreadableFileError` where it is none in any encoding we know."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    if unmarked := _wide(content[:LOOKED_AT]):
        return _strictly(content, unmarked)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Excel on Windows saves a plain .csv in the machine's own code page: here, Western Europe's.
        return _strictly(content, "cp1252")


def _wide(start: bytes) -> str | None:
    """UTF-16 that lost its mark: half of nearly every letter is nothing, and always the same half."""
    half = len(start) / 2
    first, second = start[::2].count(0), start[1::2].count(0)
    if second > 0.5 * half and not first:
        return "utf-16-le"
    return "utf-16-be" if first > 0.5 * half and not second else None


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(sentences.NOT_TEXT.said()) from error


def _separator(text: str) -> str:
    """The one that shows the most of CaseEasy's headers, in whichever line; else the first line's."""
    if declared := DECLARED.match(text):
        return declared[1]
    lines = text.lstrip()[:LOOKED_AT].splitlines() or [""]
    return max(
        SEPARATORS, key=lambda mark: (max(_headers(line, mark) for line in lines), lines[0].count(mark))
    )


def _headers(line: str, mark: str) -> int:
    return sum(cell.strip(' "').casefold() in HEADERS for cell in line.split(mark))
