"""How a refusal is shown: what happened first, who can after it, the reference number last and small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Screen
from commands.views.blocks import Message, actions, alert, context, modal, section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.views.blocks import Block, Element, View
    from db.refusal import Refusal


def message(refusal: Refusal, *controls: Element) -> Message:
    """A message, or an answer only the one who asked sees; names in it are escaped."""
    return Message(str(refusal), (section(_headline(refusal)), *_rest(refusal, controls)))


def screen(title: str, refusal: Refusal, *controls: Element) -> View:
    """A screen that says it, with the buttons that help."""
    return modal(Screen.NOTICE, title, [alert(_headline(refusal), "warning"), *_rest(refusal, controls)])


def _headline(refusal: Refusal) -> str:
    """What happened, and at once whether anything came of it."""
    return f"{refusal.what} {refusal.booked}".strip()


def _rest(refusal: Refusal, controls: Sequence[Element]) -> list[Block]:
    blocks = [section(refusal.remedy)] if refusal.remedy else []
    if controls:
        blocks.append(actions(*controls))
    small = [f"Who can: {refusal.who}."] if refusal.who else []
    if refusal.reference:
        small.append(f"Reference {refusal.reference}")
    return [*blocks, context(*small)] if small else blocks
