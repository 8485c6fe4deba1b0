"""Copies every row of one database into another of the same schema, and tells whether both hold the same."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Text, bindparam, cast, exists, func, insert, select, text, update
from sqlalchemy.exc import DataError

from db.columns import Base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Column, Connection, Insert, RowMapping, Select, Table

AT_ONCE = 1000
"""Rows in memory at one time."""
NOT_COPIED = frozenset({"heartbeats"})
"""Which processes live: true of one database only."""

_ADVANCE = text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)")


class CopyDiffersError(RuntimeError):
    """The copy doesn't hold what the original holds; it was undone."""

    def __init__(self, table: str) -> None:
        super().__init__(
            f"The copy of {table} doesn't hold what the original holds. Nothing was changed. "
            "Please try again; should it happen again, keep both and tell us."
        )


class RowRefusedError(RuntimeError):
    """The other database doesn't take a row as it stands here; the copy was undone."""

    def __init__(self, table: str) -> None:
        super().__init__(
            f"A row of {table} doesn't fit into the other database. Nothing was changed. Please tell us; "
            "go on as before until then."
        )


@dataclass(frozen=True, slots=True)
class Held:
    """What one table holds: how many rows, and a sum over all of them that any change alters."""

    rows: int
    digest: str


def tables() -> tuple[Table, ...]:
    """The tables that are copied, each after those it refers to."""
    return tuple(table for table in Base.metadata.sorted_tables if table.name not in NOT_COPIED)


def is_empty(connection: Connection) -> bool:
    """Whether no table that is copied has a row."""
    return not any(connection.scalar(select(exists().select_from(table))) for table in tables())


def held(connection: Connection) -> dict[str, Held]:
    """What each table holds; equal on both databases, whatever order and form they keep rows in."""
    return {table.name: _held(connection, table) for table in tables()}


def copy_rows(source: Connection, target: Connection) -> dict[str, Held]:
    """Copy every row, in the callers' transactions, and say what was copied.

    Raises CopyDiffersError, RowRefusedError.
    """
    for table in tables():
        try:
            _copy(source, target, table)
        except DataError as error:
            raise RowRefusedError(table.name) from error
    if target.dialect.name == "postgresql":
        _advance_counters(target)
    before, after = held(source), held(target)
    for name, original in before.items():
        if after[name] != original:
            raise CopyDiffersError(name)
    return after


def _copy(source: Connection, target: Connection, table: Table) -> None:
    inwards = _inwards(table)
    adding = _insert(table, target.dialect.name)
    for rows in _rows(source, table):
        target.execute(adding, [_parameters(row, without=inwards) for row in rows])
    for column in inwards:
        _refer(source, target, table, column)


def _inwards(table: Table) -> tuple[Column[Any], ...]:
    """Columns that refer to the table's own rows: filled in once all of them are there."""
    return tuple(key.parent for key in table.foreign_keys if key.column.table is table)


def _rows(source: Connection, table: Table) -> Iterator[Sequence[RowMapping]]:
    found = source.execute(_select(table).execution_options(yield_per=AT_ONCE))
    yield from found.mappings().partitions()


def _select(table: Table) -> Select[Any]:
    """Every column; JSON as the text it is kept as, so that no figure or empty value changes on the way."""
    return select(
        *(
            cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column
            for column in table.columns
        )
    )


def _insert(table: Table, dialect: str) -> Insert:
    values: dict[str, Any] = {}
    for column in table.columns:
        given = bindparam(f"new_{column.name}", type_=column.type)
        if isinstance(column.type, JSON):
            written = bindparam(f"new_{column.name}", type_=Text())
            values[column.name] = cast(written, column.type) if dialect == "postgresql" else written
        else:
            values[column.name] = given
    return insert(table).values(values)


def _parameters(row: RowMapping, *, without: Sequence[Column[Any]]) -> dict[str, Any]:
    left_out = {column.name for column in without}
    return {f"new_{name}": None if name in left_out else value for name, value in row.items()}


def _refer(source: Connection, target: Connection, table: Table, column: Column[Any]) -> None:
    (key,) = table.primary_key.columns
    change = update(table).where(key == bindparam("which")).values({column.name: bindparam("referred")})
    found = select(key.label("which"), column.label("referred")).where(column.is_not(None))
    for rows in source.execute(found.execution_options(yield_per=AT_ONCE)).mappings().partitions():
        target.execute(change, [dict(row) for row in rows])


def _advance_counters(target: Connection) -> None:
    """New rows get numbers after the copied ones."""
    for table in tables():
        column = table.autoincrement_column
        if column is None:
            continue
        highest = target.scalar(select(func.max(column)))
        if highest is not None:
            where = {"table": table.name, "column": column.name, "highest": highest}
            target.execute(_ADVANCE, where)


def _held(connection: Connection, table: Table) -> Held:
    count, total = 0, 0
    for rows in _rows(connection, table):
        for row in rows:
            count += 1
            total += int.from_bytes(sha256(repr(tuple(row.values())).encode()).digest(), "big")
    return Held(count, f"{total % (1 << 256):064x}")
