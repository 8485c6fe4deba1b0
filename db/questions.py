"""What the exports leave open: asked of the firm once, answered by a person, changeable, with its history."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from db import audit, tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


class QuestionKind(StrEnum):
    """What a question is about."""

    COLUMN = "column"  # what a column of a report means
    CASE = "case"  # whose a case number is that clients share
    CLIENT = "client"  # whether those whom one client identifier stands for are one client
    MISSING = "missing"  # whether what the newest export lacks still counts
    CURRENCY = "currency"  # which currency a word in the Client Listing means


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked of a firm; ``content`` is plain JSON about it, ``asked_by`` who brought it in."""

    kind: QuestionKind
    subject: str
    content: Mapping[str, Any]
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered (plain JSON); ``replaced_at`` is None while it holds. Moments are UTC."""

    kind: QuestionKind
    subject: str
    answer: Mapping[str, Any]
    said_by: str
    said_at: datetime
    replaced_at: datetime | None = None


def ask(session: Session, firm_id: str, question: Question) -> bool:
    """Write a question down, or what is shown with it anew. False: it was asked before."""
    row = tables.QuestionRow
    values = {
        "firm_id": firm_id,
        "kind": question.kind,
        "subject": question.subject,
        "content": dict(question.content),
        "asked_by": question.asked_by[:64],
        "asked_at": question.asked_at,
    }
    if insert_if_absent(session, row, values):
        return True
    session.execute(
        update(row)
        .where(row.firm_id == firm_id, row.kind == question.kind, row.subject == question.subject)
        .values(content=dict(question.content))
        .execution_options(synchronize_session=False)
    )
    return False


def asked(session: Session, firm_id: str, kind: QuestionKind) -> tuple[Question, ...]:
    """Everything ever asked of the firm about such things, answered or not, oldest first."""
    row = tables.QuestionRow
    found = select(row).where(row.firm_id == firm_id, row.kind == kind).order_by(row.id)
    kept = session.scalars(found.execution_options(populate_existing=True))
    return tuple(Question(kind, one.subject, one.content, one.asked_by, one.asked_at) for one in kept)


def answer(session: Session, firm_id: str, said: Answer) -> bool:
    """Let the answer hold from now on, in the audit too. False: the very same holds already."""
    audit.hold(session, firm_id)
    row = tables.AnswerRow
    holding = session.scalar(
        _of(firm_id, said.kind).where(row.subject == said.subject, row.replaced_at.is_(None))
    )
    if holding is not None and holding.answer == dict(said.answer):
        return False
    before = None if holding is None else _text(holding.answer)
    if holding is not None:
        session.execute(update(row).where(row.id == holding.id).values(replaced_at=said.said_at))
    session.add(
        row(
            firm_id=firm_id,
            kind=said.kind,
            subject=said.subject,
            answer=dict(said.answer),
            said_by=said.said_by,
            said_at=said.said_at,
        )
    )
    session.flush()
    audit.record(
        session,
        firm_id=firm_id,
        at=said.said_at,
        actor=said.said_by,
        verb="question.answered",
        subject=f"{said.kind}|{said.subject}",
        content={"before": before, "after": _text(said.answer)},
    )
    return True


def answers(session: Session, firm_id: str, kind: QuestionKind) -> tuple[Answer, ...]:
    """The answers that hold."""
    return _read(session, _of(firm_id, kind).where(tables.AnswerRow.replaced_at.is_(None)))


def history(session: Session, firm_id: str, kind: QuestionKind, subject: str) -> tuple[Answer, ...]:
    """Every answer there ever was to one question, oldest first."""
    return _read(session, _of(firm_id, kind).where(tables.AnswerRow.subject == subject))


def _text(said: Mapping[str, Any]) -> str:
    return json.dumps(dict(said), sort_keys=True, ensure_ascii=False)


def _of(firm_id: str, kind: QuestionKind) -> Select[tables.AnswerRow]:
    row = tables.AnswerRow
    return select(row).where(row.firm_id == firm_id, row.kind == kind).order_by(row.id)


def _read(session: Session, found: Select[tables.AnswerRow]) -> tuple[Answer, ...]:
    kept = session.scalars(found.execution_options(populate_existing=True))
    return tuple(
        Answer(QuestionKind(one.kind), one.subject, one.answer, one.said_by, one.said_at, one.replaced_at)
        for one in kept
    )
