"""Asking a colleague: the button, what the colleague gets, and what who asked hears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.favour import WHAT_IS_OPEN
from commands.ids import Act
from commands.views.blocks import BUTTON, Message, actions, button, context, section
from commands.views.notices import about_value
from commands.views.text import clean, clip, count, moment, name, person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from commands.favour import Favour
    from commands.views.blocks import Element, View

NAME, THING = 24, 30
KEPT = ("type", "callback_id", "title", "close", "submit", "blocks", "private_metadata", "notify_on_close")
"""What of a screen Slack takes back."""


def ask_button(favour: Favour) -> Element:
    """``Ask Alice to Map Interac``: the very person, and the very thing."""
    role = "an Admin" if favour.deed.roles == ("admin",) else "an Approver"
    who = clip(clean(favour.of.name), NAME) or role
    thing = clip(clean(favour.thing), THING) or WHAT_IS_OPEN
    deed = favour.deed.button.format(thing=thing)
    told = next(
        (one for whose in _instead(favour) if len(one := f"Ask {who}{whose} to {deed}") <= BUTTON),
        f"Ask {who} to {deed}",
    )
    return button(clip(told, BUTTON), Act.ASK_COLLEAGUE, value=favour.value)


def _instead(favour: Favour) -> Iterator[str]:
    """For whom they stand in, in as many words as there is room for."""
    if favour.away is not None:
        name_of = clip(clean(favour.away.name), NAME) or "a Colleague"
        yield f" (for {name_of}, Away Until {favour.away.until.title()})"
        yield f" (for {name_of}, Away)"
        yield f" (for {name_of})"


def _as_away(favour: Favour) -> str:
    """``, as @Ben is away until Friday``: why it is asked of somebody else."""
    away = favour.away
    return "" if away is None else f", as {person(away.user_id)} is away until {away.until}"


def withdraw_button(errand_id: str) -> Element:
    """For who asked, as long as it isn't done."""
    return button("Withdraw", Act.WITHDRAW_ERRAND, value=errand_id)


def withdrawn(favour: Favour, by: str) -> Message:
    """The colleague's message, once who asked has taken it back."""
    told = f"Withdrawn: {person(by)} no longer asks you to {wished(favour)}. There is nothing to do."
    return Message(told, (section(told),))


def taken_back(favour: Favour) -> str:
    """Said to who has taken it back."""
    return f"Withdrawn: {person(favour.of.user_id)} is no longer asked to {wished(favour)}."


def over_already(favour: Favour, by: str) -> str:
    """Said to who would take back what is done, or was taken back before."""
    return f"There is nothing to withdraw any more: {person(by)} {_did(favour)}, or it was withdrawn before."


def wished(favour: Favour) -> str:
    """``map Interac``, for a sentence; names escaped."""
    return favour.deed.asked.format(thing=_thing(favour))


def asked(
    favour: Favour, by: str, invoices: int, client: str, about: Iterable[tuple[str, str]] = ()
) -> Message:
    """What the colleague gets: who asks for what, why, and the button that opens it.

    ``about``: the invoices (case, number) whose answer is asked for, where there are such.
    """
    why = f" so that {count(invoices, 'invoice')} of {name(client)} can be booked" if invoices else ""
    told = f"{person(by)} asks you to {wished(favour)}{why}{_as_away(favour)}."
    opens = button(favour.deed.open, favour.deed.act, about_value(about), primary=True)
    note = f"{person(by)} hears at once when it is done" + (
        ", and a preview follows of what can be booked by then." if invoices else "."
    )
    return Message(told, (section(told), actions(opens), context(note)))


def passed_on(favour: Favour, to: str) -> Message:
    """The colleague's message, once their role changed; ``to`` is who is asked instead, or nobody."""
    instead = f"{person(to)} is asked to {wished(favour)} instead." if to else "Nobody else is asked."
    told = f"Your role changed, so there is nothing to do for you here: {instead}"
    return Message(told, (section(told),))


def asked_instead(favour: Favour, was: str, to: str) -> str:
    """What who asked hears of it."""
    cant = f"{person(was)} can't {wished(favour)} here any more."
    if to:
        return f"{cant} {person(to)} is asked instead, and you hear when it is done."
    return f"{cant} Nobody else can be asked; `/qb-settings` → People says who may."


def done(favour: Favour, asked_by: str, by: str) -> Message:
    """The colleague's message, once it is done."""
    told = f"Done: {person(by)} {_did(favour)}, as {person(asked_by)} had asked."
    return Message(told, (section(told),))


def heard(favour: Favour, by: str, invoices: int) -> str:
    """What who asked hears: it is done, and what follows."""
    follows = ""
    if invoices:
        follows = f" A fresh preview of {count(invoices, 'invoice')} follows; nothing is booked by itself."
    return f"{person(by)} {_did(favour)}.{follows}"


def put(favour: Favour) -> str:
    """Said to who asked: it was asked just now."""
    return (
        f"Asked {person(favour.of.user_id)} to {wished(favour)}{_as_away(favour)}. You hear when it is done."
    )


def asked_already(favour: Favour, at: datetime) -> str:
    """Said to who asks the same once more."""
    return (
        f"You asked {person(favour.of.user_id)} already, {moment(at)}, to {wished(favour)}. "
        "You hear when it is done."
    )


def asked_by_another(favour: Favour, by: str, at: datetime) -> str:
    """Said to who asks what somebody else asked before: the colleague isn't asked twice."""
    return (
        f"{person(by)} asked {person(favour.of.user_id)} already, {moment(at)}, to {wished(favour)}. "
        "You hear too when it is done."
    )


def unreachable(favour: Favour) -> str:
    """Said to who asked somebody whom Slack no longer lets us write to."""
    return (
        f"{person(favour.of.user_id)} can't be reached in Slack any more, so nobody was asked to "
        f"{wished(favour)}. Please ask somebody else; `/qb-settings` → People says who may."
    )


def in_place(view: Mapping[str, Any], block_id: str, told: str, control: Element | None = None) -> View:
    """The screen with the row of the pressed button given way to a line, maybe with a ``control`` beside it.

    What was typed stays.
    """
    kept = {key: view[key] for key in KEPT if view.get(key)}
    line = context(told) if control is None else section(told, control)
    blocks = [line if block["block_id"] == block_id else block for block in view["blocks"]]
    return {**kept, "blocks": blocks}


def _thing(favour: Favour) -> str:
    return name(favour.thing, 60) or WHAT_IS_OPEN.lower()


def _did(favour: Favour) -> str:
    return favour.deed.done.format(thing=_thing(favour))
