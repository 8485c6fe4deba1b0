"""Reads Intuit's change data capture: what of each kind is there since a moment, and what was deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 1000
"""Documents in one answer at most; with that many there may be more (Intuit: Change data capture)."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Documents as they are now, by entity; ids of the deleted ones; and whether that is all of them."""

    documents: Mapping[str, tuple[Mapping[str, Any], ...]]
    deleted: Mapping[str, frozenset[str]]
    complete: bool


def changes_in(content: object, entities: Sequence[str]) -> Changes | None:
    """What an answer says of these entities; None where it isn't an answer to that question.

    Intuit answers for each entity asked, an empty part for one at rest; a deleted document is a stub.
    """
    parts = _parts(content)
    if parts is None or len(parts) != len(entities):
        return None
    rows = {entity: _rows(parts, entity) for entity in entities}
    found = {entity: [row for row in these if isinstance(row, Mapping)] for entity, these in rows.items()}
    if any(len(found[entity]) != len(rows[entity]) for entity in entities):
        return None
    if any(not isinstance(row.get("Id"), str) for these in found.values() for row in these):
        return None
    return Changes(
        {entity: tuple(row for row in these if not _is_gone(row)) for entity, these in found.items()},
        {entity: frozenset(row["Id"] for row in these if _is_gone(row)) for entity, these in found.items()},
        complete=sum(len(these) for these in found.values()) < MOST,
    )


def _parts(content: object) -> list[Mapping[str, Any]] | None:
    answers = content.get("CDCResponse") if isinstance(content, Mapping) else None
    first = answers[0] if isinstance(answers, list) and answers else None
    parts = first.get("QueryResponse") if isinstance(first, Mapping) else None
    if not isinstance(parts, list) or not all(isinstance(part, Mapping) for part in parts):
        return None
    return parts


def _rows(parts: list[Mapping[str, Any]], entity: str) -> list[Any]:
    rows: list[Any] = []
    for part in parts:
        these = part.get(entity, [])
        rows.extend(these if isinstance(these, list) else [these])
    return rows


def _is_gone(row: Mapping[str, Any]) -> bool:
    return row.get("status") == "Deleted"
