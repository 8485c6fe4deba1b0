"""What is said to whoever answers about a column that can't be answered so."""

from __future__ import annotations

from db.refusal import YOU, Sentence

COLUMN_GONE = Sentence(
    "columns.gone",
    "This column isn't known here.",
    "Nothing was changed.",
    "Open Columns again under `/qb-mapping`.",
    YOU,
)
