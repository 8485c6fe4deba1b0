"""How alike two names are: accents, case and order set aside, and words that mean the same taken as one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qb.entry import Named

ENOUGH = 75
"""Below this (of 100) two names are not called alike."""

SYNONYMS = (
    ("etransfer", ("e transfer", "etransfer", "interac", "interac e transfer", "emt", "email transfer")),
    ("cheque", ("cheque", "check", "chq", "bank draft", "certified cheque")),
    ("card", ("card", "visa", "mastercard", "master card", "amex", "american express", "stripe")),
    ("debit", ("debit", "debit card")),
    ("wire", ("wire", "wire transfer", "bank transfer", "swift")),
    ("direct deposit", ("direct deposit", "eft", "pad", "pre authorized debit")),
    ("cash", ("cash",)),
)


def plain(text: str) -> str:
    """Lower case, without accents, every mark of punctuation a space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", bare.casefold()).strip()


def in_any_order(text: str) -> str:
    """The plain words in alphabetical order, so that ``Garcia José`` is ``José Garcia``."""
    return " ".join(sorted(plain(text).split()))


def alike(one: str, other: str) -> float:
    """0 (nothing in common) to 100 (the same words)."""
    return fuzz.token_sort_ratio(plain(one), plain(other))


def meaning(text: str) -> str:
    """The word a payment method goes by, where it is one we know; else the plain text."""
    words = f" {plain(text)} "
    for word, spellings in SYNONYMS:
        if any(f" {spelling} " in words for spelling in spellings):
            return word
    return words.strip()


def is_part(typed: str, text: str) -> bool:
    """Whether what somebody typed stands in it, accents, case and punctuation set aside."""
    return plain(typed) in plain(text)


def is_meant(typed: str, text: str) -> bool:
    """Whether somebody who typed this may mean a payment method: a part of its name, or a word for it.

    ``cards`` means every card, though ``Visa`` means that one alone.
    """
    if is_part(typed, text):
        return True
    one = plain(typed).removesuffix("s")
    known = {word for word, _ in SYNONYMS} - ({"card"} if "card" not in one.split() else set())
    return meaning(one) in known and meaning(one) == meaning(text)


def likest(text: str, names: Iterable[Named]) -> Named | None:
    """The one name that says the same as ``text``, or is most like it; None if none is like enough."""
    scored = [(_score(text, named.name), named) for named in names]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= ENOUGH else None


def _score(text: str, name: str) -> float:
    same_meaning = meaning(text) == meaning(name)
    return max(alike(text, name), ENOUGH + alike(text, name) / 10 if same_meaning else 0)
