"""What waits for a person, most urgent first, each with the button that sees to it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from commands.favour import Wish
from commands.ids import Act
from commands.views import lost
from commands.views.amended import headline, see_button
from commands.views.blocks import button, section
from commands.views.digest_lines import see
from commands.views.errands import ask_button
from commands.views.needs_approval import asked, to_decide, turned_down
from commands.views.notices import (
    banking_button,
    connect_button,
    go_live_button,
    import_button,
    mapping_button,
    mend_control,
    resume_button,
    sync_button,
)
from commands.views.text import count, day, moneys, name, people, person, verb
from commands.views.vacancies import vacant
from commands.views.waiting import answer_button, asks
from qb.hold import Mend, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from commands.views.blocks import Block, Element
    from commands.views.standing import Overview

COMING = 3
FILES = 3
REASONS = (12, 8, 5)
"""How many reasons are shown by name, fewer where there is less room."""
STOPPED = 3
CHARACTERS = 9_800
RECONNECT = "reconnect"
NOTHING = "Nothing right now. Everything that is paid is in the books or on its way."
NOTHING_BUT_HELD = "Nothing right now. What is paid and held stands below, with its reason."
NOTHING_BUT_STEPS = "Nothing beside the steps above. What is paid is seen here once exports are imported."
Need = tuple[str, "Element | None"]


def needs(shown: Overview, *, guided: bool = False) -> list[Block]:
    """What waits for a person; ``guided``: the first-visit guide tells of setting up already."""
    told = [
        *_away(shown),
        *vacant(shown.vacant),
        *to_decide(shown),
        *turned_down(shown),
        *_files(shown),
        *([] if guided else _set_up(shown)),
        *_unsaid(shown),
        *_stopped(shown),
        *_waiting(shown, guided=guided),
        *_looked_at(shown),
        *asked(shown),
        *_coming(shown),
    ]
    return [section(words, control) for words, control in told] or [section(_nothing(shown, guided=guided))]


def waiting(shown: Overview) -> str:
    """How many of what is ready were asked for already: behind their number and sum."""
    if not shown.asked_for:
        return ""
    number = f"{shown.asked_for:,}" if shown.asked_for < shown.ready else "all"
    return f", of which {number} {verb(shown.asked_for, 'waits', 'wait')} for approval"


def fitting(draw: Callable[[Overview], list[Block]], shown: Overview) -> list[Block]:
    """What is drawn, with as many reasons and lines on what is coming as there is room for.

    Each list that is cut leads to one that has all of it. Only where there is no room even for that, nothing
    is said of what is coming.
    """
    some = min(COMING, len(shown.omens))
    for reasons in REASONS:
        for coming in range(some, min(some, 1) - 1, -1):
            more = len(shown.omens) - coming
            part = replace(shown, reasons=reasons, omens=shown.omens[:coming], more_omens=more)
            blocks = draw(part)
            if len(json.dumps(blocks, ensure_ascii=False)) < CHARACTERS:
                return blocks
    return draw(replace(shown, reasons=REASONS[-1], omens=()))


def _nothing(shown: Overview, *, guided: bool) -> str:
    if guided and shown.newest is None:
        return NOTHING_BUT_STEPS
    return NOTHING_BUT_HELD if shown.held else NOTHING


def whose(shown: Overview, wish: Wish, told: str, control: Element) -> Need:
    """With the button for who may press it; for others the names of who may, and the button that asks."""
    others = shown.mapping if wish is Wish.MAP else shown.connecting
    if not others:
        return told, control
    asks = next((one for one in shown.asks if one.wish is wish), None)
    return f"{told} That is for {people(others)}.", None if asks is None else ask_button(asks)


def show_all(group: str) -> Element:
    """Lists every invoice of a group."""
    return button("Show All", Act.OPEN_LISTING, group)


def _away(shown: Overview) -> Iterator[Need]:
    """That somebody is marked away, which they may have forgotten; and for whom they decide meanwhile."""
    if shown.away is not None:
        instead = f"{person(shown.away.instead)} is asked instead."
        yield f"*You are marked away* until {day(shown.away.until)}. {instead}", button("I'm Back", Act.BACK)
    for one in shown.stands_for[:COMING]:
        yield f"*You stand in for {person(one.who)}*, who is away until {day(one.until)}.", None


def _set_up(shown: Overview) -> Iterator[Need]:
    """The next step of a firm that is being set up."""
    if not shown.intuit_is_set:
        yield "QuickBooks can't be connected yet: Intuit's app isn't in the settings.", connect_button()
    elif shown.connection is None:
        yield whose(shown, Wish.CONNECT, "QuickBooks isn't connected yet.", connect_button())
    if shown.newest is None:
        yield "No export was imported yet. Everything begins with CaseEasy's exports.", import_button()


def _unsaid(shown: Overview) -> Iterator[Need]:
    """What an admin says once, after the first consent."""
    if shown.go_live_unsaid:
        told = "Nobody has said yet since when you book here; older invoices may be in your books already."
        yield whose(shown, Wish.GO_LIVE, told, go_live_button())
    if shown.banking_unsaid:
        told = "Nobody has said yet how client money is banked. Trust money is held until then."
        yield whose(shown, Wish.BANKING, told, banking_button())


def _files(shown: Overview) -> Iterator[Need]:
    """Exports that wait before they are taken in; the others are told once these are answered."""
    for file in shown.asked_files[:FILES]:
        yield f"*{name(file.name, 60)}* waits: {asks(file.question)}", answer_button(file)


def _coming(shown: Overview) -> Iterator[Need]:
    """What will hold bookings soon."""
    for omen in shown.omens:
        yield f"*Before it holds you up:* {name(omen.line, 240)}", mend_control(omen.mend)
    if shown.more_omens:
        yield f"{count(shown.more_omens, 'more thing')} to see to soon.", see("Show All", "")


def _stopped(shown: Overview) -> Iterator[Need]:
    """Syncs that somebody stopped, for who may resume them."""
    for one in shown.stopped[:STOPPED]:
        if one.may:
            told = (
                f"*{person(one.by)} stopped* the sync for {name(one.client_name, 60)}: {one.stopped:,} of "
                f"{count(one.invoices, 'invoice')} {verb(one.stopped, 'is', 'are')} not booked."
            )
            yield told, resume_button(one.sync_id, one.stopped)


def _waiting(shown: Overview, *, guided: bool) -> Iterator[Need]:
    if shown.connection is not None and shown.connection.state != "ok":
        yield _lost(shown, shown.connection.state)
    told_by_guide = guided and shown.mapping_open == shown.mapping_rows
    if shown.connection is not None and shown.mapping_open and not told_by_guide:
        wait = verb(shown.mapping_open, "waits", "wait")
        told = f"{count(shown.mapping_open, 'mapping row')} {wait} for a decision."
        yield whose(shown, Wish.MAP, told, mapping_button())
    unlinked = sum(group.invoices for group in shown.held if group.mend is Mend.FIND_CONTACT)
    lines = []
    if shown.ready > shown.asked_for:
        amounts = moneys(shown.ready_totals)
        lines.append(f"{count(shown.ready, 'invoice')} ({amounts}) can be booked{waiting(shown)}.")
    if unlinked:
        wait = verb(unlinked, "waits", "wait")
        lines.append(
            f"{count(unlinked, 'invoice')} {wait} for somebody to say who the client is in QuickBooks."
        )
    if lines:
        yield "\n".join(lines), sync_button("Sync a Case")


def _lost(shown: Overview, state: str) -> Need:
    """Where a new consent helps, with the button for who may give it."""
    if state != RECONNECT:
        return lost.headline(state), None
    return whose(shown, Wish.CONNECT, lost.headline(state), connect_button("Reconnect"))


def _looked_at(shown: Overview) -> Iterator[Need]:
    """What only a look into QuickBooks settles."""
    alike = sum(group.invoices for group in shown.held if group.mend is Mend.ALIKE)
    if alike:
        looks = verb(alike, "looks", "look")
        told = f"{count(alike, 'invoice')} {looks} as if booked in QuickBooks already. Is that so?"
        yield told, mend_control(Mend.ALIKE)
    if shown.review:
        told = (
            f"{count(shown.review, 'booking')} could not be settled by us. Please look in QuickBooks first."
        )
        yield told, show_all(Reason.NEEDS_REVIEW)
    if shown.differing:
        told = (
            f"{count(shown.differing, 'booked invoice')}: QuickBooks no longer says what was booked. "
            "The message of that sync has Look Again, for when it was put right there."
        )
        yield told, None
    if shown.amended:
        told = f"*{headline(shown.amended)}.* Nothing was changed in the books."
        yield told, see_button() if shown.may_check else None
    if shown.not_as_booked:
        told = (
            f"{count(shown.not_as_booked, 'thing')} in QuickBooks "
            f"{verb(shown.not_as_booked, 'is', 'are')} not as booked, by the last check. "
            "Approvers and admins have a direct message with each of them."
        )
        yield told, None
