"""The settings page *Daily digest*: at which hour, on which days, where, with names or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import (
    Message,
    checkboxes,
    conversation_select,
    field,
    modal,
    option,
    radios,
    section,
    time_picker,
)
from commands.views.places import channel
from commands.views.text import name, people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.views.blocks import Element, View
    from db.chosen import FirmSettings

TITLE = "Daily Digest"
AT_BLOCK, DAYS_BLOCK = "digest_at", "digest_days"
PRIVATE_BLOCK, ANY_BLOCK = "digest_private", "digest_any"
CLEAR_BLOCK = "all_clear"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORKDAYS = (1, 2, 3, 4, 5)
NEVER = "0"
TWO_PLACES = "Choose one of the two: a private channel with names, or another one with counts only."
NO_DAY = "Tick at least one day."
NO_HOUR = "Choose an hour, such as 09:00."


def summary(chosen: FirmSettings, zone: str) -> str:
    """When and where it comes, in one line of markup."""
    if not chosen.digest_channel:
        return "Nowhere yet: no channel is chosen"
    told = f"{days_in_words(chosen.digest_days)} at {chosen.digest_at} ({name(zone)})"
    how = "with names" if is_named(chosen) else "counts only"
    clear = f" · all clear on {DAYS[chosen.all_clear_on - 1]}s" if chosen.all_clear_on else ""
    return f"{told} in {channel(chosen.digest_channel)}, {how}{clear}"


def posted(chosen: FirmSettings, zone: str, admins: Sequence[str]) -> str:
    """The same for the list; ``admins`` are who can change it, where this person can't."""
    told = summary(chosen, zone)
    return f"*Posted*: {told}{f'. {people(admins)} can change that' if admins else ''}."


def is_named(chosen: FirmSettings) -> bool:
    """Whether its channel was chosen among the private ones, for clients' names."""
    return bool(chosen.digest_channel) and chosen.digest_channel == chosen.digest_named_in


def days_in_words(days: Sequence[int]) -> str:
    """``Monday to Friday``, ``every day``, ``Mondays and Thursdays``."""
    chosen = tuple(sorted(days))
    if chosen == WORKDAYS:
        return "Monday to Friday"
    if len(chosen) == len(DAYS):
        return "Every day"
    named = [f"{DAYS[each - 1]}s" for each in chosen]
    return " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))


def page(chosen: FirmSettings, zone: str, metadata: str) -> View:
    """All of it on one page; both channels left empty: nothing is posted."""
    private = chosen.digest_channel if is_named(chosen) else ""
    other = "" if private else chosen.digest_channel
    blocks = [
        field(
            "Private channel, with clients' names",
            _channels("private", Act.DIGEST_PRIVATE, private),
            PRIVATE_BLOCK,
            hint="Everyone in that channel sees who paid and how much. CaseLedger must be in it: /invite it.",
            optional=True,
        ),
        field(
            "Or any other channel, with counts only",
            _channels("", Act.DIGEST_ANY, other),
            ANY_BLOCK,
            hint="It shows how many and how much; a button opens the list for those who may see it.",
            optional=True,
        ),
        field(
            "At",
            time_picker(Act.DIGEST_AT, chosen.digest_at),
            AT_BLOCK,
            hint=f"In your firm's time zone, {zone}.",
        ),
        field(
            "On",
            checkboxes(
                Act.DIGEST_DAYS,
                [option(day, str(number)) for number, day in enumerate(DAYS, 1)],
                [str(day) for day in chosen.digest_days],
            ),
            DAYS_BLOCK,
        ),
        field(
            "Say “all clear” once a week where nothing waits",
            radios(
                Act.ALL_CLEAR,
                [
                    option("Never: no news is good news", NEVER),
                    *(option(f"On {day}s", str(number)) for number, day in enumerate(DAYS, 1)),
                ],
                str(chosen.all_clear_on),
            ),
            CLEAR_BLOCK,
        ),
    ]
    return modal(
        Screen.DIGEST_SETTINGS, TITLE, blocks, submit="Save Changes", close="Cancel", metadata=metadata
    )


def nowhere(channel_id: str, why: str) -> Message:
    """Told to admins: it couldn't be posted."""
    told = (
        f"The daily digest couldn't be posted in {channel(channel_id)}: {why} Nothing else was held up. "
        "Type `/invite @CaseLedger` in that channel or choose another one with `/qb-digest`; "
        "`/qb-digest` shows today's now."
    )
    return Message(told, (section(told),))


def _channels(kind: str, action: str, chosen: str) -> Element:
    select = conversation_select(action, "Choose a channel", chosen)
    if kind:
        select["filter"] = select["filter"] | {"include": [kind]}
    select.pop("default_to_current_conversation", None)  # an empty one means: not posted
    return select
