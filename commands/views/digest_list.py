"""The digest as a screen, for one person: all of it, a page at a time, and how it is set."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views import ages
from commands.views.blocks import actions, button, context, date_picker, field, header, modal, section
from commands.views.digest import headline
from commands.views.digest_lines import (
    EVERYTHING,
    group_section,
    item_blocks,
    off_until,
    snooze_line,
    sync_ready,
)
from commands.views.digest_news import OLD_EXPORT, export_line
from commands.views.looked import looked_words
from commands.views.notices import mend_control
from commands.views.text import count, moneys, name
from qb.digest import READY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commands.views.blocks import Block, View
    from commands.views.digest import Shown

TITLE = "Daily Digest"
CHARACTERS = 6_500  # of the 10,000 a screen may have; head and paging take the rest
MOST = 80  # of the 100 blocks a screen may have
DAY_BLOCK = "snooze_day"


@dataclass(frozen=True, slots=True)
class Place:
    """Which digest, group (empty: all) and page a screen shows; it travels with the screen."""

    digest: str
    group: str = ""
    page: int = 0

    def packed(self) -> str:
        """For the screen's metadata."""
        return json.dumps([self.digest, self.group, self.page], separators=(",", ":"))

    @classmethod
    def unpacked(cls, metadata: str) -> Place:
        """From the screen's metadata."""
        digest, group, page = json.loads(metadata)
        return cls(digest, group, page)


def screen(shown: Shown, place: Place, posted: str, *, may_set: bool, just: str = "") -> View:
    """One page; a page or group that is no longer there is the last one, or nothing any more.

    ``posted`` says when and where it is posted, as markup; ``just`` is the mark of what was just snoozed.
    """
    pages = _pages(list(_units(shown, place.group)))
    at = min(place.page, len(pages) - 1)
    here = Place(shown.id, place.group, at)
    blocks = [
        header(headline(shown)),
        *_off(shown),
        *_just_off(shown, just),
        *_top(shown, at),
        *_ready(shown, here),
        *pages[at],
    ]
    if len(pages) > 1:
        blocks.append(context(f"Page {at + 1} of {len(pages)}"))
        blocks.append(_paging(here, len(pages)))
    if not place.group:
        set_it = button("Change", Act.OPEN_DIGEST_SETTINGS) if may_set else None
        blocks.append(section(posted, set_it))
    return modal(Screen.DIGEST, TITLE, blocks, metadata=here.packed())


def pick_day(metadata: str, what: str) -> View:
    """Until which day it is put off."""
    blocks = [
        section(f"{name(what, 200)} stays counted and can be brought back at any time."),
        field("Show it again on", date_picker(Act.SNOOZE_DAY), DAY_BLOCK),
    ]
    return modal(Screen.SNOOZE, "Snooze", blocks, submit="Snooze", close="Cancel", metadata=metadata)


def _off(shown: Shown) -> Iterator[Block]:
    """The whole digest is put off: its message may be long gone, so it is undone here."""
    if shown.everything is not None:
        told = f"{off_until(shown.everything)}: nothing is posted until then."
        yield section(told, button("Undo", Act.UNSNOOZE, EVERYTHING))


def _just_off(shown: Shown, mark: str) -> Iterator[Block]:
    """The answer to the snooze, with its Undo, where the person looks."""
    for item in shown.digest.snoozed:
        if item.mark == mark:
            yield snooze_line(item, shown.id) | {"block_id": f"digest:{shown.id}:{mark}:now"}


def _ready(shown: Shown, place: Place) -> Iterator[Block]:
    """Where what is ready is listed."""
    ready = shown.digest.ready
    if ready is not None and not place.page and place.group in {"", READY}:
        yield actions(sync_ready(ready, shown.id))


def _top(shown: Shown, page: int) -> list[Block]:
    if page or not shown.digest.invoices:
        return []
    told = [
        f"*{moneys(shown.digest.totals)}* · oldest paid first",
        ages.words(shown.digest.ages, shown.digest.unclear),
    ]
    if shown.looked is not None:
        told.append(looked_words(shown.looked))
    if shown.digest.month_end:
        told.append("It is month-end, so what was snoozed is shown too.")
    return [section("\n".join(line for line in told if line))]


def _units(shown: Shown, wanted: str) -> Iterator[list[Block]]:
    """What must stay together on a page: a line with its buttons, a group with its first line."""
    for group in shown.digest.groups:
        if wanted not in {"", group.key}:
            continue
        opening = [group_section(group, shown.titles, shown.id)]
        if wanted:
            opening[0].pop("accessory")  # it is all shown already
        for item in group.items:
            yield [*opening, *item_blocks(item, shown.id)]
            opening = []
    if not wanted:
        yield from _soon(shown)
    if shown.digest.snoozed and not wanted:
        opening = [section(f"*Snoozed* · {count(len(shown.digest.snoozed), 'line')}, counted above")]
        for item in shown.digest.snoozed:
            yield [*opening, snooze_line(item, shown.id)]
            opening = []


def _soon(shown: Shown) -> Iterator[list[Block]]:
    """What will hold bookings soon, all of it: the places that show a few lead here."""
    lines = [(name(omen.line, 400), mend_control(omen.mend)) for omen in shown.news.omens]
    if shown.news.export_days is not None and shown.news.export_days > OLD_EXPORT:
        lines.append(export_line(shown.news, shown.news.export_days, names=True))
    opening = [section(f"*To see to soon* · {count(len(lines), 'thing')}")]
    for told, control in lines:
        yield [*opening, section(told, control)]
        opening = []


def _pages(units: Sequence[list[Block]]) -> list[list[Block]]:
    """As many a page as fit; at least one page."""
    pages: list[list[Block]] = [[]]
    size = 0
    for unit in units:
        length = len(json.dumps(unit))
        if pages[-1] and (size + length > CHARACTERS or len(pages[-1]) + len(unit) > MOST):
            pages.append([])
            size = 0
        pages[-1].extend(unit)
        size += length
    return pages


def _paging(place: Place, pages: int) -> Block:
    value = f"{place.digest}|{place.group}"
    buttons = []
    if place.page > 0:
        buttons.append(button("Previous Page", f"{Act.DIGEST_PAGE_}{place.page - 1}", value))
    if place.page < pages - 1:
        buttons.append(button("Next Page", f"{Act.DIGEST_PAGE_}{place.page + 1}", value))
    return actions(*buttons)
