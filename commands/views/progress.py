"""The sync's living message while it runs: how many are in, which need somebody, and Stop."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.ids import Act
from commands.views.blocks import Message, actions, button, context, header, question, section
from commands.views.ending import whose
from commands.views.lost import refusal
from commands.views.notices import connect_button
from commands.views.outcome import ATTENTION, Step
from commands.views.text import clean, count, moment, money, name, person, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands.views.blocks import Block, Element
    from commands.views.outcome import Outcome, Story

SHOWN_LINES = 20
SHOWN_TROUBLED = 5
WHY = 70  # of why one waits, so that a section holds all the lines
LONG_WHY = 200
STOPPABLE = frozenset({Step.WAITING, Step.PARKED, Step.CLOSED})
WORDS = {
    Step.WAITING: "waiting",
    Step.UNDER_WAY: "being booked",
    Step.DOUBT: "QuickBooks hasn't answered; we look before we try again, nothing will be booked twice",
    Step.PARKED: "waiting for QuickBooks; it goes on by itself once an admin reconnects",
    Step.CLOSED: f"waiting: {refusal('locked').what.rstrip('.')}; it goes on by itself once that is settled",
    Step.REFUSED: "not booked",
    Step.STOPPED: "stopped, not booked",
    Step.REVIEW: "needs a person to look",
    Step.DIFFERS: "booked, but please check it",
    Step.BOOKED: "booked",
}


def progress(story: Story) -> Message:
    """While it runs; updated at most every three seconds."""
    told = _told(story)
    blocks: list[Block] = [header(_headline(story)), section("\n".join([f"*{told}*", *_lines(story)]))]
    controls = list(_controls(story))
    if controls:
        blocks.append(actions(*controls, block_id=f"progress:{story.sync_id}"))
    blocks.append(context(f"Started by {person(story.asked_by)} · Updated {moment(story.now)}"))
    return Message(f"{clean_headline(story)}: {told}.", tuple(blocks))


def not_begun(story: Story, why: str, *, connect: bool = False) -> Message:
    """Approved, and QuickBooks doesn't say whether somebody entered it meanwhile; ``why`` as it is.

    ``connect``: it is tried in vain until somebody reconnects.
    """
    told = (
        f"Nothing is sent yet: {name(why.removesuffix('.'), LONG_WHY)}. "
        "Once QuickBooks is connected this goes on by itself, "
        "after one more look whether it is in QuickBooks already."
        if connect
        else f"Nothing is sent yet: waiting ({name(why, WHY)}). Before anything is booked we look once more "
        "whether it is in QuickBooks already; that is tried again each minute."
    )
    controls = [actions(connect_button("Reconnect QuickBooks"), block_id="reconnect")] if connect else []
    started = context(f"Started by {person(story.asked_by)}")
    return Message(
        f"{clean_headline(story)}: {told}", (header(_headline(story)), section(told), *controls, started)
    )


def clean_headline(story: Story) -> str:
    """What is going on, for ``mrkdwn``."""
    what = f"{count(len(story.outcomes), 'invoice')} for {name(story.client_name)}"
    return f"Stopping {what}" if story.stopped_by else f"Booking {what}"


def _headline(story: Story) -> str:
    what = f"{count(len(story.outcomes), 'invoice')} for {clean(story.client_name)}"
    return f"Stopping {what}" if story.stopped_by else f"Booking {what}"


def _told(story: Story) -> str:
    """``37 of 120 invoices booked · 1 needs attention``."""
    parts = [f"{story.count(Step.BOOKED)} of {count(len(story.outcomes), 'invoice')} booked"]
    attention, stopped = story.count(*ATTENTION), story.count(Step.STOPPED)
    if attention:
        parts.append(f"{attention} {verb(attention, 'needs', 'need')} attention")
    if stopped:
        parts.append(f"{stopped} stopped by {person(story.stopped_by)}, what is begun is finished")
    return " · ".join(parts)


def _lines(story: Story) -> Iterator[str]:
    """Each invoice of a few; of many those that a person should know of."""
    if len(story.outcomes) <= SHOWN_LINES:
        yield from (_line(outcome, story) for outcome in story.outcomes)
        return
    for step in (Step.PARKED, Step.CLOSED, Step.DOUBT):
        if there := story.count(step):
            yield f"• {count(there, 'invoice')}: {WORDS[step]}"
    troubled = [outcome for outcome in story.outcomes if outcome.step in ATTENTION]
    yield from (_line(outcome, story) for outcome in troubled[:SHOWN_TROUBLED])
    if len(troubled) > SHOWN_TROUBLED:
        yield f"and {len(troubled) - SHOWN_TROUBLED} more that need attention; the result tells of each"


def _line(outcome: Outcome, story: Story) -> str:
    why = f" ({name(outcome.sentence, WHY)})" if outcome.sentence and outcome.step is Step.WAITING else ""
    what = f"{name(outcome.number, 40)}{whose(outcome, story)} · {money(outcome.total)}"
    return f"• {what}: {WORDS[outcome.step]}{why}"


def _controls(story: Story) -> Iterator[Element]:
    if story.count(Step.PARKED):
        yield connect_button("Reconnect QuickBooks")
    if story.count(*STOPPABLE):
        value = json.dumps({"s": story.sync_id}, separators=(",", ":"))
        sure = question(
            "Stop this sync?",
            "What isn't sent yet stays unsent. What is being booked right now is finished, the payments of "
            "booked invoices too, so that nothing is half booked. You can resume it.",
            "Stop Sync",
            "Go On",
        )
        yield button("Stop Sync", Act.STOP, value, asks=sure)
