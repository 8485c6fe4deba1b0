"""Reads the sheet of an .xlsx that holds a report, after making sure that it can't grow beyond measure."""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from db.intake import sentences
from db.intake.foreign import refuse_foreign, refuse_instructions, refuse_other
from db.intake.forms import FORMS
from db.intake.frame import MOST_ABOVE, framed
from db.intake.table import UnreadableFileError, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from python_calamine import CalamineSheet

    from db.intake.reports import Detected, Refused
    from db.intake.table import Cell, Table

LARGEST_UNPACKED = 200 * 1024 * 1024
"""Bytes of all the parts we read, unpacked."""

LARGEST_GRID = 10_000_000
"""Cells of the rectangles the reader lays out, one a sheet, empty ones included."""

TAKEN = frozenset(form.title for form in FORMS if form.report is not None)
MOST_PARTS = 1_000
MOST_LISTED = 20_000
"""Entries of an archive's directory, each of which costs memory before it is looked at."""

PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(_rels/)?[^/]+\.(xml|rels)|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
COLUMNS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)""")
LINES = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*([0-9]+)""")
FAR = re.compile(rb'r="(?<![\w:]r=")(?![A-Z]?1?[0-9]{1,5}")')
"""A place that isn't plainly near: in columns A to Z, in rows 0 to 199,999."""
SMALL = 26 * 200_000
WINDOW = 1024 * 1024
LONGEST_REFERENCE = 64
ROWS = re.compile(rb"[<:]row\b")
ENCRYPTED = 0x1
LISTED = b"PK\x01\x02"
WINZIP_AES = 99


def read_workbook(content: bytes) -> Table:
    """The table on the visible sheet that holds a report, or on the first that holds anything.

    :class:`UnreadableFileError` where there is none, or where two hold reports we take: taking one would lose
    the other.
    """
    vetted = _vetted(content)
    try:
        with load_workbook(vetted) as workbook:
            vetted.close()  # it has a copy of its own
            sheets = [
                workbook.get_sheet_by_index(index)
                for index, sheet in enumerate(workbook.sheets_metadata)
                if (sheet.typ, sheet.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
            ]
            rows: list[tuple[Cell, ...]] = [tuple(row) for row in _reporting(sheets).iter_rows()]
    except CalamineError as error:
        raise UnreadableFileError(sentences.DAMAGED_WORKBOOK.said()) from error
    return table_of(rows)


def _reporting(sheets: Sequence[CalamineSheet]) -> CalamineSheet:
    filled = [sheet for sheet in sheets if any(sheet.iter_rows())]
    if not filled:
        raise UnreadableFileError(sentences.NO_SHEET.said())
    if len(filled) == 1:
        return filled[0]
    told = [(sheet, _told(sheet)) for sheet in filled]
    ours = [sheet for sheet, detected in told if detected is not None and detected.title in TAKEN]
    if len(ours) > 1:
        raise UnreadableFileError(sentences.SEVERAL_REPORTS.said())
    known = [sheet for sheet, detected in told if detected is not None and detected.title]
    return (ours or known or filled)[0]


def _told(sheet: CalamineSheet) -> Detected | Refused | None:
    """What the top of a sheet says it is; nothing where it is blank."""
    top = [tuple(row) for row in islice(sheet.iter_rows(), MOST_ABOVE + 1)]
    return framed(table_of(top))[1] if any(cell != "" for row in top for cell in row) else None


def _vetted(content: bytes) -> BytesIO:
    """The workbook again, holding only the parts we read, each as we have seen it.

    The reader unpacks by itself and trusts what an archive says of its own size; so it gets one that lies
    about nothing.
    """
    if content.count(LISTED) > MOST_LISTED:
        raise UnreadableFileError(sentences.UNPACKS_TOO_LARGE.said())
    vetted = BytesIO()
    cells = 0
    try:
        with ZipFile(BytesIO(content)) as archive, ZipFile(vetted, "w", ZIP_STORED) as kept:
            for part in _parts(archive):
                unpacked = archive.read(part)
                cells = _measured(unpacked, cells)
                refuse_instructions(unpacked)
                kept.writestr(ZipInfo(part.filename), unpacked)
    except (
        BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
    ) as error:
        if isinstance(error, UnreadableFileError):
            raise
        raise UnreadableFileError(sentences.DAMAGED_WORKBOOK.said()) from error
    vetted.seek(0)
    return vetted


def _parts(archive: ZipFile) -> list[ZipInfo]:
    listed = archive.infolist()
    names = [part.filename for part in listed]
    refuse_foreign(names)
    parts = {part.filename: part for part in listed if PARTS.fullmatch(part.filename)}
    if "xl/workbook.xml" not in parts:
        refuse_other(names)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts.values()) > LARGEST_UNPACKED:
        raise UnreadableFileError(sentences.UNPACKS_TOO_LARGE.said())
    for part in parts.values():
        if part.flag_bits & ENCRYPTED or part.compress_type == WINZIP_AES:
            raise UnreadableFileError(sentences.LOCKED.said())
        if part.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise UnreadableFileError(sentences.DAMAGED_WORKBOOK.said())
    return list(parts.values())


def _measured(part: bytes, so_far: int) -> int:
    """The cells so far and this part's; refused beyond measure, as is text that we can't see through."""
    if b"\0" in part:  # UTF-16
        raise UnreadableFileError(sentences.DAMAGED_WORKBOOK.said())
    long = len(part) > WINDOW and so_far + SMALL <= LARGEST_GRID
    cells = so_far + (SMALL if long and _plainly_small(part) else _grid(part))
    if cells > LARGEST_GRID:
        raise UnreadableFileError(sentences.UNPACKS_TOO_LARGE.said())
    return cells


def _plainly_small(sheet: bytes) -> bool:
    """Whether its rectangle holds at most :data:`SMALL` cells, told in a tenth of the time of counting them.

    So it is where each row and cell says where it stands, in the one way that Excel writes it, and none is
    beyond column Z or row 199,999. Of all else nothing is said.
    """
    rows, cells = sheet.count(b"<row"), sheet.count(b"<c") - sheet.count(b"<col")
    if rows != sheet.count(b'<row r="') or cells != sheet.count(b'<c r="') or b":row" in sheet:
        return False
    return b":c" not in sheet and FAR.search(sheet) is None


def _grid(sheet: bytes, size: int = WINDOW) -> int:
    """At most so many cells has the rectangle; a cell without a reference counts on from the one before."""
    letters, numbers = {b""}, {b"0"}
    lines = widest = width = 0
    for start in range(0, len(sheet), size):
        window = sheet[start : start + size + LONGEST_REFERENCE]
        letters.update(COLUMNS.findall(window))
        numbers.update(LINES.findall(window))
        pieces = ROWS.split(window[:size])
        for piece in pieces[:-1]:
            widest = max(widest, width + _cells(piece))
            width = 0
        width += _cells(pieces[-1])
        lines += len(pieces) - 1
    columns = max(map(_column, letters)) + max(widest, width)
    return (max(int(number[:9]) for number in numbers) + lines) * columns


def _cells(piece: bytes) -> int:
    return piece.count(b"<c") + piece.count(b":c") + 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number
