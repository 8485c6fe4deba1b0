"""Files that wait for a person's answer: kept whole, asked about once, decided once."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.orm import defer

from db import audit, outbox, tables
from db.insert import insert_if_absent
from db.intake.questions import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

WAITING, ANSWERED, TAKEN, LEFT = "waiting", "answered", "taken", "left"
OPEN = (WAITING, ANSWERED)
RECENT = 100
"""Decided files that are looked through for what was answered last."""


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that waits, or waited; moments are UTC, ``content`` is empty once it is decided.

    ``answers`` go by the marks of the questions; the one under way is ``question``.
    """

    id: str
    firm_id: str
    name: str
    content: bytes
    state: str
    question: Question
    answers: Mapping[str, str]
    asked_by: str
    asked_at: datetime
    channel: str
    message_ts: str
    thread: str
    decided_by: str


def keep(  # noqa: PLR0913 - what is known of a file, all named
    session: Session,
    *,
    firm_id: str,
    name: str,
    content: bytes,
    question: Question,
    asked_by: str,
    now: datetime,
    new_id: Callable[[], str],
    thread: str = "",
) -> WaitingFile:
    """Keep a file until its question is answered; the same file again is the same question, asked anew."""
    audit.hold(session, firm_id)
    row, seal = tables.WaitingFileRow, sha256(content).hexdigest()
    values = {
        "id": new_id(),
        "firm_id": firm_id,
        "name": name,
        "sha256": seal,
        "content": content,
        "state": WAITING,
        "question": _told(question),
        "answers": {},
        "asked_by": asked_by,
        "asked_at": now,
        "channel": "",
        "message_ts": "",
        "thread": thread,
        "decided_by": "",
        "decided_at": None,
    }
    fresh = insert_if_absent(session, row, values)
    one = (row.firm_id == firm_id) & (row.sha256 == seal) & row.state.in_(OPEN)
    if not fresh:
        session.execute(update(row).where(one, row.state == WAITING).values(question=_told(question)))
    kept = session.scalars(select(row).where(one).execution_options(populate_existing=True)).one()
    if fresh:
        _note(session, _value(kept), at=now, actor=asked_by, verb="file.asked")
    return _value(kept)


def get(session: Session, firm_id: str, file_id: str) -> WaitingFile | None:
    """The firm's file of this id, decided or not."""
    row = tables.WaitingFileRow
    found = select(row).where(row.id == file_id, row.firm_id == firm_id)
    kept = session.scalar(found.execution_options(populate_existing=True))
    return None if kept is None else _value(kept)


def open_ones(session: Session, firm_id: str) -> tuple[WaitingFile, ...]:
    """The firm's files that wait for somebody, oldest first, without what they hold."""
    row = tables.WaitingFileRow
    found = select(row).where(row.firm_id == firm_id, row.state == WAITING).order_by(row.asked_at, row.id)
    return tuple(_value(one, whole=False) for one in session.scalars(found.options(defer(row.content))))


def last_answer(session: Session, firm_id: str, question: Question) -> str:
    """What was answered last about a file of the same report by a question of this kind; else nothing."""
    row = tables.WaitingFileRow
    decided = row.state.in_((ANSWERED, TAKEN)) & (row.firm_id == firm_id)
    found = select(row.question, row.answers).where(decided)
    for asked, answers in session.execute(found.order_by(row.asked_at.desc(), row.id.desc()).limit(RECENT)):
        one = Question(asked["kind"], asked["facts"])
        if one.kind == question.kind and one.facts.get("report") == question.facts.get("report"):
            return str(answers.get(one.mark, ""))
    return ""


def set_message(session: Session, firm_id: str, file_id: str, channel: str, ts: str) -> None:
    """Where its question stands."""
    row = tables.WaitingFileRow
    one = (row.id == file_id) & (row.firm_id == firm_id)
    session.execute(update(row).where(one).values(channel=channel, message_ts=ts))


