"""What is chosen from: paid invoices as choices, and the filter that narrows hundreds of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from db.money import Money


@dataclass(frozen=True, slots=True)
class Tick:
    """A paid invoice that can be booked; ``value`` comes back when it is ticked."""

    value: str
    number: str
    case: str
    paid: date | None
    received: Money
    parts: str
    client: str = ""


@dataclass(frozen=True, slots=True)
class Narrow:
    """What is shown of many: a client's name or its beginning, days (both included), currency, amounts."""

    client: str = ""
    paid_from: date | None = None
    paid_to: date | None = None
    currency: str = ""
    least: Decimal | None = None
    most: Decimal | None = None


NARROW_NOTHING = Narrow()


@dataclass(frozen=True, slots=True)
class Choice:
    """Choosing among many: those the filter lets through, which are ticked, and how many there are in all.

    ``draw`` rises whenever ticks are set by us, so that Slack takes our ticks and not those it remembers.
    """

    ticks: tuple[Tick, ...]
    ticked: frozenset[str]
    of: int
    narrow: Narrow = NARROW_NOTHING
    currencies: tuple[str, ...] = ()
    page: int = 0
    draw: int = 0
    several: bool = False  # of several clients
