"""Refuses an archive that is no workbook, and a workbook that holds more than what its cells say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from db.intake import sentences
from db.intake.table import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.refusal import Refusal

FOREIGN = {
    r"xl/workbook\.bin": sentences.BINARY_EXCEL.said(),
    r"(.*/)?vbaProject\.bin|xl/macrosheets/.*": sentences.MACROS.said(),
    r"xl/(externalLinks|queryTables)/.*|xl/connections\.xml": sentences.LINKS.said(),
}
"""Parts that CaseEasy's exports never hold."""

OTHERS = {
    r"word/document\.xml": sentences.NO_SPREADSHEET.said(kind="a Word document"),
    r"ppt/presentation\.xml": sentences.NO_SPREADSHEET.said(kind="a presentation"),
    r"META-INF/manifest\.xml": sentences.OTHER_FORMAT.said(program="OpenDocument"),
    r"Index/Document\.iwa": sentences.OTHER_FORMAT.said(program="Apple Numbers"),
    r".*\.(xlsx|csv)": sentences.PACKED.said(),
}
"""What else is packed like a workbook, by a part that tells it."""

DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
FORMULA = re.compile(rb"[<:]f[\s/>]")
FAULTY = re.compile(rb"""[<:]c\s[^<>]*?\bt\s*=\s*["']e["'][^<>]*""")
"""A cell in error, such as #REF!, which the reader hands on as an empty one."""

REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3}[0-9]{1,7})["']""")
NEAR = 4_096
"""Bytes before a formula in which the name of its cell stands."""


def refuse_foreign(names: Iterable[str]) -> None:
    """Refuse a workbook with a part that works, or that fetches; ``names`` are the archive's."""
    _refuse_holding(FOREIGN, names)


def refuse_other(names: Iterable[str]) -> NoReturn:
    """Refuse an archive that is no workbook, saying what it is."""
    _refuse_holding(OTHERS, names)
    raise UnreadableFileError(sentences.NO_SPREADSHEET.said(kind="an archive"))


def refuse_instructions(part: bytes) -> None:
    """Refuse what can't just be read: what a formula came to last may be old or missing, an error is lost.

    Nor may a part declare what its text stands for.
    """
    if DECLARATION.search(part):
        raise UnreadableFileError(sentences.DECLARATIONS.said())
    if found := _searched(FORMULA, part, b"<f", b":f"):
        raise UnreadableFileError(sentences.FORMULAS.said(cell=_cell(part, found.start())))
    if found := _searched(FAULTY, part, b'"e"', b"'e'"):
        raise UnreadableFileError(sentences.ERRORS.said(cell=_cell(part, found.end())))


def _searched(pattern: re.Pattern[bytes], part: bytes, *signs: bytes) -> re.Match[bytes] | None:
    """The first match, looked for only where a sign of it is: a long sheet is passed in no time."""
    return pattern.search(part) if any(sign in part for sign in signs) else None


def _cell(part: bytes, place: int) -> str:
    near = REFERENCE.findall(part, max(0, place - NEAR), place)
    return f"cell {near[-1].decode().upper()}" if near else "a cell without a name"


def _refuse_holding(known: dict[str, Refusal], names: Iterable[str]) -> None:
    listed = tuple(names)
    for pattern, told in known.items():
        if any(re.fullmatch(pattern, name, re.IGNORECASE) for name in listed):
            raise UnreadableFileError(told)
