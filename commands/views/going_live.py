"""The page on which a firm says since when it books here, and what another day would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import alert, checkboxes, context, date_picker, field, modal, option, section
from commands.views.text import count, day

if TYPE_CHECKING:
    from datetime import date

    from commands.views.blocks import Block, View
    from db.chosen import FirmSettings

TITLE = "Go-Live Date"
DAY_BLOCK = "go_live"
ALL_BLOCK = "go_live_all"
EVERYTHING = "everything"
AHEAD = (
    "{day} is yet to come: until then nothing is booked, and what is paid before it never is. "
    "Save it only if you mean that."
)
TOO_FAR = "This is more than a month ahead. Choose a day at most 31 days from now."


@dataclass(frozen=True, slots=True)
class Change:
    """What a day makes of the paid invoices: ``old`` taken as in the books, ``ready`` to book.

    ``unfound`` wait for nothing but their contact.

    Compared with the answer that holds, ``more`` would become ready, ``waiting`` would be held for something
    else instead of being taken as in the books, and ``fewer`` would no longer be ready.
    """

    old: int
    ready: int
    unfound: int = 0
    more: int = 0
    waiting: int = 0
    fewer: int = 0


def summary(chosen: FirmSettings) -> str:
    """One line on since when we book."""
    if not chosen.go_live_said:
        return "*Nobody has said yet.* Until then every paid invoice counts as not booked."
    if chosen.go_live is None:
        return "Everything is booked from the beginning"
    return f"Invoices paid before {day(chosen.go_live)} are taken as in the books already"


def page(
    picked: date | None, change: Change | None, metadata: str, *, everything: bool, ahead: bool = False
) -> View:
    """The day, or everything; ``change`` says what that would do, ``ahead`` that the day is yet to come."""
    every = option("Book everything from the beginning", EVERYTHING)
    picker = field(
        "Since when do you book with CaseLedger?",
        date_picker(Act.GO_LIVE_DAY, picked.isoformat() if picked else ""),
        DAY_BLOCK,
        hint="Invoices paid before that day are taken as in the books already: shown apart, never booked.",
        optional=True,
    )
    picker["dispatch_action"] = True
    all_of_it = field(
        "Or",
        checkboxes(Act.GO_LIVE_ALL, [every], [EVERYTHING] if everything else []),
        ALL_BLOCK,
        optional=True,
    )
    blocks: list[Block] = [
        section(
            "Without a day, what your bookkeeper booked by hand before would be booked here once more. "
            "Most firms take the first of the month in which they start."
        ),
        picker,
        all_of_it,
    ]
    if picked is not None and ahead:
        blocks.append(alert(AHEAD.format(day=day(picked)), "warning"))
    if change is not None:
        blocks.append(context(told(picked, change)))
    return modal(Screen.GOING_LIVE, TITLE, blocks, submit="Save Date", close="Cancel", metadata=metadata)


def told(picked: date | None, change: Change) -> str:
    """What the day makes of the invoices that were imported, and what that changes."""
    if picked is None:
        parts = [f"Everything: {_ready(change)}"]
    else:
        older = f"{count(change.old, 'older one')} taken as in the books already"
        parts = [f"From {day(picked)} on: {_ready(change)}, {older}"]
    if change.more:
        parts.append(f"{count(change.more, 'invoice')} would become ready")
    if change.waiting:
        parts.append(f"{count(change.waiting, 'invoice')} would wait for a contact, the mapping or a person")
    if change.fewer:
        parts.append(f"{count(change.fewer, 'invoice')} would no longer be ready")
    return ". ".join(parts) + "."


def _ready(change: Change) -> str:
    told = f"{count(change.ready, 'invoice')} ready"
    return f"{told}, {change.unfound:,} more once their contact is found" if change.unfound else told


def saved(chosen: FirmSettings) -> View:
    """After it was said, where the page was opened by itself."""
    return modal(
        Screen.NOTICE, TITLE, [alert("Saved.", "success"), section(f"{summary(chosen)}.")], close="Done"
    )
