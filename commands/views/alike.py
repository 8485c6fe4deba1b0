"""The screen of what looks as if it were in QuickBooks already: what is there, and three answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from commands.ids import Act, Screen
from commands.views.alike_payments import SHOWN, unsent, value_of
from commands.views.blocks import actions, alert, button, context, divider, modal, question, section
from commands.views.errands import ask_button
from commands.views.looked import looked_words
from commands.views.text import clean, clip, day, moment, money, name, paid_on, person, some, verb
from db.said import Said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from commands.favour import Favour
    from commands.views.blocks import Block, Element, View
    from commands.views.looked import Looked
    from db.money import Money

TITLE = "Already in QuickBooks?"
MOST = 12
"""Invoices on one screen; the next ones come once these are answered."""
CHARACTERS = 9_500  # of the 10,000 a screen may have
UNFIT = {
    "money": "It is only money, so there is no invoice to link. If it is this one's, put it right there: "
    "delete it, or book this invoice there by hand and apply it.",
    "customer": "It is another customer's there than this client's contact here, so it can't be linked.",
    "total": "Its total there is another one, so it can't be linked.",
    "open": "What was received there (amounts and days) and what is open aren't what this invoice's "
    "payments leave, so it can't be linked yet.",
    "credited": "It was closed there without all of its money, by a credit or a write-off, so it can't be "
    "linked yet: put that right there.",
}
"""Why a document can't be linked, by the reason's name."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A payment that would be booked if a document is linked."""

    amount: Money
    day: date


@dataclass(frozen=True, slots=True)
class LooksLike:
    """A document in words; ``missing`` is what would be booked if it is linked, ``unfit`` why it can't be.

    ``key`` says also how it was when it was shown.
    """

    key: str
    told: str
    missing: tuple[Missing, ...] = ()
    unfit: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A document in words as it was until somebody changed it there, or removed it."""

    told: str
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A paid invoice by the mark its buttons carry, what looks like it, and what was said of it so far.

    ``sync``: it is booked by that one, and ``received`` is what wasn't sent, as its money looks received.
    """

    mark: str
    number: str
    case: str
    client_name: str
    received: Money
    paid: date | None
    looks_like: tuple[LooksLike, ...]
    said: Said = Said.NOTHING
    said_by: str = ""
    linked: str = ""
    new_number: str = ""
    paid_unclear: bool = False
    changed: tuple[Changed, ...] = ()
    sync: str = ""


@dataclass(frozen=True, slots=True)
class AlikeScreen:
    """What is open, oldest paid first, then what was said; ``told`` (markup) is what was done just now.

    ``warns``: it wasn't done, as somebody else had answered by then. ``may``: whether this person decides;
    ``asks``: whom they can ask instead. ``some``: only the invoices it was opened from are looked at, so that
    there may be others. ``left``: so many more wait than are here. ``looked`` is when QuickBooks was, None
    without a company; ``looking``: it is being asked now, and the screen follows.
    """

    invoices: tuple[Compared, ...]
    may: bool
    asks: Favour | None = None
    told: str = ""
    warns: bool = False
    some: bool = False
    left: int = 0
    looked: Looked | None = None
    looking: bool = False


def screen(shown: AlikeScreen, metadata: str) -> View:
    """Each invoice with what looks like it and its buttons."""
    level: Literal["warning", "success"] = "warning" if shown.warns else "success"
    blocks: list[Block] = [alert(shown.told, level)] if shown.told else []
    if not shown.invoices:
        blocks.append(section(NONE_OF_THESE if shown.some else NONE))
        return modal(Screen.ALIKE, TITLE, [*blocks, *_looked(shown), *_others(shown)])
    only_money = all(one.sync for one in shown.invoices)
    blocks.extend([section(ONLY_MONEY if only_money else INTRODUCTION), *_looked(shown)])
    if not shown.may:
        blocks.append(section("An approver or admin says which is which."))
        blocks.extend([actions(ask_button(shown.asks))] if shown.asks else [])
    told = 0
    for one in shown.invoices[:MOST]:
        more = _invoice(one, may=shown.may, first=told == 0)
        if told and len(json.dumps([*blocks, *more], ensure_ascii=False)) > CHARACTERS:
            break
        blocks.extend(more)
        told += 1
    left = len(shown.invoices) - told + shown.left
    if left > 0:
        blocks.append(context(f"{left:,} more come after these."))
    blocks.extend(_others(shown))
    return modal(Screen.ALIKE, TITLE, blocks, metadata=metadata)


def linked_words(number: str, missing: Sequence[Missing]) -> str:
    """What Link It did, and whether anything is left to book; markup."""
    if not missing:
        return f"{name(number, 40)} is linked. Nothing is missing there, so nothing more is booked for it."
    payments = _missing(missing, 4)
    return f"{name(number, 40)} is linked. Still missing there: {payments}; the next sync can book that."


def another_words(left: int) -> str:
    """What It's Another did, and whether something else still looks like it; goes after the number."""
    if not left:
        return "is another one: it can be booked by a sync."
    more = f"{left:,} more {verb(left, 'looks', 'look')} like it"
    return f"isn't what was shown. It waits on: {more}, to be answered next."


def answered_words(said: Said, by: str, at: datetime) -> str:
    """Who answered what when (UTC), as a part of a sentence; markup."""
    what = {
        Said.LINK: "linked it",
        Said.ANOTHER: "said that it's another one",
        Said.HOLD: "left it held",
        Said.NOTHING: "undid what had been answered",
    }
    return f"{person(by)} {what[said]}, {moment(at)}"


