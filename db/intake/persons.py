"""Whom the Client Listing means by one identifier: one client, or several who lost what told them apart."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from db.intake.spelling import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ONE_CLIENT = "one"
"""What is said of people under one identifier who are one client."""


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """A client as one row of the listing has them; ``uci`` is the government's number of a person."""

    identifier: str
    name: str
    email: str
    uci: str = ""

    @property
    def mark(self) -> str:
        """The identifier, short enough for an option of a select."""
        return sha256(self.identifier.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @property
    def names_nobody(self) -> bool:
        """Whether nothing but what is left of an identifier says who this is."""
        return not (words_of(self.name) or self.email or self.uci) and is_bare(self.identifier)


def is_bare(identifier: str) -> bool:
    """Whether it has no letter in front: exports drop it, and J-777 and C-777 are both -777 then."""
    return not identifier[:1].isalpha()


def several(people: Iterable[Person]) -> Mapping[str, tuple[Person, ...]]:
    """By identifier those who can't all be one client, in order; who may be one isn't among them.

    Under an identifier with its letter a client may have been renamed, or have another e-mail: those who
    share a name, an e-mail or a UCI are one. Under a bare one only those of whom all three are the same.
    """
    found: defaultdict[str, set[Person]] = defaultdict(set)
    for one in people:
        found[one.identifier].add(one)
    return {
        identifier: tuple(sorted(same))
        for identifier, same in found.items()
        if identifier and len(same) > 1 and _groups(same) > 1
    }


def print_of(person: Person) -> str:
    """The same for the same person, however capitals, accents and blanks are written."""
    told = json.dumps([person.identifier, *_folded(person)])
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def prints_of(people: Iterable[Person]) -> frozenset[str]:
    """Of all of them."""
    return frozenset(map(print_of, people))


def _groups(people: Iterable[Person]) -> int:
    """How many clients they are at least, joined by what they have in common."""
    group: dict[str, int] = {}
    members: dict[int, set[str]] = {}
    for number, person in enumerate(sorted(people)):
        keys = set(_keys(person))
        if not keys:
            continue  # it says nothing of its own
        joined = {group[key] for key in keys if key in group}
        members[number] = keys.union(*(members.pop(one) for one in joined))
        group |= dict.fromkeys(members[number], number)
    return len(members)


def _keys(person: Person) -> Iterator[str]:
    words, email, uci = _folded(person)
    if is_bare(person.identifier):
        yield json.dumps([words, email, uci])
        return
    yield from (f"{kind}{text}" for kind, text in (("n", " ".join(words)), ("e", email), ("u", uci)) if text)


def _folded(person: Person) -> tuple[list[str], str, str]:
    return sorted(words_of(person.name)), person.email.strip().casefold(), "".join(person.uci.split())
