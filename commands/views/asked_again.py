"""What a second person reads first of a request that was rejected before: by whom, why, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.views.text import count, moment, name, person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

REASON, CHANGE = 300, 160
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Rejection:
    """A rejection of the same invoices (aware moment), and what is otherwise by now, a sentence each."""

    by: str
    at: datetime
    reason: str
    changes: tuple[str, ...] = ()


def rejected_before(before: Rejection) -> str:
    """Two lines of markup, names escaped."""
    return (
        f"*Rejected before* by {person(before.by)} · {moment(before.at)}: {name(before.reason, REASON)}\n"
        f"{_since(before.changes)}"
    )


def _since(changes: Sequence[str]) -> str:
    if not changes:
        return "Unchanged since: the same invoices, contact and amounts."
    told = " ".join(name(change, CHANGE) for change in changes[:SHOWN])
    left = len(changes) - SHOWN
    return f"Changed since: {told}" + (f" And {count(left, 'more change')}." if left > 0 else "")
