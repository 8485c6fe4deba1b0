"""Files are taken in, each row once, and what they change is counted."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from db import cases
from db.engine import Database
from db.intake.imports import NewestImport, newest_import
from db.intake.stage import IncomingFile
from db.tables import Import, SourceRow
from tests.intake.conftest import NOW, Clock, Importing
from tests.intake.looking import anyway, counts, rows_kept
from tests.intake.sheets import (
    BILLS,
    CASE,
    HOSTILE,
    INVOICE,
    INVOICES,
    LISTING,
    LONG,
    MONEY,
    PAYMENT,
    PAYMENTS,
    comma,
    xlsx,
)


def test_three_exports_become_a_case_file(take: Importing, database: Database, firm_id: str) -> None:
    """Client and currency from the Client Listing, money from the Payments."""
    result = take(LISTING, BILLS, MONEY)

    assert [("Client Listing", (1, 0, 0, 0)), ("Invoices", (1, 0, 0, 0)), ("Payments", (1, 0, 0, 0))] == [
        (file.report, counts(file)) for file in result.files
    ]
    with database.read() as session:
        (found,) = cases.case_file(session, firm_id, CASE)
    assert ("Maria Silva", "CAD") == (found.case.client.name, found.case.currency)
    assert ("2135.00", "2330.00") == tuple(
        str(money.amount) for money in (found.invoices[0].listed, found.invoices[0].received)
    )


def test_the_same_file_again_changes_nothing(take: Importing, database: Database) -> None:
    """Everything is unchanged, and not a row is written."""
    take(LISTING, BILLS, MONEY)
    before = rows_kept(database)

    assert [(0, 0, 1, 0)] * 3 == [counts(file) for file in take(LISTING, BILLS, MONEY).files]
    assert before == rows_kept(database)


def test_the_same_rows_as_csv_change_nothing(take: Importing) -> None:
    """Dates and amounts count by what they mean."""
    take(BILLS)
    again = [
        INVOICES,
        (CASE, "1001", "Nov 1, 2026", "2026-11-03", "0.00", "1,500.00", "0.00", "$635.00", "Yes"),
    ]

    result = take(IncomingFile("whatever.txt", comma(again).encode("utf-16")))
    assert (0, 0, 1, 0) == counts(result.files[0])


def test_a_changed_row_replaces_what_was_known(take: Importing, database: Database, firm_id: str) -> None:
    """And is counted as changed."""
    take(LISTING, [INVOICES, (*INVOICE[:3], None, *INVOICE[4:])])
    result = take(BILLS)

    assert (0, 1, 0, 0) == counts(result.files[0])
    with database.read() as session:
        (found,) = cases.case_file(session, firm_id, CASE)
    assert [date(2026, 11, 3)] == [invoice.paid for invoice in found.invoices]


def test_a_row_that_an_export_lacks_stays(take: Importing, database: Database, firm_id: str) -> None:
    """An export may be filtered; how many rows it lacks is said."""
    take([INVOICES, INVOICE, (CASE, "1002", *INVOICE[2:])])
    result = take(BILLS)

    assert 1 == result.files[0].absent
    with database.read() as session:
        assert ["1001", "1002"] == [one.key.number for one in cases.all_invoices(session, firm_id)]


def test_a_wrong_file_leaves_the_records_as_they_were(
    take: Importing, database: Database, firm_id: str
) -> None:
    """No import is made of it, and the newest one stays the newest."""
    first = take(BILLS)
    result = take([("Name", "Monday"), ("Ana", "in")])

    assert None is result.import_id
    assert (
        "This isn't one of CaseEasy's reports we know: its first row reads “Name” and “Monday”. "
        "We take Invoices, Payments and Client Listing. Nothing was taken from it."
    ) == result.files[0].refused
    with database.read() as session:
        assert [first.import_id] == list(session.scalars(select(Import.id)))
        assert 1 == len(cases.all_invoices(session, firm_id))


def test_each_file_stands_or_falls_alone(take: Importing) -> None:
    """The good ones of the same go are taken, and the answer keeps the order they were given in."""
    result = take(IncomingFile("a.xlsx", b"PK\x03\x04 cut off"), BILLS, IncomingFile("c.csv", b""))

    assert [
        "This .xlsx is damaged or was cut off. Export it from CaseEasy again. Nothing was taken from it.",
        None,
        "This file is empty. Export it from CaseEasy again. Nothing was taken from it.",
    ] == [file.refused for file in result.files]
    assert (1, 0, 0, 0) == counts(result.files[1])


def test_unreadable_cells_are_named_by_row_and_column(take: Importing) -> None:
    """With what they say, why that can't be read, and what to do."""
    result = take([INVOICES, INVOICE, (CASE, "1002", "03/04/2026", "soon", 0, "see note", 0, 0, "No")])

    assert (1, 0, 0, 1) == counts(result.files[0])
    assert [
        (3, "Invoice Date", "03/04/2026", "This can be read as 4 March 2026 or as 3 April 2026."),
        (3, "Paid Date", "soon", "This isn't a date."),
        (3, "Taxable Amount", "see note", "This isn't an amount."),
    ] == [(one.row, one.column, one.text, one.reason) for one in result.files[0].unreadable]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("", "1001", *INVOICE[2:]), "Case Number", "This row has no case number, so it was left out."),
        (
            ("0" * 201, "1001", *INVOICE[2:]),
            "Case Number",
            "This row's numbers are longer than any we know, so it was left out.",
        ),
        ((CASE, None, *INVOICE[2:]), "Number", "This cell is empty."),
    ],
)
def test_a_row_without_identity_is_a_problem(
    take: Importing, row: tuple[object, ...], column: str, reason: str
) -> None:
    """It is counted as unreadable; a blank row is nothing at all."""
    result = take([INVOICES, (), row, (None,) * 9])

    assert [(3, column, reason)] == [(one.row, one.column, one.reason) for one in result.files[0].unreadable]
    assert (0, 0, 0, 1) == counts(result.files[0])


