"""The digest as a message, from one invoice to three hundred: with names, and with counts only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from commands.views import digest as views
from commands.views.digest_news import News
from db.money import NO_CURRENCY, Money
from db.snoozes import Snooze
from qb import digest as pure
from qb.digest import READY
from qb.hold import Mend
from tests.views.cast import LONG, NAMES
from tests.views.charts import check_charts
from tests.views.digests import BUSY, LOOKED, MEI, PRIYA, THEN, many, of, off
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, words


def test_the_messages_look_as_agreed() -> None:
    """With names, with counts, and all clear."""
    same_as_kept("digest_named", list(views.named(BUSY).blocks))
    same_as_kept("digest_counted", list(views.counted(BUSY).blocks))
    same_as_kept("digest_all_clear", list(views.all_clear(of()).blocks))


def test_each_group_says_what_it_needs_and_whose_turn_it_is() -> None:
    """Ready, asked since, held."""
    told = words(list(views.named(BUSY).blocks))
    assert "*Ready* · 1 invoice · $1,800.00\nNothing stands in the way. Anybody here can sync them." in told
    assert (
        "*Waiting for approval* · 1 invoice · US$900.00\nWaiting for an approver or admin since <!date"
        in told
    )
    assert (
        "*Held: contact not found yet* · 1 invoice · $678.50\n"
        "Say who the client is in QuickBooks: that is for anybody here."
    ) in told


def test_the_point_comes_first_and_everything_is_in_plain_text_too() -> None:
    """For a notification, a screen reader, a Slack that draws no chart."""
    text = views.named(BUSY).text
    assert text.startswith("4 paid invoices are not in QuickBooks yet\n$4,278.50 + US$900.00")
    for told in (
        "Since payment: 8 to 30 days: $3,600.00 + US$900.00 · over 60 days: $678.50",
        "+3 new and −2 gone since the digest of 11 Nov 2026",  # noqa: RUF001 - a minus sign
        "Held: contact not found yet · 1 invoice · $678.50; oldest: 1012, Priya Raman",
        "Snoozed · 1 invoice · $1,800.00 (counted above)",
        "Since 11 Nov 2026: 5 invoices booked ($9,040.00), 1 invoice refused by QuickBooks",
        "2 things in QuickBooks are not as booked.",
        "The newest export is 9 days old. Import a newer one.",
        "QuickBooks will let us in no more. Reconnect. That is for an admin.",
    ):
        assert told in text


def test_each_form_says_when_quickbooks_was_looked_at() -> None:
    """In blocks and in plain text; where that is long ago, that more may be there by now."""
    at = "<!date^1794492000^{date_short_pretty} at {time}|12 Nov 2026 14:00 UTC>"
    told = f"QuickBooks was last looked at {at}"
    old = replace(BUSY, looked=replace(LOOKED, is_old=True))
    for message in (views.named(BUSY), views.counted(BUSY)):
        assert f"{told}." in words(message.blocks)
        assert f"{told}." in message.text
    assert f"{told}: what others wrote there since isn't taken in." in views.counted(old).text
    assert "looked at" not in views.counted(replace(BUSY, looked=None)).text


def test_a_channel_that_is_not_private_gets_no_name() -> None:
    """Counts, totals and one button; neither in blocks nor in text a client, case or number."""
    message = views.counted(BUSY)
    told = json.dumps(message.blocks, ensure_ascii=False) + message.text
    for hidden in ("Brooks", "Leo", "Priya", "Raman", "马春梅", "1009", "00009"):
        assert hidden not in told
    assert "4 paid invoices are not in QuickBooks yet" in told
    buttons = [e for block in message.blocks if block["type"] == "actions" for e in block["elements"]]
    assert ["Show the List"] == [one["text"]["text"] for one in buttons]


def test_every_line_has_its_button_and_its_snoozes() -> None:
    """Sync for what is ready, the mend for what is held, four ways to put it off."""
    rows = [b["elements"] for b in views.named(BUSY).blocks if b["type"] == "actions"]
    by_case = {row[0].get("value"): row for row in rows}
    assert "Sync" == by_case["00009-Brooks"][0]["text"]["text"]
    assert "Find Contact" == by_case["00012-Raman"][0]["text"]["text"]
    mark = pure.short(READY, "C-9", "00009-Brooks")
    assert [f"{choice}:{mark}" for choice in ("tomorrow", "week", "day", "change")] == [
        option["value"] for option in by_case["00009-Brooks"][1]["options"]
    ]


@pytest.mark.parametrize(
    ("mend", "button"),
    [
        (Mend.MAP, "Review Mapping"),
        (Mend.IMPORT, "Import Exports"),
        (Mend.CONNECT, "Connect QuickBooks"),
        (Mend.NONE, "See Case"),
    ],
)
def test_a_held_one_has_the_very_button_that_mends_it(mend: Mend, button: str) -> None:
    """Or leads to its case where nothing here does."""
    blocks = views.named(of(replace(PRIYA, mend=mend))).blocks
    assert button in words(list(blocks))


def test_what_is_snoozed_says_until_when_and_can_be_undone() -> None:
    """And counts all the same."""
    (line,) = [b for b in views.named(BUSY).blocks if "Undo" in json.dumps(b) and b["type"] == "section"]
    assert "1015 · 马春梅 · $1,800.00\nSnoozed until 16 Nov 2026 by <@U0MARIA>" == line["text"]["text"]
    until_change = of(MEI, off=off(MEI, None))
    assert "Snoozed until it changes by <@U0MARIA>" in words(list(views.named(until_change).blocks))


def test_month_end_says_why_it_shows_what_was_snoozed() -> None:
    """In its own place, with its buttons."""
    told = words(
        list(views.named(of(MEI, off=off(MEI, date(2026, 12, 24)), today=date(2026, 11, 30))).blocks)
    )
    assert "It is month-end, so what was snoozed is shown too." in told
    assert "Snoozed until 24 Dec 2026 by <@U0MARIA>; shown because it is month-end" in told


def test_there_is_silence_where_nothing_needs_anybody() -> None:
    """Nothing waits, or all of it is put off."""
    assert views.is_silent(of())
    assert views.is_silent(of(MEI, off=off(MEI)))
    assert views.is_silent(replace(BUSY, everything=Snooze("everything", None, "", "U0BEN", THEN)))
    assert not views.is_silent(of(MEI))
    assert not views.is_silent(replace(of(), news=News(findings=1)))


@pytest.mark.parametrize(
    ("days", "clear", "names", "headline"),
    [
        ((4,), 0, True, "4 paid invoices are not in QuickBooks yet"),
        ((4,), 4, False, "4 paid invoices are not in QuickBooks yet"),
        ((1,), 4, True, None),
    ],
)
def test_on_its_days_it_is_said_and_on_the_others_not(
    days: tuple[int, ...],
    clear: int,
    names: bool,  # noqa: FBT001 - a parameter row
    headline: str | None,
) -> None:
    """12 November 2026 is a Thursday; a day for "all clear" alone says nothing where something waits."""
    message = views.of_day(BUSY, days, clear, names=names)
    assert headline == (None if message is None else message.text.splitlines()[0])
    if message is not None:
        assert names is ("Brooks" in message.text)


def test_all_clear_is_said_on_its_day_where_nothing_waits_at_all() -> None:
    """What is put off or being booked isn't passed over."""
    clear = views.of_day(of(), (1,), 4, names=True)
    assert clear is not None
    assert clear.text.startswith("All clear")
    assert views.of_day(of(), (4,), 5, names=True) is None
    busy = replace(of(MEI, off=off(MEI)), news=News(under_way=2))
    still = views.of_day(busy, (4,), 4, names=True)
    assert still is not None
    assert still.text.startswith(
        "Nothing waits for anybody: 1 invoice snoozed and 2 invoices being booked now, all others are in"
    )
    everything = replace(of(), everything=Snooze("everything", None, "", "U0BEN", THEN))
    assert views.of_day(everything, (4,), 4, names=True) is None


