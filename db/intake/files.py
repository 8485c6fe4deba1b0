"""Reads one file as a table, judging what it is by its content and never by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.intake import sentences
from db.intake.delimited import read_delimited
from db.intake.table import LARGEST_FILE, UnreadableFileError
from db.intake.workbook import read_workbook

if TYPE_CHECKING:
    from db.intake.table import Table

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
OTHERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"PK\x05\x06": "an empty archive",
    b"<": "a web page",
    b"{": "a JSON file",
}


def read_table(name: str, content: bytes) -> Table:
    """The first sheet of an .xlsx, or a .csv, as a table.

    ``name`` is only there for the caller's message. Raises :class:`UnreadableFileError` for everything that
    isn't a spreadsheet we can read whole.
    """
    del name
    if len(content) > LARGEST_FILE:
        raise UnreadableFileError(sentences.TOO_LARGE.said(most=str(LARGEST_FILE // 1024 // 1024)))
    if not content.strip():
        raise UnreadableFileError(sentences.EMPTY.said())
    if content.startswith(ZIP):
        return read_workbook(content)
    _refuse_others(content)
    return read_delimited(content)


def _refuse_others(content: bytes) -> None:
    if content.startswith(OLD_OFFICE):
        if LOCKED in content:
            raise UnreadableFileError(sentences.LOCKED.said())
        raise UnreadableFileError(sentences.OLD_EXCEL.said())
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, what in OTHERS.items():
        if start.startswith(mark):
            raise UnreadableFileError(sentences.NO_SPREADSHEET.said(kind=what))
