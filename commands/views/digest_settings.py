"""The settings page *Daily digest*: at which hour, on which days, where, with names or without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import (
    Message,
    alert,
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
from commands.views.text import day, name, people

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

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


@dataclass(frozen=True, slots=True)
class Next:
    """The day of the next digest, None where none is posted; ``today`` and it are the firm's own days.

    ``is_first``: none has come yet, ``had_today``: today's has.
    """

    today: date
    day: date | None
    had_today: bool = False
    is_first: bool = False


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
                [option(one, str(number)) for number, one in enumerate(DAYS, 1)],
                [str(one) for one in chosen.digest_days],
            ),
            DAYS_BLOCK,
        ),
        field(
            "Say “all clear” once a week where nothing waits",
            radios(
                Act.ALL_CLEAR,
                [
                    option("Never: no news is good news", NEVER),
                    *(option(f"On {one}s", str(number)) for number, one in enumerate(DAYS, 1)),
                ],
                str(chosen.all_clear_on),
            ),
            CLEAR_BLOCK,
        ),
    ]
    return modal(
        Screen.DIGEST_SETTINGS, TITLE, blocks, submit="Save Changes", close="Cancel", metadata=metadata
    )


def saved(chosen: FirmSettings, zone: str, comes: Next) -> View:
    """After Save: when the next one comes, on a day and at an hour of the firm's own."""
    blocks = [alert("Saved.", "success"), section(_when(chosen, zone, comes))]
    return modal(Screen.NOTICE, TITLE, blocks, close="Done")


def _when(chosen: FirmSettings, zone: str, comes: Next) -> str:
    if comes.day is None:
        return "No digest is posted, as no channel is chosen. `/qb-digest` shows it at any time."
    ahead = (comes.day - comes.today).days
    weekday = DAYS[comes.day.weekday()]
    on = {0: f"today, {weekday},", 1: f"tomorrow, {weekday},"}.get(ahead, f"on {weekday}, {day(comes.day)},")
    which = "first" if comes.is_first else "next"
    told = f"The {which} digest comes {on} at {chosen.digest_at} ({name(zone)}) in "
    told += f"{channel(chosen.digest_channel)}, if anything waits by then."
    if not comes.had_today:
        return told
    return f"Today's was due already, and there is one a day. {told}"


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
