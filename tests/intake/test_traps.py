"""Every trap of a real firm's exports: read as it is meant, or held for a person; never guessed."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from db.engine import Database
from db.intake.stage import IncomingFile
from db.records import Doubt, LineKind
from tests.intake.conftest import Importing
from tests.intake.looking import counts, only_invoice
from tests.intake.sheets import (
    BILLS,
    CLIENT,
    CLIENTS,
    INVOICE,
    INVOICES,
    LISTING,
    MONEY,
    Rows,
    comma,
    reworked,
    xlsx,
)

ACCENTS = "00002-Šímová Côté"
ACCENTED = [
    INVOICES,
    (ACCENTS, "1001", "2026-11-01", "2026-11-03", "0,00", "1 234,56", "0,00", "635,00", "é"),
]
TEXT = comma(ACCENTED)
SEMICOLONS = comma(ACCENTED, ";")
TABS = comma(ACCENTED, "\t")


def with_cells(**cells: object) -> list[Sequence[object]]:
    """The invoices' report with these cells, ``_`` for a blank in a column's name."""
    row = dict(zip(INVOICES, INVOICE, strict=True))
    row |= {name.replace("_", " "): cell for name, cell in cells.items()}
    return [INVOICES, tuple(row.values())]


def iso(rows: Rows) -> bytes:
    """A workbook whose days are texts, as some programs write them."""
    return reworked(rows, lambda book: setattr(book, "iso_dates", True))


def since_1904(rows: Rows) -> bytes:
    """A workbook as old Macs count its days."""
    return reworked(rows, lambda book: setattr(book, "epoch", CALENDAR_MAC_1904))


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(1234.56, id="a number"),
        pytest.param("1234.56", id="a number as text"),
        pytest.param("1,234.56", id="English thousands"),
        pytest.param("$1,234.56", id="dollars before"),
        pytest.param("1234,56", id="a French decimal"),
        pytest.param("1 234,56", id="French thousands"),
        pytest.param("1\u00a0234,56", id="thousands by a non-breaking space"),
        pytest.param("1\u202f234,56", id="thousands by a narrow space"),
        pytest.param("1\u2009234,56", id="thousands by a thin space"),
        pytest.param("1 234,56\u00a0$", id="dollars behind"),
        pytest.param("1.234,56", id="thousands by a full stop"),
        pytest.param("  1234.56\u00a0", id="blanks around"),
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_amount_is_read_however_it_is_written(
    take: Importing, database: Database, firm_id: str, written: object, kind: str
) -> None:
    """As a number or as text, in English and in French."""
    rows = with_cells(Taxable_Amount=written)
    content = xlsx(rows) if kind == "xlsx" else comma(rows).encode()
    assert (1, 0, 0, 0) == counts(take(IncomingFile("x", content), LISTING).files[0])

    fee = only_invoice(database, firm_id).lines[0]
    assert (LineKind.FEE, Decimal("1234.56")) == (fee.kind, fee.amount.amount)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(date(2026, 11, 13), id="a real date"),
        pytest.param(datetime(2026, 11, 13), id="a real date at midnight"),  # noqa: DTZ001 - as a sheet has it
        pytest.param(datetime(2026, 11, 13, 16, 5), id="a real date with a time"),  # noqa: DTZ001 - the same
        pytest.param("2026-11-13", id="ISO text"),
        pytest.param("2026-11-13T16:05:00", id="ISO text with a time"),
        pytest.param("2026-11-13T00:00:00Z", id="ISO text at midnight anywhere"),
        pytest.param("13/11/2026", id="numbers that read one way, day first"),
        pytest.param("11/13/2026", id="numbers that read one way, month first"),
        pytest.param("Nov 13, 2026", id="an English month"),
        pytest.param("13 novembre 2026", id="a French month"),
    ],
)
def test_a_day_that_reads_one_way_is_read(
    take: Importing, database: Database, firm_id: str, written: object
) -> None:
    """However it is written."""
    take(with_cells(Paid_Date=written), LISTING, MONEY)

    found = only_invoice(database, firm_id)
    assert (date(2026, 11, 13), ()) == (found.paid, found.doubts)


def test_days_counted_from_1904_are_the_days_that_were_meant(
    take: Importing, database: Database, firm_id: str
) -> None:
    """A workbook saved on an old Mac isn't four years off."""
    take(IncomingFile("x", since_1904(BILLS)), LISTING, MONEY)

    assert date(2026, 11, 3) == only_invoice(database, firm_id).paid


