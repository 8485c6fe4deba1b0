"""How a refusal is shown: what happened first, who can after it, the reference number last and small."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.ids import Screen
from commands.views.blocks import Message, actions, alert, context, modal, section
from commands.views.errands import KEPT
from commands.views.text import cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.views.blocks import Block, Element, View
    from db.refusal import Refusal

TOLD_ = "told_"
BLOCKS = 100  # of a modal
QUOTED = 600


def message(refusal: Refusal, *controls: Element) -> Message:
    """A message, or an answer only the one who asked sees; names in it are escaped."""
    return Message(str(refusal), (section(_headline(refusal)), *_rest(refusal, controls)))


def screen(title: str, refusal: Refusal, *controls: Element) -> View:
    """A screen that says it, with the buttons that help."""
    return modal(Screen.NOTICE, title, [alert(_headline(refusal), "warning"), *_rest(refusal, controls)])


def above(view: Mapping[str, Any], refusal: Refusal, *controls: Element) -> View:
    """A screen with the refusal on top of it, in the place of one from before; what was typed stays."""
    told = screen("", refusal, *controls)["blocks"]
    marked = [{**block, "block_id": f"{TOLD_}{index}"} for index, block in enumerate(told)]
    below = [block for block in view["blocks"] if not str(block.get("block_id", "")).startswith(TOLD_)]
    kept = {key: view[key] for key in KEPT if view.get(key)}
    return {**kept, "blocks": [*marked, *below][:BLOCKS]}


def answer_on(view: Mapping[str, Any]) -> str:
    """What one of our screens says first, as markup; the names in it are escaped already."""
    texts = (
        block["text"]["text"] for block in view.get("blocks", ()) if block["type"] in {"alert", "section"}
    )
    return cut(next(texts, ""), QUOTED) or "its screen says how."


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
