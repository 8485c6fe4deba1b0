"""Reads a .csv in the encodings and with the separators that Excel and CaseEasy write."""

from __future__ import annotations

import codecs
import csv
from io import StringIO
from typing import TYPE_CHECKING

from db.intake import sentences
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


def read_delimited(content: bytes) -> Table:
    """The table in a .csv; :class:`UnreadableFileError` where it isn't one."""
    text = _decoded(content)
    if "\0" in text:
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
    return table_of(rows)


def _decoded(content: bytes) -> str:
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Excel on Windows saves a plain .csv in the machine's own code page: here, Western Europe's.
        return _strictly(content, "cp1252")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(sentences.NOT_TEXT.said()) from error


def _separator(text: str) -> str:
    first = (text.lstrip()[:10_000].splitlines() or [""])[0]
    return max(SEPARATORS, key=first.count)
