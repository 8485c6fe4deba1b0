"""What is said of a file, a report, a row or a whole import that can't be taken."""

from __future__ import annotations

from db.refusal import ANYONE, YOU, Sentence

NOT_TAKEN = "Nothing was taken from it."


def file(key: str, what: str, remedy: str, **example: str) -> Sentence:
    """A file nothing was taken from; whoever sent it can send a better one."""
    return Sentence(f"file.{key}", what, NOT_TAKEN, remedy, YOU, example)


def row(key: str, what: str, remedy: str, **example: str) -> Sentence:
    """A cell or row that holds its invoice."""
    held = "The rest of the file was taken; its invoice is held."
    return Sentence(f"row.{key}", what, held, remedy, "anyone who works in CaseEasy", example)


UNDER_WAY = Sentence(
    "import.under-way",
    "Another import is under way.",
    "Nothing was taken from your files.",
    "Try again in a minute.",
    YOU,
)
GIVEN_UP = Sentence(
    "import.overtaken",
    "This import was overtaken by a newer one.",
    "None of it counts.",
    "Import again if the newer one lacks something.",
    ANYONE,
)
TOO_LARGE = file(
    "too-large",
    "This file is larger than {most} MB.",
    "Export a shorter period, and send the parts.",
    most="20",
)
EMPTY = file("empty", "This file is empty.", "Export it from CaseEasy again.")
LOCKED = file("locked", "This file is locked with a password.", "Save it without one, and send it again.")
OLD_EXCEL = file(
    "old-excel", "This file is in Excel's old format (.xls).", "Save it as .xlsx, and send it again."
)
BINARY_EXCEL = file(
    "binary-excel", "This file is in Excel's binary format (.xlsb).", "Save it as .xlsx, and send it again."
)
NO_SPREADSHEET = file(
    "no-spreadsheet",
    "This is {kind}, not a spreadsheet.",
    "We take CaseEasy's exports as .xlsx or .csv.",
    kind="a PDF",
)
OTHER_FORMAT = file(
    "other-format",
    "This spreadsheet is in {program} format.",
    "Save it as .xlsx, and send it again.",
    program="OpenDocument",
)
PACKED = file(
    "packed",
    "This is an archive with the files packed inside it.",
    "Unpack it, and send the .xlsx or .csv files.",
)
MACROS = file(
    "macros",
    "This workbook holds macros, and CaseEasy's exports never do.",
    "Export the report again, and send it as CaseEasy gives it.",
)
LINKS = file(
    "links",
    "This workbook takes values from other files, and CaseEasy's exports never do.",
    "Export the report again, and send it as CaseEasy gives it.",
)
FORMULAS = file(
    "formulas",
    "This workbook has formulas, the first in {cell}, so nobody can be sure what it says.",
    "Export the report again, and send it as CaseEasy gives it.",
    cell="cell G14",
)
ERRORS = file(
    "errors",
    "This workbook has cells in error, the first in {cell}, so what stood there is lost.",
    "Export the report again, and send it as CaseEasy gives it.",
    cell="cell G14",
)
DECLARATIONS = file(
    "declarations",
    "This .xlsx holds instructions that no spreadsheet program writes.",
    "Export it from CaseEasy again.",
)
NOT_TEXT = file("not-text", "This isn't a spreadsheet.", "We take CaseEasy's exports as .xlsx or .csv.")
DAMAGED_TEXT = file(
    "damaged-csv",
    "This .csv is damaged near line {line}: its quotation marks don't match, or it was cut off.",
    "Export it from CaseEasy again.",
    line="1,204",
)
SHIFTED = file(
    "shifted-csv",
    "Row {row} of this .csv has more cells than there are headers: a comma or semicolon inside an amount or "
    "a name isn't in quotation marks, so what follows stands under the wrong header.",
    "Export it from CaseEasy as .xlsx, or send the .csv as CaseEasy wrote it.",
    row="12",
)
SWAPPED = file(
    "swapped-days",
    "A spreadsheet program has changed days in this file: it made dates of some and left “{day}” as text, so "
    "day and month may stand the wrong way round in the others.",
    "Export it from CaseEasy again, and send it without opening it first.",
    day="25/04/2026",
)
DAMAGED_WORKBOOK = file(
    "damaged-xlsx", "This .xlsx is damaged or was cut off.", "Export it from CaseEasy again."
)
UNPACKS_TOO_LARGE = file(
    "unpacks-too-large",
    "This .xlsx unpacks to more than we take.",
    "Export a shorter period, and send the parts.",
)
NO_SHEET = file("no-sheet", "This .xlsx has no sheet with anything on it.", "Export it from CaseEasy again.")
SEVERAL_REPORTS = file(
    "several-reports",
    "This .xlsx has several reports, each on a sheet of its own.",
    "Send each report as its own file, as CaseEasy gives it.",
)
TOO_MANY_ROWS = file(
    "too-many-rows",
    "This file has more than {most} rows.",
    "Export a shorter period, and send the parts.",
    most="200,000",
)
TOO_MANY_COLUMNS = file(
    "too-many-columns",
    "This file has more than {most} columns.",
    "Export the report from CaseEasy again.",
    most="200",
)
OTHER_REPORT = file(
    "other-report",
    "This is CaseEasy's {title} report.",
    "{aside}",
    title="Trust Summary",
    aside="It holds sums, not single invoices.",
)
COLUMN_TWICE = file(
    "column-twice",
    "This {title} report has the column {columns} twice, so we can't tell which one counts.",
    "Export it from CaseEasy again.",
    title="Invoices",
    columns="“Amount”",
)
COLUMN_MISSING = file(
    "column-missing",
    "This is CaseEasy's {title} report without the column {columns}.",
    "Tick it in CaseEasy and export again.",
    title="Invoices",
    columns="“Invoice Date”",
)
COLUMNS_MISSING = file(
    "columns-missing",
    "This is CaseEasy's {title} report without the columns {columns}.",
    "Tick them in CaseEasy and export again.",
    title="Invoices",
    columns="“Invoice Date” and “Paid Date”",
)
TWO_REPORTS = file(
    "two-reports",
    "This could be CaseEasy's {titles} report: its columns fit both.",
    "Tick all columns in CaseEasy and export again.",
    titles="Invoices or Payments",
)
UNKNOWN_REPORT = file(
    "unknown-report",
    "This isn't one of CaseEasy's reports we know: its first row reads {headers}.",
    "We take {ours}.",
    headers="“Employee” and “Salary”",
    ours="Invoices, Payments and the Client Listing",
)
NO_CASE = row(
    "no-case",
    "This row has no case number, so it was left out.",
    "If it is an invoice or a payment, give it its case in CaseEasy and export again.",
)
LONG_NUMBERS = row(
    "long-numbers",
    "This row's numbers are longer than any we know, so it was left out.",
    "Correct them in CaseEasy and export again.",
)
EMPTY_CELL = row("empty-cell", "This cell is empty.", "Fill it in in CaseEasy and export again.")
TWINS = row(
    "twins",
    "More than {most} rows have the same numbers, so this one was left out.",
    "Check the export: it may have been put together by hand.",
    most="1,000",
)
NOT_AN_AMOUNT = row(
    "not-an-amount", "This isn't an amount.", "Correct it in CaseEasy, such as 1,356.00, and export again."
)
PART_OF_A_CENT = row(
    "part-of-a-cent", "This has a fraction of a cent.", "Correct the amount in CaseEasy and export again."
)
TWO_AMOUNTS = row(
    "two-amounts",
    "This amount reads two ways: with a dot before thousands, or before cents.",
    "Write it with its cents in CaseEasy, such as 1500.00 or 1,500.00, and export again.",
)
AMOUNT_TOO_LARGE = row(
    "amount-too-large", "This amount is too large to be true.", "Correct it in CaseEasy and export again."
)
NOT_A_DATE = row(
    "not-a-date", "This isn't a date.", "Correct it in CaseEasy, such as 2026-10-12, and export again."
)
NO_SUCH_DAY = row("no-such-day", "There is no such day.", "Correct the date in CaseEasy and export again.")
TWO_DIGIT_YEAR = row(
    "two-digit-year",
    "The year has only two digits.",
    "Export dates with the whole year: 2026-10-12.",
)
MOMENT_ELSEWHERE = row(
    "moment-elsewhere",
    "This has a time of day in another time zone, so the day at your firm isn't certain.",
    "Export dates without the time of day.",
)
UNCLEAR_DATE = row(
    "unclear-date",
    "This can be read as {one} or as {other}.",
    "Export dates as year-month-day, such as 2026-10-12.",
    one="3 April 2026",
    other="4 March 2026",
)
