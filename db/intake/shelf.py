"""Puts a batch of a file's rows beside those already kept, and counts what that changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from db.intake.imports import standing_for
from db.intake.settle import Standing, differing, settle
from db.tables import SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.intake.forms import Report
    from db.intake.rows import KeptRow
    from db.intake.settle import Settled


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows by what became of them, those with a problem left out; ``met`` held before and are spoken of."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    met: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.withdrawn + other.withdrawn,
            self.met + other.met,
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where one import keeps one report of one firm; ``columns`` are those its file has."""

    firm_id: str
    import_id: int
    report: Report
    columns: frozenset[str]

    def standing(self, session: Session) -> int:
        """How many rows of the report hold so far."""
        held = select(func.count()).where(standing_for(self.firm_id), SourceRow.report == self.report)
        return session.execute(held).scalar_one()

    def put(self, session: Session, batch: Mapping[str, Sequence[KeptRow]]) -> Counts:
        """Stage whole identities, keyed as they are known; the caller commits."""
        standing = self._standing(session, batch)
        left = [row.id for key, rows in batch.items() for row in differing(standing[key], rows)]
        cells = _cells(session, left)
        settled = [
            settle(standing[key], rows, lambda old: cells[old.id], self.columns)
            for key, rows in batch.items()
        ]
        self._insert(session, settled)
        self._end(session, settled)
        _replace_own(session, settled)
        return sum((_counted(one) for one in settled), Counts(met=sum(map(len, standing.values()))))

    def _standing(self, session: Session, keys: Iterable[str]) -> Mapping[str, list[Standing]]:
        found = session.execute(
            select(SourceRow.id, SourceRow.key, SourceRow.occurrence, SourceRow.sha256, SourceRow.since)
            .where(standing_for(self.firm_id), SourceRow.report == self.report, SourceRow.key.in_(list(keys)))
            .order_by(SourceRow.occurrence)
        )
        standing: defaultdict[str, list[Standing]] = defaultdict(list)
        for row in found:
            mine = row.since == self.import_id
            standing[row.key].append(Standing(row.id, row.occurrence, row.sha256, mine=mine))
        return standing

    def _insert(self, session: Session, settled: Iterable[Settled]) -> None:
        fresh = [
            self._values(occurrence, row)
            for one in settled
            for occurrence, row in (
                *one.added,
                *((old.occurrence, row) for old, row in one.changed if not old.mine),
            )
        ]
        if fresh:
            session.execute(insert(SourceRow), fresh)

    def _end(self, session: Session, settled: Iterable[Settled]) -> None:
        ended: list[int] = []
        removed: list[int] = []
        for one in settled:
            ended += [old.id for old, _ in one.changed if not old.mine]
            for old in one.gone:
                (removed if old.mine else ended).append(old.id)
        if ended:
            session.execute(update(SourceRow).where(SourceRow.id.in_(ended)).values(until=self.import_id))
        if removed:
            session.execute(delete(SourceRow).where(SourceRow.id.in_(removed)))

    def _values(self, occurrence: int, row: KeptRow) -> dict[str, Any]:
        return {
            "firm_id": self.firm_id,
            "report": self.report,
            "key": row.key,
            "occurrence": occurrence,
            "case_number": row.case_number,
            "since": self.import_id,
            **_content(row),
        }


def _cells(session: Session, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    found = session.execute(select(SourceRow.id, SourceRow.cells).where(SourceRow.id.in_(ids))) if ids else ()
    return {row.id: row.cells for row in found}


def _replace_own(session: Session, settled: Iterable[Settled]) -> None:
    """What an earlier file of the same import staged was never seen, so it is written over."""
    for one in settled:
        for old, row in one.changed:
            if old.mine:
                session.execute(update(SourceRow).where(SourceRow.id == old.id).values(**_content(row)))


def _content(row: KeptRow) -> dict[str, Any]:
    return {
        "found_by": row.found_by,
        "row_number": row.number,
        "sha256": row.sha256,
        "cells": row.cells,
    }


def _counted(settled: Settled) -> Counts:
    return Counts(
        new=sum(not row.problems for _, row in settled.added),
        changed=sum(not row.problems for _, row in settled.changed),
        unchanged=sum(not row.problems for row in settled.unchanged),
        withdrawn=len(settled.gone),
    )
