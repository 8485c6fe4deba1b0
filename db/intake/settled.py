"""What a firm has said of its cases where the exports can't: whose a shared number is, which money it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.intake.amounts import known_currency
from db.intake.meanings import value_key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


@dataclass(frozen=True, slots=True)
class Whose:
    """Which client's a shared case number is (empty: it stays held), said when these clients shared it."""

    client: str
    among: frozenset[str]


@dataclass(frozen=True, slots=True)
class Settled:
    """By case number whose it is, and by the text in the Client Listing's Currency which currency it means.

    An empty text is a cell that says nothing; an empty currency keeps its cases held. ``one_client`` has, by
    client identifier, the people (``db.intake.persons``) of whom the firm said that they are one client.
    ``lacking`` is what rows are known by (report and identity) that the newest export lacks, ``left_out`` of
    which of them the firm said that they don't count any more.
    """

    whose: Mapping[str, Whose] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    one_client: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lacking: frozenset[tuple[str, ...]] = frozenset()
    left_out: frozenset[tuple[str, ...]] = frozenset()

    def client_of(self, case: str, sharing: Collection[str]) -> str:
        """Whose the case is of those who share its number; empty where nobody said so of just these."""
        said = self.whose.get(case)
        return said.client if said is not None and said.among == frozenset(sharing) else ""

    def are_one(self, identifier: str, people: Collection[str]) -> bool:
        """Whether the firm said of just these people that they are one client."""
        return self.one_client.get(identifier) == frozenset(people)

    def currency_of(self, text: str) -> str:
        """The currency a cell means (ISO 4217), by itself or as the firm said; empty where nobody knows."""
        code = text.upper()
        return code if known_currency(code) else self.currencies.get(value_key(text), "")


NOTHING_SETTLED = Settled()
