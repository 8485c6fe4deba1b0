"""What a firm has said the columns we don't know mean, and what they then say of one row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

from db.intake.amounts import known_currency, money_of
from db.intake.forms import Report
from db.records import Doubt, Mark, Stated, StatedTax

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from db.money import Money

LONGEST_KEY = 200
HEADERS = 1_000
"""Remembered by their keys: every row of a report repeats the same few."""
LONGEST_DESCRIPTION = 500
MOST_HEADERS = 10_000
TRUST, OPERATING, PAID = "trust", "operating", "paid"


class Meaning(StrEnum):
    """What a column can mean; what it then does is said at :func:`told_by` and in ``qb.stated``."""

    TAX = "tax"
    TOTAL = "total"
    DISCOUNT = "discount"
    CURRENCY = "currency"
    FUND = "fund"
    STATUS = "status"
    DESCRIPTION = "description"
    IGNORE = "ignore"


OFFERED: Mapping[str, tuple[Meaning, ...]] = MappingProxyType(
    {
        Report.INVOICES: tuple(Meaning),
        Report.PAYMENTS: (Meaning.CURRENCY, Meaning.FUND, Meaning.STATUS, Meaning.IGNORE),
    }
)
"""What a column may mean: an invoice's amounts stand in its own report; of clients we need nothing more."""

VALUES: Mapping[Meaning, tuple[str, ...]] = MappingProxyType(
    {Meaning.FUND: (OPERATING, TRUST), Meaning.STATUS: (PAID, *Mark)}
)
"""Meanings of which each value must be explained too, and what a value may say."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What a column means: of a tax, its name and rate in per cent; of a fund or status, each value."""

    meaning: Meaning
    header: str
    name: str = ""
    percent: Decimal | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    def says(self, text: str) -> str | None:
        """What a value stands for; None where nobody explained it."""
        return self.values.get(value_key(text))


Columns = MappingProxyType[Report, "Mapping[str, Taught]"]
"""By report and column (:func:`column_key`)."""
NONE_TAUGHT: Columns = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Told:
    """What the explained columns of one row say; ``currency`` is ISO 4217, empty where none says it."""

    taxes: tuple[tuple[Taught, str], ...] = ()
    totals: tuple[str, ...] = ()
    discounts: tuple[str, ...] = ()
    currency: str = ""
    trust: str = ""
    mark: Mark | None = None
    marked: str = ""
    descriptions: tuple[str, ...] = ()
    doubts: frozenset[Doubt] = frozenset()


NOTHING_TOLD = Told()
GRAVEST = (Mark.VOID, Mark.DRAFT, Mark.OPEN)


@lru_cache(maxsize=MOST_HEADERS)
@lru_cache(maxsize=HEADERS)
def column_key(header: str) -> str:
    """A header as it is remembered: whatever its case and blanks, and never longer than an index takes."""
    folded = "".join(header.split()).casefold()
    if len(folded) <= LONGEST_KEY:
        return folded
    return f"{folded[: LONGEST_KEY - 65]}#{sha256(folded.encode('utf-8', 'surrogatepass')).hexdigest()}"


def value_key(text: str) -> str:
    """A value as it is remembered: whatever its case and blanks."""
    return " ".join(text.split()).casefold()


def told_by(cells: Mapping[str, str], columns: Mapping[str, Taught]) -> Told:
    """What the explained columns say in a row; an empty cell says nothing.

    A currency that isn't one is unreadable; two columns that name two currencies conflict. A fund or status
    that nobody explained is a doubt of its own. Of several statuses the gravest counts.
    """
    if not columns:
        return NOTHING_TOLD
    found = [
        (taught, text)
        for header, text in cells.items()
        if text and (taught := columns.get(column_key(header))) is not None
    ]
    return _told(found) if found else NOTHING_TOLD


