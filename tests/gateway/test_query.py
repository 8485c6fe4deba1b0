"""Questions and their literals: whatever the text, it stays text."""

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qb.gateway import BadLiteral, Select, containing, select, starting
from qb.gateway.query import Value, count_text, literal, page_text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Adam's Candy Shop", "'Adam\\'s Candy Shop'"),
        ("C:\\", "'C:\\\\'"),
        ("\\'", "'\\\\\\''"),
        ("' OR Id > '0", "'\\' OR Id > \\'0'"),
        ("<!channel> & <https://evil|Approve>", "'<!channel> & <https://evil|Approve>'"),
        ("马春梅 \u202e", "'马春梅 \u202e'"),
        ("", "''"),
        (7, "'7'"),
        (Decimal("1E+2"), "'100'"),
        (Decimal("12.50"), "'12.50'"),
        (True, "true"),
        (False, "false"),
        (date(2026, 1, 16), "'2026-01-16'"),
        (datetime(2026, 1, 16, 8, 30, 1, 999, tzinfo=UTC), "'2026-01-16T08:30:01+00:00'"),
        (datetime(2026, 1, 16, tzinfo=timezone(timedelta(hours=-8))), "'2026-01-16T00:00:00-08:00'"),
    ],
)
def test_literals_are_quoted_as_quickbooks_reads_them(value: Value, expected: str) -> None:
    """Backslash first, then the quote; numbers quoted, booleans bare, moments with their zone."""
    assert expected == literal(value)


@pytest.mark.parametrize(
    "value",
    [
        "a\nb",
        "a\tb",
        "a\x00b",
        "\x7f",
        "\x85",
        "\ud83d",
        Decimal("NaN"),
        datetime(2026, 1, 16),  # noqa: DTZ001 - that is the point
    ],
    ids=repr,
)
def test_what_cannot_be_asked_is_refused(value: Value) -> None:
    """Control characters, halves of characters, no-numbers, moments without a zone."""
    with pytest.raises(BadLiteral):
        literal(value)


def test_a_question_with_conditions_and_order() -> None:
    """All conditions hold together; the order is Id unless said otherwise."""
    question = (
        select("Payment")
        .where("CustomerRef", "=", "7")
        .where("MetaData.CreateTime", ">=", datetime(2026, 3, 2, 11, 50, tzinfo=UTC))
        .where("DocNumber", "in", ("1", "O'2"))
        .order("TxnDate")
    )
    expected = (
        "SELECT * FROM Payment WHERE CustomerRef = '7'"
        " AND MetaData.CreateTime >= '2026-03-02T11:50:00+00:00' AND DocNumber IN ('1', 'O\\'2')"
        " ORDERBY TxnDate STARTPOSITION 1 MAXRESULTS 1000"
    )
    assert expected == page_text(question, 1, 1000)
    assert "SELECT count(*) FROM Invoice" == count_text(select("Invoice"))
    assert "SELECT * FROM Invoice ORDERBY Id STARTPOSITION 2 MAXRESULTS 5" == page_text(
        select("Invoice"), 2, 5
    )


def test_a_question_never_changes() -> None:
    """A condition makes a new question."""
    everybody = select("Customer")
    everybody.where("Active", "=", value=False)
    assert select("Customer") == everybody


@pytest.mark.parametrize("name", ["", "Customer; x", "1a", "a..b", "DisplayName = 'x' OR Id", "Näme", "a\n"])
def test_names_are_names(name: str) -> None:
    """Neither an entity nor a field can carry anything else."""
    with pytest.raises(BadLiteral):
        select(name)
    with pytest.raises(BadLiteral):
        select("Customer").where(name, "=", "x")
    with pytest.raises(BadLiteral):
        select("Customer").order(name)


@pytest.mark.parametrize(
    ("operator", "value"),
    [("!=", "x"), ("or", "x"), ("in", ()), ("in", "abc"), ("=", ("a", "b")), ("LIKE", "x")],
)
def test_operators_are_quickbooks_own(operator: str, value: str) -> None:
    """There is no OR and no !=; in wants several values, the others one."""
    with pytest.raises(BadLiteral):
        select("Customer").where("Id", operator, value)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (containing("Sharma"), "%Sharma%"),
        (starting("Sharma"), "Sharma%"),
        (containing("50%"), "%50%"),
        (containing("%"), "%"),
        (containing("5%%6"), "%5%6%"),
    ],
)
def test_patterns_find_at_least_what_was_typed(pattern: str, expected: str) -> None:
    """A % can't be escaped: it stands for anything, so nothing wanted is missed."""
    assert expected == pattern


def read_back(question: str) -> str:
    """The first literal of a question, read by the documented rule: a backslash makes the next one plain."""
    _, _, rest = question.partition("'")
    text, characters = "", iter(rest)
    for character in characters:
        if character == "'":
            return text
        text += next(characters) if character == "\\" else character
    raise AssertionError("the literal never ends")


askable = st.text(
    alphabet=st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\\'%\"()=,"), max_size=40
)


@given(askable)
def test_any_text_reads_back_as_itself(text: str) -> None:
    """Nothing in a name ends its literal early, and the question behind it stays as it was."""
    question = page_text(select("Customer").where("DisplayName", "=", text), 1, 10)
    assert text == read_back(question)
    assert question.endswith("' ORDERBY Id STARTPOSITION 1 MAXRESULTS 10")


@given(st.text())
def test_every_text_is_either_asked_or_refused(text: str) -> None:
    """Refused exactly if it holds control characters or halves of characters."""
    hidden = any(unicodedata.category(character) in {"Cc", "Cs"} for character in text)
    question: Select | None = None
    if hidden:
        with pytest.raises(BadLiteral):
            select("Customer").where("DisplayName", "=", text)
    else:
        question = select("Customer").where("DisplayName", "=", text)
    assert hidden == (question is None)