def test_what_is_being_booked_is_not_said_to_be_in_the_books() -> None:
    """It is on its way, or waits for QuickBooks to let us in."""
    shown = replace(of(), news=News(findings=1, under_way=1))
    assert "No paid invoice waits" == views.named(shown).text.splitlines()[0]
    assert "1 more invoice is being booked now." in views.named(shown).text


def test_a_line_of_several_days_tells_the_oldest() -> None:
    """As that is how long it waits."""
    other = replace(MEI, mark="m1016", number="1016", paid=date(2026, 10, 24))
    told = words(list(views.named(of(MEI, other)).blocks))
    assert "*1016*, *1015* · 马春梅 · $3,600.00 · oldest paid 24 Oct 2026" in told


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "Newest export: today"),
        (7, "Newest export: 7 days ago"),
        (8, "The newest export is 8 days old. Import a newer one."),
    ],
)
def test_the_newest_exports_age_is_told(days: int, told: str) -> None:
    """Past a week with the way to a newer one."""
    message = views.named(replace(of(MEI), news=News(export_days=days)))
    assert told in message.text
    assert (days > 7) is ("Import Exports" in words(list(message.blocks)))


def test_the_day_of_an_import_is_not_told_as_the_exports() -> None:
    """A file that doesn't say its day: when it was imported, and the newest payment we know of."""
    news = News(export_days=0, export_dated=False, newest_payment=date(2026, 11, 3))
    told = views.named(replace(of(MEI), news=news)).text
    assert "Newest export: imported today; newest payment of a paid invoice: 3 Nov 2026" in told


