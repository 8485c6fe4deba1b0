"""The screen of what looks as if it were in QuickBooks already, drawn by the worker: one screenful."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.access import may_confirm
from commands.alike_payments import unsent
from commands.colleagues import favour_to
from commands.comparing import SOON, look_again, looked_of
from commands.drafting import company_now
from commands.favour import Wish
from commands.firm import asker_in
from commands.scene import tick_value
from commands.views import alike as views
from commands.views.alike import AlikeScreen, Changed, Compared, LooksLike, Missing
from db import cases, drafts
from db.drafts import Draft
from qb.alike import described, free_number, unanswered
from qb.books import ground
from qb.linking import Unfit, linked_entry
from qb.others import Others, alike
from qb.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.context import Context
    from commands.views.blocks import View
    from db.outbox import ClaimedTask
    from db.records import Invoice
    from db.said import Answer
    from qb.entry import Entry
    from qb.ground import Ground
    from qb.others import Alike, Other


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: what is open and what was said, as known; then as QuickBooks has it now, with what changed there.

    Whoever has pressed something meanwhile sees that one's screen instead.
    """
    client, pressed = context.slack(), "done" in task.content
    asker = asker_in(context, client, task)
    known = _drawn(context, task, asker, looking=not pressed)
    seen = speech.filled(client, task.content["view"], known.view)
    if seen is None:
        return
    about, older_than = task.content.get("about", []), SOON if pressed else timedelta()
    among = partial(_looked_at, firm_id=task.firm_id, about=about) if about else None
    looked = look_again(context, task.firm_id, older_than=older_than, among=among)
    if looked or not pressed:
        drawn = _drawn(context, task, asker, before=known.others)
        speech.show_over(client, task.content["view"], drawn.view, seen)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A screen, and what of others' documents it was drawn from."""

    view: View
    others: Others


def _drawn(
    context: Context, task: ClaimedTask, asker: Asker, *, looking: bool = False, before: Others | None = None
) -> Drawn:
    """One drawing with its draft; ``before``: what was known until just now."""
    may, about, firm_id = may_confirm(asker), task.content.get("about", []), task.firm_id
    with context.database.read() as session:
        gathered = _compared(session, firm_id, about, before)
        asks = None if may else favour_to(session, asker, Wish.ALIKE)
        content = {"realm": company_now(session, firm_id), "about": about, **gathered.marks}
        looked = looked_of(session, firm_id, context.clock())
    draft = Draft(context.new_id(), firm_id, asker.user_id, "alike", content)
    with context.database.write() as session:
        drafts.keep(session, draft, context.clock())
    shown = AlikeScreen(
        gathered.found,
        may,
        asks,
        **task.content.get("done", {}),
        some=bool(about),
        left=gathered.left,
        looked=looked,
        looking=looking,
    )
    return Drawn(views.screen(shown, draft.id), gathered.others)


def entries_of(invoices: Iterable[Invoice], on: Ground) -> dict[str, Entry]:
    """What would be booked of these if nothing looked like them."""
    alone = plan(tuple(invoices), replace(on, others=Others(), answers={}))
    return {entry.subject: entry for entry in alone.entries}


def stamp_of(answer: Answer | None) -> str:
    """Which answer it is: what is drawn with one isn't pressed on another."""
    return answer.at.isoformat() if answer else ""


def changed_there(before: Others, now: Others) -> Others:
    """The documents that are gone by now, or say something else, as they were."""
    return Others.of(one for key, one in before.by_key.items() if now.by_key.get(key) != one)


