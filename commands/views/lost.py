"""What an admin is told when QuickBooks lets CaseLedger in no more: why, what waits, and who can mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.views.blocks import Message, actions, section
from commands.views.notices import connect_button
from commands.views.text import name

if TYPE_CHECKING:
    from commands.views.blocks import Block

NOTHING_LOST = "Nothing is lost, and nothing is booked twice: what was approved waits, and goes on by itself"


def message(state: str, company: str, reason: str) -> Message:
    """The one message of it; ``state`` is the connection's (reconnect, locked, app)."""
    told = _told(state, name(company, 100), name(reason, 300))
    blocks: list[Block] = [section(told)]
    if state == "reconnect":
        blocks.append(actions(connect_button("Reconnect QuickBooks")))
    return Message(told, tuple(blocks))


def headline(state: str) -> str:
    """The same in one line, for screens."""
    match state:
        case "locked":
            return (
                "QuickBooks has closed the company, mostly for its subscription or billing. Whoever pays for "
                "QuickBooks can mend it there; what waits goes on by itself then."
            )
        case "app":
            return (
                "Intuit refuses CaseLedger's app. Whoever runs CaseLedger checks its settings; connecting "
                "again doesn't help. What waits goes on by itself then."
            )
        case _:
            return "QuickBooks no longer lets us in; what waits goes on once reconnected."


def _told(state: str, company: str, reason: str) -> str:
    match state:
        case "locked":
            return (
                f"*QuickBooks has closed {company}.* {reason} {NOTHING_LOST} once it is open again; we look "
                "every hour. Connecting again doesn't help."
            )
        case "app":
            return (
                f"*Intuit refuses CaseLedger's app, so nothing can be booked for {company}.* {reason} "
                "Whoever runs CaseLedger mends the settings and restarts it; `caseledger check` helps. "
                f"{NOTHING_LOST} then. Connecting again doesn't help."
            )
        case _:
            return (
                f"*QuickBooks no longer lets CaseLedger into {company}.* {reason} {NOTHING_LOST} once an "
                "admin has reconnected."
            )
