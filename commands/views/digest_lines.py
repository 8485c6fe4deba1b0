"""The lines of a digest: a group with whose turn it is, a case with its buttons, what is snoozed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act
from commands.views.blocks import Message, actions, button, option, overflow, section
from commands.views.notices import mend_control, sync_button, sync_ready_button
from commands.views.text import count, day, moment, moneys, name, paid_on, person, some
from qb.digest import ASKED, READY
from qb.hold import Mend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commands.views.blocks import Block, Element
    from db.snoozes import Snooze
    from qb.digest import Group, Item

SHOWN_NUMBERS = 3
TOMORROW, WEEK, CHANGE, DAY = "tomorrow", "week", "change", "day"
CHOICES = (
    (TOMORROW, "Snooze until tomorrow"),
    (WEEK, "Snooze until next week"),
    (DAY, "Snooze until a day…"),
    (CHANGE, "Snooze until it changes"),
)
EVERYTHING = "everything"
"""Stands for the whole digest."""
TURNS = {
    Mend.CONNECT: "Connect QuickBooks",
    Mend.MAP: "Review the mapping",
    Mend.FIND_CONTACT: "Say who the client is in QuickBooks",
    Mend.CONTACTS: "See what became of the contact in QuickBooks",
    Mend.IMPORT: "Import a newer export",
    Mend.BANKING: "Say how client money is banked and who approves it",
    Mend.TRUST: "Approve client money, or ask the second person who is named for it",
    Mend.GO_LIVE: "Look at the go-live date",
    Mend.ALIKE: "Say whether it is in QuickBooks already",
    Mend.COLUMNS: "Say what the exports leave open",
    Mend.NONE: "Look at it in QuickBooks or CaseEasy, or book it by hand",
}


def see(text: str, digest_id: str, group: str = "", *, primary: bool = False) -> Element:
    """Opens the list, of one group if given."""
    return button(text, Act.OPEN_DIGEST_LIST, f"{digest_id}|{group}", primary=primary)


def group_line(group: Group, titles: Mapping[str, str]) -> str:
    """What it needs, how many, how much; no client's name."""
    title = name(titles.get(group.key, group.key))
    if group.key not in {READY, ASKED}:
        title = f"Held: {title[:1].lower()}{title[1:]}"
    return f"*{title}* · {count(group.invoices, 'invoice')} · {moneys(group.totals)}"


def group_section(group: Group, titles: Mapping[str, str], digest_id: str) -> Block:
    """The same with whose turn it is, and the way to all of it."""
    return section(f"{group_line(group, titles)}\n{_turn(group)}", see("Show All", digest_id, group.key))


def _turn(group: Group) -> str:
    if group.key == READY:
        return "Nothing stands in the way. Anybody here can sync them."
    if group.key == ASKED:
        since = group.items[0].first.since
        return f"Waiting for {group.whose}{f' since {moment(since)}' if since else ''}."
    return f"{TURNS[group.mend]}: that is for {group.whose}."


def item_blocks(item: Item, digest_id: str) -> list[Block]:
    """A case's invoices, with what can be done."""
    menu = overflow(Act.SNOOZE, [option(text, f"{choice}:{item.mark}") for choice, text in CHOICES])
    control = item_control(item)
    return [
        section(item_text(item)),
        actions(*((control, menu) if control else (menu,)), block_id=f"digest:{digest_id}:{item.mark}"),
    ]


def item_text(item: Item) -> str:
    """Numbers, client, amount, day; the case, and why it waits."""
    first = item.first
    numbers = some([f"*{name(one.number, 40)}*" for one in item.invoices], SHOWN_NUMBERS)
    client = name(first.client_name, 60) or "no client named"
    paid = paid_on(first.paid, unclear=first.paid is None)
    if first.paid and len({one.paid for one in item.invoices}) > 1:
        paid = f" · oldest paid {day(first.paid)}"
    told = f"{numbers} · {client} · {moneys(item.totals)}{paid}"
    told += f"\nCase {name(first.case, 60)}"
    if first.sentence:
        told += f" · {name(first.sentence, 240)}"
    if item.snooze is not None:
        told += f"\n{off_until(item.snooze)}; shown because it is month-end"
    return told


def item_control(item: Item) -> Element | None:
    """What moves it on; the contact is found on the sync's own screen."""
    first = item.first
    if first.group == READY:
        return sync_button("Sync", first.case)
    if first.mend is Mend.FIND_CONTACT:
        return sync_button("Find Contact", first.case)
    about = [(one.case, one.number) for one in item.invoices]
    return mend_control(first.mend, about) or sync_button("See Case", first.case)


def sync_ready(group: Group, digest_id: str) -> Element:
    """Previews all that is ready; nothing is booked by it."""
    text = "Sync the One Ready" if group.invoices == 1 else f"Sync All {group.invoices:,} Ready"
    return sync_ready_button(text, digest_id)


def snooze_all() -> Element:
    """Puts the whole digest off; who may is asked at the press."""
    all_of_it = [
        option(text.replace("Snooze", "Snooze all"), f"{choice}:{EVERYTHING}")
        for choice, text in CHOICES
        if choice != CHANGE
    ]
    return overflow(Act.SNOOZE, all_of_it)


def snooze_line(item: Item, digest_id: str) -> Block:
    """What is put off, until when, by whom; and Undo."""
    told = what_in_words(item)
    if item.snooze is not None:
        told += f"\n{off_until(item.snooze)}"
    undo = button("Undo", Act.UNSNOOZE, item.mark)
    return section(told, undo, block_id=f"digest:{digest_id}:{item.mark}")


def what_in_words(item: Item) -> str:
    """Numbers, client and amount."""
    numbers = some([name(one.number, 40) for one in item.invoices], SHOWN_NUMBERS)
    client = name(item.first.client_name, 60) or "no client named"
    return f"{numbers} · {client} · {moneys(item.totals)}"


def put_off(what: str, snooze: Snooze, block_id: str) -> Message:
    """The answer to a snooze, for who pressed: what is put off (markup), until when, and Undo beside it."""
    told = f"{what}\n{off_until(snooze)}. It stays counted."
    return Message(told, (section(told, button("Undo", Act.UNSNOOZE, snooze.mark), block_id),))


def off_until(snooze: Snooze) -> str:
    """Until when it is put off, and by whom."""
    return f"Snoozed until {day(snooze.until) if snooze.until else 'it changes'} by {person(snooze.by)}"
