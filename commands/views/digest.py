"""The daily digest as a message: with names for a private channel, with counts for any other."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from commands.ids import Act, Command
from commands.views import ages
from commands.views.blocks import Message, actions, button, context, header, section
from commands.views.digest_lines import (
    EVERYTHING,
    group_line,
    group_section,
    item_blocks,
    off_until,
    see,
    snooze_all,
    snooze_line,
    sync_ready,
)
from commands.views.digest_news import News, news_lines
from commands.views.looked import looked_words
from commands.views.text import count, cut, day, moneys, name, verb
from qb.digest import totals_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from commands.views.blocks import Block, Element
    from commands.views.looked import Looked
    from db.snoozes import Snooze
    from qb.digest import Change, Digest

CHARACTERS = 9_000  # of the 10,000 a message may have
TEXT = 3_900
MOST_GROUPS = 10
MOST_ITEMS = 5
"""Lines with buttons of their own; See All has the others."""
MOST_SNOOZED = 2
SEAL = 16  # characters of a hash: enough to know it again


@dataclass(frozen=True, slots=True)
class Shown:
    """A digest with all that is told beside it; ``titles`` names each group, ``last`` is the last one's day.

    ``everything`` says that the whole digest is put off. ``record`` is the last line of the firm's audit when
    it was posted, its number and hash: out of reach of whoever rewrites the chain.
    """

    id: str
    digest: Digest
    today: date
    titles: Mapping[str, str]
    news: News = field(default_factory=News)
    change: Change | None = None
    last: date | None = None
    everything: Snooze | None = None
    record: tuple[int, str] | None = None
    looked: Looked | None = None  # when QuickBooks was; None where there is no company
    as_of: str = ""  # the hour where the firm is, of one that shows more than its morning


def named(shown: Shown) -> Message:
    """For a private channel: who waits for what, each line with its buttons."""
    head = [*_head(shown), *_chart(shown)]
    tail = [*_snoozed(shown), *_news(shown), *_foot(shown)]
    groups = [[group_section(group, shown.titles, shown.id)] for group in shown.digest.groups[:MOST_GROUPS]]
    room = CHARACTERS - _size(head) - _size(tail) - sum(_size(blocks) for blocks in groups)
    left = MOST_ITEMS
    for place in range(MOST_ITEMS):  # each group's oldest before any group's second
        for blocks, group in zip(groups, shown.digest.groups, strict=False):
            if place >= len(group.items) or not left:
                continue
            lines = item_blocks(group.items[place], shown.id)
            if _size(lines) <= room:
                blocks.extend(lines)
                room, left = room - _size(lines), left - 1
    body = [block for blocks in groups for block in blocks]
    return Message(in_words(shown, names=True), (*head, *body, *_rest(shown), *tail))


def counted(shown: Shown) -> Message:
    """For any other channel: counts and totals, no client's name; the list opens for those who may see it."""
    lines = "\n".join(f"• {group_line(group, shown.titles)}" for group in shown.digest.groups)
    blocks = [*_head(shown), *_chart(shown)]
    if lines:
        blocks.append(section(lines))
    if shown.digest.snoozed:
        blocks.append(section(_snoozed_in_all(shown)))
    news = [told for told, _ in news_lines(shown.news, names=False)]
    if news:
        blocks.append(section("\n".join(news)))
    if shown.digest.invoices:
        blocks.append(
            actions(see("Show the List", shown.id, primary=True), block_id=f"digest:{shown.id}:all")
        )
    blocks.extend(context(line) for line in _record(shown))
    return Message(in_words(shown, names=False), tuple(blocks))


def now(shown: Shown, *, names: bool) -> Message:
    """In the place of the morning's, once something was booked or asked: the figures of now."""
    return named(shown) if names else counted(shown)


def all_clear(shown: Shown) -> Message:
    """Once a week, where nothing waits for anybody; what is put off or on its way isn't passed over."""
    off = sum(len(item.invoices) for item in shown.digest.snoozed)
    still = [f"{count(off, 'invoice')} snoozed"] if off else []
    still += [f"{count(shown.news.under_way, 'invoice')} being booked now"] if shown.news.under_way else []
    told = "All clear: every paid invoice that CaseLedger knows of is in QuickBooks."
    if still:
        told = f"Nothing waits for anybody: {' and '.join(still)}, all others are in QuickBooks."
    lines = [line for line, _ in news_lines(shown.news, names=False)]
    blocks = [section(f"*{told}*"), *(section(line) for line in lines)]
    blocks.extend(context(line) for line in _record(shown))
    return Message(" ".join((told, *lines)), tuple(blocks))


def of_day(shown: Shown, days: Sequence[int], all_clear_on: int, *, names: bool) -> Message | None:
    """What is posted on the digest's day; None: nothing. ``days`` and ``all_clear_on`` are ISO weekdays.

    On a day that is for "all clear" alone nothing else is said.
    """
    weekday = shown.today.isoweekday()
    if not is_silent(shown):
        wanted = named if names else counted
        return wanted(shown) if weekday in days else None
    clear = weekday == all_clear_on and shown.everything is None
    return all_clear(shown) if clear else None