def _looked(shown: AlikeScreen) -> list[Block]:
    """As of when QuickBooks is known."""
    if shown.looking:
        return [context("Looking in QuickBooks whether this is still so…")]
    return [context(looked_words(shown.looked))] if shown.looked else []


def _others(shown: AlikeScreen) -> list[Block]:
    """The way to everything that waits, from the few it was opened for."""
    return [actions(button("Show All That Wait", Act.OPEN_ALIKE))] if shown.some else []


NONE = "Nothing looks as if it were in QuickBooks already."
NONE_OF_THESE = "This doesn't look as if it were in QuickBooks already, or not any more."
ONLY_MONEY = (
    "These invoices are booked, but not all of their payments: QuickBooks holds what looks like that money."
)
INTRODUCTION = (
    "These paid invoices wait: QuickBooks holds something that we didn't write and that looks like them. "
    "*Link It*: it is that one; only what is missing there is booked, once it is approved. "
    "*It's Another*: it is booked as a new one. *Hold*: it waits until somebody undoes that."
)


def _invoice(one: Compared, *, may: bool, first: bool) -> list[Block]:
    if one.sync:
        return unsent(one, may=may)
    paid = paid_on(one.paid, unclear=one.paid_unclear)
    head = f"*{name(one.number, 40)}* · {money(one.received)} · {name(one.client_name)}{paid}"
    case = f"Case {name(one.case, 60)}"
    more = len(one.looks_like) - SHOWN
    rest = [f"and {more} more like these, shown once these are answered"] if more > 0 else []
    documents = map(_document, one.looks_like[:SHOWN])
    told = "\n".join((head, case, *_said(one), *_changed(one), *documents, *rest))
    blocks: list[Block] = [divider(), section(told)]
    buttons = _buttons(one, first=first) if may else []
    return [*blocks, actions(*buttons)] if buttons else blocks


def _said(one: Compared) -> list[str]:
    who = person(one.said_by) if one.said_by else "Somebody"
    if one.said is Said.LINK:
        return [f"{who} linked it to {name(one.linked, 200)}."]
    if one.said is Said.HOLD:
        return [f"{who} left it held."]
    if one.said is Said.ANOTHER and not one.looks_like:
        return [f"{who} said that it's another one."]
    return []


def _changed(one: Compared) -> list[str]:
    """What this very look found changed: nobody answers for what they had in mind."""
    what = {True: "Removed or voided there", False: "Changed there, it was"}
    told = [f"• {what[each.is_gone]}: {name(each.told, 240)}." for each in one.changed[:SHOWN]]
    more = [f"and {len(one.changed) - SHOWN} more like these"] if len(one.changed) > SHOWN else []
    free = ["Nothing there looks like it any more: a sync can book it."]
    return [*told, *more, *(free if told and not one.looks_like and not one.said else [])]


def _document(one: LooksLike) -> str:
    told = f"• Looks like {name(one.told, 240)}."
    if one.unfit:
        return f"{told} {UNFIT[one.unfit]}"
    if one.missing:
        return f"{told} Linked, we would book what is missing: {_missing(one.missing, 4)}."
    return f"{told} Linked, nothing is missing there."


def _buttons(one: Compared, *, first: bool) -> list[Element]:
    fit = [each for each in one.looks_like if not each.unfit]
    buttons = []
    if fit and one.said is not Said.LINK:
        text = "Link It" if len(fit) == 1 else "Link the First"
        sure = _same(one, fit[0])
        buttons.append(button(text, Act.LINK_IT, _value(one, fit[:1]), primary=first, asks=sure))
    if one.looks_like:
        seen = one.looks_like[:SHOWN]  # nobody answers for what isn't shown
        buttons.append(button("It's Another", Act.ITS_ANOTHER, _value(one, seen), asks=_sure(one)))
    if not one.said and one.looks_like:
        buttons.append(button("Hold", Act.HOLD_IT, _value(one, ())))
    if one.said:
        buttons.append(button("Undo", Act.UNDO_ANSWER, _value(one, ())))
    return buttons


def _same(one: Compared, there: LooksLike) -> Element:
    """Both sides in words, and what follows, before the document there becomes this invoice."""
    ours = f"{clip(clean(one.number), 21)}, {money(one.received)}, {clip(clean(one.client_name), 36)}"
    payments = _missing(there.missing, 2 if len(there.missing) == 2 else 1)  # noqa: PLR2004 - what fits
    follows = f"we book only the payment: {payments}" if there.missing else "nothing more is booked"
    told = f"In CaseEasy: {ours}. In QuickBooks: {clip(clean(there.told), 100)}. If linked, {follows}."
    return question("Are these the same invoice?", told, "Link It", "Go Back")


def _missing(payments: Sequence[Missing], shown: int) -> str:
    return some([f"{money(one.amount)} of {day(one.day)}" for one in payments], shown)


def _sure(one: Compared) -> Element:
    number = clip(one.number, 40)
    left = len(one.looks_like) - SHOWN
    if left > 0:
        told = f"That is said of the {SHOWN} shown here. {number} waits on: {left} more are shown next."
        return question("Are these other ones?", told, "It's Another", "Go Back")
    taken = f" Its number is taken there, so it is booked as {one.new_number}." if one.new_number else ""
    told = f"Invoice {number} is then booked as a new one, beside what is there.{taken}"
    return question("Is it another one?", told, "It's Another", "Go Back")


def _value(one: Compared, documents: Sequence[LooksLike]) -> str:
    """The invoice's mark and the documents it is about."""
    return value_of(one.mark, [each.key for each in documents])
