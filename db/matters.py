"""What of its cases a firm's exports leave open: whose a shared number is, who a client, which currency."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from db import audit, columns_taught, missing, questions, sharing
from db.intake import forms
from db.intake.amounts import known_currency
from db.intake.meanings import Meaning, value_key
from db.intake.persons import ONE_CLIENT, Person, prints_of
from db.intake.settled import Settled, Whose
from db.questions import Answer, Question, QuestionKind
from db.records import InvoiceKey
from db.tables import Effect, SourceRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.intake.lacking import Lacking

MET = (QuestionKind.CASE, QuestionKind.CLIENT, QuestionKind.CURRENCY)
"""What the records leave open as they stand."""
KINDS = (*MET, QuestionKind.MISSING)
MOST, SHOWN_CASES = 200, 4
"""Shared numbers asked about at a time; cases shown with a currency."""
LONGEST_TEXT = 120


class BookedForAnotherError(ValueError):
    """Invoices of the case are in the books, or on their way there, as another client's."""

    def __init__(self, client: str) -> None:
        super().__init__(client)
        self.client = client


@dataclass(frozen=True, slots=True)
class Matter:
    """A question about cases, and what was answered: ``said`` is None while nobody has.

    ``about`` is a case number, with the ``clients`` who share it; a client identifier, with the people it
    stands for; the text of a Currency cell, with some of the ``cases`` that have it; or a row that is
    ``lacking``. ``said`` is a client's identifier, ``ONE_CLIENT``, a currency (ISO 4217), or whether the row
    counts (``db.intake.lacking``); empty: they stay held.
    """

    kind: QuestionKind
    about: str
    clients: tuple[Person, ...] = ()
    cases: tuple[str, ...] = ()
    lacking: Lacking | None = None
    said: str | None = None
    said_by: str = ""
    said_at: datetime | None = None

    @property
    def subject(self) -> str:
        """What it is known by."""
        return f"{self.kind}|{self.about}"

    @property
    def is_case(self) -> bool:
        """Whether it is about a shared case number."""
        return self.kind is QuestionKind.CASE

    @property
    def is_client(self) -> bool:
        """Whether it is about a client identifier that may stand for several clients."""
        return self.kind is QuestionKind.CLIENT

    @property
    def among(self) -> frozenset[str]:
        """Those it is about: an answer is for just these."""
        if self.lacking is not None:
            return frozenset({str(self.lacking.since)})
        return prints_of(self.clients) if self.is_client else frozenset(c.identifier for c in self.clients)

    @property
    def is_open(self) -> bool:
        """Whether somebody must still say something."""
        return self.said is None

    @property
    def mark(self) -> str:
        """The same for the same question: an answer is for just those who share the number."""
        told = json.dumps([self.subject, sorted(self.among)])
        return sha256(told.encode()).hexdigest()[:32]


def left_open(session: Session, firm_id: str) -> tuple[Matter, ...]:
    """What the records that hold now leave open of cases that have invoices, answered or not.

    A currency isn't asked for where the firm's own columns tell it. So many of a kind at once, beside those
    that have an answer.
    """

    def most(kind: QuestionKind) -> int:
        return MOST + len(questions.answers(session, firm_id, kind))

    found = (
        *_asked(QuestionKind.CASE, sharing.shared_numbers(session, firm_id, most(QuestionKind.CASE))),
        *_asked(QuestionKind.CLIENT, sharing.shared_identifiers(session, firm_id, most(QuestionKind.CLIENT))),
    )
    taught = columns_taught.taught(session, firm_id)
    if any(one.meaning is Meaning.CURRENCY for columns in taught.values() for one in columns.values()):
        return found
    return (*found, *_unknown_currencies(session, firm_id))


def meet(
    session: Session, firm_id: str, found: Collection[Matter], *, by: str, now: datetime
) -> tuple[str, ...]:
    """Ask what is found, and no longer what isn't; gives the subjects that are asked anew by it."""
    known = {one.subject: one for one in all_matters(session, firm_id)}
    now_found = {one.subject for one in found}
    for one in known.values():
        if one.is_open and one.kind in MET and one.subject not in now_found:
            _ask(session, firm_id, one, by, now, gone=True)
    for one in found:
        _ask(session, firm_id, one, by, now)
    return tuple(
        one.subject
        for one in all_matters(session, firm_id)
        if one.is_open and (one.subject not in known or not known[one.subject].is_open)
    )


def all_matters(session: Session, firm_id: str) -> tuple[Matter, ...]:
    """Every one that is asked or was answered: those that wait first, then in the order they were met."""
    found = []
    for kind in KINDS:
        said = {one.subject: one for one in questions.answers(session, firm_id, kind)}
        asked = questions.asked(session, firm_id, kind)
        told = missing.booked_of(session, firm_id, asked) if kind is QuestionKind.MISSING else frozenset()
        for one in asked:
            matter = _answered(_matter(one), said.get(one.subject))
            if not (matter.is_open and one.content["gone"]) and one.subject not in told:
                found.append(matter)
    return tuple(sorted(found, key=lambda one: not one.is_open))


