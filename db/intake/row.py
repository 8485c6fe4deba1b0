"""A row of an export that holds, as case files are made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.intake import forms
from db.intake.meanings import NOTHING_TOLD
from db.intake.persons import Person

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from db.intake.forms import Report
    from db.intake.meanings import Told


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the export: header → text; and what the firm's own columns say.

    ``is_lacking``: the newest export hasn't got it, and nobody has said yet whether it counts.
    """

    report: Report
    case_number: str
    cells: Mapping[str, str]
    told: Told = NOTHING_TOLD
    is_lacking: bool = False

    def text(self, column: str) -> str:
        """What the cell says; nothing where there is none."""
        return self.cells.get(column, "")

    @property
    def known_by(self) -> tuple[str, ...]:
        """Its report and identity."""
        return (self.report, *map(self.text, forms.IDENTITY[self.report]))


def counting(
    rows: Iterable[Row], lacking: Collection[tuple[str, ...]], left_out: Collection[tuple[str, ...]]
) -> Iterator[Row]:
    """The rows that count, those that an export lacks marked."""
    if not lacking and not left_out:
        yield from rows
        return
    for row in rows:
        known_by = row.known_by
        if known_by not in left_out:
            yield replace(row, is_lacking=True) if known_by in lacking else row


def person(row: Row) -> Person:
    """Whom a row of the Client Listing means."""
    return Person(*map(row.text, (forms.CLIENT, forms.FULL_NAME, forms.EMAIL, forms.UCI)))
