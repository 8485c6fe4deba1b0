"""Ranks the QuickBooks people found for a client, says why each matched, and when nobody may be added."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qb.likeness import alike, in_any_order, plain
from qb.wire import NAME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qb.wire import PersonSeen

DELETED = re.compile(r"\s*\(deleted(\s+\d+)?\)$")
"""What QuickBooks puts behind the name of what was made inactive."""

SIMILAR = 75
NOT_IN_NAMES = {":": "a colon", "\t": "a tab", "\n": "a line break", "\r": "a line break"}


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom we look for: the client's name (or the words typed), e-mail, and the invoices' currency."""

    name: str
    email: str
    currency: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person found; ``why`` says how it matched, ``blocked`` why it can't be chosen."""

    person: PersonSeen
    why: tuple[str, ...]
    blocked: str
    likeness: float

    @property
    def selectable(self) -> bool:
        """Whether it can be linked."""
        return not self.blocked


def rank(sought: Sought, people: Iterable[PersonSeen]) -> tuple[Candidate, ...]:
    """The people that match, the best first; of equals, those that can be chosen before those that can't."""
    judged = (_judge(sought, person) for person in people)
    found = [candidate for candidate in judged if candidate.why]
    return tuple(
        sorted(found, key=lambda c: (-c.likeness, bool(c.blocked), plain(c.person.name), c.person.id))
    )


def blocks_adding(name: str, sought: Sought, people: Iterable[PersonSeen]) -> str | None:
    """Why nobody may be added under ``name``, in words; None where adding is open.

    QuickBooks keeps display names unique over customers, vendors and employees, case ignored (Intuit:
    Customer). The same e-mail with the same name in the same currency is the same client.
    """
    for person in people:
        if person.name.casefold() == name.casefold():
            return _taken(person)
        if person.kind == "Customer" and person.currency == sought.currency:
            same_name = in_any_order(_bare(person.name)) == in_any_order(name)
            if same_name and _same_email(sought.email, person.email):
                return f"{person.name} is in QuickBooks already, with the same e-mail. Choose that contact."
    return None


def name_problem(name: str) -> str | None:
    """What keeps ``name`` from being a display name (Intuit: Customer), in words; None if nothing does."""
    if not name.strip():
        return "Give the contact a name."
    for character, word in NOT_IN_NAMES.items():
        if character in name:
            return f"QuickBooks doesn't allow {word} in a contact's name."
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in name):
        return "The name holds an invisible character that QuickBooks doesn't take."
    if len(name) > NAME_LIMIT:
        return f"QuickBooks takes at most {NAME_LIMIT} characters in a contact's name."
    return None


def display_name(name: str) -> str:
    """A client's name as QuickBooks can take it: what it forbids becomes a space."""
    allowed = (" " if c in NOT_IN_NAMES or unicodedata.category(c) in {"Cc", "Cs"} else c for c in name)
    return " ".join("".join(allowed).split())[:NAME_LIMIT]


def _judge(sought: Sought, person: PersonSeen) -> Candidate:
    likeness, words = _name_match(sought.name, person)
    why = [words] if words else []
    if _same_email(sought.email, person.email):
        why.insert(0, "Same e-mail")
        likeness += 100
    return Candidate(person, tuple(why), _blocked(sought, person), likeness)


def _name_match(name: str, person: PersonSeen) -> tuple[float, str]:
    names = [n for n in (_bare(person.name), person.full_name, person.company) if n]
    if name.strip() in names:
        return 100, "Same name"
    if plain(name) and any(in_any_order(name) == in_any_order(n) for n in names):
        return 95, "Same name, written differently"
    best = max((alike(name, n) for n in names), default=0.0)
    if best >= SIMILAR:
        return best, "Similar name"
    words = plain(name).split()
    if words and any(all(word in plain(n).split() for word in words) for n in names):
        return SIMILAR - 1, "Has these words in its name"
    return 0, ""


def _blocked(sought: Sought, person: PersonSeen) -> str:
    if person.kind != "Customer":
        article = "an employee" if person.kind == "Employee" else f"a {person.kind.lower()}"
        return f"This is {article}, not a customer"
    if not person.active:
        return "Inactive in QuickBooks: make it active there to use it"
    if person.currency != sought.currency:
        return f"Kept in {person.currency}, and these invoices are in {sought.currency}"
    return ""


def _taken(person: PersonSeen) -> str:
    state = "" if person.active else "inactive "
    article = "an" if state or person.kind == "Employee" else "a"
    return (
        f"QuickBooks already has {article} {state}{person.kind.lower()} called {person.name}, and a name can"
        " be used only once. Choose that contact, or add something to the name, such as “(client)”."
    )


def _same_email(sought: str, found: str) -> bool:
    addresses = re.split(r"[,;\s]+", found.casefold())
    return bool(sought.strip()) and sought.strip().casefold() in addresses


def _bare(name: str) -> str:
    return DELETED.sub("", name)
