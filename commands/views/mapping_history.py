"""The mapping's history: per row who chose what when, and what it was before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Screen
from commands.views.blocks import context, modal, section
from commands.views.text import count, day, name, person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from commands.views.blocks import Block, View

TITLE = "Mapping History"
ROWS = 25
CHANGES = 4
CHARACTERS = 8_500


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a row: who, when (the firm's day), what it was before (empty: nothing) and is after."""

    by: str
    on: date
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowHistory:
    """All changes of one row, newest first."""

    label: str
    changes: tuple[Change, ...]


def history(rows: Sequence[RowHistory], reviewed: Sequence[tuple[str, date]]) -> View:
    """The rows changed last first; as many as a screen holds, and how many more there are."""
    if not rows:
        told = "Nothing is confirmed yet, so there is no history."
        return modal(Screen.NOTICE, TITLE, [section(told)])
    blocks: list[Block] = []
    if reviewed:
        told = ", ".join(f"{person(by)} on {day(on)}" for by, on in reviewed)
        blocks.append(section(f"All of it was reviewed last by {told}."))
    shown, size = 0, 0
    for row in rows[:ROWS]:
        block = section(_row(row))
        size += len(json.dumps(block, ensure_ascii=False))
        if size > CHARACTERS:
            break
        blocks.append(block)
        shown += 1
    if shown < len(rows):
        left = count(len(rows) - shown, "more row")
        blocks.append(context(f"{left} changed longer ago; the audit chain keeps every change."))
    return modal(Screen.NOTICE, TITLE, blocks)


def _row(row: RowHistory) -> str:
    lines = [f"*{name(row.label, 100)}*", *map(_change, row.changes[:CHANGES])]
    left = len(row.changes) - CHANGES
    return "\n".join([*lines, f"and {count(left, 'earlier change')}"] if left > 0 else lines)


def _change(change: Change) -> str:
    what = (
        f"{name(change.before, 60)} → {name(change.after, 60)}" if change.before else name(change.after, 60)
    )
    return f"• {day(change.on)}, {person(change.by)}: {what}"
