"""Text as people type it when they look for it: no accents, no capitals, words only."""

from __future__ import annotations

import re
import unicodedata

STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded: ``René "Ané" O'Brien`` is rene, ane, o, brien."""
    if text.isascii():
        return tuple(WORD.findall(text.lower()))
    letters = unicodedata.normalize("NFKD", text).casefold().translate(STROKES)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return tuple(WORD.findall(unicodedata.normalize("NFC", bare)))


def searched(*texts: str) -> str:
    """Texts folded into one, each word after a blank, so that " mar" finds a word beginning so."""
    return "".join(f" {word}" for text in texts for word in words_of(text))
