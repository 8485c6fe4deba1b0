"""Writes rows as CaseEasy does: a workbook of one sheet, or a .csv; the same bytes for the same rows."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell: TypeAlias = str | Decimal | date | None
Rows: TypeAlias = "Iterable[Sequence[Cell]]"

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
