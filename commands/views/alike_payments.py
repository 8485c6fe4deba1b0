"""A payment that wasn't sent, as its money looks received already: what is there, and Not the Same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.ids import Act
from commands.views.blocks import actions, button, divider, question, section
from commands.views.text import clip, day, money, name, person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.views.alike import Compared
    from commands.views.blocks import Block, Element

SHOWN = 3  # documents told of an invoice


def unsent(one: Compared, *, may: bool) -> list[Block]:
    """A booked invoice with what looks like the money of what wasn't sent, and the answers to it."""
    dated = f" of {day(one.paid)}" if one.paid else ""
    head = (
        f"*{name(one.number, 40)}* is booked · {money(one.received)}{dated} isn't · {name(one.client_name)}"
    )
    lines = [head, f"Case {name(one.case, 60)}"]
    if one.said:
        lines.append(f"{person(one.said_by)} said of money there that it's another one's.")
    lines.extend(f"• Looks received: {name(each.told, 240)}." for each in one.looks_like[:SHOWN])
    if len(one.looks_like) > SHOWN:
        lines.append(f"and {len(one.looks_like) - SHOWN} more like these, shown once these are answered")
    lines.append(LEFT if one.looks_like else FREE)
    controls = _controls(one) if may else []
    return [divider(), section("\n".join(lines)), *([actions(*controls)] if controls else [])]


def value_of(mark: str, documents: Sequence[str]) -> str:
    """What a button under Compare carries: the invoice's mark, and the documents it is about as shown."""
    return json.dumps({"i": mark, "d": list(documents)}, separators=(",", ":"))


def not_the_same_words(left: int) -> str:
    """What Not the Same did; goes after the invoice's number."""
    if not left:
        return "isn't paid by what was shown. Press Try Again, and its payment is sent."
    return f"isn't paid by what was shown. It waits on: {left:,} more like its money, to be answered next."


LEFT = "If it is this one's, let it be received there for the invoice. If it is other money: *Not the Same*."
FREE = "Nothing else there looks like it: *Try Again* sends it."


def _controls(one: Compared) -> list[Element]:
    controls = []
    if one.looks_like:
        value = value_of(one.mark, [each.key for each in one.looks_like[:SHOWN]])
        told = (
            f"Nothing there is changed, and nothing is sent yet. Once no other money looks like it, "
            f"Try Again sends {money(one.received)} for {clip(one.number, 40)}."
        )
        sure = question("Is it other money?", told, "Not the Same", "Go Back")
        controls.append(button("Not the Same", Act.ITS_ANOTHER, value, asks=sure))
    else:
        controls.append(
            button("Try Again", Act.TRY_AGAIN, json.dumps({"s": one.sync}, separators=(",", ":")))
        )
    if one.said:
        controls.append(button("Undo", Act.UNDO_ANSWER, value_of(one.mark, ())))
    return controls
