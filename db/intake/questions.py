"""What is asked of a person before a file is taken in: decided from figures, changed by nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

ODD = "odd"
"""Far fewer rows than the last export of its report, older than one taken in, or of other cases: anyway?"""
ORDER = "order"
"""Its days can be read day first and month first, and nothing in it tells which: answered by either."""
TAKE = "take"
"""The answer that lets an odd file in."""

FEWER_THAN = 70
"""An export with less than so many hundredths of the last one's rows …"""
AT_LEAST_FEWER = 10
"""… and at least so many rows fewer asks; a small office's exports vary by some rows."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a file, and the facts it is asked for (plain JSON); an answer is for exactly these."""

    kind: str
    facts: Mapping[str, Any]

    @property
    def is_apart(self) -> bool:
        """Whether it is asked, among other things, as nothing of the file is in the records."""
        return "apart" in self.facts

    @property
    def mark(self) -> str:
        """The same for the same question: what an answer names."""
        text = json.dumps([self.kind, dict(self.facts)], sort_keys=True, ensure_ascii=False)
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Size:
    """How much an export holds: its rows, the day in its name, and the newest day in its cells."""

    rows: int
    exported: date | None = None
    latest: date | None = None


def oddity(report: str, now: Size, last: Size | None, *, apart: int = 0) -> Question | None:
    """Why an export must be asked about, compared with the ``last`` of its report; None where nothing is odd.

    ``last`` has the rows of the newest export and the newest days of any. The days in the names decide what
    is older; where a name tells none, the newest days in the cells do. ``apart`` is how many cases it has if
    neither they nor their clients are in the records: then it may be another office's.
    """
    facts: dict[str, Any] = {"apart": apart} if apart else {}
    if last is None:
        return Question(ODD, {"report": report, **facts}) if facts else None
    if far_fewer(now.rows, last.rows):
        facts |= {"rows": now.rows, "last_rows": last.rows}
    ours, theirs = _days(now, last)
    if ours is not None and theirs is not None and ours < theirs:
        facts |= {"day": ours.isoformat(), "last_day": theirs.isoformat()}
    return Question(ODD, {"report": report, **facts}) if facts else None


def far_fewer(rows: int, last: int) -> bool:
    """Whether an export lacks so much that it may be filtered, cut off, or another office's."""
    return rows * 100 < last * FEWER_THAN and last - rows >= AT_LEAST_FEWER


def _days(now: Size, last: Size) -> tuple[date | None, date | None]:
    if now.exported is not None and last.exported is not None:
        return now.exported, last.exported
    if now.exported is None:
        return now.latest, last.latest
    return None, None
