"""Every invoice that is ready, or held for one reason, from `/qb`: oldest paid first, each with its sync."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from commands import speech
from commands.firm import asker_in
from commands.ids import Task
from commands.scene import gravest_first
from commands.standing import WORDS, counts_as, held_groups, planned, totals_of
from commands.views import listing as views
from commands.views.listing import Listed, Listing
from commands.views.notices import loading
from commands.views.overview import READY, REASONS
from qb.hold import Mend, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.outbox import ClaimedTask
    from db.records import Invoice
    from qb.hold import Hold

SAID_ONCE = {
    READY: "Nothing stands in the way of these. Press Sync to look at one and book it.",
    Reason.NO_CONTACT: "Nobody has said yet who these clients are in QuickBooks."
    " Press Sync, then Find Contact.",
}
"""For the whole group, in place of a sentence an invoice."""


def start(call: Call) -> None:
    """Show All, beside a group."""
    call.ack()
    view_id = call.open(loading(views.TITLE, "Looking which invoices these are…"))
    _list(call, view_id, 0)


def paged(call: Call) -> None:
    """Another page."""
    _list(call, call.view["id"], call.index)
    call.ack()


def _list(call: Call, view_id: str, page: int) -> None:
    with call.context.database.write() as session:
        call.later(session, Task.LISTING, {"view": view_id, "group": call.value, "page": page})


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: gather the group as it stands now, or all reasons, and show a page of it."""
    client, group, page = context.slack(), task.content["group"], task.content["page"]
    asker_in(context, client, task)
    with context.database.read() as session:
        if group == REASONS:
            view = views.reasons(held_groups(planned(session, task.firm_id)[2]), page)
        else:
            view = views.screen(listing_of(session, task.firm_id, group), page)
    speech.show(client, task.content["view"], view)


def listing_of(session: Session, firm_id: str, group: str) -> Listing:
    """The invoices of a group at this moment, oldest paid first; those of an unclear date last."""
    paid, _, made = planned(session, firm_id)
    holds: dict[str, Hold | None]
    if group == READY:
        holds = {entry.subject: None for entry in made.entries}
    else:
        of_group = (one for one in made.held if counts_as(one) == group)
        holds = {one.key.subject: gravest_first(one.holds)[0] for one in of_group}
    invoices = sorted((one for one in paid if one.key.subject in holds), key=_oldest_first)
    return _listing(group, invoices, holds)


def _listing(group: str, invoices: Sequence[Invoice], holds: dict[str, Hold | None]) -> Listing:
    found = [hold for hold in holds.values() if hold is not None]
    sentences = {hold.sentence for hold in found}
    once = SAID_ONCE.get(group) or (sentences.pop() if len(sentences) == 1 else "")
    return Listing(
        group=group,
        title="Ready" if group == READY else WORDS.get(Reason(group), group),
        totals=totals_of(invoice.received for invoice in invoices),
        sentence=once,
        mend=found[0].mend if found else Mend.NONE,
        invoices=tuple(_listed(one, None if once else holds[one.key.subject]) for one in invoices),
    )


def _listed(invoice: Invoice, hold: Hold | None) -> Listed:
    return Listed(
        number=invoice.key.number,
        case=invoice.key.case,
        client_name=invoice.case.client.name,
        received=invoice.received,
        paid=invoice.paid,
        sentence="" if hold is None else hold.sentence,
        paid_unclear=invoice.paid_unclear,
    )


def _oldest_first(invoice: Invoice) -> tuple[bool, date, str, str]:
    return invoice.paid_unclear, invoice.paid or date.max, invoice.key.case, invoice.key.number
