"""Ranks the QuickBooks people found for a client, says why each matched, and when nobody may be added."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qb.likeness import plain
from qb.resemblance import best_match, is_same_name
from qb.wire import EMAIL_LIMIT, NAME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from qb.wire import PersonSeen

DELETED = re.compile(r"\s*\(deleted(\s+\d+)?\)(\s+\d+)?$")
"""What QuickBooks puts behind the name of what was made inactive, or merged into another."""

NOT_IN_NAMES = {":": "a colon", "\t": "a tab", "\n": "a line break", "\r": "a line break"}
SAME_EMAIL = "Same e-mail"
SHORTEST_PHONE, PHONE_DIGITS = 7, 10
"""Digits that make a telephone number, and of a longer one the last that count (North American numbers)."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom we look for: the client's name (or the words typed), e-mail, phone, the invoices' currency."""

    name: str
    email: str
    currency: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person found; ``why`` says how it matched, the strongest reason first.

    ``blocked`` says why it can't be chosen; ``same_name``: the name is the same, however it is written.
    """

    person: PersonSeen
    why: tuple[str, ...]
    blocked: str
    likeness: float
    same_name: bool = False

    @property
    def selectable(self) -> bool:
        """Whether it can be linked."""
        return not self.blocked

    @property
    def same_email(self) -> bool:
        """Whether the e-mail is the same."""
        return SAME_EMAIL in self.why

    @property
    def is_elsewhere(self) -> bool:
        """Whether nothing but its currency keeps it from being chosen."""
        return self.blocked.startswith(KEPT_IN)


KEPT_IN = "Kept in "


def rank(sought: Sought, people: Iterable[PersonSeen]) -> tuple[Candidate, ...]:
    """The people that match, the best first; of equals, those that can be chosen before those that can't."""
    judged = (_judge(sought, person) for person in people)
    found = [candidate for candidate in judged if candidate.why]
    return tuple(
        sorted(found, key=lambda c: (-c.likeness, bool(c.blocked), plain(c.person.name), c.person.id))
    )


def stands_for(client: Sought, person: PersonSeen) -> Candidate:
    """How a person found by whatever words is the client, by name and e-mail."""
    return _judge(client, person)


def already_there(found: Iterable[Candidate], currency: str) -> str:
    """Why nobody may be added as who was sought: the same e-mail, name and currency; else empty."""
    same = (one.person for one in found if one.same_name and one.same_email)
    theirs = (one for one in same if one.kind == "Customer" and one.currency == currency)
    return next((_there_already(one) for one in theirs), "")