def test_each_form_carries_the_records_last_line() -> None:
    """So that a chain that was rewritten shows: what was said in Slack stays there."""
    shown = replace(BUSY, record=(1057, "9f3ac2b1" * 8))
    for message in (views.named(shown), views.counted(shown), views.all_clear(shown)):
        told = words(list(message.blocks))
        assert told.endswith("Record of decisions: line 1,057, 9f3ac2b19f3ac2b1")


def test_the_chart_is_the_words_in_whole_dollars() -> None:
    """A series a currency, a bar each age."""
    (chart,) = [block for block in views.named(BUSY).blocks if block["type"] == "data_visualization"]
    check_charts(chart)
    assert {
        "CAD": [0, 3600, 0, 679],
        "USD": [0, 900, 0, 0],
    } == {one["name"]: [bar["value"] for bar in one["data"]] for one in chart["chart"]["series"]}
    assert not [b for b in views.named(of(replace(PRIYA, paid=None))).blocks if "chart" in b]


def test_a_sum_of_no_known_currency_is_said_beside_the_others() -> None:
    """In the total, in its group and in its age, always last; the chart is of dollars and leaves it out."""
    odd = replace(PRIYA, mark="m2", number="1031", amount=Money(Decimal("2316.50"), NO_CURRENCY))
    message = views.named(of(odd, PRIYA))
    assert "$678.50 + 2,316.50 (currency unknown) · oldest paid 1 Sep 2026" in message.text
    assert "Since payment: over 60 days: $678.50 + 2,316.50 (currency unknown)" in message.text
    assert "2 invoices · $678.50 + 2,316.50 (currency unknown)" in message.text
    (chart,) = [block for block in message.blocks if block["type"] == "data_visualization"]
    assert ["CAD"] == [one["name"] for one in chart["chart"]["series"]]


@pytest.mark.parametrize("name", [*NAMES, LONG])
def test_three_hundred_in_forty_groups_fit(name: str) -> None:
    """Whatever clients are called; ready comes first, the rest is a press away."""
    for message in (views.named(many(name)), views.counted(many(name))):
        check_message(message)
        for block in message.blocks:
            check_charts(block)
    blocks = views.named(many(name)).blocks
    assert "*Ready* · 8 invoices" in words(list(blocks))
    assert "And 30 more groups" in words(list(blocks))