def settled(session: Session, firm_id: str) -> Settled:
    """What the firm has said, as the records are read with it."""
    whose = {
        one.subject: Whose(one.answer["said"], frozenset(one.answer["among"]))
        for one in questions.answers(session, firm_id, QuestionKind.CASE)
    }
    currencies = {
        one.subject: one.answer["said"] for one in questions.answers(session, firm_id, QuestionKind.CURRENCY)
    }
    one_client = {
        one.subject: frozenset(one.answer["among"])
        for one in questions.answers(session, firm_id, QuestionKind.CLIENT)
        if one.answer["said"] == ONE_CLIENT
    }
    lacking, left_out = missing.in_doubt(session, firm_id)
    return Settled(
        MappingProxyType(whose),
        MappingProxyType(currencies),
        MappingProxyType(one_client),
        lacking,
        left_out,
    )


def settle(session: Session, firm_id: str, matter: Matter, said: str, *, by: str, now: datetime) -> bool:
    """Let this be so from now on, for what is here and every later export. False: it is so already.

    :class:`BookedForAnotherError` where a case's invoices could be booked a second time by it, as another's.
    """
    audit.hold(session, firm_id)
    if matter.kind is QuestionKind.CASE and said:
        _must_not_be_anothers(session, firm_id, matter, said)
    answer = {"said": said, "among": sorted(matter.among)}
    return questions.answer(session, firm_id, Answer(matter.kind, matter.about, answer, by, now))


def history(session: Session, firm_id: str, matter: Matter) -> tuple[Matter, ...]:
    """What was said before and holds now, oldest first."""
    past = questions.history(session, firm_id, matter.kind, matter.about)
    return tuple(
        replace(matter, said=one.answer["said"], said_by=one.said_by, said_at=one.said_at) for one in past
    )


def _must_not_be_anothers(session: Session, firm_id: str, matter: Matter, said: str) -> None:
    """An invoice is known by its client too: as another's it would look as if it had never been booked."""
    for client in matter.clients:
        if client.identifier == said:
            continue
        theirs = InvoiceKey(matter.about, "", client.identifier).subject
        found = select(Effect.id).where(
            Effect.firm_id == firm_id,
            Effect.state != "rejected",
            Effect.invoice.startswith(theirs, autoescape=True),
        )
        if session.scalar(found.limit(1)) is not None:
            raise BookedForAnotherError(client.name or client.identifier)


def _asked(kind: QuestionKind, sharing_it: Mapping[str, Sequence[Person]]) -> Iterable[Matter]:
    return (Matter(kind, about, tuple(people)) for about, people in sharing_it.items())


def _unknown_currencies(session: Session, firm_id: str) -> Iterable[Matter]:
    cell = func.coalesce(SourceRow.cells[forms.CURRENCY].as_string(), "")
    listed = (
        sharing.listed(firm_id),
        SourceRow.case_number.in_(sharing.billed_cases(firm_id)),
    )
    met: dict[str, str] = {}
    for text in sorted(session.scalars(select(cell).where(*listed).distinct())):
        if not known_currency(text.upper()) and len(text) <= LONGEST_TEXT:
            met.setdefault(value_key(text), text)
    for key, text in met.items():
        cases = select(SourceRow.case_number).where(*listed, cell == text).distinct()
        some = session.scalars(cases.order_by(SourceRow.case_number).limit(SHOWN_CASES))
        yield Matter(QuestionKind.CURRENCY, key, cases=tuple(some))


def _ask(session: Session, firm_id: str, one: Matter, by: str, now: datetime, *, gone: bool = False) -> None:
    content: dict[str, Any] = {
        "clients": [[each.identifier, each.name, each.email, each.uci] for each in one.clients],
        "cases": list(one.cases),
        "gone": gone,
    }
    questions.ask(session, firm_id, Question(one.kind, one.about, content, by, now))


def _matter(asked: Question) -> Matter:
    content: Mapping[str, Any] = asked.content
    if asked.kind is QuestionKind.MISSING:
        return Matter(asked.kind, asked.subject, cases=(content["case"],), lacking=missing.lacking_of(asked))
    clients = tuple(Person(*one) for one in content["clients"])
    return Matter(asked.kind, asked.subject, clients, tuple(content["cases"]))


def _answered(matter: Matter, answer: Answer | None) -> Matter:
    """With its answer; one given when others shared the number is none."""
    if answer is None or set(answer.answer["among"]) != matter.among:
        return matter
    return replace(matter, said=answer.answer["said"], said_by=answer.said_by, said_at=answer.said_at)
