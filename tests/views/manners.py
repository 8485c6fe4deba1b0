"""How our screens and messages behave beyond what Slack enforces. Source: Slack, "Block Kit"."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from commands.views.text import clean
from tests.views.cast import NAMES

SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)
EMOJI = re.compile(r":[a-z][a-z0-9_+-]*:")
FOREIGN = frozenset(word for name in NAMES for word in clean(name).split())
"""How people are called is their own."""
RAW = (
    re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-"),  # an id of ours
    re.compile(r"\b[0-9a-f]{24,}\b"),  # a digest
    re.compile(r"(?<![@#A-Za-z0-9])[UWC]0[A-Z0-9]{3,}\b"),  # a Slack id that isn't a mention
    re.compile(r"\b(Decimal|datetime|date|Money)\("),  # a value of Python's
    re.compile(r"<[A-Z]\w+\.\w+: "),  # an enum of Python's
    re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}"),  # a moment for machines
    re.compile(r"(?<![\d,.])\d{4,}\.\d{2}\b"),  # an amount without its commas
)
PRIMARY_MOST = 1


def check_manners(blocks: Iterable[Mapping[str, Any]]) -> None:
    """One primary button; buttons in title case; no emoji in labels; ids unique."""
    found = list(blocks)
    controls = [one for one in elements(found) if "action_id" in one]
    buttons = [one for one in controls if one["type"] == "button"]
    primary = [one["text"]["text"] for one in buttons if one.get("style") == "primary"]
    assert len(primary) <= PRIMARY_MOST, primary
    for one in buttons:
        assert is_title_case(one["text"]["text"]), one["text"]["text"]
    labels = [one["text"]["text"] for one in buttons]
    labels += [block["text"]["text"] for block in found if block["type"] == "header"]
    labels += [block["label"]["text"] for block in found if block["type"] == "input"]
    assert [] == [label for label in labels if has_emoji(label)]
    assert_unique([block["block_id"] for block in found if "block_id" in block])
    for block in found:
        assert_unique([one["action_id"] for one in elements([block]) if "action_id" in one])


def check_words(text: str) -> None:
    """Nothing in it is only for a program: ids, values as Python prints them, amounts without commas."""
    assert [] == [pattern.pattern for pattern in RAW if pattern.search(text)], text


def elements(thing: object) -> Iterator[Mapping[str, Any]]:
    """Every element within blocks: whatever has a type."""
    if isinstance(thing, Mapping):
        if "type" in thing:
            yield thing
        for part in thing.values():
            yield from elements(part)
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from elements(part)


def is_title_case(label: str) -> bool:
    """Each word begins with a capital, but for small ones that don't stand first, and for people's names."""
    words = [word for word in label.split() if not word.endswith("…") and word not in FOREIGN]
    return all(
        not word[:1].islower() or (position > 0 and word.lower() in SMALL)
        for position, word in enumerate(words)
    )


def has_emoji(label: str) -> bool:
    """A code such as the one for a check mark, or the sign itself."""
    return bool(EMOJI.search(label)) or any(unicodedata.category(char) == "So" for char in label)


def assert_unique(ids: list[str]) -> None:
    """No id stands twice."""
    assert sorted(set(ids)) == sorted(ids)
