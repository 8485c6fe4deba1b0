"""The columns' screens: what waits, what each means, who said so, and the questions behind them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from commands.favour import Colleague, Favour, Wish
from commands.views import columns as views
from commands.views.columns import ColumnsScreen
from db.columns_taught import MOST_VALUES, Column, ColumnAsked
from db.intake.forms import Report
from db.intake.meanings import OFFERED, VALUES, Meaning, Taught
from tests.books import given
from tests.views.cast import NAMES, NOW
from tests.views.golden import same_as_kept
from tests.views.limits import check_modal, words

CODES = [one for one in given.CODES if one.usable]
TAX = Taught(Meaning.TAX, "HST 13%", "HST ON", Decimal(13))
FUND = Taught(Meaning.FUND, "Fund", values={"pooled": "trust", "general": "operating"})


def asked(name: str = "Colour", means: Taught | None = None, *values: str) -> ColumnAsked:
    """A column of the Invoices export, answered by Ben if it means something."""
    column = Column(Report.INVOICES, name, values or ("red", "blue"))
    return ColumnAsked(column, means, *(("U0BEN", NOW) if means else ()))


def shown(*columns: ColumnAsked, may: bool = True, page: int = 0) -> ColumnsScreen:
    """The list for somebody."""
    asks = Favour(Wish.COLUMNS, Colleague("U0BEN", "Ben"), "“Colour”", ("invoices|colour",))
    return ColumnsScreen(columns, may, ("U0BEN",), page, None if may else asks)


LISTED = (
    replace(asked("Fund", FUND, "Pooled", "General", "Escrow"), unexplained=("Escrow",)),
    asked(),
    asked("HST 13%", TAX, "195.00"),
    asked("Mood", Taught(Meaning.IGNORE, "Mood")),
)


def test_the_list_looks_as_agreed() -> None:
    """Those that wait first, each with the button; then what was said, by whom, on which day."""
    same_as_kept("columns", views.screen(shown(*LISTED)))


def test_a_question_looks_as_agreed() -> None:
    """Every meaning with what it does, and what was said before."""
    past = [asked("HST 13%", Taught(Meaning.IGNORE, "HST 13%")), LISTED[2]]
    same_as_kept("column", views.question(LISTED[2], past, "{}"))


def test_who_may_not_answer_sees_the_list_and_whom_to_ask() -> None:
    """No button that would be refused."""
    told = words(views.screen(shown(*LISTED, may=False)))
    assert "Please ask <@U0BEN>" in told
    assert "Ask Ben to Explain “Colour”" in told
    assert "Change Answer" not in told


def test_the_tax_chosen_before_stands_there() -> None:
    """One of QuickBooks' codes, or what was typed."""
    (_, picker, typed) = views.which_tax(LISTED[2], CODES, "{}")["blocks"]
    assert "HST ON (13 %)" == picker["element"]["initial_option"]["text"]["text"]
    assert "initial_value" not in typed["element"]
    own = replace(LISTED[2], taught=replace(TAX, name="My HST"))
    (_, picker, typed) = views.which_tax(own, CODES, "{}")["blocks"]
    assert "initial_option" not in picker["element"]
    assert "My HST" == typed["element"]["initial_value"]


def test_a_value_said_before_stands_there() -> None:
    """Whatever its case; a new one is open."""
    blocks = views.which_values(LISTED[0], Meaning.FUND, "{}")["blocks"]
    fields = [one["element"] for one in blocks if one["type"] == "input"]
    chosen = [one.get("initial_option", {}).get("value") for one in fields]
    assert ["trust", "operating", None] == chosen


def test_the_mapping_says_that_there_are_columns() -> None:
    """Only where there are, and how many wait."""
    assert () == views.mapping_line(0, 0)
    (block,) = views.mapping_line(1, 3)
    told = "*Columns of your exports* · 3 columns beside CaseEasy's own, 1 needs an answer"
    assert told == block["text"]["text"]


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_the_screens(name: str) -> None:
    """Many columns, many values, whatever they are called."""
    values = tuple(f"{name[:90]}{n}" for n in range(MOST_VALUES))
    one = asked(name, Taught(Meaning.FUND, name, values=dict.fromkeys(values, "trust")), *values)
    for page in range(3):
        check_modal(views.screen(shown(*[one] * 40, page=page)))
    for meaning in VALUES:
        check_modal(views.which_values(one, meaning, "{}"))
    for report in OFFERED:
        check_modal(views.question(replace(one, column=Column(Report(report), name)), [one] * 9, "{}"))
    codes = [replace(code, name=name, id=f"{n}") for n, code in enumerate(CODES * 20)]
    check_modal(views.which_tax(one, codes, "{}"))
    check_modal(views.saved(one, left=3))
