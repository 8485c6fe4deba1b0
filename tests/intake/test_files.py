"""Files become tables or a sentence: never a crash, never a guess by name."""

import struct
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from db.intake import workbook
from db.intake.files import read_table
from db.intake.table import LARGEST_FILE, Table, UnreadableFileError
from tests.intake.sheets import INVOICES, comma, packed, parts_of, xlsx

ROWS = (("Name", "Amount"), ("Zoë", "1,5"), ("", ""), ('a "b"\nc', "2"))
CONTACTS = ("UCI", "First Name", "Last Name", "Email")
SHEET = "xl/worksheets/sheet1.xml"


def refusal(content: bytes, name: str = "Invoices.xlsx") -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(UnreadableFileError) as refused:
        read_table(name, content)
    return str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(comma(ROWS).encode(), id="UTF-8"),
        pytest.param(comma(ROWS).encode("utf-8-sig"), id="UTF-8 with its mark"),
        pytest.param(comma(ROWS).encode("utf-16"), id="UTF-16, little end first"),
        pytest.param(b"\xfe\xff" + comma(ROWS).encode("utf-16-be"), id="UTF-16, big end first"),
        pytest.param(comma(ROWS).encode("cp1252"), id="Windows-1252"),
        pytest.param(comma(ROWS, ";").encode(), id="semicolons"),
        pytest.param(comma(ROWS, "\t").encode("utf-16"), id="tabs"),
        pytest.param(xlsx(ROWS), id="xlsx"),
    ],
)
def test_the_same_rows_are_read_from_every_kind(content: bytes) -> None:
    """Whatever Excel or CaseEasy saved it as, the rows and their numbers are those of the file."""
    read = read_table("anything", content)

    assert ("Name", "Amount") == read.header
    assert (("Zoë", "1,5"), ("", ""), ('a "b"\nc', "2")) == read.rows
    assert 2 == read.first


def test_numbers_and_dates_of_a_workbook_keep_their_kind() -> None:
    """A real date is a date, a number a number."""
    assert ((1356.1, date(2026, 10, 12)),) == read_table(
        "x", xlsx([("a", "b"), (1356.1, date(2026, 10, 12))])
    ).rows


def test_rows_are_numbered_as_in_the_file() -> None:
    """Blank rows above the header count."""
    read = read_table("x", xlsx([(), (), ("Name",), ("Ana",)]))

    assert (("Name",), 4, (("Ana",),)) == (read.header, read.first, read.rows)


def test_a_hidden_or_empty_sheet_is_passed_over() -> None:
    """The first visible sheet with something on it is the export."""
    book = Workbook()
    book.worksheets[0].append(["secret"])
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("empty")
    book.create_sheet("rows").append(["Name"])
    written = BytesIO()
    book.save(written)

    assert ("Name",) == read_table("x", written.getvalue()).header


@pytest.mark.parametrize("reports", [1, 2])
def test_a_sheet_that_holds_no_report_is_passed_over_for_one_that_does(reports: int) -> None:
    """A cover in front, notes behind; a report we set aside is still better than a cover."""
    book = Workbook()
    book.worksheets[0].append(["Our exports"])
    book.create_sheet("blank").append([None, " "])
    for title, columns in (("Contacts", CONTACTS), ("Invoices", INVOICES))[2 - reports :]:
        book.create_sheet(title).append(list(columns))
    book.create_sheet("notes").append(["by Maria"])
    written = BytesIO()
    book.save(written)

    assert read_table("x", written.getvalue()).header == INVOICES


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty. Export it from CaseEasy again."),
        (b"  \r\n \n", "This file is empty. Export it from CaseEasy again."),
        (b",,\n,,\n", "This file is empty. Export it from CaseEasy again."),
        (xlsx([]), "This .xlsx has no sheet with anything on it. Export it from CaseEasy again."),
        (b"%PDF-1.7 ...", "This is a PDF, not a spreadsheet. We take CaseEasy's exports as .xlsx or .csv."),
        (b"\x89PNG", "This is a picture, not a spreadsheet. We take CaseEasy's exports as .xlsx or .csv."),
        (
            b"\xef\xbb\xbf <!DOCTYPE html><title>Sign in</title>",
            "This is a web page, not a spreadsheet. We take CaseEasy's exports as .xlsx or .csv.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "This file is locked with a password. Save it without one, and send it again.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook",
            "This file is in Excel's old format (.xls). Save it as .xlsx, and send it again.",
        ),
        (
            packed({"xl/workbook.bin": b"", "xl/workbook.xml": b""}),
            "This file is in Excel's binary format (.xlsb). Save it as .xlsx, and send it again.",
        ),
        (
            packed({"letter.txt": b"Dear"}),
            "This is an archive, not a spreadsheet. We take CaseEasy's exports as .xlsx or .csv.",
        ),
        (b"a,b\n\0,\0\n", "This isn't a spreadsheet. We take CaseEasy's exports as .xlsx or .csv."),
        (b"a,b\n\x81\xff,2\n", "This isn't a spreadsheet. We take CaseEasy's exports as .xlsx or .csv."),
        (
            b'a,b\n"cut of',
            (
                "This .csv is damaged near line 2: its quotation marks don't match, or it was cut off. "
                "Export it from CaseEasy again."
            ),
        ),
        (
            xlsx(ROWS)[:3000],
            "This .xlsx is damaged or was cut off. Export it from CaseEasy again.",
        ),
        (
            b"a\n" + b"1\n" * 100_001,
            "This file has more than 100,000 rows. Export a shorter period, and send the parts.",
        ),
        (
            b"," * 500 + b"a\n",
            "This file has more than 500 columns. Export the report from CaseEasy again.",
        ),
        (
            b"a" * (LARGEST_FILE + 1),
            "This file is larger than 20 MB. Export a shorter period, and send the parts.",
        ),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    """The person is told what the file is, and what to do."""
    assert sentence == refusal(content)


