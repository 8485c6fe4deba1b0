"""Invoices that look as if they were in QuickBooks already: an approver or admin says what they are."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from commands import errands, speech
from commands.access import may_confirm
from commands.colleagues import favour
from commands.drafting import company_now, draft_of, same_company
from commands.errors import RefusedError
from commands.favour import Wish
from commands.firm import asker_in
from commands.ids import Act, Screen, Task
from commands.scene import tick_value
from commands.views import alike as views
from commands.views.alike import AlikeScreen, Compared, LooksLike, Missing
from commands.views.notices import loading
from commands.views.text import name
from commands.words import alike as words
from db import answers, audit, cases, drafts
from db.drafts import Draft
from db.records import InvoiceKey
from db.said import Answer, Said
from qb.alike import described, free_number, unanswered
from qb.books import ground, invoices_of
from qb.linking import Unfit, linked_entry
from qb.others import Others
from qb.plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.outbox import ClaimedTask
    from db.records import Invoice
    from qb.entry import Entry
    from qb.ground import Ground
    from qb.others import Alike, Other


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


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: what is open and what was said, as it stands now."""
    client, firm_id = context.slack(), task.firm_id
    asker = asker_in(context, client, task)
    may, about = may_confirm(asker), task.content.get("about", [])
    with context.database.read() as session:
        found, marks = _compared(session, firm_id, about)
        asks = None if may else favour(session, firm_id, Wish.ALIKE, but=asker.user_id, today=asker.today)
        content = {"realm": company_now(session, firm_id), "about": about, **marks}
    draft = Draft(context.new_id(), firm_id, asker.user_id, "alike", content)
    with context.database.write() as session:
        drafts.keep(session, draft, context.clock())
    shown = AlikeScreen(found, may, asks, **task.content.get("done", {}), some=bool(about))
    speech.show(client, task.content["view"], views.screen(shown, draft.id))


def link_it(session: Session, call: Call) -> None:
    """Link It: the document there is this invoice; what is missing goes the usual way, by a preview."""

    def answer(meant: Meant, by: Answer) -> tuple[Answer, str]:
        other = meant.documents[0] if meant.documents else None
        fits = None if other is None else linked_entry(meant.entry, other, meant.ground.others)
        if other is None or fits is None or isinstance(fits, Unfit):
            raise RefusedError(words.UNFIT.said(number=name(meant.entry.key.number, 40)))
        told = views.linked_words(meant.entry.key.number, _missing(fits))
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
    entries = _entries(invoices, on) if on else {}
    if on is None or key.subject not in entries:
        raise RefusedError(words.MOVED_ON.said(number=name(key.number, 40)))
    documents = tuple(one for one in map(on.others.as_seen, pressed["d"]) if one)
    meant = Meant(entries[key.subject], on, documents)
    drawn = draft.content.get("answered", {}).get(pressed["i"], "")
    if drawn != _stamp(meant.before):
        last = answers.last_of(session, call.asker.firm.id, on.realm_id, key.subject)
        told = views.answered_words(last.said, last.by, last.at) if last else ""
        since = words.ANSWERED_SINCE.said(number=name(key.number, 40), answer=told)
    elif len(documents) < len(pressed["d"]):
        since = words.CHANGED_SINCE.said(number=name(key.number, 40))
    else:
        return meant
    return replace(meant, since=since.what + " " + since.booked + " " + since.remedy)


def _stamp(answer: Answer | None) -> str:
    """Which answer it is: what is drawn with one isn't pressed on another."""
    return answer.at.isoformat() if answer else ""


def _entries(invoices: Iterable[Invoice], on: Ground) -> dict[str, Entry]:
    """What would be booked of these if nothing looked like them."""
    alone = plan(tuple(invoices), replace(on, others=Others(), answers={}))
    return {entry.subject: entry for entry in alone.entries}


def _looked_at(session: Session, firm_id: str, about: Sequence[Sequence[str]]) -> list[Invoice]:
    """The paid invoices of these cases and numbers, or all the firm's."""
    if not about:
        return [invoice for invoice in cases.all_invoices(session, firm_id) if invoice.paid is not None]
    named = {(str(case), str(number)) for case, number in about}
    files = cases.case_files(session, firm_id, sorted({case for case, _ in named}))
    found = (invoice for some in files.values() for file in some for invoice in file.invoices)
    return [one for one in found if one.paid is not None and (one.key.case, one.key.number) in named]


def _compared(
    session: Session, firm_id: str, about: Sequence[Sequence[str]]
) -> tuple[tuple[Compared, ...], dict[str, dict[str, Any]]]:
    """What waits for an answer, then what has one; whose the marks are, and which answers they have."""
    paid = _looked_at(session, firm_id, about)
    on = ground(session, firm_id, paid if about else None)
    if on is None:
        return (), {"invoices": {}, "answered": {}}
    entries = _entries(paid, on)
    found = [
        (invoice, entries[invoice.key.subject], unanswered(entries[invoice.key.subject], on))
        for invoice in paid
        if invoice.key.subject in entries
    ]
    shown = [one for one in found if one[2] or one[1].subject in on.answers]
    shown.sort(key=lambda one: (one[1].subject in on.answers, one[0].paid or date.max, one[0].key.number))
    entries_shown = [entry for _, entry, _ in shown[: views.MOST]]
    marks: dict[str, dict[str, Any]] = {
        "invoices": {tick_value(one.subject): list(_key(one.key)) for one in entries_shown},
        "answered": {tick_value(one.subject): _stamp(on.answers.get(one.subject)) for one in entries_shown},
    }
    return tuple(_shown(*one, on) for one in shown), marks


def _key(key: InvoiceKey) -> tuple[str, str, str]:
    return key.case, key.number, key.client


def _shown(invoice: Invoice, entry: Entry, found: tuple[Alike, ...], on: Ground) -> Compared:
    answer = on.answers.get(entry.subject)
    other = on.others.by_key.get(answer.linked) if answer else None
    said: dict[str, Any] = {"said": answer.said, "said_by": answer.by} if answer else {}
    return Compared(
        mark=tick_value(entry.subject),
        number=entry.key.number,
        case=entry.key.case,
        client_name=entry.client_name,
        received=invoice.received,
        paid=invoice.paid,
        looks_like=tuple(_looks_like(one, entry, on.others) for one in found),
        linked=described(other) if other else "a document that is gone",
        new_number=free_number(entry, on.others),
        paid_unclear=invoice.paid_unclear,
        **said,
    )


def _looks_like(found: Alike, entry: Entry, others: Others) -> LooksLike:
    fits = linked_entry(entry, found.other, others)
    if isinstance(fits, Unfit):
        return LooksLike(found.other.seen, described(found.other), unfit=fits)
    return LooksLike(found.other.seen, described(found.other), _missing(fits))


def _missing(fits: Entry) -> tuple[Missing, ...]:
    return tuple(Missing(payment.amount, payment.date) for payment in fits.payments)
