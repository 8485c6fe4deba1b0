"""How things stand, on one screen: connection, mapping, import, what is unsynced and held, and help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act, Command, Screen
from commands.views.blocks import button, context, divider, header, modal, section
from commands.views.lost import headline
from commands.views.notices import connect_button, import_button, mapping_button, sync_button
from commands.views.text import age, clip, count, day, moment, moneys, name, people, person, verb
from qb.hold import Mend, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from commands.views.blocks import Block, Element, View
    from db.connections import Connection
    from db.money import Money

TITLE = "CaseLedger"
READY = "ready"
"""The group of what can be booked; the others go by their reason."""

EXAMPLES = 1_500  # characters that the examples of all groups share
SHORTEST = 80  # below that an example says nothing
SHOWN_SYNCS = 3
RECONNECT = "reconnect"
STATES = {
    "proposed": "waiting for Book",
    "approved": "under way",
    "running": "under way",
    "done": "finished",
    "superseded": "not booked: something changed, and it was asked again",
    "cancelled": "cancelled, not booked",
}


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """Paid invoices held for one reason; ``key`` is what the listing knows it by."""

    key: str
    reason: str
    invoices: int
    totals: tuple[Money, ...]
    mend: Mend
    example: str  # the sentence of one of them


@dataclass(frozen=True, slots=True)
class RecentSync:
    """A sync of the last days; ``at`` is an aware moment."""

    asked_by: str
    at: datetime
    state: str
    invoices: int
    client_name: str


@dataclass(frozen=True, slots=True)
class NewestExport:
    """The newest export: when it was imported, by whom, which files, and how many days old it is.

    ``older_since`` is the date of an older export that was imported after it.
    """

    at: datetime
    by: str
    files: tuple[str, ...]
    days: int
    older_since: date | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the screen shows."""

    connection: Connection | None
    intuit_is_set: bool
    mapping_rows: int
    mapping_open: int
    newest: NewestExport | None
    ready: int
    ready_totals: tuple[Money, ...]
    held: tuple[HeldGroup, ...]
    under_way: int
    review: int
    differing: int
    booked: int
    syncs: tuple[RecentSync, ...]
    connecting: tuple[str, ...] = ()  # who may connect, where this person may not
    mapping: tuple[str, ...] = ()  # who may confirm the mapping, where this person may not
    may_check: bool = False  # whether this person may check the books
    checked: datetime | None = None  # when QuickBooks was compared with what was booked
    not_as_booked: int = 0  # what a check found and nobody has dealt with


def screen(shown: Overview) -> View:
    """One screen, what needs somebody first."""
    blocks: list[Block] = [header("What needs you"), *_needs(shown)]
    blocks.extend([header("Paid, not yet in QuickBooks"), *_unsynced(shown)])
    blocks.extend([header("How things stand"), section("\n".join(_standing(shown)), _check_button(shown))])
    if shown.syncs:
        blocks.append(
            section("*Recent syncs*\n" + "\n".join(_sync(sync) for sync in shown.syncs[:SHOWN_SYNCS]))
        )
    blocks.extend([divider(), context(_help())])
    return modal(Screen.OVERVIEW, TITLE, blocks)


def _needs(shown: Overview) -> list[Block]:
    """The next step of a firm that is being set up, else what waits for a person."""
    blocks: list[Block] = [section(told, control) for told, control in (*_set_up(shown), *_waiting(shown))]
    if shown.review:
        told = (
            f"{count(shown.review, 'booking')} could not be settled by us. Please look in QuickBooks first."
        )
        blocks.append(section(told, show_all(Reason.NEEDS_REVIEW)))
    if shown.differing:
        told = (
            f"{count(shown.differing, 'booked invoice')}: QuickBooks no longer says what was booked. "
            "The message of that sync has Look Again, for when it was put right there."
        )
        blocks.append(section(told))
    if shown.not_as_booked:
        told = (
            f"{count(shown.not_as_booked, 'thing')} in QuickBooks "
            f"{verb(shown.not_as_booked, 'is', 'are')} not as booked, by the last check. "
            "Approvers and admins have a direct message with each of them."
        )
        blocks.append(section(told))
    return blocks or [section("Nothing right now. Everything that is paid is in the books or on its way.")]


def _set_up(shown: Overview) -> Iterator[tuple[str, Element | None]]:
    if not shown.intuit_is_set:
        yield "QuickBooks can't be connected yet: Intuit's app isn't in the settings.", connect_button()
    elif shown.connection is None:
        yield _whose("QuickBooks isn't connected yet.", shown.connecting, connect_button())
    elif shown.connection.state != "ok":
        yield _lost(shown, shown.connection.state)
    if shown.newest is None:
        yield "No export was imported yet. Everything begins with CaseEasy's exports.", import_button()


