"""Cells are read one way only, or become a problem that says what to do."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.intake.cells import UnclearDate, Unread, amount, day, text_of
from db.intake.table import Cell

CELLS = st.one_of(
    st.text(max_size=40),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1356", "1356.00"),
        ("1356.1", "1356.10"),
        ("1,356.00", "1356.00"),
        ("1,234,567.89", "1234567.89"),
        ("$1,356.00", "1356.00"),
        ("1 356,00 $", "1356.00"),
        ("1\u202f356,00\u00a0$", "1356.00"),
        ("1 356.00", "1356.00"),
        ("1 356", "1356.00"),
        ("1356,00", "1356.00"),
        ("1.356,00", "1356.00"),
        ("0,50", "0.50"),
        (".5", "0.50"),
        ("12,345", "12345.00"),
        ("-56.00", "-56.00"),
        ("\u221256.00", "-56.00"),
        ("(56.00)", "-56.00"),
        ("($1,056.00)", "-1056.00"),
        ("-$56", "-56.00"),
        ("$-56", "-56.00"),
        ("195.0000", "195.00"),
        ("", "0.00"),
        ("-", "0.00"),
        ("0", "0.00"),
        ("-0.00", "0.00"),
    ],
)
def test_an_amount_is_exact(text: str, expected: str) -> None:
    """English and French writing, dollars, negatives; two decimals always."""
    assert expected == str(amount(text))


@pytest.mark.parametrize(
    "text",
    [
        "see note",
        "1,35,6",
        "0,500",
        "1..5",
        "12 34",
        "1e3",
        "NaN",
        "Infinity",
        "--5",
        "(5",
        "5-",
        "\u0665",
        "CAD 5",
    ],
)
def test_what_is_no_amount_says_so(text: str) -> None:
    """No writing is guessed at."""
    assert (
        Unread("This isn't an amount.", "Correct it in CaseEasy, such as 1,356.00, and export again.")
    ) == amount(text)


@pytest.mark.parametrize("text", ["1.500", "-5.000", "$12.000", "195.005", "1.356.000"])
def test_a_dot_before_three_digits_reads_two_ways(text: str) -> None:
    """1.500 is fifteen hundred where thousands have dots, and one and a half elsewhere: never guessed."""
    told = "This amount reads two ways: with a dot before thousands, or before cents."
    assert (
        Unread(told, "Write it with its cents in CaseEasy, such as 1500.00 or 1,500.00, and export again.")
    ) == amount(text)


@pytest.mark.parametrize("text", ["0.001", "1356.789"])
def test_a_fraction_of_a_cent_is_a_problem(text: str) -> None:
    """It is neither rounded nor taken for thousands."""
    assert (
        Unread("This has a fraction of a cent.", "Correct the amount in CaseEasy and export again.")
    ) == amount(text)


def test_an_amount_beyond_belief_is_a_problem() -> None:
    """A reference number in the wrong column is no fee."""
    assert isinstance(amount("1000000000000"), Unread)
    assert Decimal("999999999999.99") == amount("999999999999.99")


@given(st.decimals(min_value=-999_999_999, max_value=999_999_999, places=2))
def test_every_amount_is_read_as_it_is_written(value: Decimal) -> None:
    """In English, in French, and as the number of a spreadsheet cell."""
    english = f"{value:,.2f}"
    french = english.replace(",", " ").replace(".", ",")

    assert value == amount(english)
    assert value == amount(french)
    assert value == amount(text_of(float(value)))


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-12",
        "2026/10/12",
        "2026-10-12 14:03",
        "2026-10-12T14:03:22.5",
        "2026-10-12T00:00:00.000Z",
        "2026-10-12T00:00:00-05:00",
        "Oct 12, 2026",
        "October 12, 2026",
        "Oct. 12 2026",
        "Monday, October 12, 2026",
        "12 Oct 2026",
        "12-Oct-2026",
        "12 octobre 2026",
        "Oct 12, 2026 2:03 PM",
    ],
)
def test_a_date_that_reads_one_way_is_read(text: str) -> None:
    """ISO 8601 and named months in both languages; the time of day is left aside."""
    assert date(2026, 10, 12) == day(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25/10/2026", date(2026, 10, 25)),
        ("10/25/2026", date(2026, 10, 25)),
        ("10-25-2026 3:15 PM", date(2026, 10, 25)),
        ("05/05/2026", date(2026, 5, 5)),
        ("1er août 2026", date(2026, 8, 1)),
        ("3 févr. 2026", date(2026, 2, 3)),
        ("28.02.2026", date(2026, 2, 28)),
    ],
)
def test_numbers_that_leave_no_choice_are_a_date(text: str, expected: date) -> None:
    """Where one of them can't be a month, or both are the same."""
    assert expected == day(text)


