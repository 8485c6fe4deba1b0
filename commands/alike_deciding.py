"""Works off an answer about what looks booked already: against what is known now, once, with who gave it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from commands import errands
from commands.alike_drawing import entries_of, missing_of, stamp_of
from commands.drafting import company_now
from commands.errors import RefusedError
from commands.favour import Wish
from commands.firm import next_task
from commands.ids import Task
from commands.views import alike as views
from commands.views.alike_payments import not_the_same_words
from commands.views.text import name
from commands.words import alike as words
from commands.words import screens
from db import answers, audit, effects, others
from db.records import InvoiceKey
from db.said import Answer, Said
from qb.alike import free_number, unanswered
from qb.books import ground, invoices_of
from qb.linking import Unfit, linked_entry
from qb.unreceived import like_money_of, pays_it, unreceived

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from commands.context import Context
    from db.outbox import ClaimedTask
    from db.refusal import Refusal
    from qb.entry import Entry
    from qb.ground import Ground
    from qb.others import Other
    from qb.unreceived import Unreceived

MOST_TRIES = 5
"""So often somebody may keep another reading of QuickBooks while this is decided on the one before."""


class StillReadingError(RuntimeError):
    """What is known of QuickBooks changed each time: the task is tried again."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The invoice a press is about as it stands now, and the documents its button named.

    ``reading``: since which day and when others' documents were read that this rests on. ``unsent`` is what
    wasn't sent of one that is booked, as its money looks received.
    """

    entry: Entry
    ground: Ground
    documents: tuple[Other, ...]
    reading: tuple[date, datetime] | None
    unsent: Unreceived | None = None

    @property
    def before(self) -> Answer | None:
        """What was said of it so far."""
        return self.ground.answers.get(self.entry.subject)

    @property
    def dismissed(self) -> tuple[str, ...]:
        """The documents that were said to be others'."""
        return self.before.dismissed if self.before else ()


def decide(context: Context, task: ClaimedTask) -> None:
    """Task: remember the answer, let who waited for it hear, and show the screen anew, in one commit.

    What was answered or changed since the screen was drawn stays as it is; the screen says so. Everything is
    read before the database is held: at a hundred thousand documents that takes seconds.
    """
    for _ in range(MOST_TRIES):
        with context.database.read() as session:
            if _is_done(session, task):
                return
            answered = _answered(session, task)
        with context.database.write() as session:
            audit.hold(session, task.firm_id)
            if isinstance(answered, Answered) and not _still(session, task, answered.meant):
                continue
            _end(session, context, task, answered)
            return
    raise StillReadingError(task.id)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to keep, and what is told of it (markup)."""

    meant: Meant
    answer: Answer
    told: str


def _end(session: Session, context: Context, task: ClaimedTask, answered: Answered | Refusal) -> None:
    """Keep it, and have the screen drawn anew; killed after that, the task finds that it is done."""
    firm_id, user = task.firm_id, task.content["user"]
    if isinstance(answered, Answered):
        try:
            answers.put(session, firm_id, answered.meant.ground.realm_id, answered.answer)
        except answers.LinkedTwiceError:
            done = _warned(words.LINKED_TWICE.said())
        else:
            errands.settle(session, context, firm_id, Wish.ALIKE, by=user)
            done = {"told": answered.told}
    else:
        done = _warned(answered)
    content = {"user": user, "view": task.content["view"], "about": task.content["about"], "done": done}
    next_task(session, context, firm_id, Task.ALIKE, content, key=f"{Task.ALIKE}:{task.id}")


def _warned(told: Refusal) -> dict[str, Any]:
    return {"told": f"{told.what} {told.booked} {told.remedy}", "warns": True}


def _answered(session: Session, task: ClaimedTask) -> Answered | Refusal:
    """What it comes to as things stand, or why they are otherwise than on the screen."""
    content = task.content
    try:
        meant = _meant(session, task)
        at = datetime.fromisoformat(content["at"])
        blank = Answer(meant.entry.subject, Said.NOTHING, content["user"], at, dismissed=meant.dismissed)
        answer, told = ANSWERS[Said(content["said"])](meant, blank)
    except RefusedError as refused:
        return refused.told
    return Answered(meant, answer, told)


def _meant(session: Session, task: ClaimedTask) -> Meant:
    firm_id, key = task.firm_id, InvoiceKey(*task.content["invoice"])
    if company_now(session, firm_id) != task.content["realm"]:
        raise RefusedError(screens.OTHER_COMPANY_SINCE.said())
    reading = others.last_read(session, firm_id, task.content["realm"])
    invoices = invoices_of(session, firm_id, [key])
    on = ground(session, firm_id, invoices)
    unsent = _unsent(session, task)
    entry = unsent.entry if unsent else (entries_of(invoices, on) if on else {}).get(key.subject)
    if on is None or entry is None or (unsent and task.content["said"] in {Said.LINK, Said.HOLD}):
        raise RefusedError(words.MOVED_ON.said(number=name(key.number, 40)))
    documents = tuple(one for one in map(on.others.as_seen, task.content["documents"]) if one)
    meant = Meant(entry, on, documents, reading, unsent)
    if task.content["drawn"] != stamp_of(meant.before):
        last = answers.last_of(session, firm_id, on.realm_id, key.subject)
        told = views.answered_words(last.said, last.by, last.at) if last else ""
        raise RefusedError(words.ANSWERED_SINCE.said(number=name(key.number, 40), answer=told))
    if len(documents) < len(task.content["documents"]):
        raise RefusedError(words.CHANGED_SINCE.said(number=name(key.number, 40)))
    return meant


def _unsent(session: Session, task: ClaimedTask) -> Unreceived | None:
    """What wasn't sent of it, if it is booked otherwise."""
    subject = InvoiceKey(*task.content["invoice"]).subject
    return next(iter(unreceived(session, task.firm_id, task.content["realm"], {subject})), None)


