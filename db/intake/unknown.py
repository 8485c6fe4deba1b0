"""Finds the columns of a report beside CaseEasy's own, with what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.columns_taught import LONGEST_HEADER, LONGEST_VALUE, MOST_VALUES, Column
from db.intake.meanings import OFFERED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.intake.reports import Detected
    from db.intake.rows import KeptRow


def own_columns(rows: Mapping[str, Sequence[KeptRow]], detected: Detected) -> tuple[Column, ...]:
    """Those that may mean something, with the first different values of each."""
    if detected.report not in OFFERED:
        return ()
    headers = [name for _, name in detected.columns if name not in detected.form.columns]
    values: dict[str, dict[str, None]] = {name: {} for name in headers}
    for row in (row for twins in rows.values() for row in twins) if headers else ():
        for name in headers:
            text = row.cells.get(name, "")
            if text and len(values[name]) <= MOST_VALUES:
                values[name].setdefault(text[:LONGEST_VALUE])
    return tuple(
        Column(
            detected.report, name[:LONGEST_HEADER], tuple(met)[:MOST_VALUES], whole=len(met) <= MOST_VALUES
        )
        for name, met in values.items()
    )
