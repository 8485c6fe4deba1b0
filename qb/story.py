"""How far a sync has come, invoice by invoice, for whoever watches it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from db import effects, receipts, syncs
from db.effects import ENDED_BADLY, LOOK_FIRST, State
from db.syncs import SyncState
from qb.canonical import from_canonical
from qb.lineage import newest
from qb.operations import ADD_INVOICE
from qb.readback import is_settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.effects import Effect
    from db.receipts import ReceiptRecord
    from db.syncs import Sync
    from qb.entry import Entry, EntryPayment


class Step(StrEnum):
    """Where an invoice of a sync stands."""

    WAITING = "waiting"
    SENDING = "sending"
    IN_DOUBT = "in_doubt"
    PARKED = "parked"
    REFUSED = "refused"
    STOPPED = "stopped"  # a person took it back before it was sent
    REVIEW = "review"
    READING = "reading"  # booked, not read back yet
    BOOKED = "booked"  # booked and read back as booked
    DIFFERS = "differs"  # booked, but QuickBooks says something else


BY_ANOTHER = "Another sync books it: that one's message shows how far it is."
ENDED = frozenset({Step.REFUSED, Step.STOPPED, Step.REVIEW, Step.BOOKED, Step.DIFFERS})


@dataclass(frozen=True, slots=True)
class PaymentStory:
    """A payment of the plan, and QuickBooks' id once it is there."""

    payment: EntryPayment
    remote_id: str


@dataclass(frozen=True, slots=True)
class InvoiceStory:
    """An entry of the plan and what became of it; ``sentence`` says why it waits or ended, if known.

    ``remote_id`` and ``number`` are QuickBooks' once it is there; ``half`` says that the invoice is in the
    books and a payment isn't; ``receipt`` is the JSON of what was read back.
    """

    entry: Entry
    step: Step
    sentence: str
    remote_id: str
    number: str
    payments: tuple[PaymentStory, ...]
    half: bool
    receipt: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class SyncStory:
    """A sync as it stands; ``ended`` says that nothing more of it will be sent, by its effects.

    ``stopped_by`` (a Slack user id) took back what is stopped, if anything is.
    """

    sync: Sync
    invoices: tuple[InvoiceStory, ...]
    ended: bool
    stopped_by: str = ""

    @property
    def settled(self) -> bool:
        """Whether nothing more will happen by itself: all ended, and what was booked is read back."""
        return self.ended and all(invoice.step in ENDED for invoice in self.invoices)


# The first that fits any of an invoice's effects tells how the whole of it stands: a refused payment isn't
# the end of it while another one may still be booked.
TELLING = (
    (State.REVIEW, Step.REVIEW),
    (State.PARKED, Step.PARKED),
    (State.SENDING, Step.SENDING),
    (State.READY, Step.WAITING),
    (State.REJECTED, Step.REFUSED),
)


def story(session: Session, firm_id: str, sync_id: str) -> SyncStory | None:
    """The firm's sync as it stands; None if there is no such sync."""
    sync = syncs.get(session, firm_id, sync_id)
    if sync is None:
        return None
    families: dict[str, list[Effect]] = {}
    found = newest(effects.of_sync(session, sync_id))
    for effect in found:
        families.setdefault(effect.invoice, []).append(effect)
    read = {record.invoice: record for record in receipts.of_sync(session, sync_id)}
    begun = sync.state in {SyncState.RUNNING, SyncState.DONE}
    return SyncStory(
        sync,
        tuple(
            _invoice(entry, families.get(entry.subject, []), read.get(entry.subject), begun=begun)
            for entry in from_canonical(sync.plan).entries
        ),
        ended=begun and is_settled(session, found),
        stopped_by=next(filter(None, (effects.stopped_by(effect) for effect in found)), ""),
    )


def _invoice(
    entry: Entry, family: Sequence[Effect], receipt: ReceiptRecord | None, *, begun: bool
) -> InvoiceStory:
    by_subject = {effect.subject: effect for effect in family if effect.operation != ADD_INVOICE}
    invoice = next((effect for effect in family if effect.operation == ADD_INVOICE), None)
    moving = [invoice] if invoice is not None and invoice.state in ENDED_BADLY else family
    step, sentence = _standing(moving, receipt) if family or not begun else (Step.REFUSED, BY_ANOTHER)
    booked = invoice is not None and invoice.state is State.CONFIRMED
    return InvoiceStory(
        entry=entry,
        step=step,
        sentence=sentence,
        remote_id=(invoice.remote_id or "") if invoice else "",
        number=(invoice.document_number or "") if invoice else "",
        payments=tuple(
            PaymentStory(payment, _remote_id(by_subject.get(payment.subject))) for payment in entry.payments
        ),
        half=booked and any(effect.state is not State.CONFIRMED for effect in family),
        receipt=None if receipt is None else receipt.content,
    )


def _standing(family: Sequence[Effect], receipt: ReceiptRecord | None) -> tuple[Step, str]:
    for state, step in TELLING:
        standing = [effect for effect in family if effect.state is state]
        telling = next((effect for effect in standing if effect.reason), next(iter(standing), None))
        if telling is not None:
            return _more_exactly(telling, step), telling.reason
    if not family:
        return Step.WAITING, ""
    if receipt is None:
        return Step.READING, ""
    return (Step.BOOKED if receipt.ties else Step.DIFFERS), ""


def _more_exactly(effect: Effect, step: Step) -> Step:
    """What only the effect itself tells: nobody knows, somebody stopped it, or it waits for a look alone."""
    if effects.stopped_by(effect):
        return Step.STOPPED
    if step is Step.SENDING and effect.doubtful and effect.lease_until is None:
        return Step.IN_DOUBT
    return Step.WAITING if effect.reason == LOOK_FIRST else step


def _remote_id(effect: Effect | None) -> str:
    return "" if effect is None else effect.remote_id or ""
