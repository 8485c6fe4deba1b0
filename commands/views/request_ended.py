"""What became of a request that nobody approved, in its own place and for who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act
from commands.views.blocks import Message, actions, button, context, section
from commands.views.request import REASON, what_in_words
from commands.views.text import moment, name, person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from commands.views.blocks import Block
    from qb.entry import Entry


def ended(
    entries: Sequence[Entry], *, why: str, asked_by: str, again: str = "", as_it_was: bool = False
) -> Message:
    """Rejected, withdrawn, expired or overtaken (``why``, markup); ``again``: what its button carries.

    ``as_it_was``: nobody had anything against it, so the same is previewed once more. Else the sync opens,
    where contact and invoices can be chosen otherwise.
    """
    told = f"{why} {what_in_words(entries)}. Nothing was booked."
    blocks: list[Block] = [section(told)]
    if again:
        anew = (
            button("Preview Again", Act.PREVIEW_AGAIN, again)
            if as_it_was
            else button("Sync Again", Act.SYNC_AGAIN, again)
        )
        blocks.append(actions(anew, block_id=f"appr:{again}"))
    else:
        blocks.append(context(f"Asked by {person(asked_by)}"))
    return Message(told, tuple(blocks))


def told_below(entries: Sequence[Entry], *, is_rejected: bool) -> Message:
    """The preview, once a message of its own tells who asked what became of it: said once, not twice."""
    what = "Rejected" if is_rejected else "Expired"
    told = f"*{what}:* {what_in_words(entries)}. Nothing was booked; a message below says more."
    return Message(told, (section(told),))


def rejected(by: str, at: datetime, reason: str) -> str:
    """Why nothing was booked, as markup."""
    return f"*Rejected by {person(by)}* · {moment(at)}: {name(reason, REASON)}\n"


def withdrawn(by: str, at: datetime) -> str:
    """Why nothing was booked, as markup."""
    return f"*Withdrawn by {person(by)}* · {moment(at)}:"


def expired(at: datetime) -> str:
    """Why nothing was booked, as markup."""
    return f"*Expired* {moment(at)}, as nobody had decided:"


def superseded(changes: Sequence[str], asked_by: str) -> str:
    """Why nothing was booked, as markup: what changed, before and after."""
    listed = "\n".join(f"• {name(change, 250)}" for change in changes[:8])
    return (
        f"*Something changed since this was asked, so it no longer holds:*\n{listed}\n"
        f"{person(asked_by)} was shown it anew and can ask again with one press. It was"
    )
