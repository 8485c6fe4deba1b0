"""The page for channels and time zone, and what is said in a channel that was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import (
    Message,
    conversation_select,
    field,
    modal,
    option,
    search_select,
    section,
)
from commands.views.text import name, person

if TYPE_CHECKING:
    from commands.views.blocks import Element, View

TITLE = "Channels and Time Zone"
PLACE_BLOCK = "place:"
ZONE_BLOCK = "zone"
LABELS = {"approval_channel": "Requests for approval go to", "digest_channel": "The daily digest goes to"}
HINTS = {
    "approval_channel": "Everyone in it sees what is asked. CaseLedger must be in it: type /invite there.",
    "digest_channel": "With counts only; the page Daily Digest chooses a private one, with clients' names.",
}
TELLS = {
    "approval_channel": "Requests for approval are posted here from now on",
    "digest_channel": "The daily digest is posted here from now on",
}


def channel(channel_id: str) -> str:
    """A channel by its name, which Slack fills in."""
    return f"<#{channel_id}>" if channel_id.isalnum() else name(channel_id)


def summary(approvals: str, digest: str, zone: str) -> str:
    """One line on where things go."""
    asked = f"Requests in {channel(approvals)}" if approvals else "No channel for requests yet"
    told = f"digest in {channel(digest)}" if digest else "no channel for the digest yet"
    return f"{asked} · {told} · {name(zone)}"


def page(approvals: str, digest: str, zone: str, metadata: str) -> View:
    """Both channels and the time zone; a channel left empty gets nothing posted."""
    given = {"approval_channel": approvals, "digest_channel": digest}
    blocks = [
        field(
            LABELS[key],
            conversation_select(Act.PLACE, "Choose a channel", chosen),
            f"{PLACE_BLOCK}{key}",
            hint=HINTS[key],
            optional=True,
        )
        for key, chosen in given.items()
    ]
    blocks.append(
        field(
            "Time zone",
            search_select(Act.ZONE, "Type a city, such as Toronto", zone_option(zone)),
            ZONE_BLOCK,
            hint="Digests, reminders and days go by it.",
        )
    )
    return modal(Screen.PLACES, TITLE, blocks, submit="Save Changes", close="Cancel", metadata=metadata)


def zone_option(zone: str) -> Element:
    """A time zone as an option."""
    return option(zone.replace("_", " "), zone)


def chosen_here(what: str, by: str) -> Message:
    """Said in the channel that was chosen."""
    told = f"{TELLS[what]}: {person(by)} chose this channel."
    return Message(told, (section(told),))


def not_in_channel(what: str, channel_id: str) -> str:
    """Said to who chose a channel that we can't write to."""
    return (
        f"{LABELS[what]} {channel(channel_id)} now, but CaseLedger isn't in that channel and can't post "
        "there. Type `/invite @CaseLedger` in it, or choose another channel in `/qb-settings`."
    )
