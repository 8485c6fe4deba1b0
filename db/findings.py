"""What in QuickBooks isn't as booked: seen, told once, settled by a person, or gone by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from db import audit, tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


class Standing(StrEnum):
    """What became of a finding."""

    OPEN = "open"
    SETTLED = "settled"  # a person has dealt with it, whatever that was
    GONE = "gone"  # looked at again, and as booked


AMENDED = "amended"
"""The kind of a finding that an import made: CaseEasy says something else now. No check looks at it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding as a check made it; ``content`` is plain JSON, another ``fingerprint`` is news."""

    kind: str
    entity: str
    mark: str
    effect_id: str | None
    content: Mapping[str, Any]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it is kept; moments are UTC."""

    id: str
    kind: str
    entity: str
    mark: str
    effect_id: str | None
    standing: Standing
    content: Mapping[str, Any]
    first_seen: datetime
    last_seen: datetime
    settled_by: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What a check changed: ids of findings that are news, and of those that are gone."""

    news: tuple[str, ...]
    gone: tuple[str, ...]


def keep(
    session: Session,
    *,
    firm_id: str,
    realm_id: str,
    seen: Sequence[Seen],
    gone: Sequence[str],
    now: datetime,
    new_id: Callable[[], str],
) -> Kept:
    """Keep what was seen, and mark those of ``gone`` (ids) that are gone.

    What a person has settled stays settled while it is seen unchanged, and is news when it changes.
    """
    audit.hold(session, firm_id)
    news = tuple(
        found for one in seen if (found := _kept(session, firm_id, realm_id, one, now, new_id)) is not None
    )
    left = tuple(each for each in gone if _is_gone_now(session, firm_id, each, now))
    return Kept(news, left)


def settle(session: Session, *, firm_id: str, finding_id: str, by: str, now: datetime) -> bool:
    """A person has dealt with it. False: somebody else had, or it was gone already."""
    audit.hold(session, firm_id)
    row = tables.FindingRow
    change = (
        update(row)
        .where(row.id == finding_id, row.firm_id == firm_id, row.state == Standing.OPEN)
        .values(state=Standing.SETTLED, settled_by=by, settled_at=now)
    )
    return _noted(session, change, firm_id, by, "finding.settled", now)


def accept(
    session: Session, *, firm_id: str, finding_id: str, by: str, now: datetime, answer: str, reason: str = ""
) -> bool:
    """A person has decided about it: the ``answer`` in one word, and why. False: it was decided or gone.

    It isn't told again while it says the same.
    """
    audit.hold(session, firm_id)
    found = these(session, firm_id, [finding_id])
    if not found:
        return False
    row, content = tables.FindingRow, {**found[0].content, "answer": answer, "reason": reason}
    change = (
        update(row)
        .where(row.id == finding_id, row.firm_id == firm_id, row.state == Standing.OPEN)
        .values(state=Standing.SETTLED, settled_by=by, settled_at=now, content=content)
    )
    return _noted(session, change, firm_id, by, "finding.settled", now, answer=answer, reason=reason)


def known(session: Session, firm_id: str, realm_id: str) -> tuple[Found, ...]:
    """What a check found in a company, open or settled, oldest first."""
    return _known(session, firm_id, realm_id, tables.FindingRow.kind != AMENDED)


def amended(session: Session, firm_id: str, realm_id: str) -> tuple[Found, ...]:
    """What an import found: booked invoices of which CaseEasy says something else, open or settled."""
    return _known(session, firm_id, realm_id, tables.FindingRow.kind == AMENDED)


def _known(session: Session, firm_id: str, realm_id: str, which: ColumnElement[bool]) -> tuple[Found, ...]:
    row = tables.FindingRow
    found = (
        select(row)
        .where(row.firm_id == firm_id, row.realm_id == realm_id, row.state != Standing.GONE, which)
        .order_by(row.first_seen, row.id)
    )
    return tuple(_value(each) for each in session.scalars(found.execution_options(populate_existing=True)))


def open_ones(session: Session, firm_id: str, realm_id: str) -> tuple[Found, ...]:
    """Those that wait for a person, oldest first."""
    return tuple(one for one in known(session, firm_id, realm_id) if one.standing is Standing.OPEN)


def these(session: Session, firm_id: str, ids: Sequence[str]) -> tuple[Found, ...]:
    """The firm's findings of these ids, in the order asked."""
    row = tables.FindingRow
    rows = session.scalars(
        select(row).where(row.firm_id == firm_id, row.id.in_(ids)).execution_options(populate_existing=True)
    )
    found = {each.id: _value(each) for each in rows}
    return tuple(found[each] for each in ids if each in found)


def _kept(
    session: Session, firm_id: str, realm_id: str, one: Seen, now: datetime, new_id: Callable[[], str]
) -> str | None:
    """The finding's id where it is news."""
    values = {
        "effect_id": one.effect_id,
        "content": dict(one.content),
        "fingerprint": one.fingerprint,
        "state": Standing.OPEN,
        "first_seen": now,
        "last_seen": now,
        "settled_by": "",
        "settled_at": None,
    }
    key = {"firm_id": firm_id, "realm_id": realm_id, "kind": one.kind, "entity": one.entity, "mark": one.mark}
    name = new_id()
    if insert_if_absent(session, tables.FindingRow, {"id": name} | key | values):
        _note(session, firm_id, audit.PROGRAM, "finding.seen", name, one.kind, now)
        return name
    same = [getattr(tables.FindingRow, column) == value for column, value in key.items()]
    found = select(tables.FindingRow).where(*same).with_for_update()
    row = session.execute(found.execution_options(populate_existing=True)).scalar_one()
    if row.state != Standing.GONE and row.fingerprint == one.fingerprint:
        row.last_seen = now
        session.flush()
        return None
    for column, value in values.items():
        setattr(row, column, value)
    session.flush()
    _note(session, firm_id, audit.PROGRAM, "finding.seen", row.id, one.kind, now)
    return row.id


def _is_gone_now(session: Session, firm_id: str, finding_id: str, now: datetime) -> bool:
    row = tables.FindingRow
    change = (
        update(row)
        .where(row.id == finding_id, row.firm_id == firm_id, row.state != Standing.GONE)
        .values(state=Standing.GONE, last_seen=now)
    )
    return _noted(session, change, firm_id, audit.PROGRAM, "finding.gone", now)


def _noted(
    session: Session,
    change: Any,  # noqa: ANN401 - an UPDATE
    firm_id: str,
    by: str,
    verb: str,
    now: datetime,
    **said: str,
) -> bool:
    row = tables.FindingRow
    written = session.execute(
        change.returning(row.id, row.kind).execution_options(synchronize_session="fetch")
    ).one_or_none()
    if written is None:
        return False
    _note(session, firm_id, by, verb, written.id, written.kind, now, **said)
    return True


def _note(
    session: Session,
    firm_id: str,
    by: str,
    verb: str,
    finding_id: str,
    kind: str,
    now: datetime,
    **said: str,
) -> None:
    audit.record(
        session,
        firm_id=firm_id,
        at=now,
        actor=by,
        verb=verb,
        subject=finding_id,
        content={"kind": kind, **said},
    )


def _value(row: tables.FindingRow) -> Found:
    return Found(
        row.id,
        row.kind,
        row.entity,
        row.mark,
        row.effect_id,
        Standing(row.state),
        row.content,
        row.first_seen,
        row.last_seen,
        row.settled_by,
        row.settled_at,
    )