def test_unknown_headers_are_named_and_kept(take: Importing, database: Database) -> None:
    """They do no harm, and what they say isn't lost."""
    result = take([(*INVOICES, "Lawyer", HOSTILE), (*INVOICE, "Grace", LONG)])

    assert ("Lawyer", HOSTILE) == result.files[0].unknown_headers
    with database.read() as session:
        cells = session.scalars(select(SourceRow.cells)).one()
    assert ("Grace", LONG) == (cells["Lawyer"], cells[HOSTILE])


def test_an_unknown_column_is_not_read_as_ours(take: Importing) -> None:
    """Payments have an Amount, Invoices have none."""
    assert (1, 0, 0, 0) == counts(take([(*INVOICES, "Amount"), (*INVOICE, "n/a")]).files[0])


def test_one_identity_in_two_reports_is_two(take: Importing) -> None:
    """A client identifier may look like an invoice number."""
    alike = [LISTING[0], (CASE, "1001", *LISTING[1][2:])]

    assert [(1, 0, 0, 0)] * 2 == [counts(file) for file in take(alike, BILLS).files]
    assert [(0, 0, 1, 0)] * 2 == [counts(file) for file in take(alike, BILLS).files]


def test_identities_are_told_apart_whatever_they_hold(take: Importing) -> None:
    """A mark between two numbers isn't part of one."""
    odd = [("a|b", "c"), ("a", "b|c"), ("a\\", "|b|c")]
    take([INVOICES, *((*numbers, *INVOICE[2:]) for numbers in odd)])
    (result,) = take([INVOICES, (*odd[0], *INVOICE[2:])]).files

    assert ((0, 0, 1, 0), 0, 2) == (counts(result), result.withdrawn, result.absent)


def test_a_column_left_out_keeps_what_was_known(take: Importing, database: Database, firm_id: str) -> None:
    """An export without e-mails doesn't wipe them out."""
    take(LISTING, BILLS)
    without = [tuple(cell for at, cell in enumerate(row) if at != 3) for row in LISTING]

    assert (0, 0, 1, 0) == counts(take(without).files[0])
    renamed = [without[0], (*without[1][:2], "Maria da Silva", *without[1][3:])]
    assert (0, 1, 0, 0) == counts(take(renamed).files[0])
    with database.read() as session:
        (found,) = cases.case_file(session, firm_id, CASE)
    assert ("Maria da Silva", "maria.silva@example.com") == (found.case.client.name, found.case.client.email)


def test_twin_rows_are_kept_and_counted_once_each(take: Importing, database: Database) -> None:
    """Exact duplicates are legitimate; an export that no longer has one withdraws it."""
    assert (2, 0, 0, 0) == counts(take([PAYMENTS, PAYMENT, PAYMENT]).files[0])
    assert (0, 0, 2, 0) == counts(take([PAYMENTS, PAYMENT, PAYMENT]).files[0])
    assert 2 == rows_kept(database)

    result = take(MONEY).files[0]
    assert ((0, 0, 1, 0), 1) == (counts(result), result.withdrawn)


