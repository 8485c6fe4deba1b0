"""Says how far two names are the same: as written, in another order, without accents, in other letters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from qb.latin import is_foreign, latin, sounding
from qb.likeness import alike, in_any_order, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Match = tuple[float, str]
"""How alike (0 to 100), and in words how; 0 and no words where it is no match."""

_BRACKETS = re.compile(r"[()/]")
SIMILAR = 75
AMONG_OTHERS = SIMILAR - 1
SAME = 88
"""From here on it is the same name, however it is written."""


def best_match(name: str, others: Iterable[str]) -> Match:
    """The closest of a person's names (display name, full name, company), in each of their writings."""
    found = (match(one, two) for other in others for one in writings(name) for two in writings(other))
    return max(found, default=(0.0, ""))


def writings(name: str) -> tuple[str, ...]:
    """The name, and where it is given in two scripts (``Ma Chunmei (马春梅)``) each of the two."""
    parts = [part.strip() for part in _BRACKETS.split(unicodedata.normalize("NFKC", name)) if part.strip()]
    both = len({is_foreign(part) for part in parts}) > 1
    return (name, *parts) if both else (name,)


def match(name: str, other: str) -> Match:
    """How the two are the same name, the strongest reason; names of symbols alone match only as written."""
    if name.strip() == other.strip() and name.strip():
        return 100, "Same name"
    if not plain(name):
        return 0, ""
    return _written_differently(name, other) or _less(name, other)


def is_same_name(name: str, other: str) -> bool:
    """Whether it is the same name, however it is written."""
    return best_match(name, [other])[0] >= SAME


def _written_differently(name: str, other: str) -> Match | None:
    ways: list[tuple[float, str, Callable[[str], object]]] = [
        (99, "Same name, but for capitals or punctuation", _words),
        (97, "Same name in another order", lambda text: sorted(_words(text))),
        (96, "Same name without accents", plain),
        (95, "Same name in another order, without accents", in_any_order),
        (93, "Same name in other letters", lambda text: sorted(latin(text).split())),
    ]
    if is_foreign(name) or is_foreign(other):
        ways.append((90, "Same name in other letters", lambda text: sorted(sounding(text).split())))
    return next(((alikeness, how) for alikeness, how, read in ways if read(name) == read(other)), None)


def _less(name: str, other: str) -> Match:
    likeness = max(alike(name, other), alike(latin(name), latin(other)))
    if likeness >= SIMILAR:
        return min(likeness, SAME - 1), "Similar name"
    words, there = latin(name).split(), latin(other).split()
    if words and all(word in there for word in words):
        return AMONG_OTHERS, "Has these words in its name"
    return 0, ""


def _words(name: str) -> list[str]:
    """The words with their accents, composed; capitals and punctuation set aside."""
    composed = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in composed).split()