def test_a_date_that_reads_two_ways_says_both() -> None:
    """Neither Canadian habit is assumed."""
    read = day("03/04/2026")

    assert isinstance(read, UnclearDate)
    assert (date(2026, 3, 4), date(2026, 4, 3)) == read.readings
    assert "This can be read as 4 March 2026 or as 3 April 2026." == read.reason
    assert "Export dates as year-month-day, such as 2026-10-12." == read.remedy


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("soon", "This isn't a date."),
        ("", "This isn't a date."),
        ("46307", "This isn't a date."),
        ("12 Brumaire 2026", "This isn't a date."),
        ("2026-02-30", "There is no such day."),
        ("31/31/2026", "There is no such day."),
        ("1066-10-14", "There is no such day."),
        ("10/12/26", "The year has only two digits."),
        (
            "2026-10-12T02:30:00Z",
            "This has a time of day in another time zone, so the day at your firm isn't certain.",
        ),
    ],
)
def test_what_is_no_date_says_so(text: str, reason: str) -> None:
    """With the reason, and a remedy."""
    read = day(text)

    assert isinstance(read, Unread)
    assert reason == read.reason
    assert read.remedy


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_from_its_names(value: date) -> None:
    """However it is written out."""
    for form in ("%Y-%m-%d", "%b %d, %Y", "%B %d, %Y", "%d %B %Y", "%d-%b-%Y"):
        assert value == day(value.strftime(form))


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_a_day_in_numbers_is_never_another_one(value: date, form: str) -> None:
    """It is read rightly, or called unclear with the right day among its readings."""
    read = day(value.strftime(form))

    assert value == read or (isinstance(read, UnclearDate) and value in read.readings)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (1356.1, "1356.1"),
        (1356.1000000000001, "1356.1"),
        (0.1 + 0.2, "0.3"),
        (1042.0, "1042"),
        (-0.0, "0"),
        (1e22, "10000000000000000000000"),
        (True, "TRUE"),
        (date(2026, 10, 12), "2026-10-12"),
        (datetime(2026, 10, 12), "2026-10-12"),  # noqa: DTZ001 - a spreadsheet knows no time zone
        (datetime(2026, 10, 12, 14, 3), "2026-10-12T14:03:00"),  # noqa: DTZ001 - the same
        (time(14, 3), "14:03:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        ("  two \n lines\u00a0and\x07 a bell ", "two lines and a bell"),
        ("Zoe\u0308", "Zoë"),
        ("<!channel> & <https://evil|Approve>", "<!channel> & <https://evil|Approve>"),
        ('René "Ané" O\'Brien \\ 马春梅', 'René "Ané" O\'Brien \\ 马春梅'),
        ("a\0b\ud800c", "a b c"),
    ],
)
def test_a_cell_is_one_clean_line(cell: Cell, expected: str) -> None:
    """Numbers without noise, dates as ISO 8601, text that every database can keep."""
    assert expected == text_of(cell)


@given(CELLS)
def test_no_cell_ever_crashes(cell: Cell) -> None:
    """Anything becomes a text that can be kept, and an amount and a date or a problem."""
    text = text_of(cell)

    text.encode()
    assert text == text_of(text)
    assert isinstance(amount(text), Decimal | Unread)
    assert isinstance(day(text), date | UnclearDate | Unread)
