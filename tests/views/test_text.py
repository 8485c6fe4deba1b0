"""Names stay names, money and days read one way only."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.views import text
from db.money import NO_CURRENCY, Money
from tests.views.cast import CHANNEL, DISGUISED, RENE, cad, usd
from tests.views.limits import check_markup


def test_a_hostile_name_stays_text() -> None:
    """Nobody is notified and nothing can be clicked because of what a client is called."""
    assert "&lt;!channel&gt; &amp; &lt;https://evil|Approve&gt;" == text.escape(CHANNEL)


def test_a_name_of_many_scripts_is_left_as_it_is() -> None:
    """Accents, quotes, backslashes and Chinese characters go through."""
    assert RENE == text.escape(RENE)


def test_what_disguises_text_is_taken_out() -> None:
    """Characters that turn direction or hide are gone; a line break can't start a line of its own."""
    assert "Annagnp.exe OK: approved" == text.clean(DISGUISED)


def test_joiners_of_real_names_stay() -> None:
    """Persian and Indic names keep the joiners they are spelt with."""
    assert "علی‌رضا" == text.clean("علی‌رضا")


@pytest.mark.parametrize(
    ("shown", "outside"),
    [
        ("\u2068אברהם בר-לב\u2069", "אברהם בר-לב"),
        ("\u2068علی‌رضا\u2069", "علی‌رضا"),
        ("\u2068אברהם\u2069 Smith", "אברהם Smith"),
        ("Payments of \u2068לב\u2069 are $56.00 short", "Payments of לב are $56.00 short"),
        ("\u2068לב\u2069: $56.00, \u2068רבקה\u2069: $7.00", "לב: $56.00, רבקה: $7.00"),
        ("\u2068לב\u2069 &amp; \u2068רבקה\u2069", "\u2068לב\u2069 & רבקה"),
    ],
)
def test_a_name_from_right_to_left_keeps_to_itself(shown: str, outside: str) -> None:
    """An amount beside it stays beside it; isolates from outside count for nothing."""
    assert shown == text.name(outside)


def test_flat_text_fits_with_its_isolates() -> None:
    """A label's limit holds for what is added too."""
    assert "\u2068לללל…" == text.flat("לללללל", 6)


@given(st.text(), st.integers(1, 200))
def test_no_clipped_name_breaks_an_entity(outside: str, limit: int) -> None:
    """Whatever the name and wherever it is cut, no markup appears."""
    check_markup(text.name(outside, limit))


@given(st.text(max_size=60), st.integers(1, 200))
def test_cut_markup_holds_nothing_half(outside: str, limit: int) -> None:
    """Wherever many names in a row are cut, no entity or link is."""
    told = text.cut(f"{text.name(outside)} <@U0BEN> <https://example.com|{text.name(outside)}> " * 4, limit)
    check_markup(told.replace("<https://example.com|", "<https://"))
    assert len(told) <= limit
    assert told.count("<") == told.count(">")


@given(st.text(max_size=300), st.integers(1, 100))
def test_a_clipped_text_fits(outside: str, limit: int) -> None:
    """A clip is never longer than asked."""
    assert len(text.clip(outside, limit)) <= limit


@pytest.mark.parametrize(
    ("shown", "money"),
    [
        ("$1,500.00", cad("1500.00")),
        ("-$56.00", cad("-56.00")),
        ("$0.00", cad("0.00")),
        ("US$900.00", usd("900.00")),
        ("1,300.50 (currency unknown)", Money(cad("1300.50").amount, NO_CURRENCY)),
    ],
)
def test_money_reads_one_way(shown: str, money: Money) -> None:
    """Dollars are Canadian unless it says so; an unknown currency says that."""
    assert shown == text.money(money)


def test_a_day_reads_one_way() -> None:
    """The month is a word."""
    assert "3 May 2026" == text.day(date(2026, 5, 3))


@pytest.mark.parametrize(("shown", "days"), [("today", 0), ("yesterday", 1), ("9 days ago", 9)])
def test_age_is_in_words(shown: str, days: int) -> None:
    """How old an export is."""
    assert shown == text.age(days)


@pytest.mark.parametrize(("shown", "number"), [("0 invoices", 0), ("1 invoice", 1), ("1,200 invoices", 1200)])
def test_counts_agree_with_their_noun(shown: str, number: int) -> None:
    """One invoice, several invoices."""
    assert shown == text.count(number, "invoice")


def test_several_people_are_offered() -> None:
    """Any of them may help."""
    assert "<@UALICE>, <@UBEN> or <@UEVE>" == text.people(["UALICE", "UBEN", "UEVE"])


def test_somebody_who_is_no_slack_user_is_written_out() -> None:
    """The command line's user can't become a mention."""
    assert "cli &lt;root&gt;" == text.person("cli <root>")
