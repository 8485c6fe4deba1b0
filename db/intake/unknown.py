"""Finds the columns of a report beside CaseEasy's own, with what stands in them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from db.columns_taught import LONGEST_VALUE, MOST_VALUES, Column
from db.intake.meanings import OFFERED

if TYPE_CHECKING:
    from db.intake.reports import Detected
    from db.intake.rows import ReportRows


def own_columns(rows: ReportRows, detected: Detected) -> tuple[Column, ...]:
    """Those that may mean something, with the first different values of each."""
    if detected.report not in OFFERED:
        return ()
    headers = [name for _, name in detected.columns if name not in detected.form.columns]
    return tuple(_column(rows, detected, name) for name in headers)


def _column(rows: ReportRows, detected: Detected, name: str) -> Column:
    met = dict.fromkeys(text[:LONGEST_VALUE] for text in rows.said(name) if text)
    values = tuple(islice(met, MOST_VALUES))
    return Column(detected.report, name, values, whole=len(met) <= MOST_VALUES)
