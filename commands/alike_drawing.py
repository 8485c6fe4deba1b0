"""The screen of what looks as if it were in QuickBooks already, drawn by the worker: one screenful."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.access import may_confirm
from commands.colleagues import favour_to
from commands.drafting import company_now
from commands.favour import Wish
from commands.firm import asker_in
from commands.scene import tick_value
from commands.views import alike as views
from commands.views.alike import AlikeScreen, Compared, LooksLike, Missing
from db import cases, drafts
from db.drafts import Draft
from qb.alike import described, free_number, unanswered
from qb.books import ground
from qb.linking import Unfit, linked_entry
from qb.others import Others
from qb.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from commands.context import Context
    from db.outbox import ClaimedTask
    from db.records import Invoice
    from db.said import Answer
    from qb.entry import Entry
    from qb.ground import Ground
    from qb.others import Alike


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: what is open and what was said, as it stands now."""
    client, firm_id = context.slack(), task.firm_id
    asker = asker_in(context, client, task)
    may, about = may_confirm(asker), task.content.get("about", [])
    with context.database.read() as session:
        found, left, marks = _compared(session, firm_id, about)
        asks = None if may else favour_to(session, asker, Wish.ALIKE)
        content = {"realm": company_now(session, firm_id), "about": about, **marks}
    draft = Draft(context.new_id(), firm_id, asker.user_id, "alike", content)
    with context.database.write() as session:
        drafts.keep(session, draft, context.clock())
    shown = AlikeScreen(found, may, asks, **task.content.get("done", {}), some=bool(about), left=left)
    speech.show(client, task.content["view"], views.screen(shown, draft.id))


def entries_of(invoices: Iterable[Invoice], on: Ground) -> dict[str, Entry]:
    """What would be booked of these if nothing looked like them."""
    alone = plan(tuple(invoices), replace(on, others=Others(), answers={}))
    return {entry.subject: entry for entry in alone.entries}


def stamp_of(answer: Answer | None) -> str:
    """Which answer it is: what is drawn with one isn't pressed on another."""
    return answer.at.isoformat() if answer else ""


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
) -> tuple[tuple[Compared, ...], int, dict[str, dict[str, Any]]]:
    """What waits for an answer, then what has one: a screenful, how many more, and what the draft keeps."""
    paid = _looked_at(session, firm_id, about)
    on = ground(session, firm_id, paid if about else None)
    if on is None:
        return (), 0, {"invoices": {}, "answered": {}}
    entries = entries_of(paid, on)
    looked = ((one, entries[one.key.subject]) for one in paid if one.key.subject in entries)
    found = [(invoice, entry, unanswered(entry, on)) for invoice, entry in looked]
    open_or_said = [one for one in found if one[2] or one[1].subject in on.answers]
    open_or_said.sort(
        key=lambda one: (one[1].subject in on.answers, one[0].paid or date.max, one[0].key.number)
    )
    shown = open_or_said[: views.MOST]
    subjects = [(tick_value(entry.subject), entry) for _, entry, _ in shown]
    marks: dict[str, dict[str, Any]] = {
        "invoices": {mark: one.key.plain for mark, one in subjects},
        "answered": {mark: stamp_of(on.answers.get(one.subject)) for mark, one in subjects},
    }
    return tuple(_shown(*one, on) for one in shown), len(open_or_said) - len(shown), marks


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
    return LooksLike(found.other.seen, described(found.other), missing_of(fits))


def missing_of(fits: Entry) -> tuple[Missing, ...]:
    """What would be booked of a linked one."""
    return tuple(Missing(payment.amount, payment.date) for payment in fits.payments)
