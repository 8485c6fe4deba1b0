"""Invoices that look as if they were in QuickBooks already: an approver or admin says what they are."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from commands import errands
from commands.alike_drawing import entries_of, missing_of, stamp_of
from commands.drafting import draft_of, same_company
from commands.errors import RefusedError
from commands.favour import Wish
from commands.ids import Act, Screen, Task
from commands.views import alike as views
from commands.views.notices import loading
from commands.views.text import name
from commands.words import alike as words
from db import answers, audit
from db.records import InvoiceKey
from db.said import Answer, Said
from qb.alike import free_number, unanswered
from qb.books import ground, invoices_of
from qb.linking import Unfit, linked_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from commands.call import Call
    from db.drafts import Draft
    from qb.entry import Entry
    from qb.ground import Ground
    from qb.others import Other


@dataclass(frozen=True, slots=True)
class Meant:
    """The invoice a press is about as it stands now, and the documents its button named.

    ``since`` says why the press is for something else than stands there by now; empty where it isn't.
    """

    entry: Entry
    ground: Ground
    documents: tuple[Other, ...]
    since: str = ""

    @property
    def before(self) -> Answer | None:
        """What was said of it so far."""
        return self.ground.answers.get(self.entry.subject)

    @property
    def dismissed(self) -> tuple[str, ...]:
        """The documents that were said to be others'."""
        return self.before.dismissed if self.before else ()


def start(call: Call) -> None:
    """Compare: the screen opens at once, the worker fills it; from an invoice with that one alone."""
    call.ack()
    again = call.view.get("callback_id") == Screen.ALIKE
    view_id = str(call.view["id"]) if again else call.open(loading(views.TITLE, "Looking what looks alike…"))
    with call.context.database.write() as session:
        call.later(session, Task.ALIKE, {"view": view_id, "about": json.loads(call.value or "[]")})


def link_it(session: Session, call: Call) -> None:
    """Link It: the document there is this invoice; what is missing goes the usual way, by a preview."""

    def answer(meant: Meant, by: Answer) -> tuple[Answer, str]:
        other = meant.documents[0] if meant.documents else None
        fits = None if other is None else linked_entry(meant.entry, other, meant.ground.others)
        if other is None or fits is None or isinstance(fits, Unfit):
            raise RefusedError(words.UNFIT.said(number=name(meant.entry.key.number, 40)))
        told = views.linked_words(meant.entry.key.number, missing_of(fits))
        return replace(by, said=Said.LINK, linked=other.key, linked_seen=other.seen), told

    _decide(session, call, answer)


def its_another(session: Session, call: Call) -> None:
    """It's Another: what the screen showed is other invoices'; it is booked as new, by a preview."""

    def answer(meant: Meant, by: Answer) -> tuple[Answer, str]:
        dismissed = tuple(dict.fromkeys((*meant.dismissed, *(one.seen for one in meant.documents))))
        if meant.before and meant.before.said is Said.LINK:
            answered = replace(meant.before, by=by.by, at=by.at, dismissed=dismissed)
        else:
            number = free_number(meant.entry, meant.ground.others)
            answered = replace(by, said=Said.ANOTHER, dismissed=dismissed, number=number)
        said = {**meant.ground.answers, answered.subject: answered}
        left = len(unanswered(meant.entry, replace(meant.ground, answers=said)))
        return answered, _of(meant, views.another_words(left))

    _decide(session, call, answer)


def hold_it(session: Session, call: Call) -> None:
    """Hold: it waits until somebody undoes that."""

    def answer(meant: Meant, by: Answer) -> tuple[Answer, str]:
        return replace(by, said=Said.HOLD), _of(meant, "is held until somebody undoes it.")

    _decide(session, call, answer)


def undo(session: Session, call: Call) -> None:
    """Undo: as if nothing had been said of it."""

    def answer(meant: Meant, by: Answer) -> tuple[Answer, str]:
        return replace(by, dismissed=()), _of(meant, "is as it was before anybody answered.")

    _decide(session, call, answer)


def _of(meant: Meant, told: str) -> str:
    return f"{name(meant.entry.key.number, 40)} {told}"


DECISIONS: Mapping[Act, Callable[[Session, Call], None]] = MappingProxyType(
    {
        Act.LINK_IT: link_it,
        Act.ITS_ANOTHER: its_another,
        Act.HOLD_IT: hold_it,
        Act.UNDO_ANSWER: undo,
    }
)


def _decide(session: Session, call: Call, answer: Callable[[Meant, Answer], tuple[Answer, str]]) -> None:
    """Remember the answer with who gave it, let who waited for it hear, and show the screen anew.

    What was answered or changed since the screen was drawn stays as it is; the screen says so.
    """
    firm_id = call.asker.firm.id
    audit.hold(session, firm_id)
    draft = draft_of(session, call)
    meant = _meant(session, call, draft)
    done: dict[str, Any] = {"told": meant.since, "warns": True}
    if not meant.since:
        done = {"told": _remember(session, call, meant, answer)}
    content = {"view": str(call.view["id"]), "done": done, "about": draft.content.get("about", [])}
    call.later(session, Task.ALIKE, content, call.once(Task.ALIKE))


def _remember(
    session: Session, call: Call, meant: Meant, answer: Callable[[Meant, Answer], tuple[Answer, str]]
) -> str:
    firm_id, entry = call.asker.firm.id, meant.entry
    blank = Answer(
        entry.subject,
        Said.NOTHING,
        call.asker.user_id,
        call.context.clock(),
        dismissed=meant.dismissed,
    )
    said, told = answer(meant, blank)
    try:
        answers.put(session, firm_id, meant.ground.realm_id, said)
    except answers.LinkedTwiceError as error:
        raise RefusedError(words.LINKED_TWICE.said()) from error
    errands.settle(session, call.context, firm_id, Wish.ALIKE, by=call.asker.user_id)
    return told


def _meant(session: Session, call: Call, draft: Draft) -> Meant:
    """What was pressed, if the invoice still waits for an answer; :class:`RefusedError` else."""
    pressed = json.loads(call.value)
    same_company(session, draft)
    key = InvoiceKey(*draft.content["invoices"][pressed["i"]])
    invoices = invoices_of(session, call.asker.firm.id, [key])
    on = ground(session, call.asker.firm.id, invoices)
    entries = entries_of(invoices, on) if on else {}
    if on is None or key.subject not in entries:
        raise RefusedError(words.MOVED_ON.said(number=name(key.number, 40)))
    documents = tuple(one for one in map(on.others.as_seen, pressed["d"]) if one)
    meant = Meant(entries[key.subject], on, documents)
    drawn = draft.content.get("answered", {}).get(pressed["i"], "")
    if drawn != stamp_of(meant.before):
        last = answers.last_of(session, call.asker.firm.id, on.realm_id, key.subject)
        told = views.answered_words(last.said, last.by, last.at) if last else ""
        since = words.ANSWERED_SINCE.said(number=name(key.number, 40), answer=told)
    elif len(documents) < len(pressed["d"]):
        since = words.CHANGED_SINCE.said(number=name(key.number, 40))
    else:
        return meant
    return replace(meant, since=since.what + " " + since.booked + " " + since.remedy)
