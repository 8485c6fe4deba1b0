"""Paid invoices that somebody has asked for already: named on the sync's screen, and not to be ticked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.views.blocks import section
from commands.views.text import clean, count, moment, money, name, person, some, verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from commands.views.blocks import Block
    from db.money import Money

SHOWN = 5


@dataclass(frozen=True, slots=True)
class TakenInvoice:
    """A paid invoice, who asked for it and when (aware); ``approved_by`` is empty while it waits.

    ``value`` is that of its tick, where a screen from before still shows one.
    """

    number: str
    received: Money
    asked_by: str
    at: datetime
    approved_by: str = ""
    value: str = ""


def taken(found: Sequence[TakenInvoice]) -> Block:
    """All of them, or the first few and how many more."""
    told = f"*Asked for already, so not to choose here:* {count(len(found), 'paid invoice')}"
    return section(_listed(told, found))


def asked_since(found: Sequence[TakenInvoice]) -> str:
    """Of what a preview shows, as markup: who sees it mustn't think it is theirs alone to ask for."""
    told = f"*Asked for already:* {count(len(found), 'invoice')} of these. Leave that to whoever decides it."
    return _listed(told, found)


def untick(found: Sequence[TakenInvoice]) -> str:
    """Under the ticks, as plain text: what was ticked and was asked for since the screen opened."""
    numbers = some([clean(one.number)[:40] for one in found], SHOWN)
    return f"{numbers} {verb(len(found), 'was', 'were')} asked for since this opened. Untick that, please."


def _listed(told: str, found: Sequence[TakenInvoice]) -> str:
    lines = [told, *(_line(one) for one in found[:SHOWN])]
    left = len(found) - SHOWN
    if left > 0:
        lines.append(f"and {left:,} more, likewise.")
    return "\n".join(lines)


def _line(one: TakenInvoice) -> str:
    what = f"• {name(one.number, 40)} · {money(one.received)}"
    asked = f"asked by {person(one.asked_by)}, {moment(one.at)}"
    if one.approved_by:
        return f"{what} · approved by {person(one.approved_by)}, about to be booked; {asked}"
    return f"{what} · waits for approval, {asked}"
