"""Who decided what, and what came of it: lines that only grow, each carrying the hash of the one before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import select, update

from db import tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

Fact: TypeAlias = str | int | bool | list[str] | None

PROGRAM = "caseledger"
"""The actor where no person acted."""

BEFORE_THE_FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of a firm's audit; ``content`` is canonical JSON, ``at`` is UTC."""

    firm_id: str
    number: int
    at: datetime
    actor: str
    verb: str
    subject: str
    content: str
    previous_sha256: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain doesn't hold, and what is wrong there."""

    number: int
    trouble: str


def record(
    session: Session,
    *,
    firm_id: str,
    at: datetime,
    actor: str,
    verb: str,
    subject: str,
    content: Mapping[str, Fact],
) -> None:
    """Add a line to the firm's chain, in the caller's transaction; one at a time, as the head is locked."""
    head = _locked_head(session, firm_id)
    text = json.dumps(dict(content), sort_keys=True, separators=(",", ":"))
    values = AuditLine(firm_id, head.number + 1, at, actor, verb, subject, text, head.sha256, "")
    seal = _hash(values)
    session.add(
        tables.AuditLine(
            firm_id=firm_id,
            number=values.number,
            at=at,
            actor=actor,
            verb=verb,
            subject=subject,
            content=text,
            previous_sha256=head.sha256,
            sha256=seal,
        )
    )
    session.flush()
    session.execute(
        update(tables.AuditHead)
        .where(tables.AuditHead.firm_id == firm_id)
        .values(number=values.number, sha256=seal)
    )


def lines(
    session: Session, firm_id: str, *, after: int = 0, limit: int | None = None
) -> tuple[AuditLine, ...]:
    """The firm's lines after a number, oldest first."""
    found = (
        select(tables.AuditLine)
        .where(tables.AuditLine.firm_id == firm_id, tables.AuditLine.number > after)
        .order_by(tables.AuditLine.number)
        .limit(limit)
    )
    return tuple(_value(row) for row in session.scalars(found))


def verify(session: Session, firm_id: str) -> tuple[Break, ...]:
    """Where the firm's chain was edited, cut or shortened; nothing where it is whole."""
    return tuple(_breaks(session, firm_id))


def _breaks(session: Session, firm_id: str) -> Iterator[Break]:
    number, previous = 0, BEFORE_THE_FIRST
    found = (
        select(tables.AuditLine)
        .where(tables.AuditLine.firm_id == firm_id)
        .order_by(tables.AuditLine.number)
        .execution_options(yield_per=1000)
    )
    for row in session.scalars(found):
        line = _value(row)
        if line.number != number + 1:
            yield Break(number + 1, f"removed, up to line {line.number - 1}")
        elif line.previous_sha256 != previous:
            yield Break(line.number, "doesn't follow from the line before")
        if _hash(line) != line.sha256:
            yield Break(line.number, "edited")
        number, previous = line.number, line.sha256
    head = session.get(tables.AuditHead, firm_id)
    if head is not None and (head.number, head.sha256) != (number, previous):
        yield Break(number + 1, f"removed, up to line {head.number}")


def _locked_head(session: Session, firm_id: str) -> tables.AuditHead:
    start = {"firm_id": firm_id, "number": 0, "sha256": BEFORE_THE_FIRST}
    insert_if_absent(session, tables.AuditHead, start)
    found = select(tables.AuditHead).where(tables.AuditHead.firm_id == firm_id).with_for_update()
    return session.execute(found.execution_options(populate_existing=True)).scalar_one()


def _hash(line: AuditLine) -> str:
    parts = [
        line.firm_id,
        line.number,
        line.at.astimezone(UTC).isoformat(),
        line.actor,
        line.verb,
        line.subject,
        line.content,
        line.previous_sha256,
    ]
    return sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()


def _value(row: tables.AuditLine) -> AuditLine:
    return AuditLine(
        row.firm_id,
        row.number,
        row.at,
        row.actor,
        row.verb,
        row.subject,
        row.content,
        row.previous_sha256,
        row.sha256,
    )
