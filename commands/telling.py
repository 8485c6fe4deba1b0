"""Turns what became of a sync into what its message shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.views.result import Outcome, PaymentDone, ReadBack, Step, Story
from commands.views.whom import for_whom
from commands.words import outcomes
from db import connections
from qb.canonical import money_of
from qb.gateway import Reconnect
from qb.hold import Mend
from qb.story import Step as Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from commands.context import Context
    from qb.story import InvoiceStory, SyncStory

STEPS = {
    Stage.WAITING: Step.WAITING,
    Stage.SENDING: Step.UNDER_WAY,
    Stage.READING: Step.UNDER_WAY,
    Stage.IN_DOUBT: Step.DOUBT,
    Stage.PARKED: Step.PARKED,
    Stage.REFUSED: Step.REFUSED,
    Stage.STOPPED: Step.STOPPED,
    Stage.REVIEW: Step.REVIEW,
    Stage.DIFFERS: Step.DIFFERS,
    Stage.BOOKED: Step.BOOKED,
}
SHOWN_DIFFERENCES = 3


def story_to_show(context: Context, told: SyncStory) -> Story:
    """The sync for its message, with links into QuickBooks where there is a connection."""
    link = links(context, told.sync.firm_id)
    closed = _is_closed(context, told.sync.firm_id)
    return Story(
        sync_id=told.sync.id,
        client_name=for_whom(invoice.entry for invoice in told.invoices),
        asked_by=told.sync.asked_by,
        outcomes=tuple(_outcome(invoice, link, closed=closed) for invoice in told.invoices),
        started=told.sync.approved_at or told.sync.asked_at,
        now=context.clock(),
        customers=tuple(dict.fromkeys(invoice.entry.customer.name for invoice in told.invoices)),
        stopped_by=told.stopped_by,
    )


def links(context: Context, firm_id: str) -> Callable[[str, str], str]:
    """Where a person sees a document (type and id) in QuickBooks; nowhere without a connection."""
    try:
        company = context.company(firm_id)
    except Reconnect:
        return lambda _entity, _id: ""
    return lambda entity, found: company.link(entity, found) if found else ""


def _is_closed(context: Context, firm_id: str) -> bool:
    with context.database.read() as session:
        connection = connections.get(session, firm_id)
    return connection is not None and connection.state == connections.LOCKED


def _outcome(invoice: InvoiceStory, link: Callable[[str, str], str], *, closed: bool) -> Outcome:
    refused, parked = invoice.step is Stage.REFUSED, invoice.step is Stage.PARKED
    return Outcome(
        subject=invoice.entry.subject,
        number=invoice.entry.key.number,
        total=invoice.entry.total,
        step=Step.CLOSED if parked and closed else STEPS[invoice.step],
        booked_number=invoice.number,
        link=link("Invoice", invoice.remote_id),
        payments=tuple(
            PaymentDone(
                amount=done.payment.amount,
                date=done.payment.date,
                method=done.payment.method.name,
                link=link("Payment", done.remote_id),
            )
            for done in invoice.payments
        ),
        receipt=None if invoice.receipt is None else _read_back(invoice.receipt),
        sentence=_sentence(invoice),
        mend=Mend.CONNECT if parked and not closed else Mend.NONE,
        again=refused,
        case=invoice.entry.key.case,
        client=invoice.entry.client_name,
        linked=invoice.entry.linked is not None,
    )


def _sentence(invoice: InvoiceStory) -> str:
    if invoice.step in {Stage.WAITING, Stage.STOPPED}:
        return invoice.sentence
    if invoice.step is Stage.DIFFERS and invoice.receipt is not None:
        return str(outcomes.DIFFERS.said(differences=_differences(invoice.receipt)))
    if invoice.step is Stage.REFUSED:
        refused = outcomes.HALF_REFUSED if invoice.half else outcomes.REFUSED
        return str(refused.said(reason=invoice.sentence))
    if invoice.step is Stage.REVIEW:
        return str(outcomes.REVIEW.said(reason=invoice.sentence))
    return ""


def _differences(receipt: Mapping[str, Any]) -> str:
    found = receipt["differences"]
    told = [
        f"{one['what']}: {one['found']} instead of {one['expected']}" for one in found[:SHOWN_DIFFERENCES]
    ]
    left = len(found) - SHOWN_DIFFERENCES
    return "; ".join(told) + (f"; and {left} more." if left > 0 else ".")


def _read_back(receipt: Mapping[str, Any]) -> ReadBack:
    return ReadBack(
        total=money_of(receipt["total"]),
        tax=money_of(receipt["tax"]),
        balance=money_of(receipt["balance"]),
        accounts=tuple(dict.fromkeys(payment["account"] for payment in receipt["payments"])),
    )