def test_a_hundred_thousand_rows_are_taken() -> None:
    """The limit itself is allowed."""
    assert 100_000 == len(read_table("x", b"a\n" + b"1\n" * 100_000).rows)


def test_an_archive_that_unpacks_beyond_measure_is_refused_unread() -> None:
    """A zip bomb is told by its size before it is unpacked."""
    parts = parts_of(xlsx(ROWS))
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
        with archive.open("xl/sharedStrings.xml", "w") as bomb:
            for _ in range(210):
                bomb.write(bytes(1024 * 1024))

    assert len(written.getvalue()) < LARGEST_FILE
    assert "This .xlsx unpacks to more than we take. Export a shorter period, and send the parts." == refusal(
        written.getvalue()
    )


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    """The reader gets only what was unpacked here, so a false size in the archive fools nobody."""
    content = bytearray(xlsx(ROWS))
    entry = content.index(SHEET.encode(), content.index(b"PK\x01\x02")) - 46
    content[entry + 24 : entry + 28] = struct.pack("<I", 10)

    assert "This .xlsx is damaged or was cut off. Export it from CaseEasy again." == refusal(bytes(content))


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="XFD1048576"><v>1</v></c>',
        b"<c r='XFD1048576'><v>1</v></c>",
        b'<c\n r = "xfd1048576"><v>1</v></c>',
        b'</row><row r="1048576"><c r="XFD1"/><c r="A1048576"><v>1</v></c>',
        b"<c><v>1</v></c>" * 20_000 + b'</row><row r="99999"><c><v>1</v></c>',
    ],
)
def test_two_cells_far_apart_are_refused(cell: bytes) -> None:
    """A sheet whose rectangle is beyond measure is told before the reader lays it out."""
    parts = parts_of(xlsx([("Name",)]))
    parts[SHEET] = parts[SHEET].replace(b"</row>", cell + b"</row>", 1)

    assert "This .xlsx unpacks to more than we take. Export a shorter period, and send the parts." == refusal(
        packed(parts)
    )


def test_the_reader_gets_only_what_it_needs_as_it_was_seen() -> None:
    """Pictures, notes and the like aren't handed on, and nothing is packed any more."""
    parts = {**parts_of(xlsx(ROWS)), "xl/comments/comment1.xml": b"<a/>", "xl/media/image1.png": b"picture"}
    with ZipFile(workbook._vetted(packed(parts))) as kept:
        assert {
            "[Content_Types].xml",
            "_rels/.rels",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/workbook.xml",
            SHEET,
        } == set(kept.namelist())
        assert all(part.compress_size == part.file_size for part in kept.infolist())


def test_a_sheet_in_utf_16_is_refused() -> None:
    """What our measuring can't see through isn't handed on."""
    parts = parts_of(xlsx([("Name",)]))
    parts[SHEET] = parts[SHEET].decode().encode("utf-16")

    assert "This .xlsx is damaged or was cut off. Export it from CaseEasy again." == refusal(packed(parts))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    """Nothing else can come of them."""
    _table_or_refused(content)


@given(st.data())
def test_a_workbook_damaged_anywhere_is_a_table_or_refused(data: st.DataObject) -> None:
    """Bytes changed in the archive."""
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    _table_or_refused(bytes(content if cut % 2 else content[:cut]))


@given(st.data())
def test_a_part_damaged_anywhere_is_a_table_or_refused(data: st.DataObject) -> None:
    """Bytes changed inside a well-packed part, where the reader itself must cope."""
    parts = dict(PARTS)
    name = data.draw(st.sampled_from(sorted(parts)))
    part = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(part)))
        part[at : at + data.draw(st.integers(0, 20))] = data.draw(st.sampled_from(TWISTS))
    _table_or_refused(packed({**parts, name: bytes(part)}))


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_any_text_is_a_table_or_refused(text: str, encoding: str) -> None:
    """Quotes, separators and line ends wherever they please."""
    _table_or_refused(text.encode(encoding, "replace"))


WORKBOOK = xlsx([("Case Number", "Paid Date"), ("00002-Silva", date(2026, 11, 3)), (12.5, True)])
PARTS = parts_of(WORKBOOK)
TWISTS = [
    b"",
    b'"',
    b"<",
    b">",
    b"\xff",
    b"-1",
    b"1e308",
    b"99999999999",
    b"NaN",
    b"A0",
    b"XFD",
    b"&#0;",
    b"/",
]


def _table_or_refused(content: bytes) -> None:
    try:
        read = read_table("x", content)
    except UnreadableFileError:
        return
    assert isinstance(read, Table)
