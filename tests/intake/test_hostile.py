"""Files that would harm, mislead or outgrow us: each refused in its own sentence, with nothing taken."""

import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from db.intake.files import read_table
from db.intake.stage import IncomingFile
from db.intake.table import UnreadableFileError
from tests.intake.conftest import Importing
from tests.intake.sheets import BILLS, INVOICE, INVOICES, MONEY, comma, packed, parts_of, xlsx

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SEVERAL = (
    "This .xlsx has several reports, each on a sheet of its own. "
    "Send each report as its own file, as CaseEasy gives it."
)
AS_GIVEN = " Export the report again, and send it as CaseEasy gives it."
AS_XLSX = " We take CaseEasy's exports as .xlsx or .csv."
AGAIN = " Export it from CaseEasy again."
SHORTER = " Export a shorter period, and send the parts."


def holding(**parts: bytes) -> bytes:
    """The invoices' workbook with these parts as well; ``__`` stands for a slash, ``_`` for a full stop."""
    return packed(
        parts_of(xlsx(BILLS))
        | {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    )


def sheet_with(old: bytes, new: bytes) -> bytes:
    """The invoices' workbook with something in its sheet that reads otherwise."""
    parts = parts_of(xlsx(BILLS))
    assert old in parts[SHEET]
    return packed(parts | {SHEET: parts[SHEET].replace(old, new, 1)})


def summed(*, cached: bool) -> bytes:
    """The invoices with a sum below them, and what it came to last or not."""
    content = xlsx([*BILLS, (None, None, None, None, None, "=SUM(F2:F2)")])
    if not cached:
        return content
    parts = parts_of(content)
    assert b"<v></v>" in parts[SHEET] or b"<v/>" in parts[SHEET] or b"<v />" in parts[SHEET]
    for empty in (b"<v></v>", b"<v/>", b"<v />"):
        parts[SHEET] = parts[SHEET].replace(empty, b"<v>1500</v>")
    return packed(parts)


def bomb() -> bytes:
    """A sheet of 210 MB in a file of a few hundred kB."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, part in parts_of(xlsx(BILLS)).items():
            if name != SHEET:
                archive.writestr(name, part)
        with archive.open(SHEET, "w") as sheet:
            for _ in range(210):
                sheet.write(b" " * 1024 * 1024)
    return written.getvalue()


def listing(entries: int) -> bytes:
    """An archive whose directory alone is long."""
    return packed({**parts_of(xlsx(BILLS)), **{f"a/{number}": b"" for number in range(entries)}})


def locked_archive() -> bytes:
    """A workbook in which every part says that it is encrypted."""
    content = bytearray(xlsx(BILLS))
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + 8] |= 1
    return bytes(content)


def wide_workbook() -> bytes:
    """A thousand columns."""
    return xlsx([[f"Column {number}" for number in range(1000)]])


def many_sheets(count: int) -> bytes:
    """Sheets of two cells each, half a million rows apart."""
    far = b'<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="500000"><c r="E500000"/></row>'
    sheet = far + b"</sheetData></worksheet>"
    return packed(
        parts_of(xlsx(BILLS)) | {f"xl/worksheets/sheet{number}.xml": sheet for number in range(2, count + 2)}
    )


def two_reports(lacking: int = 0) -> bytes:
    """Invoices and payments, put together on two sheets, the second without so many columns."""
    book = load_workbook(BytesIO(xlsx(BILLS)))
    other = book.create_sheet("Payments")
    for row in MONEY:
        other.append(list(row)[lacking:])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def hidden_formula() -> bytes:
    """Formulas on a sheet nobody sees, beside the invoices."""
    book = Workbook()
    for row in BILLS:
        book.worksheets[0].append(list(row))
    other = book.create_sheet("rates")
    other["C7"] = "=1+1"
    other.sheet_state = "hidden"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a zip bomb": (bomb, "This .xlsx unpacks to more than we take." + SHORTER),
    "an archive of thirty thousand entries": (
        lambda: listing(30_000),
        "This .xlsx unpacks to more than we take." + SHORTER,
    ),
    "a workbook with a password": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        "This file is locked with a password. Save it without one, and send it again.",
    ),
    "an archive with a password": (
        locked_archive,
        "This file is locked with a password. Save it without one, and send it again.",
    ),
    "a macro workbook (.xlsm)": (
        lambda: holding(xl__vbaProject_bin=OLE),
        "This workbook holds macros, and CaseEasy's exports never do." + AS_GIVEN,
    ),
    "macros of the old kind": (
        lambda: holding(xl__macrosheets__sheet1_xml=b"<macrosheet/>"),
        "This workbook holds macros, and CaseEasy's exports never do." + AS_GIVEN,
    ),
    "values from another workbook": (
        lambda: holding(xl__externalLinks__externalLink1_xml=b"<externalLink/>"),
        "This workbook takes values from other files, and CaseEasy's exports never do." + AS_GIVEN,
    ),
    "values from a database": (
        lambda: holding(xl__connections_xml=b"<connections/>"),
        "This workbook takes values from other files, and CaseEasy's exports never do." + AS_GIVEN,
    ),
    "a formula that was never worked out": (
        lambda: summed(cached=False),
        "This workbook has formulas, the first in cell F3, so nobody can be sure what it says." + AS_GIVEN,
    ),
    "a formula with what it came to last": (
        lambda: summed(cached=True),
        "This workbook has formulas, the first in cell F3, so nobody can be sure what it says." + AS_GIVEN,
    ),
    "a formula on a hidden sheet": (
        hidden_formula,
        "This workbook has formulas, the first in cell C7, so nobody can be sure what it says." + AS_GIVEN,
    ),
    "a formula in a cell that isn't named": (
        lambda: sheet_with(b"<sheetData>", b"<sheetData><row><c><f>1+1</f></c></row>"),
        "This workbook has formulas, the first in a cell without a name, so nobody can be sure what it says."
        + AS_GIVEN,
    ),
    "a formula under another prefix": (
        lambda: sheet_with(b"<sheetData>", b'<sheetData><x:c r="B9"><x:f t="shared" si="0"/></x:c>'),
        "This workbook has formulas, the first in cell B9, so nobody can be sure what it says." + AS_GIVEN,
    ),
    "two reports on two sheets": (
        two_reports,
        SEVERAL,
    ),
    "two reports of which one lacks a column": (lambda: two_reports(lacking=1), SEVERAL),
    "thirty sheets, each as large as one may be": (
        lambda: many_sheets(30),
        "This .xlsx unpacks to more than we take." + SHORTER,
    ),
    "a cell in error": (
        lambda: xlsx([INVOICES, (*INVOICE[:7], "#REF!", "Yes")]),
        "This workbook has cells in error, the first in cell H2, so what stood there is lost." + AS_GIVEN,
    ),
    "an entity that grows": (
        lambda: sheet_with(b"<worksheet", b"<!DOCTYPE w [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><worksheet"),
        "This .xlsx holds instructions that no spreadsheet program writes." + AGAIN,
    ),
    "an entity that reads a file": (
        lambda: sheet_with(
            b"<worksheet", b"<!doctype w [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><worksheet"
        ),
        "This .xlsx holds instructions that no spreadsheet program writes." + AGAIN,
    ),
    "a thousand columns": (
        wide_workbook,
        "This file has more than 500 columns. Export the report from CaseEasy again.",
    ),
    "a thousand columns as .csv": (
        lambda: comma([[f"Column {number}" for number in range(1000)]]).encode(),
        "This file has more than 500 columns. Export the report from CaseEasy again.",
    ),
    "an .xlsx cut off in its middle": (
        lambda: xlsx(BILLS)[: len(xlsx(BILLS)) // 2],
        "This .xlsx is damaged or was cut off." + AGAIN,
    ),
    "an .xlsx that lost its last byte": (
        lambda: xlsx(BILLS)[:-1],
        "This .xlsx is damaged or was cut off." + AGAIN,
    ),
    "an .xlsx whose sheet was cut off": (
        lambda: packed(parts_of(xlsx(BILLS)) | {SHEET: parts_of(xlsx(BILLS))[SHEET][:400]}),
        "This .xlsx is damaged or was cut off." + AGAIN,
    ),
    "a web page called .xlsx": (
        lambda: b"<html><table><tr><td>Case Number</td></tr></table></html>",
        "This is a web page, not a spreadsheet." + AS_XLSX,
    ),
    "a web page in UTF-16": (
        lambda: "<html><table/></html>".encode("utf-16"),
        "This is a web page, not a spreadsheet." + AS_XLSX,
    ),
    "an XML spreadsheet of 2003": (
        lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "This is an XML file, not a spreadsheet." + AS_XLSX,
    ),
    "a PDF called .xlsx": (lambda: b"%PDF-1.7\n%\xe2\xe3", "This is a PDF, not a spreadsheet." + AS_XLSX),
    "an old .xls": (
        lambda: OLE + "Workbook".encode("utf-16-le"),
        "This file is in Excel's old format (.xls). Save it as .xlsx, and send it again.",
    ),
    "an old letter": (
        lambda: OLE + "WordDocument".encode("utf-16-le"),
        "This is a Word document, not a spreadsheet." + AS_XLSX,
    ),
    "a letter": (
        lambda: packed({"word/document.xml": b"<w/>"}),
        "This is a Word document, not a spreadsheet." + AS_XLSX,
    ),
    "a rich text": (lambda: b"{\\rtf1 Dear", "This is a text document, not a spreadsheet." + AS_XLSX),
    "an OpenDocument sheet": (
        lambda: packed({"mimetype": b"x", "content.xml": b"<o/>", "META-INF/manifest.xml": b"<m/>"}),
        "This spreadsheet is in OpenDocument format. Save it as .xlsx, and send it again.",
    ),
    "an Apple Numbers sheet": (
        lambda: packed({"Index/Document.iwa": b""}),
        "This spreadsheet is in Apple Numbers format. Save it as .xlsx, and send it again.",
    ),
    "exports packed together": (
        lambda: packed({"exports/Invoices-export-2026-11-20.xlsx": xlsx(BILLS)}),
        "This is an archive with the files packed inside it. Unpack it, and send the .xlsx or .csv files.",
    ),
    "an archive of another kind": (
        lambda: b"\x1f\x8b\x08" + zlib.compress(b"a"),
        "This is an archive, not a spreadsheet." + AS_XLSX,
    ),
    "a picture called .csv": (lambda: b"\xff\xd8\xff\xe0", "This is a picture, not a spreadsheet." + AS_XLSX),
    "a program called .csv": (lambda: b"MZ\x90\x00", "This is a program, not a spreadsheet." + AS_XLSX),
    "bytes called .csv": (
        lambda: b"Case Number,\x01\x02\x03\x04,Number\n",
        "This isn't a spreadsheet." + AS_XLSX,
    ),
    "nothings called .csv": (lambda: b"\0" * 5000, "This isn't a spreadsheet." + AS_XLSX),
    "a .csv cut off in a quotation": (
        lambda: comma([INVOICES, ('"' * 3, *INVOICE[1:])]).encode()[:100] + b'\n"00',
        "This .csv is damaged near line 3: its quotation marks don't match, or it was cut off." + AGAIN,
    ),
    "a .csv in UTF-16 cut off in a letter": (
        lambda: comma(BILLS).encode("utf-16")[:-1],
        "This isn't a spreadsheet." + AS_XLSX,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_its_sentence(name: str) -> None:
    """What happened, and what to do."""
    make, sentence = REFUSED[name]
    with pytest.raises(UnreadableFileError) as refused:
        read_table("Invoices-export-2026-11-20.xlsx", make())
    assert sentence == str(refused.value)


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_is_taken_of_a_hostile_file_and_a_good_one_beside_it_is(take: Importing, name: str) -> None:
    """The answer says so, and no import is made of it alone."""
    make, sentence = REFUSED[name]
    hostile = IncomingFile("Invoices-export-2026-11-20.csv", make())
    result = take(hostile, BILLS)

    assert [f"{sentence} Nothing was taken from it.", None] == [file.refused for file in result.files]
    assert [0, 1] == [file.new for file in result.files]
    assert None is take(hostile).import_id
