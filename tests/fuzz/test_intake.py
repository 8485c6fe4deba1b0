"""Whatever file is dropped: a list of problems or its rows, never an exception, in little time and memory."""

from __future__ import annotations

import resource
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from db import firms
from db.engine import Database, open_database
from db.intake.cells import RowProblem
from db.intake.files import read_table
from db.intake.frame import framed
from db.intake.reports import Detected, Refused
from db.intake.rows import KeptRow, read_report
from db.intake.stage import IncomingFile, import_files
from db.intake.table import UnreadableFileError
from tests.fuzz.files import SHEET, anything, bomb
from tests.fuzz.fuzzing import fuzz, prove
from tests.intake.sheets import BILLS, comma, parts_of, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECONDS = 5.0
"""Of processor time for one file."""
MEMORY = 700 * 1024
"""KiB more than before, at the height: a workbook may unpack to 200 MiB."""


def read(content: bytes) -> None:
    """Read it to its last row, as an import does before it writes anything."""
    began = time.process_time()
    try:
        table = read_table("export", content)
    except UnreadableFileError as refused:
        told = str(refused)
        table = None
    if table is not None:
        table, detected = framed(table)
        told = "" if isinstance(detected, Detected) else detected.sentence
        if isinstance(detected, Detected):
            rows = read_report(table, detected)
            assert all(isinstance(row, KeptRow) for twins in rows.kept.values() for row in twins)
            assert all(isinstance(problem, RowProblem) for problem in rows.problems)
        assert isinstance(detected, Detected | Refused)
    assert "Traceback" not in told
    assert time.process_time() - began < SECONDS


def test_any_file_is_rows_or_a_sentence() -> None:
    """Exports with something wrong, archives that lie, and anything."""
    fuzz(read, anything(), 300)


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """Empty records of one firm."""
    database = open_database(sqlite_url)
    with database.write() as session:
        firms.meet_firm(session, team_id="T1", name="F", timezone="UTC", now=NOW, new_id=lambda: "firm")
    yield database
    database.close()


def test_any_file_can_be_imported_or_not(database: Database) -> None:
    """All the way: what wasn't taken is told or asked about, and the next import finds nothing in its way."""

    def take(content: bytes) -> None:
        files = [IncomingFile("export", content)]
        result = import_files(database, firm_id="firm", files=files, asked_by="U1", now=lambda: NOW)
        (file,) = result.files
        assert file.is_taken == (result.import_id is not None)

    fuzz(take, anything(), 100)


def wide(count: int) -> bytes:
    """A sheet of one row with so many empty cells."""
    return b'<worksheet><sheetData><row r="1">' + b"<c/>" * count + b"</row></sheetData></worksheet>"


CORNERS = (
    b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)
BOMBS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "a hundred megabytes of nothing in a sheet": lambda parts: bomb(parts, **{SHEET: b" " * (100 << 20)}),
    "three hundred megabytes in two sheets": lambda parts: bomb(
        parts, **{SHEET: b" " * (150 << 20), "xl/worksheets/sheet2.xml": b" " * (150 << 20)}
    ),
    "a rectangle from corner to corner": lambda parts: bomb(parts, **{SHEET: CORNERS}),
    "three million cells in a row": lambda parts: bomb(parts, **{SHEET: wide(3_000_000)}),
    "an entity that grows": lambda parts: bomb(
        parts,
        **{
            SHEET: b"<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'>"
            + b"".join(
                b"<!ENTITY %c '%s'>" % (99 + n, b"&%c;" % (98 + n if n else 97) * 10) for n in range(9)
            )
            + b"]><worksheet><sheetData><row r='1'><c t='str'><v>&k;</v></c></row></sheetData></worksheet>"
        },
    ),
    "an outside entity": lambda parts: bomb(
        parts,
        **{
            SHEET: b"<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><worksheet><sheetData><row r='1'>"
            b"<c t='str'><v>&a;</v></c></row></sheetData></worksheet>"
        },
    ),
    "ten thousand parts": lambda parts: bomb(
        parts, **{f"xl/worksheets/s{number}.xml": b"<worksheet/>" for number in range(10_000)}
    ),
    "strings that point past the end": lambda parts: bomb(
        parts,
        **{SHEET: b"<worksheet><sheetData><row><c t='s'><v>9999999</v></c></row></sheetData></worksheet>"},
    ),
    "a quotation mark that never ends": lambda _: b'Case Number,Number\n"' + b"x" * (10 << 20),
    "two million empty lines": lambda _: comma(BILLS).encode() + b"\n" * (2 << 20),
    "two million separators": lambda _: b"Case Number" + b"," * (2 << 20),
    "one field of ten megabytes": lambda _: comma(BILLS).encode() + b"x" * (10 << 20),
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_file_outgrows_us(name: str) -> None:
    """Small to send and large to open: refused or read, within seconds and memory we have."""
    content = BOMBS[name](parts_of(xlsx(BILLS)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read(content)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEMORY


@pytest.mark.prove
def test_any_file_at_length() -> None:
    """Twenty thousand of them."""
    prove("files dropped into the intake", read, anything())
