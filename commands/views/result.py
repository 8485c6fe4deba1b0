"""The sync's living message at its end: what is in the books, or why not and what to do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.views.blocks import Message, context, header
from commands.views.ending import closing, headline, headline_words, outcome_blocks, told, whose
from commands.views.outcome import Outcome, PaymentDone, ReadBack, Step, Story
from commands.views.progress import progress
from commands.views.summary import summary
from commands.views.text import cut, name

if TYPE_CHECKING:
    from commands.views.blocks import Block

CHARACTERS = 8_500  # of the 10,000 a message may have
TEXT = 3_900
MANY = 25
"""With more invoices than that the message sums up, and a file tells of each."""
__all__ = [
    "MANY",
    "Outcome",
    "PaymentDone",
    "ReadBack",
    "Step",
    "Story",
    "everything",
    "is_large",
    "progress",
    "result",
]


def is_large(story: Story) -> bool:
    """Whether the message only sums up, so that a file must tell of each invoice."""
    return len(story.outcomes) > MANY


def result(story: Story) -> tuple[Message, ...]:
    """What came of it; where one message can't hold all, the others follow in its thread."""
    return summary(story) if is_large(story) else everything(story)


def everything(story: Story) -> tuple[Message, ...]:
    """Every invoice with its receipt, however many messages that takes."""
    blocks: list[Block] = [header(headline(story))]
    pages: list[Message] = []
    text = cut(in_words(story), TEXT)
    for outcome in story.outcomes:
        fresh = list(outcome_blocks(outcome, story))
        if len(json.dumps([*blocks, *fresh])) > CHARACTERS:
            pages.append(Message(text, tuple(blocks)))
            blocks = [context("The rest of the result")]
            text = "The rest of the result"
        blocks.extend(fresh)
    blocks.extend(closing(story))
    return (*pages, Message(text, tuple(blocks)))


def in_words(story: Story) -> str:
    """The whole result as plain lines."""
    lines = [f"{headline_words(story)} for {name(story.client_name)}."]
    lines.extend(f"{name(one.number, 40)}{whose(one, story)}: {told(one)}" for one in story.outcomes)
    return "\n".join(lines)