def namesakes(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those that can be chosen and share their name with another: something else must tell them apart."""
    return tuple(
        one
        for one in found
        if one.selectable
        and any(
            other is not one and other.selectable and is_same_name(_bare(one.person), _bare(other.person))
            for other in found
        )
    )


def twin_of(found: Sequence[Candidate], currency: str) -> PersonSeen | None:
    """The client's customer in another currency, where the client has none in this one.

    A QuickBooks customer keeps one currency for ever, so a client who pays in two is two customers (Intuit:
    Multicurrency).
    """
    theirs = [one for one in found if one.person.kind == "Customer" and one.same_name]
    if any(one.selectable for one in theirs):
        return None
    elsewhere = [one.person for one in theirs if one.is_elsewhere and one.person.currency != currency]
    return elsewhere[0] if elsewhere else None


def twin_name(person: PersonSeen, currency: str) -> str:
    """What the same client is called in another currency: ``Amélie Tremblay (USD)``."""
    behind = f" ({currency})"
    return display_name(_bare(person))[: NAME_LIMIT - len(behind)].rstrip() + behind


def blocks_adding(
    name: str, sought: Sought, people: Iterable[PersonSeen], apart: Collection[str] = ()
) -> str | None:
    """Why nobody may be added under ``name``, in words; None where adding is open.

    QuickBooks keeps display names unique over customers, vendors and employees, case ignored (Intuit:
    Customer). The same e-mail with the same name in the same currency is the same client. The same e-mail
    under another name may be a spouse, a parent or an employer: whether that is the same payer a person must
    have said; ``apart`` are the ids of those said to be somebody else.
    """
    for person in people:
        if person.name.casefold() == name.casefold():
            return _taken(person)
        if person.kind != "Customer" or person.currency != sought.currency:
            continue
        if not is_same_email(sought.email, person.email):
            continue
        if any(is_same_name(each, name) for each in _names(person)):
            return _there_already(person)
        if person.active and person.id not in apart:
            return (
                f"{person.name} is in QuickBooks with the same e-mail. Search again, and say whether that is "
                "the same payer or somebody else."
            )
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


def email_problem(email: str) -> str | None:
    """What keeps ``email`` from being a contact's (Intuit: Customer), in words; None if nothing does."""
    if len(email) <= EMAIL_LIMIT:
        return None
    return f"QuickBooks takes at most {EMAIL_LIMIT} characters in an e-mail, and this one has {len(email)}."


def display_name(name: str) -> str:
    """A client's name as QuickBooks can take it: what it forbids becomes a space."""
    allowed = (" " if c in NOT_IN_NAMES or unicodedata.category(c) in {"Cc", "Cs"} else c for c in name)
    return " ".join("".join(allowed).split())[:NAME_LIMIT]


def _judge(sought: Sought, person: PersonSeen) -> Candidate:
    likeness, words = best_match(sought.name, _names(person))
    why = [words] if words else []
    if is_same_email(sought.email, person.email):
        why.insert(0, SAME_EMAIL)
        likeness += 200
    if _is_same_phone(sought.phone, person.phone):
        why.append("Same phone")
        likeness += 50
    return Candidate(person, tuple(why), _blocked(sought, person), likeness, words.startswith("Same name"))


def _names(person: PersonSeen) -> tuple[str, ...]:
    return tuple(name for name in (_bare(person), person.full_name, person.company) if name)


def _blocked(sought: Sought, person: PersonSeen) -> str:
    if person.kind != "Customer":
        article = "an employee" if person.kind == "Employee" else f"a {person.kind.lower()}"
        return f"This is {article}, not a customer"
    if DELETED.search(person.name) and not person.active:
        return "Inactive in QuickBooks, or merged into another: make it active there to use it"
    if not person.active:
        return "Inactive in QuickBooks: make it active there to use it"
    if person.currency != sought.currency:
        return f"{KEPT_IN}{person.currency}, and these invoices are in {sought.currency}"
    return ""


def _taken(person: PersonSeen) -> str:
    state = "" if person.active else "inactive "
    article = "an" if state or person.kind == "Employee" else "a"
    return (
        f"QuickBooks already has {article} {state}{person.kind.lower()} called {person.name}, and a name can"
        " be used only once. Choose that contact, or add something to the name, such as “(client)”."
    )


def _there_already(person: PersonSeen) -> str:
    there = f"{person.name} is in QuickBooks already, with the same e-mail."
    return (
        f"{there} Choose that contact." if person.active else f"{there} Make it active there, then choose it."
    )


def is_same_email(sought: str, found: str) -> bool:
    """Whether the address sought is among those QuickBooks keeps, which may be several; case ignored."""
    addresses = re.split(r"[,;\s]+", found.casefold())
    return bool(sought.strip()) and sought.strip().casefold() in addresses


def phone_in(words: str) -> str:
    """The telephone number that words are, as digits; empty where they are something else."""
    digits = re.sub(r"\D", "", words)
    rest = re.sub(r"[\d\s()+./-]|ext", "", words)
    return digits if len(digits) >= SHORTEST_PHONE and not rest else ""


def _is_same_phone(sought: str, found: str) -> bool:
    digits = re.sub(r"\D", "", found)[-PHONE_DIGITS:]
    return bool(sought) and len(digits) >= SHORTEST_PHONE and digits == sought[-PHONE_DIGITS:]


def _bare(person: PersonSeen) -> str:
    """The name without what QuickBooks, or we for a second currency, put behind it."""
    return DELETED.sub("", person.name).removesuffix(f" ({person.currency})")
