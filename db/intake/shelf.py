"""Puts a batch of a file's rows beside those already kept, and counts what that changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update

from db.insert import insert_many
from db.intake.imports import BATCH, standing_for
from db.intake.settle import Standing, differing, settle
from db.tables import SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.intake.forms import Report
    from db.intake.rows import KeptRow
    from db.intake.settle import Settled

COLUMNS = (
    "firm_id",
    "report",
    "key",
    "occurrence",
    "case_number",
    "since",
    "found_by",
    "client",
    "row_number",
    "sha256",
    "cells",
)


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


@dataclass(slots=True)
class Compared:
    """What a batch changes: rows that are new, with their occurrence, that replace another, that are gone."""

    added: list[tuple[int, KeptRow]] = field(default_factory=list)
    changed: list[tuple[Standing, KeptRow]] = field(default_factory=list)
    gone: list[Standing] = field(default_factory=list)
    unchanged: list[KeptRow] = field(default_factory=list)
    met: int = 0

    @classmethod
    def fresh(cls, batch: Mapping[str, Sequence[KeptRow]]) -> Compared:
        """Where nothing of the report stands yet."""
        return cls([numbered for rows in batch.values() for numbered in enumerate(rows, start=1)])

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.added or self.changed or self.gone)

    @property
    def counts(self) -> Counts:
        """How many there are of each."""
        return Counts(
            new=sum(not row.problems for _, row in self.added),
            changed=sum(not row.problems for _, row in self.changed),
            unchanged=sum(not row.problems for row in self.unchanged),
            withdrawn=len(self.gone),
            met=self.met,
        )

    def take(self, settled: Settled) -> None:
        """Take in what was settled of one identity."""
        self.added += settled.added
        self.changed += settled.changed
        self.gone += settled.gone
        self.unchanged += settled.unchanged


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

    def compare(self, session: Session, batch: Mapping[str, Sequence[KeptRow]]) -> Compared:
        """What whole identities, keyed as they are known, change; nothing is written."""
        standing = self._standing(session, batch)
        compared = Compared(met=sum(map(len, standing.values())))
        others: dict[str, Sequence[KeptRow]] = {}
        for key, rows in batch.items():  # most are one row, new or as it was
            stood = standing.get(key)
            if len(rows) == 1 and stood is None:
                compared.added.append((1, rows[0]))
            elif len(rows) == 1 and stood is not None and [rows[0].sha256] == [one.sha256 for one in stood]:
                compared.unchanged.append(rows[0])
            else:
                others[key] = rows
        left = [row.id for key, rows in others.items() for row in differing(standing.get(key, ()), rows)]
        cells = _cells(session, left)
        for key, rows in others.items():
            compared.take(settle(standing.get(key, ()), rows, lambda old: cells[old.id], self.columns))
        return compared

    def write(self, session: Session, compared: Compared) -> None:
        """Stage it; the caller commits."""
        fresh = [*compared.added, *((old.occurrence, row) for old, row in compared.changed if not old.mine)]
        insert_many(session, SourceRow, COLUMNS, [self._values(*one) for one in fresh])
        ended = [old.id for old, _ in compared.changed if not old.mine]
        ended += [old.id for old in compared.gone if not old.mine]
        removed = [old.id for old in compared.gone if old.mine]
        if ended:
            session.execute(update(SourceRow).where(SourceRow.id.in_(ended)).values(until=self.import_id))
        if removed:
            session.execute(delete(SourceRow).where(SourceRow.id.in_(removed)))
        _replace_own(session, compared)

    def _standing(self, session: Session, keys: Iterable[str]) -> Mapping[str, list[Standing]]:
        row = SourceRow.__table__.c
        found = session.connection().execute(
            select(row.id, row.key, row.occurrence, row.sha256, row.since)
            .where(standing_for(self.firm_id), row.report == self.report, row.key.in_(list(keys)))
            .order_by(row.occurrence)
        )
        standing: defaultdict[str, list[Standing]] = defaultdict(list)
        for row_id, key, occurrence, sha256, since in found:
            standing[key].append(Standing(row_id, occurrence, sha256, mine=since == self.import_id))
        return standing

    def _values(self, occurrence: int, row: KeptRow) -> tuple[Any, ...]:
        """As :data:`COLUMNS` name them."""
        return (
            self.firm_id,
            self.report,
            row.key,
            occurrence,
            row.case_number,
            self.import_id,
            row.found_by,
            row.client,
            row.number,
            row.sha256,
            row.written,
        )


def batches(rows: Mapping[str, list[KeptRow]]) -> Iterator[dict[str, list[KeptRow]]]:
    """Neighbours together, in the order of the indexes: what lies apart on the disk costs a page each."""
    batch: dict[str, list[KeptRow]] = {}
    size = 0
    for key in sorted(rows):
        twins = rows[key]
        if batch and size + len(twins) > BATCH:
            yield batch
            batch, size = {}, 0
        batch[key] = twins
        size += len(twins)
    if batch:
        yield batch


def _cells(session: Session, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    found = session.execute(select(SourceRow.id, SourceRow.cells).where(SourceRow.id.in_(ids))) if ids else ()
    return {row.id: row.cells for row in found}


def _replace_own(session: Session, compared: Compared) -> None:
    """What an earlier file of the same import staged was never seen, so it is written over."""
    for old, row in compared.changed:
        if old.mine:
            session.execute(
                update(SourceRow)
                .where(SourceRow.id == old.id)
                .values(found_by=row.found_by, row_number=row.number, sha256=row.sha256, cells=row.cells)
            )
