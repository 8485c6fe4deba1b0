"""Groups the paid invoices that aren't in the books by what they need, oldest first; who waits for whom."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from db.money import total

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from db.money import Money
    from db.snoozes import Snooze
    from qb.hold import Mend
    from qb.omens import Whose

READY = "ready"
ASKED = "asked"
"""The group of what waits for an approver; the held ones go by their reason."""

BANDS = (7, 30, 60)
"""The oldest day of each band of age but the last, which has no end."""
LABELS = ("0 to 7 days", "8 to 30 days", "31 to 60 days", "over 60 days")
SATURDAY = 5
FIRST_DAYS = 2
MARK = 16


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paid invoice that isn't in the books.

    ``paid`` is None where its day isn't known for sure. ``fingerprint`` is another one once it changes;
    ``since`` says from when on it waits for an approver.
    """

    mark: str
    fingerprint: str
    case: str
    number: str
    client: str
    client_name: str
    amount: Money
    paid: date | None
    group: str
    sentence: str
    mend: Mend
    whose: Whose
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A case's invoices in one group: what one line shows and one press concerns."""

    mark: str
    invoices: tuple[Waiting, ...]
    snooze: Snooze | None = None

    @property
    def first(self) -> Waiting:
        """The oldest of them; case, client and group are the same for all."""
        return self.invoices[0]

    @property
    def totals(self) -> tuple[Money, ...]:
        """One total a currency."""
        return totals_of(one.amount for one in self.invoices)


@dataclass(frozen=True, slots=True)
class Group:
    """What needs the same thing of the same people, oldest first."""

    key: str
    whose: Whose
    mend: Mend
    items: tuple[Item, ...]

    @property
    def invoices(self) -> int:
        """How many invoices."""
        return sum(len(item.invoices) for item in self.items)

    @property
    def totals(self) -> tuple[Money, ...]:
        """One total a currency."""
        return totals_of(one.amount for item in self.items for one in item.invoices)


@dataclass(frozen=True, slots=True)
class Ages:
    """What waits in one currency by the days since it was paid, in the order of ``LABELS``."""

    bands: tuple[Money, ...]

    @property
    def currency(self) -> str:
        """ISO 4217."""
        return self.bands[0].currency


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that waits; what is put off is apart, and counted all the same.

    ``unclear`` is what has no day of payment that is known for sure, a currency each.
    """

    groups: tuple[Group, ...]
    snoozed: tuple[Item, ...]
    invoices: int
    totals: tuple[Money, ...]
    oldest: date | None
    ages: tuple[Ages, ...]
    unclear: tuple[Money, ...]
    month_end: bool
    marks: tuple[str, ...]

    @property
    def ready(self) -> Group | None:
        """What can be booked, where there is any."""
        return next((one for one in self.groups if one.key == READY), None)


@dataclass(frozen=True, slots=True)
class Change:
    """Since the digest before: so many invoices came, so many are gone."""

    more: int
    fewer: int


def digest(waiting: Iterable[Waiting], snoozes: Mapping[str, Snooze], today: date) -> Digest:
    """What waits on ``today`` (the firm's day), grouped; ``snoozes`` by mark, be they over or not.

    Month-end ignores what was put off, and says so.
    """
    everything = sorted(waiting, key=_oldest_first)
    late = is_month_end(today)
    items = [_item(key, invoices, snoozes, today) for key, invoices in _by_case(everything).items()]
    shown = [one for one in items if late or one.snooze is None]
    known = [one.paid for one in everything if one.paid is not None]
    return Digest(
        groups=_groups(shown),
        snoozed=tuple(one for one in items if not late and one.snooze is not None),
        invoices=len(everything),
        totals=totals_of(one.amount for one in everything),
        oldest=min(known, default=None),
        ages=_ages(everything, today),
        unclear=totals_of(one.amount for one in everything if one.paid is None),
        month_end=late and any(one.snooze is not None for one in items),
        marks=tuple(one.mark for one in everything),
    )


def change(now: Collection[str], before: Collection[str]) -> Change:
    """By the marks of both digests."""
    return Change(len(set(now) - set(before)), len(set(before) - set(now)))


def is_month_end(day: date) -> bool:
    """From the month's last business day (Monday to Friday) to the second day of the next month."""
    if day.day <= FIRST_DAYS:
        return True
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    while last.weekday() >= SATURDAY:
        last -= timedelta(days=1)
    return day >= last


def holds(snooze: Snooze, fingerprint: str, today: date) -> bool:
    """Whether it is still put off: before its day, or unchanged."""
    return today < snooze.until if snooze.until else snooze.fingerprint == fingerprint


def totals_of(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One total a currency, in the order they are met."""
    kept = list(amounts)
    currencies = dict.fromkeys(money.currency for money in kept)
    return tuple(total((money for money in kept if money.currency == one), one) for one in currencies)


def whole_units(amount: Money) -> int:
    """For a chart, which knows no cents: the nearest whole dollar, halves away from zero."""
    return int(amount.amount.quantize(Decimal(1), ROUND_HALF_UP))


def short(*parts: str) -> str:
    """A short stand-in for texts that may be long."""
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:MARK]


def _by_case(everything: Sequence[Waiting]) -> dict[tuple[str, str, str], list[Waiting]]:
    found: dict[tuple[str, str, str], list[Waiting]] = {}
    for one in everything:
        found.setdefault((one.group, one.client, one.case), []).append(one)
    return found


def _item(
    key: tuple[str, str, str], invoices: Sequence[Waiting], snoozes: Mapping[str, Snooze], today: date
) -> Item:
    """Put off where each of its invoices is; one that came since brings the others back."""
    off = [
        snooze
        for one in invoices
        if (snooze := snoozes.get(one.mark)) is not None and holds(snooze, one.fingerprint, today)
    ]
    return Item(short(*key), tuple(invoices), off[0] if len(off) == len(invoices) else None)


def _groups(items: Sequence[Item]) -> tuple[Group, ...]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.first.group, []).append(item)
    ordered = sorted(found.items(), key=lambda group: (_place(group[0]), _oldest_first(group[1][0].first)))
    return tuple(Group(key, each[0].first.whose, each[0].first.mend, tuple(each)) for key, each in ordered)


def _place(key: str) -> int:
    return {READY: 0, ASKED: 1}.get(key, 2)


def _ages(everything: Sequence[Waiting], today: date) -> tuple[Ages, ...]:
    dated = [(one.amount, _band(one.paid, today)) for one in everything if one.paid is not None]
    currencies = dict.fromkeys(amount.currency for amount, _ in dated)
    return tuple(
        Ages(
            tuple(
                total((amount for amount, at in dated if at == band and amount.currency == one), one)
                for band in range(len(LABELS))
            )
        )
        for one in currencies
    )


def _band(paid: date, today: date) -> int:
    days = (today - paid).days
    return sum(days > last for last in BANDS)


def _oldest_first(one: Waiting) -> tuple[date, str, str]:
    return one.paid or date.max, one.case, one.number
