"""Reads the first sheet of an .xlsx, after making sure that it can't grow beyond measure."""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from db.intake import sentences
from db.intake.foreign import refuse_foreign, refuse_instructions, refuse_other
from db.intake.table import UnreadableFileError, table_of

if TYPE_CHECKING:
    from db.intake.table import Cell, Table

LARGEST_UNPACKED = 200 * 1024 * 1024
"""Bytes of all the parts we read, unpacked."""

LARGEST_GRID = 10_000_000
"""Cells of the rectangle the reader lays out, empty ones included."""

MOST_PARTS = 1_000
MOST_LISTED = 20_000
"""Entries of an archive's directory, each of which costs memory before it is looked at."""

PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(_rels/)?[^/]+\.(xml|rels)|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
COLUMNS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)""")
LINES = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*([0-9]+)""")
WINDOW = 1024 * 1024
LONGEST_REFERENCE = 64
ROWS = re.compile(rb"[<:]row\b")
ENCRYPTED = 0x1
LISTED = b"PK\x01\x02"
WINZIP_AES = 99


def read_workbook(content: bytes) -> Table:
    """The table on the first visible sheet that isn't empty; :class:`UnreadableFileError` otherwise."""
    vetted = _vetted(content)
    try:
        with load_workbook(BytesIO(vetted)) as workbook:
            for index, sheet in enumerate(workbook.sheets_metadata):
                if (sheet.typ, sheet.visible) != (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible):
                    continue
                rows: list[tuple[Cell, ...]] = [
                    tuple(row) for row in workbook.get_sheet_by_index(index).iter_rows()
                ]
                if rows:
                    return table_of(rows)
    except CalamineError as error:
        raise UnreadableFileError(sentences.DAMAGED_WORKBOOK.said()) from error
    raise UnreadableFileError(sentences.NO_SHEET.said())


def _vetted(content: bytes) -> bytes:
    """The workbook again, holding only the parts we read, each as we have seen it.

    The reader unpacks by itself and trusts what an archive says of its own size; so it gets one that lies
    about nothing.
    """
    if content.count(LISTED) > MOST_LISTED:
        raise UnreadableFileError(sentences.UNPACKS_TOO_LARGE.said())
    vetted = BytesIO()
    try:
        with ZipFile(BytesIO(content)) as archive, ZipFile(vetted, "w", ZIP_STORED) as kept:
            for part in _parts(archive):
                unpacked = archive.read(part)
                _measure(unpacked)
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
    return vetted.getvalue()


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


def _measure(part: bytes) -> None:
    """Refuse a sheet whose rectangle is beyond measure, and text our measuring can't see through."""
    if b"\0" in part:  # UTF-16
        raise UnreadableFileError(sentences.DAMAGED_WORKBOOK.said())
    if _grid(part) > LARGEST_GRID:
        raise UnreadableFileError(sentences.UNPACKS_TOO_LARGE.said())


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