def stated(told: Sequence[Told], currency: str) -> tuple[Stated, frozenset[Doubt]]:
    """What these rows state together, in the invoice's currency: the invoice's own first, then its payments'.

    A tax of nothing is stated too. An amount that can't be read is a doubt.
    """
    doubts: set[Doubt] = set().union(*(one.doubts for one in told))
    first = told[0]
    taxes = tuple(
        StatedTax(taught.name, taught.percent, value)
        for taught, text in first.taxes
        if (value := money_of(text, currency, doubts)) is not None
    )
    mark, marked = min(
        ((one.mark, one.marked) for one in told if one.mark),
        key=lambda one: GRAVEST.index(one[0]),
        default=(None, ""),
    )
    result = Stated(
        taxes=taxes,
        total=_one(first.totals, currency, doubts),
        discount=_sum(first.discounts, currency, doubts),
        trust=next((one.trust for one in told if one.trust), ""),
        mark=mark,
        marked=marked,
        description=" · ".join(first.descriptions)[:LONGEST_DESCRIPTION],
    )
    return result, frozenset(doubts)


def same_but_words(one: Told, other: Told) -> bool:
    """Whether two rows state the same; how they are described doesn't count."""
    return replace(one, descriptions=()) == replace(other, descriptions=())


def _told(found: Sequence[tuple[Taught, str]]) -> Told:
    by = {meaning: [(t, text) for t, text in found if t.meaning is meaning] for meaning in Meaning}
    doubts: set[Doubt] = set()
    mark, marked = _marked(by[Meaning.STATUS], doubts)
    return Told(
        taxes=tuple(by[Meaning.TAX]),
        totals=tuple(text for _, text in by[Meaning.TOTAL]),
        discounts=tuple(text for _, text in by[Meaning.DISCOUNT]),
        currency=_currency((text.upper() for _, text in by[Meaning.CURRENCY]), doubts),
        trust=_trust(by[Meaning.FUND], doubts),
        mark=mark,
        marked=marked,
        descriptions=tuple(text for _, text in by[Meaning.DESCRIPTION]),
        doubts=frozenset(doubts),
    )


def _currency(codes: Iterable[str], doubts: set[Doubt]) -> str:
    said = set(codes)
    if not all(map(known_currency, said)):
        doubts.add(Doubt.UNREADABLE)
        return ""
    if len(said) > 1:
        doubts.add(Doubt.OTHER_CURRENCY)
        return ""
    return said.pop() if said else ""


def _trust(found: Iterable[tuple[Taught, str]], doubts: set[Doubt]) -> str:
    """The words that say client money; any one of them is enough."""
    trust = ""
    for taught, text in found:
        says = taught.says(text)
        if says is None:
            doubts.add(Doubt.UNTAUGHT_VALUE)
        elif says == TRUST:
            trust = trust or f"{taught.header}: {text}"
    return trust


def _marked(found: Iterable[tuple[Taught, str]], doubts: set[Doubt]) -> tuple[Mark | None, str]:
    marks: list[tuple[Mark, str]] = []
    for taught, text in found:
        says = taught.says(text)
        if says is None:
            doubts.add(Doubt.UNTAUGHT_VALUE)
        elif says != PAID:
            marks.append((Mark(says), f"{taught.header}: {text}"))
    return min(marks, key=lambda one: GRAVEST.index(one[0])) if marks else (None, "")


def _one(texts: Sequence[str], currency: str, doubts: set[Doubt]) -> Money | None:
    """The one amount several columns say alike."""
    said = {money_of(text, currency, doubts) for text in texts}
    if len(said) > 1:
        doubts.add(Doubt.CONFLICTING_ROWS)
    return next(iter(said)) if len(said) == 1 else None


def _sum(texts: Sequence[str], currency: str, doubts: set[Doubt]) -> Money | None:
    read = [value for text in texts if (value := money_of(text, currency, doubts)) is not None and value]
    return sum(read[1:], start=read[0]) if read else None
