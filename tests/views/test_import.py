"""The import's answer: what each file brought, what couldn't be read, what wasn't taken."""

from dataclasses import replace
from datetime import date

import pytest

from commands.views import importing as views
from commands.views.importing import ColumnsPut
from db.intake.cells import RowProblem
from db.intake.stage import FileResult, ImportResult, Progress
from tests.views.cast import LONG, NAMES
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, check_modal, words


def problem(row: int, text: str = "12/10/2026") -> RowProblem:
    """A date that reads two ways."""
    reason = "This can be read as 12 October 2026 or as 10 December 2026."
    remedy = "Export dates as year-month-day, such as 2026-10-12."
    return RowProblem(row, "Paid Date", text, reason, remedy, f"10{row}", "00012-Kowalski")


INVOICES = FileResult(
    "Invoices-export-2026-11-20.xlsx",
    "Invoices",
    new=12,
    changed=3,
    unchanged=55,
    unreadable=tuple(problem(n) for n in (14, 17, 20, 33, 34)),
    unknown_headers=("Colour", "Mood"),
    absent=2,
    newer=date(2026, 11, 21),
)
ROTA = FileResult("holiday rota.xlsx", refused="This isn't one of CaseEasy's reports we know.")


def test_the_answer_looks_as_agreed() -> None:
    """One report with troubles, one wrong file."""
    message = views.answer_message(ImportResult(1, (INVOICES, ROTA)))
    same_as_kept("import", [message.text, *message.blocks])


def test_counts_and_troubles_are_told() -> None:
    """New, changed, unchanged, unreadable; the first few with row, column and reason, then how many more."""
    told = words(views.answer_view(ImportResult(1, (INVOICES,))))
    assert "12 new, 3 changed, 55 unchanged, 5 rows not readable" in told
    assert "Invoice 1014, case 00012-Kowalski (row 14), Paid Date: “12/10/2026” can be read as 12 Oct" in told
    assert "and 2 more rows that couldn't be read" in told
    assert "“Colour”, “Mood”" in told
    assert "*Older than the export of 21 Nov 2026: what it says now counts.*" in told


@pytest.mark.parametrize(
    ("put", "told"),
    [
        (
            ColumnsPut(("Colour", "Mood"), "U0BEN"),
            "2 questions went to <@U0BEN>: what “Colour”, “Mood” mean.",
        ),
        (ColumnsPut(("Colour",), "U0MARIA", mine=True), "1 question for you: say what “Colour” means."),
        (ColumnsPut(("Colour",), ""), "Nobody here may answer yet: what “Colour” means."),
    ],
)
def test_the_answer_says_who_is_asked_about_columns(put: ColumnsPut, told: str) -> None:
    """Who imports isn't asked accounting questions; without blocks too."""
    result = ImportResult(1, (INVOICES,))
    until = f"{told} The rows are in; until it is answered, such a column counts for nothing."
    assert until in words(views.answer_view(result, (), put))
    assert until in views.answer_message(result, (), put).text


def test_a_wrong_file_is_refused_with_its_sentence() -> None:
    """And the headline says that nothing changed."""
    told = views.answer_message(ImportResult(None, (ROTA,))).text
    assert "Nothing was imported; the records are as they were" in told
    assert "holiday rota.xlsx: not taken. This isn't one of CaseEasy's reports we know." in told


def test_a_problem_says_what_its_row_tells() -> None:
    """A row of the Client Listing knows no invoice, a row of nobody not even its case."""
    one = RowProblem(15, "Amount", "see note", "This isn't an amount.", "Correct it in CaseEasy.")
    odd = (one, replace(one, row=16, case="00012-Kowalski"), replace(one, row=17, text="", reason="Empty."))
    told = words(views.answer_view(ImportResult(1, (FileResult("a.xlsx", "Payments", unreadable=odd),))))
    assert "Row 15, Amount: “see note” isn't an amount. Correct it in CaseEasy." in told
    assert "Case 00012-Kowalski (row 16), Amount: “see note” isn't an amount." in told
    assert "Row 17, Amount: Empty." in told


def test_after_nothing_was_taken_comes_another_try() -> None:
    """There is no mapping to review; where something was taken, there is."""
    refused = words(views.answer_view(ImportResult(None, (ROTA,))))
    assert "was not taken. This isn't one of" in refused
    assert "Import Again" in refused
    assert "Review Mapping" not in refused
    assert "Review Mapping" in words(views.answer_view(ImportResult(1, (ROTA, INVOICES))))


def test_the_same_file_again_says_nothing_new() -> None:
    """All rows unchanged."""
    told = views.answer_message(ImportResult(1, (FileResult("a.xlsx", "Invoices", unchanged=70),))).text
    assert told.startswith("Nothing new: the records are as they were")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("files", [1, 10])
def test_slack_takes_the_answer(name: str, files: int) -> None:
    """Ten files full of trouble."""
    odd = FileResult(
        name,
        name,
        unreadable=tuple(RowProblem(n, name, name, LONG, LONG) for n in range(20)),
        unknown_headers=(name,) * 50,
        absent=9,
        withdrawn=1,
        newer=date(2026, 11, 21),
    )
    refused = FileResult(name, refused=LONG)
    for one in (odd, refused):
        result = ImportResult(1, (one,) * files)
        put = ColumnsPut((name,) * 50, "U0BEN")
        check_modal(views.answer_view(result, (), put))
        check_message(views.answer_message(result, (), put))


def test_slack_takes_the_screens_before() -> None:
    """The question and the wait."""
    check_modal(views.ask())
    check_modal(views.working(10))


def test_how_far_it_is_stands_in_one_line() -> None:
    """Of which file, how many of its rows; the screen says too that it may be closed."""
    progress = Progress("<!channel> & co.xlsx", 41_000, 100_000)
    assert "&lt;!channel&gt; &amp; co.xlsx: 41,000 of 100,000 rows read…" == views.on_its_way(progress).text
    assert "41,000 of 100,000 rows read… You may close this" in words(views.still_working(progress)["blocks"])
