"""What can be done about a finding: decide it here, or open it in QuickBooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act
from commands.views.blocks import button, option, overflow, question
from commands.views.text import clip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands.views.blocks import Element
    from commands.views.checking import Told

SHOWN_DOCUMENTS = 3
IN_SIGHT = 3
"""Controls of one finding; the others are behind three dots."""


def controls_of(one: Told) -> list[Element]:
    """What decides stays in sight; what only leads into QuickBooks may go behind the dots."""
    links, decisions = list(_links(one)), list(_decisions(one))
    if len(links) + len(decisions) > IN_SIGHT:
        options = [option(text, str(at)) | {"url": url} for at, (text, url) in enumerate(links)]
        return [*decisions, overflow(f"{Act.SEE_DOCUMENT_}0", options)]
    buttons = [button(text, f"{Act.SEE_DOCUMENT_}{at}", url=url) for at, (text, url) in enumerate(links)]
    return [*buttons, *decisions]


def _links(one: Told) -> Iterator[tuple[str, str]]:
    """Words and address of each document that can be opened."""
    linked = [paper for paper in one.papers if paper.link][:SHOWN_DOCUMENTS]
    for paper in linked:
        text = "Open in QuickBooks" if len(linked) == 1 else f"Open {clip(paper.id, 20)} in QuickBooks"
        yield text, paper.link


def _decisions(one: Told) -> Iterator[Element]:
    if one.review:
        sure = question(
            "Is it really not there?",
            "This check found it in QuickBooks. Delete it there first, or it would be booked twice once it "
            "is synced again.",
            "It Isn't There",
            "Let Me Look",
        )
        yield button("Look Again", Act.LOOK_AGAIN, one.review)
        yield button("It Isn't There", Act.NOT_THERE, one.review, asks=sure)
    yield button("I Have Dealt with It", Act.SETTLE, one.id)
