"""Files that say something else than CaseEasy wrote: moved on the way here, and refused whole."""

from datetime import date

import pytest

from db.intake.stage import IncomingFile
from tests.intake.conftest import Importing
from tests.intake.sheets import CASE, INVOICE, INVOICES, PAYMENTS, xlsx

SHIFTED = (
    "Row {row} of this .csv has more cells than there are headers: a comma or semicolon inside an amount or "
    "a name isn't in quotation marks, so what follows stands under the wrong header. "
    "Export it from CaseEasy as .xlsx, or send the .csv as CaseEasy wrote it. Nothing was taken from it."
)
SWAPPED = (
    "A spreadsheet program has changed days in this file: it made dates of some and left “25/04/2026” as "
    "text, so day and month may stand the wrong way round in the others. "
    "Export it from CaseEasy again, and send it without opening it first. Nothing was taken from it."
)
HEADERS = ",".join(str(name) for name in INVOICES)


def test_a_separator_inside_a_cell_moves_all_that_follows(take: Importing) -> None:
    """French cents without quotation marks: the fee would stand as untaxed, and nobody would see it."""
    good = f"{CASE},1001,2026-04-03,2026-04-05,0,1500.00,0,0,Yes"
    bad = f"{CASE},1002,2026-04-03,2026-04-05,0,00,1500,00,0,00,0,00,Yes"
    result = take(IncomingFile("Invoices.csv", f"{HEADERS}\n{good}\n{bad}".encode()))

    assert SHIFTED.format(row=3) == result.files[0].refused
    assert result.import_id is None


def test_separators_at_the_end_of_a_row_say_nothing(take: Importing) -> None:
    """Some programs write them."""
    row = f"{CASE},1001,2026-04-03,2026-04-05,0,1500.00,0,0,Yes,,"
    assert take(IncomingFile("Invoices.csv", f"{HEADERS}\n{row}".encode())).files[0].refused is None


def test_a_remark_beside_a_sheet_moves_nothing(take: Importing) -> None:
    """In a workbook a cell stays where it is."""
    assert take(IncomingFile("a.xlsx", xlsx([INVOICES, (*INVOICE, "call her")]))).files[0].refused is None


@pytest.mark.parametrize(
    ("days", "refused"),
    [
        ((date(2026, 5, 4), "25/04/2026"), SWAPPED),
        ((date(2026, 5, 4), "04/25/2026"), SWAPPED.replace("25/04", "04/25")),
        ((date(2026, 4, 25), "25/04/2026"), None),
        ((date(2026, 5, 4), date(2026, 5, 5)), None),
    ],
    ids=["day first", "month first", "a real date above the twelfth", "all read"],
)
def test_days_that_a_spreadsheet_turned_round_are_nobodys_guess(
    take: Importing, days: tuple[date | str, ...], refused: str | None
) -> None:
    """What it couldn't read stayed text; what it could may be another day than was written."""
    rows = [(CASE, f"10{n}", "2026-03-01", day, 0, 1500, 0, 0, "Yes") for n, day in enumerate(days)]
    assert refused == take(IncomingFile("Invoices.xlsx", xlsx([INVOICES, *rows]))).files[0].refused


def test_so_are_those_of_payments(take: Importing) -> None:
    """Each column by itself."""
    days = (date(2026, 5, 4), "25/04/2026")
    rows = [(CASE, f"T-{n}", "1001", day, "E-Transfer", 5) for n, day in enumerate(days)]
    assert SWAPPED == take(IncomingFile("Payments.xlsx", xlsx([PAYMENTS, *rows]))).files[0].refused
