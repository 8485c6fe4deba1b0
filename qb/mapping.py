"""A firm's reviewed choices from CaseEasy values to QuickBooks things, and what still needs one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a mapping row chooses."""

    METHOD = "method"  # CaseEasy payment method → QuickBooks payment method
    DEPOSIT = "deposit"  # currency → deposit account of that currency
    ITEM = "item"  # line kind → item
    TAX = "tax"  # tax seen ("fee@13", "fee@0", "exempt_fee", "expense", "surcharge") → tax code


@dataclass(frozen=True, slots=True)
class Choice:
    """One confirmed choice."""

    kind: Kind
    source: str
    target_id: str
    target_name: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """All confirmed choices of a firm for one company."""

    choices: tuple[Choice, ...] = ()

    def choice(self, kind: Kind, source: str) -> Choice | None:
        """The confirmed choice for a CaseEasy value, if there is one."""
        return next((c for c in self.choices if c.kind is kind and c.source == source), None)