def is_silent(shown: Shown) -> bool:
    """Whether there is nothing to post: all that waits is put off, and nothing else is to be seen to."""
    if shown.everything is not None:
        return True
    return not (shown.digest.groups or shown.news.findings or shown.news.amended or shown.news.omens)


def in_words(shown: Shown, *, names: bool) -> str:
    """All of it as plain text, for where blocks aren't shown; the oldest of each group where it has names."""
    lines = [headline(shown), *_summary(shown)]
    for group in shown.digest.groups:
        first = group.items[0].first
        client = name(first.client_name, 60) or "no client named"
        oldest = f"; oldest: {name(first.number, 40)}, {client}" if names else ""
        lines.append(f"{group_line(group, shown.titles)}{oldest}")
    if shown.digest.snoozed:
        lines.append(_snoozed_in_all(shown))
    lines.extend(told for told, _ in news_lines(shown.news, names=names))
    return cut("\n".join(line.replace("*", "") for line in lines), TEXT)


def headline(shown: Shown) -> str:
    """The point, first."""
    invoices = shown.digest.invoices
    if not invoices:
        return "No paid invoice waits" if shown.news.under_way else "Every paid invoice is in QuickBooks"
    return f"{count(invoices, 'paid invoice')} {verb(invoices, 'is', 'are')} not in QuickBooks yet"


def _head(shown: Shown) -> list[Block]:
    blocks = [header(headline(shown))]
    summary = _summary(shown)
    return [*blocks, section("\n".join(summary))] if summary else blocks


def _summary(shown: Shown) -> list[str]:
    lines = []
    if shown.digest.invoices:
        oldest = f" · oldest paid {day(shown.digest.oldest)}" if shown.digest.oldest else ""
        lines.append(f"*{moneys(shown.digest.totals)}*{oldest}")
        lines.append(ages.words(shown.digest.ages, shown.digest.unclear))
    if shown.change is not None and shown.last is not None:
        lines.append(_changed(shown.change.more, shown.change.fewer, shown.last))
    if shown.as_of:
        lines.append(f"As of {shown.as_of}: what was booked or asked since this morning is taken in.")
    if shown.looked is not None and shown.digest.invoices:
        lines.append(looked_words(shown.looked))
    if shown.digest.month_end:
        lines.append("It is month-end, so what was snoozed is shown too.")
    if shown.everything is not None:
        lines.append(f"{off_until(shown.everything)}: nothing is posted until then.")
    return lines


def _changed(more: int, fewer: int, last: date) -> str:
    if not more and not fewer:
        return f"The same as in the digest of {day(last)}"
    return f"+{more:,} new and −{fewer:,} gone since the digest of {day(last)}"  # noqa: RUF001 - a minus sign


def _chart(shown: Shown) -> Iterator[Block]:
    drawn = ages.chart(shown.digest.ages)
    if drawn is not None:
        yield drawn


def _rest(shown: Shown) -> Iterator[Block]:
    """What stands in no section of its own."""
    others = shown.digest.groups[MOST_GROUPS:]
    if others:
        invoices = sum(group.invoices for group in others)
        told = f"*And {count(len(others), 'more group')}*: {count(invoices, 'invoice')}"
        yield section(told, see("Show All", shown.id))


def _snoozed(shown: Shown) -> Iterator[Block]:
    if not shown.digest.snoozed:
        return
    yield section(_snoozed_in_all(shown))
    for item in shown.digest.snoozed[:MOST_SNOOZED]:
        yield snooze_line(item, shown.id)


def _snoozed_in_all(shown: Shown) -> str:
    off = [one for item in shown.digest.snoozed for one in item.invoices]
    told = moneys(totals_of(one.amount for one in off))
    return f"*Snoozed* · {count(len(off), 'invoice')} · {told} (counted above)"


def _news(shown: Shown) -> Iterator[Block]:
    for told, control in news_lines(shown.news, names=True):
        yield section(told, control) if control else context(told)


def _foot(shown: Shown) -> Iterator[Block]:
    controls: list[Element] = []
    ready = shown.digest.ready
    if ready is not None:
        controls.append({**sync_ready(ready, shown.id), "style": "primary"})
    if shown.digest.invoices:
        controls.append(see(f"See All {shown.digest.invoices:,}", shown.id))
    if shown.everything is not None:
        controls.append(button("Undo Snooze", Act.UNSNOOZE, EVERYTHING))
    elif shown.digest.groups:
        controls.append(snooze_all())
    if controls:
        yield actions(*controls, block_id=f"digest:{shown.id}:all")
    lines = [f"`{Command.DIGEST}` shows it now and sets when and where it comes"]
    yield context(*lines, *_record(shown))


def _record(shown: Shown) -> Iterator[str]:
    """Last and small: what `caseledger check` must find again."""
    if shown.record is not None:
        number, sha256 = shown.record
        yield f"Record of decisions: line {number:,}, {sha256[:SEAL]}"


def _size(blocks: Sequence[Block]) -> int:
    return len(json.dumps(blocks))
