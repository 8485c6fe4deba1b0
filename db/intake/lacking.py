"""What an export no longer has, though it has what stood before and after it: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from db.intake.forms import INVOICE_DATE, NUMBER, PAYMENT_DATE, TRANSACTION, Report
from db.intake.questions import far_fewer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

COUNTS, LEFT_OUT = "counts", "left_out"
"""What may be said of such a row: it counts all the same, or it doesn't any more; nothing said holds it."""
PRINT = 8
"""Bytes by which an identity is remembered."""
MOST = 200
"""An export that lacks more than so many rows is another selection, not the next of its kind."""
DAYS_AND_NUMBERS = {Report.INVOICES: (NUMBER, INVOICE_DATE), Report.PAYMENTS: (TRANSACTION, PAYMENT_DATE)}
"""By which columns of a report it is told what stands before and after a row; of no other it can be told."""
COUNTED = re.compile(r"(\d+)(\D*)\Z")


@dataclass(frozen=True, slots=True)
class Lacking:
    """A row that the newest export lacks: its report, case, invoice or transaction, and that export's day.

    ``since`` is the import that lacked it first: said of that one, an answer says nothing of a later.
    """

    report: Report
    case: str
    number: str
    exported: date
    since: int


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where an export reaches: its days, and its numbers by how they are written."""

    first: date
    last: date
    numbers: Mapping[str, tuple[int, int]]

    def covers(self, number: str, day: date) -> bool:
        """Whether it has numbers before and after this one, and days not after and not before."""
        counted = _counted(number)
        if counted is None or not self.first <= day <= self.last:
            return False
        shape, value = counted
        low, high = self.numbers.get(shape, (value, value))
        return low < value < high


def span_of(numbers: Iterable[str], days: Sequence[date]) -> Span | None:
    """The span of an export with these numbers and days; None without any day."""
    if not days:
        return None
    reach: dict[str, tuple[int, int]] = {}
    for number in numbers:
        counted = _counted(number)
        if counted is not None:
            shape, value = counted
            low, high = reach.get(shape, (value, value))
            reach[shape] = min(low, value), max(high, value)
    return Span(min(days), max(days), reach)


def print_of(key: str) -> bytes:
    """What an identity is remembered by."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=PRINT).digest()


def packed(keys: Iterable[str]) -> bytes:
    """All identities of an export."""
    return b"".join(sorted(map(print_of, keys)))


def unpacked(prints: bytes) -> frozenset[bytes]:
    """One by one again."""
    return frozenset(prints[start : start + PRINT] for start in range(0, len(prints), PRINT))


def succeeds(now: frozenset[bytes], before: frozenset[bytes]) -> bool:
    """Whether an export is the next of the same kind: it has most of what that one had."""
    repeated = len(now & before)
    return repeated > 0 and not far_fewer(repeated, len(before)) and len(before - now) <= MOST


def dropped(now: frozenset[bytes], earlier: Iterable[frozenset[bytes]]) -> frozenset[bytes]:
    """What any of the ``earlier`` exports that it succeeds had, and it hasn't.

    Not the newest of them alone: what went with the last row, or while a part was taken in, shows later.
    """
    return frozenset[bytes]().union(*(one - now for one in earlier if succeeds(now, one)))


def _counted(number: str) -> tuple[str, int] | None:
    """``INV-0042/a`` is the 42nd of ``INV-#/a``."""
    found = COUNTED.search(number)
    return (f"{number[: found.start()]}#{found[2]}", int(found[1])) if found else None
