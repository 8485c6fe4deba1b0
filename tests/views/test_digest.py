"""The digest, from one invoice to three hundred, for a private channel, any other one, and one person."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from commands.views import digest as views
from commands.views import digest_list, digest_settings
from commands.views.digest import News, Shown
from commands.views.digest_list import Place
from db.chosen import FirmSettings
from db.snoozes import Snooze
from qb import digest as pure
from qb.digest import ASKED, READY, Change, Waiting
from qb.hold import Mend, Reason
from qb.omens import Omen, Sign, Whose
from tests.views.cast import CHANNEL, LONG, NAMES, cad, usd
from tests.views.charts import check_charts
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, check_modal, words

if TYPE_CHECKING:
    from commands.views.blocks import View

TODAY = date(2026, 11, 12)
THEN = datetime(2026, 11, 11, 15, 0, tzinfo=UTC)
ID = "0f6d7b0e-52c4-4b39-8a55-3b6d3f0c9a11"
TITLES = {
    READY: "Ready",
    ASKED: "Waiting for approval",
    Reason.NO_CONTACT: "Contact not found yet",
    Reason.SHORT: "Payments short of the amounts listed",
    Reason.METHOD_UNMAPPED: "Payment method not mapped",
}
MICHAEL = Waiting(
    mark="m1009",
    fingerprint="f",
    case="00009-Brooks",
    number="1009",
    client="C-9",
    client_name="Michael Brooks",
    amount=cad("1800.00"),
    paid=date(2026, 11, 3),
    group=READY,
    sentence="",
    mend=Mend.NONE,
    whose=Whose.STAFF,
)
LEO = replace(
    MICHAEL,
    mark="m1014",
    case="00014-Leo",
    client="C-14",
    client_name="Leo Marchetti",
    number="1014",
    group=ASKED,
    since=THEN,
    whose=Whose.CONFIRMER,
    amount=usd("900.00"),
)
PRIYA = replace(
    MICHAEL,
    mark="m1012",
    case="00012-Raman",
    client="C-12",
    client_name="Priya Raman",
    number="1012",
    paid=date(2026, 9, 1),
    amount=cad("678.50"),
    group=Reason.NO_CONTACT,
    sentence="Priya Raman isn't linked to a CAD contact in QuickBooks yet. Find the contact first.",
    mend=Mend.FIND_CONTACT,
)
MEI = replace(MICHAEL, mark="m1015", case="00015-Mei", client="C-15", client_name="马春梅", number="1015")
NEWS = News(
    since=date(2026, 11, 11),
    booked=5,
    booked_totals=(cad("9040.00"),),
    refused=1,
    rejected=1,
    findings=2,
    export_days=9,
    omens=(Omen(Sign.CONNECTION_ENDING, "QuickBooks will let us in no more.", "Reconnect.", Whose.ADMIN),),
)


def of(*waiting: Waiting, off: dict[str, Snooze] | None = None, today: date = TODAY) -> Shown:
    """A digest of these."""
    return Shown(ID, pure.digest(waiting, off or {}, today), today, TITLES)


def off(waiting: Waiting, until: date | None = date(2026, 11, 16)) -> dict[str, Snooze]:
    """Put off by Maria."""
    return {waiting.mark: Snooze(waiting.mark, until, "f", "U0MARIA", THEN)}


BUSY = replace(
    of(MICHAEL, LEO, PRIYA, MEI, off=off(MEI)), news=NEWS, change=Change(3, 2), last=date(2026, 11, 11)
)


def test_the_messages_look_as_agreed() -> None:
    """With names, with counts, and all clear."""
    same_as_kept("digest_named", list(views.named(BUSY).blocks))
    same_as_kept("digest_counted", list(views.counted(BUSY).blocks))
    same_as_kept("digest_all_clear", list(views.all_clear(of()).blocks))


def test_the_screens_look_as_agreed() -> None:
    """The list, the day to pick, the settings."""
    posted = digest_settings.summary(SETTINGS, "America/Toronto")
    same_as_kept("digest_list", digest_list.screen(BUSY, Place(ID), posted, may_set=True))
    same_as_kept("digest_snooze", digest_list.pick_day("{}", "What you snooze"))
    same_as_kept("digest_settings", digest_settings.page(SETTINGS, "America/Toronto", "V1"))


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
        "The newest export is 9 days old: import a newer one.",
        "QuickBooks will let us in no more. Reconnect. That is for an admin.",
    ):
        assert told in text


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


def test_the_chart_is_the_words_in_whole_dollars() -> None:
    """A series a currency, a bar each age."""
    (chart,) = [block for block in views.named(BUSY).blocks if block["type"] == "data_visualization"]
    check_charts(chart)
    assert {
        "CAD": [0, 3600, 0, 679],
        "USD": [0, 900, 0, 0],
    } == {one["name"]: [bar["value"] for bar in one["data"]] for one in chart["chart"]["series"]}
    assert not [b for b in views.named(of(replace(PRIYA, paid=None))).blocks if "chart" in b]


def many(name: str, number: int = 300, groups: int = 40) -> Shown:
    """So many invoices of so many groups, with everything else that can be told."""
    waiting = [
        replace(
            PRIYA,
            mark=f"m{n}",
            case=f"{n}-{name}",
            client=f"C-{n}",
            client_name=name,
            number=f"{n}-{name}",
            sentence=name,
            group=READY if n % groups == 0 else f"reason_{n % groups}",
        )
        for n in range(number)
    ]
    titles = {f"reason_{n}": f"{name} {n}" for n in range(groups)} | TITLES
    omens = tuple(Omen(Sign.TARGET_GONE, name, name, Whose.CONFIRMER) for _ in range(20))
    snoozes = {f"m{n}": Snooze(f"m{n}", None, "f", "U0MARIA", THEN) for n in range(5, 60, 3)}
    shown = Shown(ID, pure.digest(waiting, snoozes, TODAY), TODAY, titles)
    return replace(shown, news=replace(NEWS, omens=omens), change=Change(999, 999), last=TODAY)


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


@pytest.mark.parametrize("name", [CHANNEL, LONG])
def test_the_list_is_paged_and_holds_every_invoice(name: str) -> None:
    """Nothing is cut: each line is on one page."""
    shown = many(name, 60, 8)
    marks: list[str] = []
    page: int | None = 0
    while page is not None:
        view = digest_list.screen(shown, Place(ID, "", page), "Not posted", may_set=True)
        check_modal(view)
        marks += [b["block_id"].split(":")[2] for b in view["blocks"] if "block_id" in b]
        page = next_page(view)
    items = [item for group in shown.digest.groups for item in group.items] + list(shown.digest.snoozed)
    assert sorted(item.mark for item in items) == sorted(marks)


def test_a_group_alone_is_listed_without_the_others() -> None:
    """Show All beside a group; a page that is gone is the last one."""
    view = digest_list.screen(BUSY, Place(ID, READY, 7), "Not posted", may_set=False)
    assert "Michael Brooks" in words(view)
    assert "Priya" not in words(view)
    assert Place(ID, READY, 0) == Place.unpacked(view["private_metadata"])


def test_only_who_may_gets_change() -> None:
    """The others see when and where it comes."""
    told = words(digest_list.screen(BUSY, Place(ID), "Not posted", may_set=False))
    assert "Not posted" in told
    assert "Change" not in told


SETTINGS = FirmSettings(digest_channel="C0BOOKS", digest_named_in="C0BOOKS", all_clear_on=5)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((1, 2, 3, 4, 5), "Monday to Friday"),
        ((1, 2, 3, 4, 5, 6, 7), "Every day"),
        ((1,), "Mondays"),
        ((4, 1), "Mondays and Thursdays"),
        ((1, 3, 7), "Mondays, Wednesdays and Sundays"),
    ],
)
def test_days_are_told_as_people_say_them(days: tuple[int, ...], told: str) -> None:
    """Whatever was ticked."""
    assert told == digest_settings.days_in_words(days)


def test_the_summary_says_when_where_and_how() -> None:
    """In one line."""
    told = digest_settings.summary(SETTINGS, "America/Toronto")
    assert (
        "Monday to Friday at 09:00 (America/Toronto) in <#C0BOOKS>, with names · all clear on Fridays" == told
    )
    assert "counts only" in digest_settings.summary(replace(SETTINGS, digest_named_in="C0OTHER"), "UTC")
    assert "Not posted: no channel is chosen" == digest_settings.summary(FirmSettings(), "UTC")


def test_what_goes_wrong_with_the_channel_is_told() -> None:
    """Where, why, and what to do."""
    message = digest_settings.nowhere("C0BOOKS", "CaseLedger isn't in it.")
    assert "couldn't be posted in <#C0BOOKS>: CaseLedger isn't in it." in message.text


def next_page(view: View) -> int | None:
    """Where Next Page leads, if it is there."""
    buttons: list[Any] = [e for b in view["blocks"] if b["type"] == "actions" for e in b["elements"]]
    found = [b for b in buttons if b.get("text", {}).get("text") == "Next Page"]
    return int(found[0]["action_id"].rpartition("_")[2]) if found else None
