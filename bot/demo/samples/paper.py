"""Writes rows as CaseEasy does: a workbook of one sheet, or a .csv; the same bytes for the same rows."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell: TypeAlias = str | Decimal | date | None
Rows: TypeAlias = "Iterable[Sequence[Cell]]"

TWELVE = 12
FRENCH = str.maketrans(",.", "\N{NO-BREAK SPACE},")
CLOCK = re.compile(rb">[^<]*(</dcterms:(?:created|modified)>)")


def as_workbook(title: str, rows: Rows) -> bytes:
    """An .xlsx with real numbers and dates."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    written = BytesIO()
    workbook.save(written)
    return _timeless(written)


def as_csv(rows: Rows) -> bytes:
    """A .csv in UTF-8 with Excel's mark, amounts with their cents, dates as ISO 8601."""
    written = StringIO(newline="")
    csv.writer(written).writerows([_text(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def as_french_csv(rows: Rows) -> bytes:
    """The same as a computer set to French writes it: semicolons, and commas before the cents."""
    written = StringIO(newline="")
    csv.writer(written, delimiter=";").writerows([_in_french(cell) for cell in row] for row in rows)
    return written.getvalue().encode("cp1252")


def in_two_ways(day: date) -> str:
    """The day, or the next one, as numbers that could be another day."""
    while day.day > TWELVE or day.day == day.month:
        day += timedelta(days=1)
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _in_french(cell: Cell) -> str:
    text = _text(cell)
    return text.translate(FRENCH) if isinstance(cell, Decimal) else text


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}"
    return cell.isoformat() if isinstance(cell, date) else cell or ""


def _timeless(workbook: BytesIO) -> bytes:
    """The workbook without the moment it was saved at."""
    again = BytesIO()
    with ZipFile(workbook) as archive, ZipFile(again, "w") as kept:
        for name in archive.namelist():
            content = CLOCK.sub(rb">2026-01-01T00:00:00Z\1", archive.read(name))
            kept.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return again.getvalue()
