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
MATTER_CHANGED = Sentence(
    "matter.changed",
    "The newest exports have changed what is asked here.",
    "Nothing was changed.",
    "Look at Columns again under `/qb-mapping`.",
    YOU,
)
BOOKED_FOR_ANOTHER = Sentence(
    "matter.booked-for-another",
    "Invoices of this case are booked for {client} already: as another client's they would be booked twice.",
    "Nothing was changed.",
    "Take them back in QuickBooks first if that was wrong, and book what is the other client's by hand.",
    YOU,
    {"client": "Maria Silva"},
)
