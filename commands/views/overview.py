"""How things stand, on one screen: what needs you, what is unsynced and held, the firm's health, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act, Command, Screen
from commands.views.blocks import actions, button, context, divider, header, modal, section
from commands.views.looked import looked_words
from commands.views.needs import RECONNECT, fitting, needs, show_all, waiting
from commands.views.notices import sync_ready_button
from commands.views.standing import Done, HeldGroup, NewestExport, Overview, RecentSync, Running
from commands.views.text import age, count, cut, day, moment, moneys, name, payment_known, person, verb
from db.money import total
from qb.hold import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.views.blocks import Block, Element, View
    from db.money import Money

__all__ = [
    "READY",
    "REASONS",
    "TITLE",
    "Done",
    "HeldGroup",
    "NewestExport",
    "Overview",
    "RecentSync",
    "Running",
    "health",
    "reason",
    "screen",
    "unsynced",
]

TITLE = "CaseLedger"
READY = "ready"
"""The group of what can be booked; the others go by their reason."""
REASONS = "reasons"
"""Stands for the list of all reasons."""

EXAMPLES = 1_500  # characters that the examples of all groups share
SHOWN_SYNCS = 3
STATES = {
    "proposed": "waiting for Book",
    "requested": "waiting for approval",
    "approved": "under way",
    "running": "under way",
    "done": "finished",
    "superseded": "not booked: something changed, and it was asked again",
    "cancelled": "cancelled, not booked",
}


def screen(shown: Overview) -> View:
    """One screen, what needs somebody first: Home in brief."""
    return modal(Screen.OVERVIEW, TITLE, fitting(_blocks, shown))


def _blocks(shown: Overview) -> list[Block]:
    blocks: list[Block] = [header("What needs you"), *needs(shown), *unsynced(shown), *health(shown)]
    if shown.syncs:
        blocks.append(
            section("*Recent syncs*\n" + "\n".join(_sync(sync) for sync in shown.syncs[:SHOWN_SYNCS]))
        )
    return [*blocks, divider(), context(_help())]


def unsynced(shown: Overview) -> list[Block]:
    """Paid and not in the books yet: ready, then held by reason, then under way."""
    blocks: list[Block] = []
    if shown.ready:
        told = f"*Ready*: {count(shown.ready, 'invoice')}{_sum(shown.ready_totals)}{waiting(shown)}"
        if shown.looked is not None:
            told += f"\n{looked_words(shown.looked)}"
        blocks.append(section(told, show_all(READY)))
        if shown.ready > shown.asked_for:
            blocks.append(actions(sync_ready_button()))
    first, rest = _first_groups(shown.held, shown.reasons)
    room = min(240, EXAMPLES // max(1, len(first)))
    blocks.extend(reason(group, room) for group in first)
    if rest:
        invoices = sum(group.invoices for group in rest)
        told = f"*and {len(rest)} more reasons*: {count(invoices, 'invoice')}{_sum(_together(rest))}"
        blocks.append(section(told, show_all(REASONS)))
    if shown.under_way:
        told = f"*Being booked now*: {count(shown.under_way, 'invoice')}"
        blocks.append(section(told, show_all(Reason.UNDER_WAY)))
    if shown.before:
        told = f"*Before you began*: {count(shown.before, 'invoice')}, taken as in the books already"
        blocks.append(section(told, show_all(Reason.BEFORE_GO_LIVE)))
    return [header("Paid, not yet in QuickBooks"), *(blocks or [section("Nothing is waiting.")])]


def reason(group: HeldGroup, room: int = 240) -> Block:
    """How many it holds and how much, with an example of ``room`` characters; all of it a press away."""
    told = f"*{name(group.reason, 48)}*: {count(group.invoices, 'invoice')}{_sum(group.totals)}"
    example = f"\n{name(group.example, room)}" if group.example else ""
    return section(told + example, show_all(group.key))


def _first_groups(held: Sequence[HeldGroup], shown: int) -> tuple[Sequence[HeldGroup], Sequence[HeldGroup]]:
    """The largest, and the tail; a tail of one would be no shorter."""
    first = len(held) if len(held) == shown + 1 else shown
    return held[:first], held[first:]


def _together(groups: Sequence[HeldGroup]) -> list[Money]:
    every = [amount for group in groups for amount in group.totals]
    currencies = dict.fromkeys(amount.currency for amount in every)
    return [total((each for each in every if each.currency == one), one) for one in currencies]


def health(shown: Overview) -> list[Block]:
    """Connection, mapping, newest export, last check."""
    return [header("How things stand"), section("\n".join(_standing(shown)), _check_button(shown))]


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
    return f", last checked there {moment(shown.checked)}" if shown.checked and shown.booked else ""


def _check_button(shown: Overview) -> Element | None:
    """For who may, once there are books."""
    can = shown.may_check and shown.connection is not None
    return button("Check the Books", Act.CHECK_BOOKS) if can else None


def _newest(newest: NewestExport | None) -> str:
    if newest is None:
        return "none yet"
    files = cut(", ".join(name(file, 60) for file in newest.files), 200)
    when = f"imported {age(newest.days)}"
    if newest.exported is not None:
        when = f"of {day(newest.exported)} ({age(newest.days)}), imported"
    told = f"{when} by {person(newest.by)} ({files}){payment_known(newest.newest_payment)}"
    if newest.older_since is not None:
        told += f". *An older one, of {day(newest.older_since)}, was imported after it: what it says counts.*"
    return told


def _sync(sync: RecentSync) -> str:
    client = f" for {name(sync.client_name, 60)}" if sync.client_name else ""
    state = _how_it_ended(sync) or STATES.get(sync.state, sync.state)
    return (
        f"• {moment(sync.at)}: {count(sync.invoices, 'invoice')}{client}, {state}, by {person(sync.asked_by)}"
    )


def _how_it_ended(sync: RecentSync) -> str:
    """Where not all of it was booked: what was stopped, and what needs somebody."""
    ended = [f"stopped, {sync.stopped:,} not booked"] if sync.stopped else []
    if sync.attention > 0:
        ended.append(f"{sync.attention:,} {verb(sync.attention, 'needs', 'need')} attention")
    return "; ".join(ended)


def _help() -> str:
    return (
        f"`{Command.IMPORT}` take in CaseEasy's exports · `{Command.CONNECT}` connect QuickBooks · "
        f"`{Command.MAPPING}` which account, item and tax code each is booked to · "
        f"`{Command.SYNC} 00002`, an invoice number or a client's name: book paid invoices · "
        f"`{Command.CONTACTS}` who clients are in QuickBooks · "
        f"`{Command.DIGEST}` what is paid and not booked · `{Command.SETTINGS}` people, channels, rules · "
        f"`{Command.OVERVIEW}` this screen"
    )