def answer(
    session: Session, *, firm_id: str, file_id: str, mark: str, said: str, by: str, now: datetime
) -> bool:
    """Keep the answer to the question of this mark. False: it waits for that answer no more."""
    audit.hold(session, firm_id)
    found = get(session, firm_id, file_id)
    if found is None or found.question.mark != mark:
        return False
    answers = {**found.answers, mark: said}
    if not _decided(session, found, {"state": ANSWERED, "answers": answers, "decided_by": by}):
        return False
    _note(session, found, said, at=now, actor=by, verb="file.answered")
    return True


def leave(session: Session, *, firm_id: str, file_id: str, by: str, now: datetime) -> bool:
    """Forget the file, nothing of it is taken in. False: somebody has decided already."""
    audit.hold(session, firm_id)
    found = get(session, firm_id, file_id)
    values = {"state": LEFT, "content": None, "decided_by": by, "decided_at": now}
    if found is None or not _decided(session, found, values):
        return False
    _note(session, found, at=now, actor=by, verb="file.left")
    return True


def taken(session: Session, firm_id: str, file_id: str, now: datetime) -> None:
    """An answered file was taken in, or refused for good: what it holds is forgotten."""
    row = tables.WaitingFileRow
    one = (row.id == file_id) & (row.firm_id == firm_id) & (row.state == ANSWERED)
    session.execute(update(row).where(one).values(state=TAKEN, content=None, decided_at=now))


def ask_again(session: Session, firm_id: str, file_id: str, question: Question | None = None) -> None:
    """An answered file waits anew: for the answer to another question, or because it couldn't be taken."""
    row = tables.WaitingFileRow
    one = (row.id == file_id) & (row.firm_id == firm_id) & (row.state == ANSWERED)
    values = {} if question is None else {"question": _told(question)}
    session.execute(update(row).where(one).values(state=WAITING, **values))


def wait_anew(session: Session, task: str) -> None:
    """Let those wait again that were answered and that no living task of this kind takes in any more.

    Somebody left the firm, or the database failed for too long: they would be neither asked about nor taken.
    """
    row = tables.WaitingFileRow
    for found in session.execute(select(row.firm_id, row.id).where(row.state == ANSWERED)).all():
        living = outbox.live_tasks(session, found.firm_id, {task})
        if all(content.get("file") != found.id for content in living):
            ask_again(session, found.firm_id, found.id)


def sweep(session: Session, before: datetime, now: datetime) -> None:
    """Let go of files nobody has decided about since; nothing of them was taken in."""
    row = tables.WaitingFileRow
    old = select(row.firm_id, row.id).where(row.state == WAITING, row.asked_at < before)
    for firm_id, file_id in session.execute(old).all():
        leave(session, firm_id=firm_id, file_id=file_id, by=audit.PROGRAM, now=now)


def _decided(session: Session, found: WaitingFile, values: Mapping[str, object]) -> bool:
    """Whether it still waited; whoever presses second changes nothing."""
    row = tables.WaitingFileRow
    one = (row.id == found.id) & (row.firm_id == found.firm_id) & (row.state == WAITING)
    change = update(row).where(one).values(dict(values)).returning(row.id)
    return session.execute(change.execution_options(synchronize_session=False)).first() is not None


def _note(
    session: Session, found: WaitingFile, said: str = "", *, at: datetime, actor: str, verb: str
) -> None:
    """The question's figures and the answer; not the file's name, which may be a client's."""
    figures = {name: fact for name, fact in found.question.facts.items() if isinstance(fact, int | str)}
    content = {**figures, "kind": found.question.kind, **({"said": said} if said else {})}
    audit.record(
        session, firm_id=found.firm_id, at=at, actor=actor, verb=verb, subject=found.id, content=content
    )


def _told(question: Question) -> dict[str, object]:
    return {"kind": question.kind, "facts": dict(question.facts)}


def _value(row: tables.WaitingFileRow, *, whole: bool = True) -> WaitingFile:
    return WaitingFile(
        row.id,
        row.firm_id,
        row.name,
        (row.content or b"") if whole else b"",
        row.state,
        Question(row.question["kind"], row.question["facts"]),
        row.answers,
        row.asked_by,
        row.asked_at,
        row.channel,
        row.message_ts,
        row.thread,
        row.decided_by,
    )
