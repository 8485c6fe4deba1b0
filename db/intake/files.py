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
OLD_WORD = "WordDocument".encode("utf-16-le")
PICTURE = "a picture"
PACKED = "an archive"
OTHERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF8": PICTURE,
    b"II*\0": PICTURE,
    b"MM\0*": PICTURE,
    b"RIFF": PICTURE,
    b"\0\0\1\0": PICTURE,
    b"PK\x05\x06": "an empty archive",
    b"\x1f\x8b": PACKED,
    b"7z\xbc\xaf": PACKED,
    b"Rar!": PACKED,
    b"BZh": PACKED,
    b"\xfd7zXZ": PACKED,
    b"MZ\x90": "a program",
    b"\x7fELF": "a program",
    b"{\\rtf": "a text document",
    b"<?xml": "an XML file",
    b"<": "a web page",
    b"{": "a JSON file",
}
BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n"


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
        if OLD_WORD in content:
            raise UnreadableFileError(sentences.NO_SPREADSHEET.said(kind="a Word document"))
        raise UnreadableFileError(sentences.OLD_EXCEL.said())
    # What a UTF-16 letter has beside its byte is nothing.
    starts = content[:64].lstrip(BLANK[:3] + b" \t\r\n"), content[:64].replace(b"\0", b"").lstrip(BLANK)
    for mark, what in OTHERS.items():
        if any(start.startswith(mark) for start in starts):
            raise UnreadableFileError(sentences.NO_SPREADSHEET.said(kind=what))
