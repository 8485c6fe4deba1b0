"""A firm's reviewed choices from a CaseEasy value to a QuickBooks thing, with their history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from db import audit, tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

OPERATING = "operating"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for one CaseEasy value; ``kind`` is method, deposit, item or tax.

    ``fund`` tells the account of client money (``trust``) from the firm's own of the same currency.
    ``rests_on`` is what was so of the target then (its name, its currency …); empty: nobody wrote it down.
    """

    kind: str
    source: str
    target_id: str
    target_name: str
    confirmed_by: str
    confirmed_at: datetime
    fund: str = OPERATING
    rests_on: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PastChoice:
    """A choice and when another took its place; None where it still holds."""

    choice: Choice
    replaced_at: datetime | None


def current(session: Session, firm_id: str, realm_id: str) -> tuple[Choice, ...]:
    """The choices that hold, by kind and value."""
    row = tables.MappingChoice
    return tuple(
        past.choice for past in _all(session, _of(firm_id, realm_id).where(row.replaced_at.is_(None)))
    )


def history(session: Session, firm_id: str, realm_id: str) -> tuple[PastChoice, ...]:
    """Every choice there ever was, by kind and value, oldest first."""
    return _all(session, _of(firm_id, realm_id))


@dataclass(frozen=True, slots=True)
class Review:
    """Who looked through the whole mapping last and let it stand, and when."""

    by: str
    at: datetime


def reviewed(session: Session, firm_id: str, realm_id: str, *, by: str, now: datetime, rows: int) -> None:
    """Somebody has looked through all ``rows`` there are, and none is open."""
    audit.hold(session, firm_id)
    session.add(
        tables.MappingReview(firm_id=firm_id, realm_id=realm_id, reviewed_by=by, reviewed_at=now, rows=rows)
    )
    audit.record(
        session,
        firm_id=firm_id,
        at=now,
        actor=by,
        verb="mapping.reviewed",
        subject="mapping",
        content={"rows": rows},
    )


def last_review(session: Session, firm_id: str, realm_id: str) -> Review | None:
    """The last time somebody did; None if nobody has."""
    row = tables.MappingReview
    found = session.scalar(
        select(row).where(row.firm_id == firm_id, row.realm_id == realm_id).order_by(row.id.desc()).limit(1)
    )
    return None if found is None else Review(found.reviewed_by, found.reviewed_at)


def confirm(session: Session, firm_id: str, realm_id: str, choice: Choice) -> bool:
    """Let the choice hold from now on. False: the very same holds already, of a target that is as it was."""
    audit.hold(session, firm_id)
    row = tables.MappingChoice
    holding = session.scalar(
        _of(firm_id, realm_id).where(
            row.kind == choice.kind,
            row.fund == choice.fund,
            row.source == choice.source,
            row.replaced_at.is_(None),
        )
    )
    if holding is not None and _is_same(session, holding, choice):
        return False
    before = None if holding is None else holding.target_name
    if holding is not None:
        session.execute(update(row).where(row.id == holding.id).values(replaced_at=choice.confirmed_at))
    session.add(
        row(
            firm_id=firm_id,
            realm_id=realm_id,
            kind=choice.kind,
            fund=choice.fund,
            source=choice.source,
            target_id=choice.target_id,
            target_name=choice.target_name,
            rests_on=dict(choice.rests_on),
            confirmed_by=choice.confirmed_by,
            confirmed_at=choice.confirmed_at,
        )
    )
    session.flush()
    _note(session, firm_id, choice, before)
    return True


def _is_same(session: Session, holding: tables.MappingChoice, choice: Choice) -> bool:
    """Whether the very same holds already; what was confirmed without what it rests on takes that up."""
    if holding.target_id != choice.target_id:
        return False
    if not holding.rests_on:
        holding.rests_on = dict(choice.rests_on)
        session.flush()
    return holding.rests_on == choice.rests_on


def _note(session: Session, firm_id: str, choice: Choice, before: str | None) -> None:
    audit.record(
        session,
        firm_id=firm_id,
        at=choice.confirmed_at,
        actor=choice.confirmed_by,
        verb="mapping.confirmed",
        subject=f"mapping|{choice.kind}{_fund(choice)}|{choice.source}",
        content={"before": before, "after": choice.target_name, "id": choice.target_id},
    )


def _fund(choice: Choice) -> str:
    return "" if choice.fund == OPERATING else f"@{choice.fund}"


def _of(firm_id: str, realm_id: str) -> Select[tables.MappingChoice]:
    row = tables.MappingChoice
    return (
        select(row)
        .where(row.firm_id == firm_id, row.realm_id == realm_id)
        .order_by(row.kind, row.source, row.fund, row.id)
    )


def _all(session: Session, found: Select[tables.MappingChoice]) -> tuple[PastChoice, ...]:
    rows = session.scalars(found.execution_options(populate_existing=True))
    return tuple(PastChoice(_choice(row), row.replaced_at) for row in rows)


def _choice(row: tables.MappingChoice) -> Choice:
    return Choice(
        row.kind,
        row.source,
        row.target_id,
        row.target_name,
        row.confirmed_by,
        row.confirmed_at,
        row.fund,
        row.rests_on or {},
    )
