"""What an answer of QuickBooks, or the lack of one, makes of an effect."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.effects import SETTLE, Change, Doubt, Reject, Release, Review
from qb.adding import who_has_the_name
from qb.gateway import InDoubt, OurBug, Refused
from qb.looking import adopted, confirmed, known_as
from qb.orders import CustomerOrder, EmailOrder, InvoiceOrder, difference
from qb.refusal import NOT_PROOF, bug_reason, fault_facts, reason
from qb.refusal_sentences import DIFFERENT

if TYPE_CHECKING:
    from qb.gateway import Company, Reply
    from qb.turn import Turn

REST = timedelta(seconds=60)
"""What a company that had too many calls is left alone at least (Intuit: Limits and throttles)."""
DUPLICATE_NUMBER = "6140"
NAME_TAKEN = "6240"


def answered(turn: Turn, reply: Reply) -> Change:
    """A clean reply: confirmed, if it is what was ordered."""
    differs = difference(turn.order, reply.entity, turn.mark)
    if differs is None:
        return confirmed(reply.entity, reply.tid, changed=isinstance(turn.order, EmailOrder))
    told = DIFFERENT.said(document=known_as(turn.effect, reply.entity), differs=differs)
    return Review(told.short, {"tid": reply.tid})


def misunderstood(turn: Turn, bug: OurBug) -> Change:
    """QuickBooks could not read our request, or we couldn't make it: our mistake."""
    words = bug_reason(bug)
    return _rejected(turn, bug, words) if turn.is_only else _unproven(turn, words, bug)


def unsent(turn: Turn, trouble: InDoubt) -> Release:
    """It surely wasn't sent this time: again after a pause, or when the company may be called again."""
    return Release(turn.at(max(turn.pause, timedelta(seconds=trouble.rest_seconds or 0))), trouble.reason)


def in_doubt(turn: Turn, doubt: InDoubt) -> Change:
    """No clear answer: unsent is tried again, anything else is looked for once it must be over."""
    if not doubt.sent:
        return unsent(turn, doubt)
    wait = SETTLE if doubt.rest_seconds is None else max(REST, timedelta(seconds=doubt.rest_seconds))
    return Doubt(turn.at(wait), doubt.reason)


def refused(turn: Turn, company: Company, refusal: Refused) -> Change:
    """QuickBooks said no: proof that nothing was booked only where nobody else can have sent it."""
    if not turn.is_only:
        return _unproven(turn, reason(refusal), refusal)
    if refusal.code == DUPLICATE_NUMBER and refusal.twin and isinstance(turn.order, InvoiceOrder):
        return _twin(turn, company, refusal)
    if refusal.code in NOT_PROOF:
        return _unproven(turn, reason(refusal), refusal)
    if refusal.code == NAME_TAKEN and isinstance(turn.order, CustomerOrder):
        return _rejected(turn, refusal, who_has_the_name(company, turn.order))
    return _rejected(turn, refusal, reason(refusal))


def _rejected(turn: Turn, trouble: Refused | OurBug, words: str) -> Reject:
    """Proven: it was looked for wherever there was a doubt, and its only send was refused."""
    return Reject(fault_facts(trouble), words, absent=turn.doubt)


def _unproven(turn: Turn, words: str, trouble: Refused | OurBug) -> Change:
    """A refusal that proves nothing yet; heard again after a look that found nothing, it is for a person."""
    if turn.doubt and turn.effect.reason == words:
        return Review(words, fault_facts(trouble))
    return Doubt(turn.at(SETTLE), words)


def _twin(turn: Turn, company: Company, refusal: Refused) -> Change:
    """The number is taken: by ourselves, unseen, or by somebody else's invoice."""
    try:
        found = company.read(turn.effect.entity, refusal.twin or "").entity
    except (Refused, OurBug, InDoubt):
        return _unproven(turn, reason(refusal), refusal)
    if turn.mark in str(found.get("PrivateNote", "")):
        return adopted(turn.effect, turn.order, found, turn.mark)
    return _rejected(turn, refusal, reason(refusal))
