"""What is told once of contacts that were renamed, made inactive or merged in QuickBooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Command
from commands.views.blocks import Message, actions, section
from commands.views.notices import contacts_button
from commands.views.text import count, name, some, verb
from qb.linked import WELL, Health

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN = 10
SHOWN_CLIENTS = 2


@dataclass(frozen=True, slots=True)
class Turned:
    """A linked contact: how it stands, its name before and now, who has its documents, and its clients."""

    health: Health
    was: str
    now: str
    into: str
    clients: tuple[str, ...]


def turned(found: Sequence[Turned]) -> Message:
    """One message of them all, those that need somebody first."""
    broken = sum(one.health not in WELL for one in found)
    headline = (
        f"{count(len(found), 'linked contact')} {verb(len(found), 'was', 'were')} changed in QuickBooks"
    )
    if broken:
        headline += f"; {broken:,} of them {verb(broken, 'needs', 'need')} somebody"
    ordered = sorted(found, key=lambda one: one.health in WELL)
    lines = [f"• {_line(one)}" for one in ordered[:SHOWN]]
    if len(ordered) > SHOWN:
        lines.append(f"and {len(ordered) - SHOWN:,} more: {Command.CONTACTS} lists them all.")
    text = "\n".join((f"{headline}.", *lines))
    blocks = [section(f"*{headline}.*\n" + "\n".join(lines)), actions(contacts_button(primary=bool(broken)))]
    return Message(text, tuple(blocks))


def _line(one: Turned) -> str:
    was, now = name(one.was, 50), name(one.now, 50)
    whose = some([name(client, 40) for client in one.clients], SHOWN_CLIENTS)
    held = f"Nothing is booked for {whose} until"
    match one.health:
        case Health.INACTIVE:
            return f"{now} was made inactive. {held} it is active again or another is chosen."
        case Health.MERGED:
            into = name(one.into, 50) or "another"
            return f"{now} was merged into {into}. {held} somebody says whether {into} is who pays."
        case Health.GONE:
            return f"{now} isn't in QuickBooks any more. {held} another is chosen."
        case Health.CURRENCY:
            return f"{now} is kept in another currency. {held} another is chosen."
        case _:
            return f"{was} is called {now} now. The link to {whose} is kept; nothing needs to be done."
