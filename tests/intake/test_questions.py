"""An odd export asks before anything changes: far fewer rows than the last one, or older than it."""

from datetime import date

import pytest

from db import cases
from db.engine import Database
from db.intake.questions import Size, far_fewer, oddity
from db.intake.stage import IncomingFile
from tests.intake.conftest import Importing
from tests.intake.looking import anyway, counts, rows_kept, seen
from tests.intake.sheets import BILLS, CASE, HOSTILE, INVOICE, INVOICES, LISTING, MONEY, Rows, xlsx


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


ELSEWHERE = [
    LISTING[0],
    ("70001-Roy", "R-70001", "Ines Roy", "", "", "", "CAD"),
    ("70002-Poe", "P-70002", HOSTILE, "", "", "", "CAD"),
]


def of_elsewhere(number: int) -> Rows:
    """So many invoices of another office's two cases."""
    return [INVOICES, *((f"7000{1 + at % 2}-Roy", str(at), *INVOICE[2:]) for at in range(number))]


def test_another_offices_export_waits_however_large_it_is(
    take: Importing, database: Database, firm_id: str
) -> None:
    """None of its cases or clients is here, so it may be another firm's; somebody says that it is ours."""
    take(LISTING, bills(20))
    theirs = IncomingFile("export.xlsx", xlsx(of_elsewhere(20)))
    (asked,) = take(theirs).files
    assert asked.question is not None
    assert {"report": "Invoices", "apart": 2} == asked.question.facts
    assert (20, 20) == seen(database, firm_id)
    assert (20, 0, 0, 0) == counts(anyway(take, theirs, asked))
    assert [True] == [file.is_taken for file in take(of_elsewhere(21)).files]


def test_a_first_import_of_anything_is_apart_from_nothing(take: Importing) -> None:
    """And one case, or one client, in common is enough."""
    assert [True] == [file.is_taken for file in take(bills(2)).files]
    assert [True] == [file.is_taken for file in take([*of_elsewhere(3), INVOICE]).files]
    assert [True] == [file.is_taken for file in take(LISTING, MONEY).files[:1]]
    again = [LISTING[0], ("70009-Silva", *LISTING[1][1:])]
    assert [True] == [file.is_taken for file in take(again).files]


def test_new_cases_come_with_the_listing_that_names_them(take: Importing) -> None:
    """In whatever order the files of one go stand."""
    take(LISTING, bills(2))
    both = [*LISTING, *ELSEWHERE[1:]]
    assert [True, True] == [file.is_taken for file in take(of_elsewhere(4), both).files]


def test_another_offices_files_vouch_for_none_of_each_other(take: Importing) -> None:
    """All of them wait."""
    take(LISTING, bills(2))
    assert [False, False] == [file.is_taken for file in take(of_elsewhere(4), ELSEWHERE).files]


def test_what_stands_apart_is_not_taken_over_a_newer_export(take: Importing) -> None:
    """Taken after it, the older one would count."""
    take(LISTING, bills(2))
    old = IncomingFile("Invoices-export-2026-11-13.xlsx", xlsx(of_elsewhere(4)))
    new = IncomingFile("Invoices-export-2026-11-20.xlsx", xlsx([*of_elsewhere(5), INVOICE]))
    assert [False, True] == [file.is_taken for file in take(old, new).files]


def test_the_newest_export_speaks_for_how_large_one_is(take: Importing) -> None:
    """Not the smallest that came with it, nor an older one that was taken in after it."""
    take(IncomingFile("a.xlsx", xlsx(bills(3))), IncomingFile("b.xlsx", xlsx(bills(40))))
    few = IncomingFile("c.xlsx", xlsx(bills(12)))
    (asked,) = take(few).files
    assert asked.question is not None
    assert {"report": "Invoices", "rows": 12, "last_rows": 40} == asked.question.facts


def test_an_older_export_taken_in_later_is_not_the_newest(take: Importing) -> None:
    """What is far fewer is held against the newest."""
    take(IncomingFile("Invoices-export-2026-11-20.xlsx", xlsx(bills(40))))
    old = IncomingFile("Invoices-export-2026-11-13.xlsx", xlsx(bills(30)))
    (asked,) = take(old).files
    anyway(take, old, asked)
    (few,) = take(IncomingFile("Invoices-export-2026-11-27.xlsx", xlsx(bills(25)))).files
    assert few.question is not None
    assert {"report": "Invoices", "rows": 25, "last_rows": 40} == few.question.facts


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
    caseless = [INVOICES, *((None, str(at), *INVOICE[2:]) for at in range(20)), (CASE, "1", *INVOICE[2:])]
    (result,) = take(caseless).files
    assert result.is_taken
    assert (21, 20) == (result.rows, result.unreadable_rows)