def _looked_at(session: Session, firm_id: str, about: Sequence[Sequence[str]]) -> list[Invoice]:
    """The paid invoices of these cases and numbers, or all the firm's."""
    if not about:
        return [invoice for invoice in cases.all_invoices(session, firm_id) if invoice.paid is not None]
    named = {(str(case), str(number)) for case, number in about}
    files = cases.case_files(session, firm_id, sorted({case for case, _ in named}))
    found = (invoice for some in files.values() for file in some for invoice in file.invoices)
    return [one for one in found if one.paid is not None and (one.key.case, one.key.number) in named]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What waits for an answer, then what has one: a screenful, how many more, and what the draft keeps."""

    found: tuple[Compared, ...] = ()
    left: int = 0
    marks: Mapping[str, Any] = field(default_factory=lambda: {"invoices": {}, "answered": {}})
    others: Others = field(default_factory=Others)


@dataclass(frozen=True, slots=True)
class Row:
    """A paid invoice with what looks like it now, and what did until it was changed there or removed."""

    invoice: Invoice
    entry: Entry
    open: tuple[Alike, ...]
    past: tuple[Other, ...]


def _compared(
    session: Session, firm_id: str, about: Sequence[Sequence[str]], before: Others | None
) -> Gathered:
    paid = _looked_at(session, firm_id, about)
    on = ground(session, firm_id, paid if about else None)
    if on is None:
        return Gathered()
    entries, past = entries_of(paid, on), changed_there(before, on.others) if before else Others()
    looked = ((one, entries[one.key.subject]) for one in paid if one.key.subject in entries)
    found = [Row(invoice, entry, unanswered(entry, on), _past(entry, past, on)) for invoice, entry in looked]
    told = [one for one in found if one.open or one.past or one.entry.subject in on.answers]
    told.sort(key=lambda one: _place(one, on))
    halves = unsent(session, firm_id, about, on)[: views.MOST]
    shown = told[: views.MOST - len(halves)]
    keys = [*(key for key, _ in halves), *(one.entry.key for one in shown)]
    subjects = [(tick_value(key.subject), key) for key in keys]
    marks: dict[str, dict[str, Any]] = {
        "invoices": {mark: key.plain for mark, key in subjects},
        "answered": {mark: stamp_of(on.answers.get(one.subject)) for mark, one in subjects},
    }
    rows = (*(row for _, row in halves), *(_shown(one, on) for one in shown))
    return Gathered(rows, len(told) - len(shown), marks, on.others)


def _place(one: Row, on: Ground) -> tuple[bool, date, str]:
    """What is open first, oldest paid first."""
    return one.entry.subject in on.answers, one.invoice.paid or date.max, one.invoice.key.number


def _past(entry: Entry, past: Others, on: Ground) -> tuple[Other, ...]:
    """Which of the documents that changed there looked like it, or were linked to it."""
    answer = on.answers.get(entry.subject)
    linked = past.by_key.get(answer.linked) if answer and answer.linked else None
    alikes = (one.other for one in alike(entry, past, on.directory.banks))
    dismissed = answer.dismissed if answer else ()
    kept = dict.fromkeys(one for one in alikes if one.seen not in dismissed)
    return (linked, *(one for one in kept if one != linked)) if linked else tuple(kept)


def _shown(one: Row, on: Ground) -> Compared:
    invoice, entry = one.invoice, one.entry
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
        looks_like=tuple(_looks_like(each, entry, on.others) for each in one.open),
        changed=tuple(
            Changed(described(each), is_gone=each.key not in on.others.by_key) for each in one.past
        ),
        linked=described(other) if other else "a document that is gone",
        new_number=free_number(entry, on.others),
        paid_unclear=invoice.paid_unclear,
        **said,
    )


def _looks_like(found: Alike, entry: Entry, others: Others) -> LooksLike:
    fits = linked_entry(entry, found.other, others)
    if isinstance(fits, Unfit):
        return LooksLike(found.other.seen, described(found.other), unfit=fits)
    return LooksLike(found.other.seen, described(found.other), missing_of(fits))


def missing_of(fits: Entry) -> tuple[Missing, ...]:
    """What would be booked of a linked one."""
    return tuple(Missing(payment.amount, payment.date) for payment in fits.payments)
