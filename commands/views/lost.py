"""What an admin is told when QuickBooks lets CaseLedger in no more: why, what waits, and who can mend it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from commands.views import refusals
from commands.views.blocks import Message, context
from commands.views.notices import connect_button
from commands.views.text import name
from commands.words import troubles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.refusal import Refusal, Sentence

LOST: Mapping[str, Sentence] = MappingProxyType(
    {"reconnect": troubles.RECONNECT, "locked": troubles.LOCKED, "app": troubles.APP_REFUSED}
)
"""By the connection's state."""
ENOUGH = frozenset({"locked"})
"""What says all there is to say; of the others Intuit's reason tells more."""


def refusal(state: str, company: str = "the company") -> Refusal:
    """What is told of this state; the company's name escaped."""
    return LOST[state].said(company=company)


def message(state: str, company: str, reason: str) -> Message:
    """The one message of it; ``state`` is the connection's (reconnect, locked, app)."""
    told = refusal(state, name(company, 100))
    controls = [connect_button("Reconnect QuickBooks")] if state == "reconnect" else []
    shown = refusals.message(told, *controls)
    why = "" if state in ENOUGH or not reason else f"Why: {name(reason, 300)}"
    if not why:
        return shown
    return Message(f"{shown.text} {why}", (*shown.blocks, context(why)))


def headline(state: str) -> str:
    """The same in one paragraph, for screens; where reconnecting helps, its button says the rest."""
    told = refusal(state)
    return f"{told.what} {told.booked}" if state == "reconnect" else str(told)
