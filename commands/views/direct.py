"""What somebody is answered who writes to us in words."""

from __future__ import annotations

from commands.views.blocks import Message, actions, section
from commands.views.notices import import_button, overview_button, sync_button

HINT = (
    "I can't read messages, but I know what to do with these: `/qb-sync` and a client's name books their "
    "paid invoices, `/qb-import` (or CaseEasy's exports dropped right here) takes in what is new, and `/qb` "
    "shows how things stand and what needs you."
)


def hint() -> Message:
    """One plain answer that names the way in, with the buttons that lead there."""
    controls = (sync_button("Sync a Case"), import_button(), overview_button())
    return Message(HINT, (section(HINT), actions(*controls)))
