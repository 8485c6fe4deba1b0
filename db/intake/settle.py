"""Decides what becomes of the rows kept under one identity when a newer file speaks of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.intake.column import JSON
from db.intake.meanings import column_key
from db.intake.rows import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.intake.rows import KeptRow


@dataclass(frozen=True, slots=True)
class Standing:
    """A row kept before; ``mine`` where this very import staged it, from another file."""

    id: int
    occurrence: int
    sha256: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """Rows that say the same, those that replace another, new ones with their occurrence, and gone ones."""

    unchanged: tuple[KeptRow, ...]
    changed: tuple[tuple[Standing, KeptRow], ...]
    added: tuple[tuple[int, KeptRow], ...]
    gone: tuple[Standing, ...]


def differing(standing: Sequence[Standing], incoming: Sequence[KeptRow]) -> tuple[Standing, ...]:
    """The rows kept before that no incoming row repeats."""
    repeated = Counter(row.sha256 for row in incoming)
    left = []
    for row in standing:
        if repeated[row.sha256]:
            repeated[row.sha256] -= 1
        else:
            left.append(row)
    return tuple(left)


def settle(
    standing: Sequence[Standing],
    incoming: Sequence[KeptRow],
    cells_of: Callable[[Standing], dict[str, str]],
    columns: frozenset[str],
) -> Settled:
    """Match the rows of one identity, whatever their order; a column the file hasn't got says nothing.

    ``cells_of`` is asked for :func:`differing` rows only. An identity the file names is told by it whole:
    twins it no longer has are gone.
    """
    left = differing(standing, incoming)
    known = Counter(row.sha256 for row in standing if row not in left)
    unchanged: list[KeptRow] = []
    fresh: list[KeptRow] = []
    for row in incoming:
        same = known[row.sha256] > 0
        known[row.sha256] -= same
        (unchanged if same else fresh).append(row)
    changed = []
    for old, new in zip(left, fresh, strict=False):
        merged = _merged(cells_of(old), new, columns)
        if merged.sha256 == old.sha256:
            unchanged.append(merged)
        else:
            changed.append((old, merged))
    free = _free({row.occurrence for row in standing}, len(fresh) - len(left))
    return Settled(
        unchanged=tuple(unchanged),
        changed=tuple(changed),
        added=tuple(zip(free, fresh[len(left) :], strict=True)),
        gone=tuple(left[len(fresh) :]),
    )


def _merged(old: dict[str, str], new: KeptRow, columns: frozenset[str]) -> KeptRow:
    written = {column_key(name) for name in columns}  # "GST" and "Gst" are one column, as they are taught
    absent = {name: text for name, text in old.items() if column_key(name) not in written}
    if not absent:
        return new
    cells = absent | new.cells
    return replace(new, written=JSON.encode(cells), sha256=digest(cells))


def _free(taken: set[int], count: int) -> list[int]:
    highest = len(taken) + max(count, 0)
    return [number for number in range(1, highest + 1) if number not in taken][: max(count, 0)]
