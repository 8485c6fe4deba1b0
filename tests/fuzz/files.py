"""Files somebody might drop: exports with something wrong with them, archives that lie, and anything."""

from __future__ import annotations

import csv
import struct
import warnings
from functools import cache
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from hypothesis import strategies as st

from tests.fuzz.test_faults import mutated
from tests.intake.sheets import BILLS, CLIENTS, INVOICES, LISTING, MONEY, PAYMENTS, parts_of, xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import SearchStrategy

SHEET = "xl/worksheets/sheet1.xml"
CELLS = (
    *(
        "",
        "00002-Silva",
        "1001",
        "2026-11-03",
        "03/11/2026",
        "31/31/2026",
        "1,500.00",
        "(12.00)",
        "1e400",
        "-0",
    ),
    *("=1+1", "@x", "NaN", "9" * 400, "CAD", "E-Transfer", "Yes", "\u202e", "\x00", "<!channel>", "马春梅"),
    *("Total", "00002-Silva Total", "Case Number", "0042", "42"),
)
NAMES = (
    "../x",
    "/etc/passwd",
    "xl/workbook.xml",
    SHEET,
    "xl/workbook.bin",
    "a" * 300,
    "xl\\workbook.xml",
    "é",
    "",
)


@cache
def small() -> tuple[bytes, ...]:
    """One workbook of each report."""
    return tuple(xlsx(rows) for rows in (LISTING, BILLS, MONEY))


def cells() -> SearchStrategy[str]:
    """What may stand in one."""
    return st.one_of(
        st.sampled_from(CELLS), st.text(max_size=25), st.decimals().map(str), st.dates().map(str)
    )


@st.composite
def rows(draw: st.DrawFn) -> list[list[str]]:
    """A report's header, perhaps mixed up, and rows of anything above and below."""
    header = list(draw(st.sampled_from((INVOICES, PAYMENTS, CLIENTS))))
    change = draw(st.integers(0, 4))
    if change == 1:
        header = draw(st.permutations(header))
    if change == 2:
        header[draw(st.integers(0, len(header) - 1))] = draw(cells())
    width = st.integers(0, len(header) + 2)
    lines = [
        draw(st.lists(cells(), min_size=(n := draw(width)), max_size=n))
        for _ in range(draw(st.integers(0, 4)))
    ]
    above = draw(st.lists(st.lists(cells(), max_size=3), max_size=3))
    return [*above, header, *lines]


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """A .csv, more or less, in one of the encodings Excel writes."""
    written = StringIO(newline="")
    for row in draw(rows()):
        csv.writer(written, delimiter=draw(st.sampled_from(",;\t|"))).writerow(row)
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1")))
    return written.getvalue().encode(encoding, "replace")


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """A workbook whose sheet holds anything, where anything says it stands."""
    kinds = st.sampled_from(("str", "inlineStr", "n", "b", "d", "e", "s", "x", ""))
    places = st.one_of(
        st.sampled_from(("A1", "B2", "XFD1048576", "ZZZZ1", "A0", "1", "a1", "")), st.text(max_size=5)
    )
    one = st.builds(_cell, places, kinds, st.one_of(cells(), st.integers().map(str), st.floats().map(repr)))
    body = "".join(
        f"<row r={_quoted(draw(st.sampled_from(('1', '2', '1048577', '-1', 'x'))))}>{''.join(line)}</row>"
        for line in draw(st.lists(st.lists(one, max_size=5), max_size=4))
    )
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{body}'
    parts = parts_of(draw(st.sampled_from(small()))) | {
        SHEET: f"{sheet}</sheetData></worksheet>".encode("utf-8", "replace")
    }
    return packed(list(parts.items()))


def _cell(place: str, kind: str, value: str) -> str:
    return (
        f"<c r={_quoted(place)} t={_quoted(kind)}><v>{escape(value)}</v><is><t>{escape(value)}</t></is></c>"
    )


def _quoted(text: str) -> str:
    return f'"{escape(text, {chr(34): "&quot;"})}"'


@st.composite
def archives(draw: st.DrawFn) -> bytes:
    """A workbook with a part that is mutated, doubled, renamed, left out, or lied about."""
    parts = list(parts_of(draw(st.sampled_from(small()))).items())
    place = draw(st.integers(0, len(parts) - 1))
    name, content = parts[place]
    match draw(st.integers(0, 5)):
        case 0:
            parts[place] = (name, draw(mutated(st.just(content))))
        case 1:
            parts.append((name, draw(st.binary(max_size=50))))
        case 2:
            parts[place] = (draw(st.sampled_from(NAMES)), content)
        case 3:
            del parts[place]
        case 4:
            parts[place] = (name, content * draw(st.integers(2, 50)))
        case _:
            parts += [
                (f"xl/worksheets/more{number}.xml", content) for number in range(draw(st.integers(0, 30)))
            ]
    return draw(st.one_of(st.just(packed(parts)), lied_about(packed(parts))))


@st.composite
def lied_about(draw: st.DrawFn, archive: bytes) -> bytes:
    """The same with a field of one entry of its directory set to something else."""
    content = bytearray(archive)
    start = content.find(b"PK\x01\x02")
    field = draw(
        st.sampled_from(((8, "H"), (10, "H"), (16, "I"), (20, "I"), (24, "I"), (28, "H"), (42, "I")))
    )
    value = draw(st.sampled_from((0, 1, 9, 99, 0xFFFF, 0xFFFFFFFF)))
    struct.pack_into(
        f"<{field[1]}", content, start + field[0], value & (0xFFFF if field[1] == "H" else 0xFFFFFFFF)
    )
    return bytes(content)


def packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """An archive of these, two of one name among them."""
    written = BytesIO()
    with warnings.catch_warnings(), ZipFile(written, "w", ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # two of one name are meant
        for name, content in parts:
            information = ZipInfo(name or "x")
            information.compress_type = ZIP_DEFLATED if len(content) % 2 else ZIP_STORED
            archive.writestr(information, content)
    return written.getvalue()


def bomb(parts: dict[str, bytes], **changes: Any) -> bytes:  # noqa: ANN401 - a part's bytes by its name
    """A workbook whose parts are these, others as they are."""
    return packed(list((parts | changes).items()))


def anything() -> SearchStrategy[bytes]:
    """All of them."""
    return st.one_of(
        texts(),
        sheets(),
        archives(),
        mutated(st.sampled_from(small())),
        mutated(texts()),
        st.binary(max_size=300),
        st.binary(max_size=100).map(lambda rest: b"PK\x03\x04" + rest),
    )
