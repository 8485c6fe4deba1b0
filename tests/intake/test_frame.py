"""What is printed around a report's rows: titles, merged headers, totals; seen through, never a record."""

from collections.abc import Callable, Sequence

import pytest
from openpyxl import Workbook

from db.engine import Database
from db.intake.stage import IncomingFile
from tests.intake.conftest import Importing
from tests.intake.looking import counts, only_invoice
from tests.intake.sheets import (
    BILLS,
    CASE,
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

GROUPS = (None, None, None, None, "Amounts", None, None, None, None)
UPPER = ("Case Number", "Number", "Invoice Date", "Paid Date", "Amounts", None, None, None, "Read")
LOWER = (None, None, None, None, "Surcharges", "Taxable Amount", "Tax Exempt Amount", "Expense", None)


def merged(rows: Rows, *areas: str) -> bytes:
    """A workbook with cells merged over these areas."""

    def merge(book: Workbook) -> None:
        for area in areas:
            book.worksheets[0].merge_cells(area)

    return reworked(rows, merge)


@pytest.mark.parametrize(
    ("printed", "row"),
    [
        pytest.param(lambda bill: xlsx([("Invoices",), INVOICES, bill]), 3, id="a title"),
        pytest.param(
            lambda bill: merged(
                [("Silva & Co — Invoices",), ("1 Nov 2026 to 20 Nov 2026",), (), INVOICES, bill],
                "A1:I1",
                "A2:I2",
            ),
            5,
            id="titles merged over the columns, and a blank row",
        ),
        pytest.param(lambda bill: merged([GROUPS, INVOICES, bill], "E1:H1"), 3, id="a row of groups above"),
        pytest.param(
            lambda bill: merged([UPPER, LOWER, bill], "A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:H1", "I1:I2"),
            3,
            id="a header merged over two rows",
        ),
        pytest.param(
            lambda bill: merged([("Invoices",), UPPER, LOWER, bill], "A1:I1", "A2:A3", "E2:H2"),
            4,
            id="a title above a header in two rows",
        ),
        pytest.param(
            lambda bill: comma([("Invoices",), (), INVOICES, bill]).encode(), 4, id="a title in a .csv"
        ),
        pytest.param(lambda bill: xlsx([*[("note",)] * 20, INVOICES, bill]), 22, id="twenty rows above"),
    ],
)
def test_the_headers_are_found_below_what_is_printed_above_them(
    take: Importing, printed: Callable[[Sequence[object]], bytes], row: int
) -> None:
    """Titles, merged cells, a header in two rows; rows are numbered as the file counts."""
    (told,) = take(IncomingFile("x", printed(INVOICE))).files
    (odd,) = take(IncomingFile("x", printed((*INVOICE[:7], "?", "Yes")))).files

    assert ((1, 0, 0, 0), ()) == (counts(told), told.unknown_headers)
    assert [(row, "Expense")] == [(one.row, one.column) for one in odd.unreadable]


def test_a_report_below_its_title_that_lacks_a_column_is_told_by_its_name(take: Importing) -> None:
    """Not by its title."""
    result = take([("Invoices of November",), *[row[:-2] for row in BILLS]])

    assert (
        "This is CaseEasy's Invoices report without the column “Expense”. "
        "Tick it in CaseEasy and export again. Nothing was taken from it."
    ) == result.files[0].refused


def test_headers_further_down_than_we_look_are_not_found(take: Importing) -> None:
    """A file that begins with twenty-one other rows is told by its first."""
    result = take([*[("note",)] * 22, *BILLS])

    assert (
        "This isn't one of CaseEasy's reports we know: its first row reads “note”. "
        "We take Invoices, Payments and Client Listing. Nothing was taken from it."
    ) == result.files[0].refused


SUMS = (0, 1500, 0, 635)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("Total", None, None, None, *SUMS), id="Total"),
        pytest.param(("TOTALS:", None, None, None, *SUMS), id="TOTALS:"),
        pytest.param(("Grand Total", None, None, None, *SUMS), id="Grand Total"),
        pytest.param(("Total général", None, None, None, *SUMS), id="Total général"),
        pytest.param(("Sous-total", None, None, None, *SUMS), id="Sous-total"),
        pytest.param((None, "Total", None, None, *SUMS), id="where the number stands"),
        pytest.param((None, None, None, "Total", *SUMS), id="where a day stands"),
        pytest.param((f"{CASE} Total", None, None, None, *SUMS), id="a case's, by Excel's subtotals"),
        pytest.param(("Total for 00002-Silva", None, None, None, *SUMS), id="a case's, in words"),
        pytest.param(("Total (1 row)",), id="a count"),
        pytest.param(INVOICES, id="the headers again"),
        pytest.param((None,) * 9, id="nothing"),
        pytest.param(("  ", "\u00a0"), id="blanks"),
    ],
)
def test_a_row_that_is_no_record_is_passed_over(
    take: Importing, database: Database, firm_id: str, row: Sequence[object]
) -> None:
    """Totals, headers repeated on each page and blank rows, between the rows and below them."""
    result = take([INVOICES, row, INVOICE, row, row], LISTING, MONEY)

    assert (1, 0, 0, 0) == counts(result.files[0])
    assert CASE == only_invoice(database, firm_id).key.case


@pytest.mark.parametrize(
    "case",
    [
        pytest.param("00007-Total", id="a family called Total"),
        pytest.param("Total Relocation Ltd", id="a company called Total"),
        pytest.param("00007-Silva Total", id="a name that ends so"),
    ],
)
def test_an_invoice_is_never_taken_for_a_total(
    take: Importing, database: Database, firm_id: str, case: str
) -> None:
    """It has a number."""
    take([INVOICES, (case, *INVOICE[1:])])

    assert case == only_invoice(database, firm_id).key.case


def test_a_client_called_total_is_kept(take: Importing) -> None:
    """A row that names a client says more than a sum."""
    assert (1, 0, 0, 0) == counts(take([CLIENTS, ("Total Relocation", *CLIENT[1:])]).files[0])


def test_a_sum_without_a_word_is_named(take: Importing) -> None:
    """It could be an invoice that lost its case, so it is left out and said."""
    (told,) = take([*BILLS, (None, None, None, None, *SUMS)]).files

    assert (1, 0, 0, 1) == counts(told)
    assert (3, "This row has no case number, so it was left out.") == (
        told.unreadable[0].row,
        told.unreadable[0].reason,
    )


def test_a_case_number_merged_over_its_invoices_names_the_rows_below(take: Importing) -> None:
    """Only the first of merged cells says anything; the others are left out and said, not filled in."""
    content = merged([INVOICES, INVOICE, (None, "1002", *INVOICE[2:])], "A2:A3")

    assert (1, 0, 0, 1) == counts(take(IncomingFile("x", content)).files[0])
