# ruff: noqa: RUF001 - letters of other scripts are what this is about
"""Writes names in plain Latin letters, so that one name is known again in Cyrillic, Greek or Vietnamese."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

from qb.likeness import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

# Passports: ICAO Doc 9303, part 3, section 6. Accents are set aside before, so that of й is left и.
# fmt: off
_CYRILLIC = {
    **dict(zip("абвгдезиклмнопрстуфыэіґ", "abvgdeziklmnoprstufyeig", strict=True)),
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia", "є": "ie",
    "ъ": "", "ь": "", "ђ": "d", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
}
_GREEK = {
    **dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)),
    "θ": "th", "χ": "ch", "ψ": "ps",
}
# fmt: on
_LATIN = {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
LETTERS: Mapping[str, str] = MappingProxyType(_CYRILLIC | _GREEK | _LATIN)

# One sound that passports of different countries and years write differently: Sergey, Sergei; Yulia, Iuliia.
_SOUNDS = (
    ("shch", "sch"),
    ("kh", "h"),
    ("ks", "x"),
    ("ts", "c"),
    ("y", "i"),
    ("j", "i"),
    ("w", "v"),
    ("ie", "e"),
)
_TWICE = re.compile(r"(.)\1+")
_RUNS = re.compile(r"[a-z]+")


def latin(name: str) -> str:
    """The plain name (lower case, no accents) in Latin letters; of other scripts nothing is changed."""
    return "".join(LETTERS.get(letter, letter) for letter in plain(name))


def sounding(name: str) -> str:
    """What is left of a name when letters that spell the same sound are taken as one."""
    made = latin(name)
    for spelled, sound in _SOUNDS:
        made = made.replace(spelled, sound)
    return _TWICE.sub(r"\1", made)


def is_foreign(name: str) -> bool:
    """Whether it holds letters of another script than Latin."""
    return any(
        letter.isalpha() and not unicodedata.name(letter, "LATIN").startswith("LATIN") for letter in name
    )


def steady_part(word: str) -> str:
    """The longest run of a word's Latin letters that every spelling has; empty where there is none."""
    runs = _RUNS.findall(re.sub("[ijy]", " ", latin(word)))
    return max(runs, key=len, default="")
