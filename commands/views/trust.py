"""The screen of client money: what waits for the second person, and what that person is told and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import (
    CHOICES,
    Message,
    actions,
    alert,
    button,
    checkboxes,
    context,
    field,
    modal,
    option,
    section,
)
from commands.views.text import count, cut, day, money, moneys, name, person, some, verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from commands.stand_ins import Absence
    from commands.views.blocks import Block, View
    from db.money import Money

TITLE = "Trust: Client Money"
TICKS_BLOCK_ = "trust_"
MOST = 3 * CHOICES
"""Invoices on one screen; the next ones come once these are done."""
NAMED = 5
REASON_BLOCK, REASON = "reason", 1000
NOT_BOOKED = "Nothing of it is booked. Once it is mended, or explained, it can be asked again."
KEPT_HELD = "It stays held: booking to trust is built later; until then your bookkeeper books it by hand."


@dataclass(frozen=True, slots=True)
class TrustInvoice:
    """A paid invoice that touches client money; ``id`` comes back when it is ticked."""

    id: str
    number: str
    client_name: str
    received: Money
    paid: date | None


@dataclass(frozen=True, slots=True)
class TrustScreen:
    """What this person can tick, oldest first: to approve for the second person, to ask about for others.

    ``others`` wait for somebody else, ``approved`` are approved and stay held.
    """

    second: str
    is_second: bool
    invoices: tuple[TrustInvoice, ...]
    others: int
    approved: int
    away: Absence | None = None  # for whom ``second`` stands in


def screen(shown: TrustScreen, metadata: str) -> View:
    """The invoices to tick; without any, how it stands."""
    blocks: list[Block] = [section(_who(shown))]
    on_screen = shown.invoices[:MOST]
    for start in range(0, len(on_screen), CHOICES):
        options = [_option(one) for one in on_screen[start : start + CHOICES]]
        label = "Paid with client money" if start == 0 else "More"
        element = checkboxes(Act.TRUST_TICK, options, [])
        blocks.append(field(label, element, f"{TICKS_BLOCK_}{start}", optional=True))
    blocks.extend(context(line) for line in _rest(shown, len(on_screen)))
    if shown.is_second and on_screen:
        blocks.append(actions(button("Reject What Is Ticked", Act.TRUST_REJECT)))
    submit = ("Approve as Trust" if shown.is_second else "Ask for Approval") if on_screen else ""
    return modal(Screen.TRUST, TITLE, blocks, submit=submit, metadata=metadata)


def _who(shown: TrustScreen) -> str:
    if shown.is_second:
        return (
            f"You are the second person for client money. Your approval is kept with your name. {KEPT_HELD}"
        )
    named = "the second person your firm named"
    if shown.away is not None:
        named = f"as {person(shown.away.who)}, {named}, is away until {day(shown.away.until)}"
    return f"What touches client money needs {person(shown.second)}, {named}. {KEPT_HELD}"


def _rest(shown: TrustScreen, on_screen: int) -> list[str]:
    lines = []
    left = len(shown.invoices) - on_screen
    if left:
        lines.append(f"{left:,} more come after these.")
    if shown.others:
        waits = verb(shown.others, "waits", "wait")
        whom = "for somebody else to ask" if shown.is_second else f"for {person(shown.second)}"
        lines.append(f"{count(shown.others, 'invoice')} {waits} {whom}.")
    if shown.approved:
        lines.append(f"{count(shown.approved, 'invoice')} approved and held until trust booking is built.")
    if not lines and not shown.invoices:
        lines.append("Nothing touches client money right now.")
    return lines


def _option(one: TrustInvoice) -> dict[str, object]:
    paid = f"Paid {day(one.paid)}" if one.paid else "Paid"
    return option(f"{one.number} · {money(one.received)} · {one.client_name}", one.id, paid)


def done(invoices: int, second: str, *, approved: bool) -> View:
    """After it was asked or approved."""
    if not invoices:
        told = alert("Nothing was changed: somebody else was faster, or the invoices changed since.", "info")
        return modal(Screen.NOTICE, TITLE, [told], close="Done")
    counted = count(invoices, "invoice")
    first = (
        f"{counted} approved." if approved else f"{counted}: {person(second)} was asked by direct message."
    )
    return modal(Screen.NOTICE, TITLE, [alert(first, "success"), section(KEPT_HELD)], close="Done")


def why_not(invoices: int, metadata: str) -> View:
    """The reason, which whoever asked will read."""
    element = {
        "type": "plain_text_input",
        "action_id": Act.REASON,
        "multiline": True,
        "min_length": 3,
        "max_length": REASON,
    }
    what = f"{count(invoices, 'invoice')} paid with client money"
    blocks = [
        section(f"You don't approve {what}. Whoever asked is told why, and can ask again."),
        field("Why not?", element, REASON_BLOCK, hint="For example: this retainer isn't earned yet."),
    ]
    return modal(Screen.TRUST_REJECT, TITLE, blocks, submit="Reject", close="Back", metadata=metadata)


def turned_down(invoices: int) -> View:
    """After the rejection; nothing where somebody else was faster."""
    if not invoices:
        return done(0, "", approved=False)
    told = f"{count(invoices, 'invoice')} rejected. Whoever asked is told why."
    return modal(Screen.NOTICE, TITLE, [alert(told, "success"), section(NOT_BOOKED)], close="Done")


def rejected(by: str, reason: str, invoices: Sequence[TrustInvoice]) -> Message:
    """To whoever asked: it was not approved, and why."""
    told = (
        f"*Trust*: {person(by)} rejected {count(len(invoices), 'invoice')} paid with client money: "
        f"{_names(invoices)}.\n{name(reason, REASON)}"
    )
    again = actions(button("Review Trust", Act.OPEN_TRUST))
    return Message(cut(f"{told}\n{NOT_BOOKED}", 3900), (section(told), again, context(NOT_BOOKED)))


def asked(
    by: str, invoices: Sequence[TrustInvoice], totals: Sequence[Money], instead: Absence | None = None
) -> Message:
    """To the second person, or who stands in (``instead``): who asks, about what, and where to answer."""
    told = (
        f"*Trust*: {person(by)} asks you to approve {count(len(invoices), 'invoice')} paid with client money "
        f"({moneys(totals)}): {_names(invoices)}."
    )
    if instead is not None:
        told += f" You stand in for {person(instead.who)}, who is away until {day(instead.until)}."
    blocks = (
        section(told),
        actions(button("Review Trust", Act.OPEN_TRUST, primary=True)),
        context(KEPT_HELD),
    )
    return Message(cut(f"{told} {KEPT_HELD}", 3900), blocks)


def settled(by: str, invoices: Sequence[TrustInvoice]) -> Message:
    """In the place of the question, once all of it is decided or no longer what was asked about."""
    what = f": {_names(invoices)}" if invoices else ""
    told = f"*Trust*: what {person(by)} asked is decided, or has changed since{what}. Nothing is left to do."
    return Message(cut(told, 3900), (section(told),))


def somebody_else_now(to: str) -> Message:
    """In the place of the question, once somebody else is the second person."""
    told = f"*Trust*: {person(to)} approves what touches client money now. Nothing is left to do here."
    return Message(told, (section(told),))


def approved(by: str, invoices: Sequence[TrustInvoice]) -> Message:
    """To whoever asked: it was approved, and stays held."""
    told = (
        f"*Trust*: {person(by)} approved {count(len(invoices), 'invoice')} paid with client money: "
        f"{_names(invoices)}."
    )
    return Message(cut(f"{told} {KEPT_HELD}", 3900), (section(told), context(KEPT_HELD)))


def _names(invoices: Sequence[TrustInvoice]) -> str:
    return some([f"{name(one.number, 40)} of {name(one.client_name)}" for one in invoices], NAMED)