def test_days_that_a_workbook_keeps_as_iso_text_are_read(
    take: Importing, database: Database, firm_id: str
) -> None:
    """They are days, not empty cells."""
    take(IncomingFile("x", iso(BILLS)), LISTING, MONEY)

    assert date(2026, 11, 3) == only_invoice(database, firm_id).paid


@pytest.mark.parametrize("written", ["#REF!", "=5+5", "#DIV/0!"])
def test_a_spreadsheets_leavings_in_a_csv_hold_their_invoice(
    take: Importing, database: Database, firm_id: str, written: str
) -> None:
    """They are text there, and no amount."""
    take(IncomingFile("x", comma(with_cells(Expense=written)).encode()), LISTING, MONEY)

    assert (Doubt.UNREADABLE,) == only_invoice(database, firm_id).doubts


@pytest.mark.parametrize(
    ("cells", "doubt"),
    [
        pytest.param({"Paid_Date": "13/11/26"}, Doubt.UNREADABLE, id="a year of two digits"),
        pytest.param({"Paid_Date": 46339}, Doubt.UNREADABLE, id="a day that lost its format"),
        pytest.param({"Paid_Date": "2026-11-13T02:30:00Z"}, Doubt.UNREADABLE, id="another zone's moment"),
        pytest.param({"Expense": "1.234"}, Doubt.UNREADABLE, id="a fraction of a cent, or thousands"),
        pytest.param({"Expense": "635 CAD"}, Doubt.UNREADABLE, id="an amount with its currency"),
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_could_be_read_two_ways_holds_its_invoice(
    take: Importing, database: Database, firm_id: str, cells: dict[str, object], doubt: Doubt, kind: str
) -> None:
    """Nothing is guessed, and the row is named with what to do."""
    rows = with_cells(**cells)
    content = xlsx(rows) if kind == "xlsx" else comma(rows).encode()
    (told, *_) = take(IncomingFile("x", content), LISTING, MONEY).files

    assert ((0, 0, 0, 1), 2) == (counts(told), told.unreadable[0].row)
    assert told.unreadable[0].remedy
    assert (doubt,) == only_invoice(database, firm_id).doubts


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="UTF-8 with its mark"),
        pytest.param(TEXT.encode("utf-16-le"), id="UTF-16, little end first, no mark"),
        pytest.param(TEXT.encode("utf-16-be"), id="UTF-16, big end first, no mark"),
        pytest.param(b"\xff\xfe" + TEXT.encode("utf-16-le"), id="UTF-16, little end first"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), id="UTF-16, big end first"),
        pytest.param(TEXT.encode("cp1252"), id="Windows-1252"),
        pytest.param(SEMICOLONS.encode("cp1252"), id="Windows-1252 with semicolons"),
        pytest.param(SEMICOLONS.encode("utf-8-sig"), id="semicolons"),
        pytest.param(b"sep=;\r\n" + SEMICOLONS.encode(), id="semicolons that Excel announces"),
        pytest.param(TABS.encode("utf-16"), id="tabs in UTF-16, Excel's Unicode text"),
        pytest.param(TEXT.replace("\r\n", "\r").encode(), id="an old Mac's line ends"),
        pytest.param(TEXT.replace("\r\n", "\n").encode() + b"\n\n", id="plain line ends and blank lines"),
        pytest.param(
            b"Factures, du 1er au 30, par nom, avec frais\r\n" + SEMICOLONS.encode(),
            id="a title with other separators above",
        ),
        pytest.param(xlsx(ACCENTED), id="xlsx"),
    ],
)
def test_the_same_invoice_is_read_from_every_kind_of_file(
    take: Importing, database: Database, firm_id: str, content: bytes
) -> None:
    """Whatever saved it, and whatever it is called."""
    result = take(IncomingFile("Rapport sans titre", content), [CLIENTS, (ACCENTS, *CLIENT[1:])])
    assert (1, 0, 0, 0) == counts(result.files[0])

    found = only_invoice(database, firm_id)
    assert (ACCENTS, "1001", date(2026, 11, 3)) == (found.key.case, found.key.number, found.paid)
    assert [Decimal("1234.56"), Decimal("635.00")] == [line.amount.amount for line in found.lines]
