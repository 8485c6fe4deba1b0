"""A sheet is measured before the library lays it out: cell by cell, or at one look where it is plain."""

import pytest

from db.intake import workbook


@pytest.mark.parametrize("size", [3, 5, 16, 1000])
def test_a_sheet_is_measured_across_windows(size: int) -> None:
    """However the sheet falls into windows, no reference in it is missed."""
    sheet = b"<sheetData>" + b'<row r="7"><c r="ZZ7"><v>1</v></c></row>' * 3

    assert workbook._grid(sheet, size) >= 7 * 702


@pytest.mark.parametrize(
    ("sheet", "plain"),
    [
        (b'<row r="199999"><c r="Z199999" t="str"/></row><pageMargins header="0.5"/>', True),
        (b'<cols><col min="1"/></cols><row r="1"><c r="A1"/></row>', True),
        (b'<row r="200000"/>', False),
        (b'<c r="AA1"/>', False),
        (b'<c r="a1"/>', False),
        (b'<c r="A1048576"/>', False),
        (b'<c r="A1" r="AA1"/>', False),
        (b'<c r="A1"\tr="AA1"/>', False),
        (b"<c r='A1'/>", False),
        (b'<c\nr="A1"/>', False),
        (b"<c/>", False),
        (b'<x:c r="A1"/>', False),
        (b'<x:row r="1"/>', False),
    ],
)
def test_only_a_sheet_written_plainly_is_measured_at_one_look(sheet: bytes, *, plain: bool) -> None:
    """Whatever is written in another way, or lies far out, is counted cell by cell."""
    assert plain == workbook._plainly_small(sheet)
