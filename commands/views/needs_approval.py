"""What is said of requests on Home and `/qb`: those this person decides, and what became of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.views.notices import sync_button
from commands.views.places import channel
from commands.views.text import count, moment, moneys, name, person, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands.views.blocks import Element
    from commands.views.standing import Asked, Overview

SHOWN = 3


def to_decide(shown: Overview) -> Iterator[tuple[str, Element | None]]:
    """Requests that wait for this person, oldest first; they are decided where they stand."""
    for one in shown.to_decide[:SHOWN]:
        where = f"It is decided in {channel(one.channel)}." if one.channel else "It is in your messages."
        yield f"*{person(one.asked_by)} asks for your approval* of {_what(one)}. {where}", None
    left = len(shown.to_decide) - SHOWN
    if left > 0:
        yield f"{count(left, 'more request')} {verb(left, 'waits', 'wait')} for your approval.", None


def turned_down(shown: Overview) -> Iterator[tuple[str, Element | None]]:
    """What this person asked for and somebody rejected, while it still isn't booked."""
    for one in shown.turned_down[:SHOWN]:
        what = f"{count(one.invoices, 'invoice')} for {name(one.client_name, 60)}"
        why = f": {name(one.reason, 200)}" if one.reason else "."
        yield (
            f"*{person(one.by)} rejected* {what}, {moment(one.at)}{why}",
            sync_button("Sync Again", one.case),
        )


def asked(shown: Overview) -> Iterator[tuple[str, Element | None]]:
    """What this person waits for; nothing to do, but good to know."""
    for one in shown.asked[:SHOWN]:
        where = f" in {channel(one.channel)}" if one.channel else ""
        yield f"Your request for {_what(one)} waits for approval{where}.", None


def _what(one: Asked) -> str:
    of = f"{count(one.invoices, 'invoice')} for {name(one.client_name, 60)}"
    return f"{of} ({moneys(one.totals)}), asked {moment(one.at)}"
