"""`caseledger messages`: every refusal a person can meet, with an example of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from commands.words import CHAPTERS, sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.refusal import Refusal, Sentence

PEOPLE = {
    "<@U0MARIA>": "@Maria",
    "<@U0BEN>": "@Ben",
    "<@U0ALICE>": "@Alice",
}
"""How an example's mentions read outside Slack."""
PLACE = re.compile(r"\{(\w+)\}")
HEAD = """# What CaseLedger says when it can't

Every refusal has four parts: what happened, what was or wasn't booked, what to do, and who can. An unexpected
failure ends with a reference, under which the log tells more. `caseledger messages --markdown` prints this
page; what stands in *italics* is filled in.
"""


def plain() -> str:
    """The catalogue for a terminal: a chapter's sentences one after another, each with its key."""
    return "\n".join(line for title in CHAPTERS for line in _plain_chapter(title))


def markdown() -> str:
    """The catalogue as ``docs/messages.md``."""
    return "\n".join([HEAD, *(line for title in CHAPTERS for line in _chapter(title))])


def _plain_chapter(title: str) -> Iterator[str]:
    yield from (title, "")
    for sentence in _sentences(title):
        yield f"  {sentence.key}"
        yield from (f"    {label}: {part}" for label, part in _parts(sentence.shown))
        yield ""


def _chapter(title: str) -> Iterator[str]:
    yield from (f"## {title}", "")
    for sentence in _sentences(title):
        yield from (f"### `{sentence.key}`", "", f"> {_named(str(sentence.shown))}", "")
        yield from (f"- **{label}:** {_open(part)}" for label, part in _parts(_template(sentence)))
        yield ""


def _parts(told: Refusal) -> Iterator[tuple[str, str]]:
    parts = {
        "What happened": told.what,
        "What was booked": told.booked,
        "What to do": told.remedy,
        "Who can": told.who,
    }
    return ((label, _named(part)) for label, part in parts.items() if part)


def _open(part: str) -> str:
    """A place as the page shows it."""
    return PLACE.sub(r"*\1*", part)


def _template(sentence: Sentence) -> Refusal:
    """The sentence with its places still open."""
    return sentence.said(**{place: f"{{{place}}}" for place in sentence.places})


def _sentences(title: str) -> Iterator[Sentence]:
    return (sentence for module in CHAPTERS[title] for sentence in sentences_of(module))


def _named(text: str) -> str:
    for mention, name in PEOPLE.items():
        text = text.replace(mention, name)
    return text