def _is_done(session: Session, task: ClaimedTask) -> bool:
    """Whether this very press was kept already, by whoever died before saying so."""
    key, realm = InvoiceKey(*task.content["invoice"]), task.content["realm"]
    last = answers.last_of(session, task.firm_id, realm, key.subject)
    at = datetime.fromisoformat(task.content["at"])
    return last is not None and (last.by, last.at) == (task.content["user"], at)


def _still(session: Session, task: ClaimedTask, meant: Meant) -> bool:
    """Whether all it was decided on is so yet; quick questions, as the database is held."""
    firm_id, realm, subject = task.firm_id, meant.ground.realm_id, meant.entry.subject
    said = answers.all_of(session, firm_id, realm, [subject]).get(subject)
    begun = effects.invoices_begun(session, firm_id, realm, {subject})
    return (
        meant.reading == others.last_read(session, firm_id, realm)
        and stamp_of(said) == stamp_of(meant.before)
        and meant.unsent == _unsent(session, task)
        and (meant.unsent is not None or subject not in begun.booked | begun.under_way)
        and company_now(session, firm_id) == realm
    )


def _link_it(meant: Meant, by: Answer) -> tuple[Answer, str]:
    """The document there is this invoice; what is missing goes the usual way, by a preview."""
    other = meant.documents[0] if meant.documents else None
    fits = None if other is None else linked_entry(meant.entry, other, meant.ground.others)
    if other is None or fits is None or isinstance(fits, Unfit):
        raise RefusedError(words.UNFIT.said(number=name(meant.entry.key.number, 40)))
    told = views.linked_words(meant.entry.key.number, missing_of(fits))
    return replace(by, said=Said.LINK, linked=other.key, linked_seen=other.seen), told


def _its_another(meant: Meant, by: Answer) -> tuple[Answer, str]:
    """What the screen showed is other invoices'; it is booked as new, by a preview."""
    if meant.unsent and any(pays_it(meant.unsent, one) for one in meant.documents):
        raise RefusedError(words.ITS_OWN_MONEY.said(number=name(meant.entry.key.number, 40)))
    dismissed = tuple(dict.fromkeys((*meant.dismissed, *(one.seen for one in meant.documents))))
    if meant.before and meant.before.said is Said.LINK:
        answered = replace(meant.before, by=by.by, at=by.at, dismissed=dismissed)
    elif meant.unsent:
        answered = replace(by, said=Said.ANOTHER, dismissed=dismissed)
    else:
        number = free_number(meant.entry, meant.ground.others)
        answered = replace(by, said=Said.ANOTHER, dismissed=dismissed, number=number)
    said = {**meant.ground.answers, answered.subject: answered}
    if meant.unsent:
        money = len(like_money_of(meant.unsent, meant.ground, said))
        return answered, _of(meant, not_the_same_words(money))
    left = len(unanswered(meant.entry, replace(meant.ground, answers=said)))
    return answered, _of(meant, views.another_words(left))


def _hold_it(meant: Meant, by: Answer) -> tuple[Answer, str]:
    """It waits until somebody undoes that."""
    return replace(by, said=Said.HOLD), _of(meant, "is held until somebody undoes it.")


def _undo(meant: Meant, by: Answer) -> tuple[Answer, str]:
    """As if nothing had been said of it; of money that wasn't sent, what was linked stays linked."""
    if meant.unsent and meant.before and meant.before.said is Said.LINK:
        linked = replace(meant.before, by=by.by, at=by.at, dismissed=())
        return linked, _of(meant, "is as it was before anybody said whose that money is.")
    return replace(by, dismissed=()), _of(meant, "is as it was before anybody answered.")


def _of(meant: Meant, told: str) -> str:
    return f"{name(meant.entry.key.number, 40)} {told}"


ANSWERS: Mapping[Said, Callable[[Meant, Answer], tuple[Answer, str]]] = MappingProxyType(
    {Said.LINK: _link_it, Said.ANOTHER: _its_another, Said.HOLD: _hold_it, Said.NOTHING: _undo}
)