def _lost(shown: Overview, state: str) -> tuple[str, Element | None]:
    """Where a new consent helps, with the button for who may give it."""
    if state != RECONNECT:
        return headline(state), None
    return _whose(headline(state), shown.connecting, connect_button("Reconnect"))


def _whose(told: str, others: tuple[str, ...], control: Element) -> tuple[str, Element | None]:
    """With the button for who may press it; else with the names of who may."""
    return (f"{told} That is for {people(others)}.", None) if others else (told, control)


def _waiting(shown: Overview) -> Iterator[tuple[str, Element | None]]:
    if shown.connection is not None and shown.mapping_open:
        wait = verb(shown.mapping_open, "waits", "wait")
        told = f"{count(shown.mapping_open, 'mapping row')} {wait} for a decision."
        yield _whose(told, shown.mapping, mapping_button())
    unlinked = sum(group.invoices for group in shown.held if group.mend is Mend.FIND_CONTACT)
    lines = []
    if shown.ready:
        lines.append(f"{count(shown.ready, 'invoice')} ({moneys(shown.ready_totals)}) can be booked.")
    if unlinked:
        wait = verb(unlinked, "waits", "wait")
        lines.append(
            f"{count(unlinked, 'invoice')} {wait} for somebody to say who the client is in QuickBooks."
        )
    if lines:
        yield "\n".join(lines), sync_button("Sync a Case")


def _unsynced(shown: Overview) -> list[Block]:
    blocks: list[Block] = []
    if shown.ready:
        told = f"*Ready*: {count(shown.ready, 'invoice')}{_sum(shown.ready_totals)}"
        blocks.append(section(told, show_all(READY)))
    room = min(240, EXAMPLES // max(1, len(shown.held)))
    for group in shown.held:
        told = f"*{name(group.reason)}*: {count(group.invoices, 'invoice')}{_sum(group.totals)}"
        example = f"\n{name(group.example, room)}" if room >= SHORTEST else ""
        blocks.append(section(told + example, show_all(group.key)))
    if shown.under_way:
        told = f"*Being booked now*: {count(shown.under_way, 'invoice')}"
        blocks.append(section(told, show_all(Reason.UNDER_WAY)))
    return blocks or [section("Nothing is waiting.")]


def show_all(group: str) -> Element:
    """Lists every invoice of a group."""
    return button("Show All", Act.OPEN_LISTING, group)


def _sum(totals: Sequence[Money]) -> str:
    return f" · {moneys(totals)}" if totals else ""


def _standing(shown: Overview) -> list[str]:
    if shown.connection is None:
        connection = "not connected"
    elif shown.connection.state == "ok":
        connection = f"connected to *{name(shown.connection.company_name)}*"
    else:
        needs = "needs reconnecting" if shown.connection.state == RECONNECT else "can't be reached"
        connection = f"*{name(shown.connection.company_name)}*, {needs}"
    mapping = f"{shown.mapping_rows - shown.mapping_open} of {shown.mapping_rows} rows confirmed"
    return [
        f"QuickBooks: {connection}",
        f"Mapping: {mapping if shown.mapping_rows else 'nothing to map yet'}",
        f"Newest export: {_newest(shown.newest)}",
        f"In QuickBooks by CaseLedger: {count(shown.booked, 'invoice')}{_checked(shown)}",
    ]


def _checked(shown: Overview) -> str:
    return f", compared {moment(shown.checked)}" if shown.checked and shown.booked else ""


def _check_button(shown: Overview) -> Element | None:
    """For who may, once there are books."""
    can = shown.may_check and shown.connection is not None
    return button("Check the Books", Act.CHECK_BOOKS) if can else None


def _newest(newest: NewestExport | None) -> str:
    if newest is None:
        return "none yet"
    files = clip(", ".join(name(file, 60) for file in newest.files), 200)
    told = f"{age(newest.days)}, imported by {person(newest.by)} ({files})"
    if newest.older_since is not None:
        told += f". *An older one, of {day(newest.older_since)}, was imported after it: what it says counts.*"
    return told


def _sync(sync: RecentSync) -> str:
    client = f" for {name(sync.client_name, 60)}" if sync.client_name else ""
    state = STATES[sync.state]
    return (
        f"• {moment(sync.at)}: {count(sync.invoices, 'invoice')}{client}, {state}, by {person(sync.asked_by)}"
    )


def _help() -> str:
    return (
        f"`{Command.IMPORT}` take in CaseEasy's exports · `{Command.CONNECT}` connect QuickBooks · "
        f"`{Command.MAPPING}` what becomes what · `{Command.SYNC} 00002`, an invoice number or a client's "
        f"name: book paid invoices · `{Command.OVERVIEW}` this screen"
    )
