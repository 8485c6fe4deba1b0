"""A firm's reviewed choices from CaseEasy values to QuickBooks things, as values, and how each is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from db.chosen import Banking
from db.records import LineKind
from qb.hold import percent_text
from qb.provinces import NAMES
from qb.tax import fee_percent

LINE_WORDS = {
    LineKind.FEE: "Professional fees",
    LineKind.EXEMPT_FEE: "Tax-exempt fees",
    LineKind.EXPENSE: "Disbursements",
    LineKind.SURCHARGE: "Card surcharge",
}
HOLDING = frozenset({Banking.ALL, Banking.UNEARNED})
"""The ways of banking in which a firm holds client money."""
LONGEST = 200
"""Characters of the longest source that is kept."""
AS_DEFAULT = "="
"""The target of an exception that was taken back: it goes as its default does again."""
BY_CLIENT = "?"
"""The target of a tax rate of several provinces: it depends on where the client lives."""


class Fund(StrEnum):
    """Whose money an account holds: the firm's own, or its clients' (trust)."""

    OPERATING = "operating"
    TRUST = "trust"


class Kind(StrEnum):
    """What a mapping row chooses."""

    METHOD = "method"  # CaseEasy payment method → QuickBooks payment method
    DEPOSIT = "deposit"  # currency, or "CAD/Visa" for one method in it → deposit account, for each fund
    ITEM = "item"  # line kind, or "fee/Express Entry" for one case type → item
    TAX = "tax"  # tax seen ("fee@13", "fee@15/NB" for one province, "expense", …) → tax code
    PLACE = "place"  # client → province, where a rate alone doesn't tell it


@dataclass(frozen=True, slots=True)
class Choice:
    """One confirmed choice; ``rests_on`` is what was so of its target then (see :mod:`qb.usable`)."""

    kind: Kind
    source: str
    target_id: str
    target_name: str
    fund: Fund = Fund.OPERATING
    rests_on: tuple[tuple[str, str], ...] = ()

    @property
    def row(self) -> str:
        """The row it answers, as ``kind:source``; of client money, as ``kind@trust:source``."""
        return _key(self.kind, self.source, self.fund)


@dataclass(frozen=True, slots=True)
class Mapping:
    """All confirmed choices of a firm for one company.

    ``converts``: the firm has said that its bank turns what comes in another currency into the home one.
    """

    choices: tuple[Choice, ...] = ()
    converts: bool = False
    _by_value: dict[tuple[Kind, str, Fund], Choice] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Thousands of clients have a province, and each invoice asks for several choices."""
        found: dict[tuple[Kind, str, Fund], Choice] = {}
        for choice in self.choices:
            found.setdefault((choice.kind, choice.source, choice.fund), choice)
        object.__setattr__(self, "_by_value", found)

    def choice(self, kind: Kind, source: str, fund: Fund = Fund.OPERATING) -> Choice | None:
        """The confirmed choice for a CaseEasy value, if there is one."""
        return self._by_value.get((kind, source, fund))

    def deciding(self, kind: Kind, source: str, special: str, fund: Fund = Fund.OPERATING) -> str:
        """The source of the row that decides: the exception for ``special`` if one holds, else the default.

        An exception whose target can't be used any more still decides: nothing falls back in silence.
        """
        own = exception(source, special)
        choice = self.choice(kind, own, fund)
        return source if choice is None or choice.target_id == AS_DEFAULT else own


@dataclass(frozen=True, slots=True)
class Row:
    """One CaseEasy value that needs a choice; ``label`` says it to people.

    ``places`` are the provinces a tax rate can be of, by what the invoices show.
    """

    kind: Kind
    source: str
    label: str
    fund: Fund = Fund.OPERATING
    places: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The row as ``kind:source``; of client money, as ``kind@trust:source``."""
        return _key(self.kind, self.source, self.fund)

    @property
    def base(self) -> str:
        """The source without what makes it an exception: ``CAD`` of ``CAD/Visa``."""
        return base(self.kind, self.source)

    @property
    def special(self) -> str:
        """What makes it an exception, ``Visa`` of ``CAD/Visa``; empty for a default."""
        return special(self.kind, self.source)


def exception(source: str, special: str) -> str:
    """The source of an exception to the row ``source``; of a long name what fits, told apart by its hash."""
    whole = f"{source}/{special}"
    if len(whole) <= LONGEST:
        return whole
    mark = "…#" + sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return whole[: LONGEST - len(mark)] + mark


def base(kind: Kind, source: str) -> str:
    """The default's source; what has no exceptions is its own."""
    return source if kind in {Kind.METHOD, Kind.PLACE} else source.partition("/")[0]


def special(kind: Kind, source: str) -> str:
    """The exception's own part of a source; empty where there is none."""
    return source[len(base(kind, source)) + 1 :]


def row(kind: Kind, source: str, fund: Fund = Fund.OPERATING) -> Row:
    """The row for a CaseEasy value, with its words."""
    return Row(kind, source, _label(kind, source, fund), fund)


def row_of_key(key: str) -> Row:
    """The row a hold names as ``kind:source`` or ``kind@trust:source``."""
    head, _, source = key.partition(":")
    kind, _, fund = head.partition("@")
    return row(Kind(kind), source, Fund(fund) if fund else Fund.OPERATING)


def _key(kind: Kind, source: str, fund: Fund) -> str:
    return f"{kind}:{source}" if fund is Fund.OPERATING else f"{kind}@{fund}:{source}"


def _label(kind: Kind, source: str, fund: Fund) -> str:
    own, of = special(kind, source), base(kind, source)
    match kind:
        case Kind.METHOD:
            return source
        case Kind.PLACE:
            return f"Province of client {source}"
        case Kind.DEPOSIT:
            what = "Client money" if fund is Fund.TRUST else "Payments"
            return f"{what} in {of} by {own}" if own else f"{what} in {of}"
        case Kind.ITEM:
            words = LINE_WORDS[LineKind(of)]
            return f"{words} of {own} cases" if own else words
        case Kind.TAX:
            words = _tax_label(of)
            return f"{words} in {NAMES.get(own, own)}" if own else words


def _tax_label(source: str) -> str:
    percent = fee_percent(source)
    if percent is None:
        return f"{LINE_WORDS[LineKind(source)]} without tax"
    return f"Fees with {percent_text(percent)} tax" if percent else "Fees without tax"
