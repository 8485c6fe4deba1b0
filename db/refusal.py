"""What a person is told when something can't be done: what happened, what was booked, what to do, who can."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

YOU = "you"
ANYONE = "anyone in your firm"
CONFIRMERS = "an admin or approver"
ADMIN = "an admin"
BOOKKEEPER = "your bookkeeper"
OPERATOR = "whoever runs CaseLedger"
NOBODY = "nobody needs to"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The four parts, as sentences but for ``who``, which is words; ``reference`` leads into the log.

    Values in it are as they were given: for Slack's markup their names are escaped already.
    """

    what: str
    booked: str
    remedy: str
    who: str
    reference: str = ""

    def __str__(self) -> str:
        """All of it in one line, the reference number last."""
        reference = (f"Reference {self.reference}.",) if self.reference else ()
        return " ".join((*self.parts, *reference))

    @property
    def parts(self) -> tuple[str, ...]:
        """A paragraph each, as a page shows it."""
        found = (self.what, self.booked, self.remedy, self.who and f"Who can: {self.who}.")
        return tuple(part for part in found if part)

    @property
    def short(self) -> str:
        """What happened and what to do, for a list that tells the rest above."""
        return " ".join(part for part in (self.what, self.remedy) if part)

    def referring(self, reference: str) -> Refusal:
        """The same under a reference number."""
        return replace(self, reference=reference)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A refusal of the catalogue: its parts with places such as ``{company}``, and values for an example."""

    key: str
    what: str
    booked: str
    remedy: str
    who: str
    example: Mapping[str, str] = field(default_factory=dict)

    def said(self, **values: str) -> Refusal:
        """The refusal with its places filled; ``KeyError`` where a value is missing."""
        return Refusal(*(part.format(**values) for part in (self.what, self.booked, self.remedy, self.who)))

    @property
    def shown(self) -> Refusal:
        """The refusal with the values of its example."""
        return self.said(**self.example)

    @property
    def places(self) -> frozenset[str]:
        """The names of its places."""
        texts = (self.what, self.booked, self.remedy, self.who)
        return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)
