"""The digest as a screen for one person, and the page that sets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from commands.views import digest, digest_list, digest_settings
from commands.views.digest_list import Place
from commands.views.digest_settings import Next
from db.chosen import FirmSettings
from db.snoozes import EVERYTHING, Snooze
from qb.digest import READY
from tests.views.cast import CHANNEL, LONG
from tests.views.digests import BUSY, ID, THEN, many
from tests.views.golden import same_as_kept
from tests.views.limits import check_modal, words
from tests.views.test_omens import OLD

if TYPE_CHECKING:
    from commands.views.blocks import View

SETTINGS = FirmSettings(digest_channel="C0BOOKS", digest_named_in="C0BOOKS", all_clear_on=5)


def test_the_screens_look_as_agreed() -> None:
    """The list, the day to pick, the settings."""
    posted = digest_settings.posted(SETTINGS, "America/Toronto", ())
    same_as_kept("digest_list", digest_list.screen(BUSY, Place(ID), posted, may_set=True))
    same_as_kept("digest_snooze", digest_list.pick_day("{}", "What you snooze"))
    same_as_kept("digest_settings", digest_settings.page(SETTINGS, "America/Toronto", "V1"))


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


def test_a_digest_that_is_put_off_is_brought_back_from_the_list() -> None:
    """Its message may be weeks old."""
    shown = replace(BUSY, everything=Snooze("everything", date(2026, 12, 1), "", "U0BEN", THEN))
    (line,) = [
        b for b in digest_list.screen(shown, Place(ID), "", may_set=False)["blocks"][:2] if "accessory" in b
    ]
    assert "Snoozed until 1 Dec 2026 by <@U0BEN>: nothing is posted until then." == line["text"]["text"]
    assert ("unsnooze", EVERYTHING) == (line["accessory"]["action_id"], line["accessory"]["value"])


def test_what_was_just_snoozed_stands_on_top_with_its_undo() -> None:
    """As the answer to the press; below it stands among the snoozed as ever."""
    (item,) = BUSY.digest.snoozed
    view = digest_list.screen(BUSY, Place(ID), "Not posted", may_set=False, just=item.mark)
    check_modal(view)
    assert "1015 · 马春梅 · $1,800.00" in words(view["blocks"][1])
    assert ("unsnooze", item.mark) == (
        view["blocks"][1]["accessory"]["action_id"],
        view["blocks"][1]["accessory"]["value"],
    )


def test_all_that_is_ready_can_be_previewed_from_the_list() -> None:
    """On the first page, of everything and of what is ready; not of another group."""
    for group in ("", READY):
        assert "Sync the One Ready" in words(digest_list.screen(BUSY, Place(ID, group), "", may_set=False))
    held = digest_list.screen(BUSY, Place(ID, "no_contact"), "", may_set=False)
    assert "Sync" not in words(held)


def test_everything_to_see_to_soon_is_listed() -> None:
    """The message, Home and `/qb` show a few and lead here; an old export is among it."""
    coming = tuple(replace(OLD, sentence=f"Thing {number} ends soon.") for number in range(8))
    shown = replace(BUSY, news=replace(BUSY.news, omens=coming, export_days=9))
    view = digest_list.screen(shown, Place(ID), "Not posted", may_set=False)
    check_modal(view)
    told = words(view["blocks"])
    assert "*To see to soon* · 9 things" in told
    assert all(f"Thing {number} ends soon." in told for number in range(8))
    assert "The newest export is 9 days old. Import a newer one." in told
    assert "5 more things to see to soon: see `/qb-digest`." in digest.named(shown).text


def test_only_who_may_gets_change() -> None:
    """The others see when and where it comes."""
    told = words(digest_list.screen(BUSY, Place(ID), "Not posted", may_set=False))
    assert "Not posted" in told
    assert "Change" not in told


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
    assert "Nowhere yet: no channel is chosen" == digest_settings.summary(FirmSettings(), "UTC")


def test_who_can_not_set_it_is_told_who_can() -> None:
    """Beside where it is posted."""
    told = digest_settings.posted(FirmSettings(), "UTC", ["U0ALICE"])
    assert "*Posted*: Nowhere yet: no channel is chosen. <@U0ALICE> can change that." == told
    assert "on Fridays." == digest_settings.posted(SETTINGS, "UTC", [])[-11:]


def test_what_goes_wrong_with_the_channel_is_told() -> None:
    """Where, why, and what to do."""
    message = digest_settings.nowhere("C0BOOKS", "CaseLedger isn't in it.")
    assert "couldn't be posted in <#C0BOOKS>: CaseLedger isn't in it." in message.text


def next_page(view: View) -> int | None:
    """Where Next Page leads, if it is there."""
    buttons: list[Any] = [e for b in view["blocks"] if b["type"] == "actions" for e in b["elements"]]
    found = [b for b in buttons if b.get("text", {}).get("text") == "Next Page"]
    return int(found[0]["action_id"].rpartition("_")[2]) if found else None


@pytest.mark.parametrize(
    ("comes", "told"),
    [
        (
            Next(date(2026, 6, 10), date(2026, 6, 11), is_first=True),
            "The first digest comes tomorrow, Thursday, at 08:30 (America/Toronto) in ",
        ),
        (
            Next(date(2026, 6, 10), date(2026, 6, 15), had_today=True),
            "Today's was due already, and there is one a day. The next digest comes on Monday, 15 Jun 2026,",
        ),
        (Next(date(2026, 6, 10), date(2026, 6, 10)), "The next digest comes today, Wednesday, at 08:30 "),
        (Next(date(2026, 6, 10), None), "No digest is posted, as no channel is chosen."),
    ],
)
def test_each_save_says_when_the_next_one_comes(comes: Next, told: str) -> None:
    """On which day, at which hour, and why not today."""
    chosen = FirmSettings(digest_channel="C0BOOKS", digest_at="08:30")
    assert told in words(digest_settings.saved(chosen, "America/Toronto", comes))
