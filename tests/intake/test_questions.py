"""An odd export asks before anything changes: far fewer rows than the last one, or older than it."""

from datetime import date

import pytest

from db import cases
from db.engine import Database
from db.intake.questions import Size, far_fewer, oddity
from db.intake.stage import IncomingFile
from tests.intake.conftest import Importing
from tests.intake.looking import anyway, counts, rows_kept, seen
from tests.intake.sheets import BILLS, CASE, HOSTILE, INVOICE, INVOICES, MONEY, Rows, xlsx


def bills(number: int, *, since: int = 1001) -> Rows:
    """So many paid invoices of one case."""
    return [INVOICES, *((CASE, str(since + at), *INVOICE[2:]) for at in range(number))]


@pytest.mark.parametrize(
    ("rows", "last", "odd"),
    [
        (96, 412, True),
        (288, 412, True),
        (289, 412, False),
        (412, 96, False),
        (0, 9, False),
        (0, 10, True),
        (24, 34, False),
        (23, 34, True),
        (90, 100, False),
    ],
)
def test_far_fewer_is_less_than_seven_tenths_and_ten_fewer(rows: int, last: int, odd: bool) -> None:  # noqa: FBT001 - a case
    """A small office's exports vary by some rows, a large one's by some hundredths."""
    assert odd == far_fewer(rows, last)


def test_a_first_export_asks_nothing() -> None:
    """There is nothing to compare it with."""
    assert None is oddity("Invoices", Size(1, date(2020, 1, 1), date(2019, 1, 1)), None)


def test_the_days_in_names_decide_what_is_older() -> None:
    """Newest days in the cells do where a name tells none; a name of a later day is never older."""
    last = Size(5, date(2026, 11, 20), date(2026, 11, 19))
    unnamed = oddity("Invoices", Size(5, None, date(2026, 11, 12)), last)
    assert unnamed is not None
    assert {"report": "Invoices", "day": "2026-11-12", "last_day": "2026-11-19"} == unnamed.facts
    assert None is oddity("Invoices", Size(5, date(2026, 11, 20), date(2026, 11, 12)), last)
    assert None is oddity("Invoices", Size(5, None, None), last)


def test_an_answer_is_for_the_figures_that_were_asked_about() -> None:
    """Other figures are another question."""
    last = Size(412)
    one, other = oddity("Invoices", Size(96), last), oddity("Invoices", Size(95), last)
    assert one is not None
    assert other is not None
    assert one.mark != other.mark
    assert one.mark == getattr(oddity("Invoices", Size(96), Size(412)), "mark", "")


def test_far_fewer_rows_change_nothing_until_somebody_says_so(
    take: Importing, database: Database, firm_id: str
) -> None:
    """No import is made of it; with the answer it is taken in as ever."""
    take(bills(20))
    few = IncomingFile("export.xlsx", xlsx([INVOICES, (CASE, "1001", None, *INVOICE[3:])]))
    result = take(few)
    (asked,) = result.files
    assert asked.question is not None
    assert {"report": "Invoices", "rows": 1, "last_rows": 20} == asked.question.facts
    assert (None, 20, (20, 20)) == (result.import_id, rows_kept(database), seen(database, firm_id))
    assert not asked.is_taken

    taken = anyway(take, few, asked)
    assert (0, 1, 0, 0) == counts(taken)
    assert (20, 20) == seen(database, firm_id)


def test_the_next_export_is_compared_with_the_one_taken_in(take: Importing) -> None:
    """Whoever said yes isn't asked again every week."""
    take(bills(20))
    few = IncomingFile("export.xlsx", xlsx(bills(6)))
    (asked,) = take(few).files
    anyway(take, few, asked)
    assert [True] == [file.is_taken for file in take(bills(7)).files]


def test_an_older_export_asks_and_then_says_that_it_is_older(
    take: Importing, database: Database, firm_id: str
) -> None:
    """The other files of the same go are taken in meanwhile."""
    take(IncomingFile("Invoices-export-2026-11-20.xlsx", xlsx(BILLS)))
    old = IncomingFile(
        "Invoices-export-2026-11-13.xlsx", xlsx([INVOICES, (*INVOICE[:3], None, *INVOICE[4:])])
    )
    result = take(old, MONEY)
    asked, money = result.files
    assert asked.question is not None
    assert {"report": "Invoices", "day": "2026-11-13", "last_day": "2026-11-20"} == asked.question.facts
    assert money.is_taken
    with database.read() as session:
        assert [date(2026, 11, 3)] == [one.paid for one in cases.all_invoices(session, firm_id)]

    older = anyway(take, old, asked)
    assert (date(2026, 11, 13), date(2026, 11, 20)) == (older.exported, older.newer)


def test_an_answer_to_older_figures_asks_again(take: Importing) -> None:
    """Another file was taken in meanwhile, so the comparison is another."""
    take(bills(20))
    few = IncomingFile("export.xlsx", xlsx(bills(3)))
    (asked,) = take(few).files
    take(bills(30))
    again = anyway(take, few, asked)
    assert again.question is not None
    assert {"report": "Invoices", "rows": 3, "last_rows": 30} == again.question.facts


def test_rows_left_out_count_as_rows_of_the_file(take: Importing) -> None:
    """A file isn't small because its rows can't be read."""
    take(bills(20))
    caseless = [INVOICES, *((None, str(at), *INVOICE[2:]) for at in range(20)), (HOSTILE, "1", *INVOICE[2:])]
    (result,) = take(caseless).files
    assert result.is_taken
    assert (21, 20) == (result.rows, result.unreadable_rows)
