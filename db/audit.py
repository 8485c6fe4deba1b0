"""Who decided what, and what came of it: lines that only grow, each carrying the hash of the one before."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from sqlalchemy import bindparam, event, insert, select, update

from db import tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

Fact: TypeAlias = str | int | bool | list[str] | None

PROGRAM = "caseledger"
"""The actor where no person acted."""

BEFORE_THE_FIRST = "0" * 64

# Every decision passes here while others wait for the head, so the statements are built once.
_HEADS = cast("Table", tables.AuditHead.__table__)
_OF_FIRM = _HEADS.c.firm_id == bindparam("firm")
_LOCK_HEAD = select(_HEADS.c.number, _HEADS.c.sha256).where(_OF_FIRM).with_for_update()
_MOVE_HEAD = update(_HEADS).where(_OF_FIRM).values(number=bindparam("next"), sha256=bindparam("seal"))
_ADD_LINE = insert(cast("Table", tables.AuditLine.__table__))
_HEAD, _LINES = "caseledger_audit_head", "caseledger_audit_lines"


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


def hold(session: Session, firm_id: str) -> bool:
    """Let the firm's changes happen one after another from here to the commit; whether one may have waited.

    A change that touches several rows calls this first: whoever writes audit lines waits here anyway, and two
    who lock in the same order never wait for each other. SQLite has one writer in any case.
    """
    if session.get_bind().dialect.name != "postgresql" or _held_head(session, firm_id) is not None:
        return False
    _locked_head(session, firm_id)
    return True


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
    """Add a line to the firm's chain, in the caller's transaction; one at a time, as the head is locked.

    The lines of a transaction are written together as it commits: people press at the same moment.
    """
    number, previous = _locked_head(session, firm_id)
    text = json.dumps(dict(content), sort_keys=True, separators=(",", ":"))
    line = AuditLine(firm_id, number + 1, at, actor, verb, subject, text, previous, "")
    line = replace(line, sha256=_hash(line))
    _unwritten(session).append({column: getattr(line, column) for column in AuditLine.__slots__})
    _remember(session, firm_id, line.number, line.sha256)


def lines(
    session: Session, firm_id: str, *, after: int = 0, limit: int | None = None
) -> tuple[AuditLine, ...]:
    """The firm's lines after a number, oldest first."""
    _write(session)
    found = (
        select(tables.AuditLine)
        .where(tables.AuditLine.firm_id == firm_id, tables.AuditLine.number > after)
        .order_by(tables.AuditLine.number)
        .limit(limit)
    )
    return tuple(_value(row) for row in session.scalars(found))


def head(session: Session, firm_id: str) -> tuple[int, str] | None:
    """The number and hash of the firm's last line; to be told where the chain can't be rewritten."""
    _write(session)
    found = session.execute(select(_HEADS.c.number, _HEADS.c.sha256).where(_HEADS.c.firm_id == firm_id))
    row = found.one_or_none()
    return None if row is None else (row.number, row.sha256)


def verify(session: Session, firm_id: str) -> tuple[Break, ...]:
    """Where the firm's chain was edited, cut or shortened; nothing where it is whole."""
    _write(session)
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


def _locked_head(session: Session, firm_id: str) -> tuple[int, str]:
    """Ours until the transaction ends, so that what writes hundreds of lines asks for it once."""
    held = _held_head(session, firm_id)
    if held is not None:
        return held
    head = session.execute(_LOCK_HEAD, {"firm": firm_id}).one_or_none()
    if head is None:
        start = {"firm_id": firm_id, "number": 0, "sha256": BEFORE_THE_FIRST}
        insert_if_absent(session, tables.AuditHead, start)
        head = session.execute(_LOCK_HEAD, {"firm": firm_id}).one()
    _remember(session, firm_id, head.number, head.sha256)
    return head.number, head.sha256


def _held_head(session: Session, firm_id: str) -> tuple[int, str] | None:
    transaction, *held = session.info.get((_HEAD, firm_id), (None,))
    if transaction is None or transaction is not session.get_transaction():
        return None
    return held[0], held[1]


def _unwritten(session: Session) -> list[dict[str, Any]]:
    """The lines of this transaction that are written as it commits; those of one rolled back are no more."""
    begun = session.get_transaction()
    if not event.contains(session, "before_commit", _write):
        event.listen(session, "before_commit", _write)
    if session.info.get(_LINES, (None,))[0] is not begun:
        session.info[_LINES] = begun, []
    lines: list[dict[str, Any]] = session.info[_LINES][1]
    return lines


def _write(session: Session) -> None:
    transaction, lines = session.info.get(_LINES, (None, []))
    if lines and transaction is session.get_transaction():
        connection = session.connection()
        connection.execute(_ADD_LINE, lines)
        last = {line["firm_id"]: line for line in lines}
        moved = [
            {"firm": firm, "next": line["number"], "seal": line["sha256"]} for firm, line in last.items()
        ]
        connection.execute(_MOVE_HEAD, moved)
        lines.clear()


def _remember(session: Session, firm_id: str, number: int, sha256: str) -> None:
    session.info[_HEAD, firm_id] = (session.get_transaction(), number, sha256)


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