def test_a_hundred_twins_are_enough(take: Importing) -> None:
    """A file of one row repeated isn't an export."""
    result = take([PAYMENTS, *([PAYMENT] * 103)])

    assert (100, 0, 0, 3) == counts(result.files[0])


def test_two_exports_in_one_go_count_oldest_first(take: Importing, database: Database, firm_id: str) -> None:
    """The dates in their names decide, whatever the order they were chosen in."""
    older = xlsx([INVOICES, (*INVOICE[:3], None, *INVOICE[4:]), (CASE, "1002", *INVOICE[2:])])
    result = take(
        IncomingFile("Invoices-export-2026-11-20.xlsx", xlsx(BILLS)),
        IncomingFile("Invoices-export-2026-11-13.xlsx", older),
        LISTING,
    )

    assert [(0, 1, 0, 0), (2, 0, 0, 0), (1, 0, 0, 0)] == [counts(file) for file in result.files]
    assert [None, None, None] == [file.newer for file in result.files]
    with database.read() as session:
        paid = {one.key.number: one.paid for one in cases.all_invoices(session, firm_id)}
    assert {"1001": date(2026, 11, 3), "1002": date(2026, 11, 3)} == paid


def test_twins_of_an_earlier_file_of_the_same_go_are_withdrawn(take: Importing, database: Database) -> None:
    """What was staged and never seen leaves no trace."""
    take(
        IncomingFile("Payments-export-2026-11-13.xlsx", xlsx([PAYMENTS, PAYMENT, PAYMENT])),
        IncomingFile("Payments-export-2026-11-20.xlsx", xlsx(MONEY)),
    )

    assert 1 == rows_kept(database)


def test_the_newest_import_is_told(take: Importing, database: Database, firm_id: str, clock: Clock) -> None:
    """When, by whom, from which files; nothing before the first."""
    with database.read() as session:
        assert None is newest_import(session, firm_id)
    take(MONEY)
    clock.forward(timedelta(days=1))
    take(IncomingFile(r"C:\exports\Invoices-export-2026-11-19 (1).xlsx", xlsx(BILLS)))

    with database.read() as session:
        assert NewestImport(
            NOW + timedelta(days=1),
            "U0MARIA",
            ("Invoices-export-2026-11-19 (1).xlsx",),
            date(2026, 11, 19),
        ) == newest_import(session, firm_id)


def test_an_older_export_imported_later_is_not_the_newest(
    take: Importing, database: Database, firm_id: str
) -> None:
    """The newest by its own date is told, and that an older one of its report came after it."""
    take(IncomingFile("Invoices-export-2026-11-20.xlsx", xlsx(BILLS)))
    take(IncomingFile("Payments-export-2026-11-13.xlsx", xlsx(MONEY)))
    with database.read() as session:
        other = newest_import(session, firm_id)
    old = IncomingFile("Invoices-export-2026-11-13.xlsx", xlsx(BILLS))
    anyway(take, old, take(old).files[0])
    with database.read() as session:
        newest = newest_import(session, firm_id)

    assert other is not None
    assert (("Invoices-export-2026-11-20.xlsx",), None) == (other.files, other.older_since)
    assert newest is not None
    assert ("Invoices-export-2026-11-20.xlsx",) == newest.files
    assert date(2026, 11, 13) == newest.older_since


def test_another_firms_rows_are_another_firms(
    take: Importing, database: Database, firm_id: str, new_firm: Callable[[], str]
) -> None:
    """The same export in two firms is new in both, and neither sees the other's."""
    other = new_firm()
    take(LISTING, BILLS)

    assert [(1, 0, 0, 0)] * 2 == [counts(file) for file in take(LISTING, BILLS, firm_id=other).files]
    take([INVOICES, (CASE, "1002", *INVOICE[2:])], firm_id=other)
    with database.read() as session:
        assert ["1001"] == [one.key.number for one in cases.all_invoices(session, firm_id)]


def test_postgresql_counts_the_rows_of_a_large_import_at_once(take: Importing, database: Database) -> None:
    """Until it has, it asks each row for every other; by itself it looks a minute later."""
    rows = [(CASE, f"T-{n}", "1001", "2026-05-04", "E-Transfer", 5) for n in range(1_000)]
    take([PAYMENTS, *rows])

    if database.dialect == "postgresql":
        known = text("SELECT reltuples FROM pg_class WHERE relname = 'source_rows'")
        with database.read() as session:
            assert 1_000 == session.execute(known).scalar_one()
