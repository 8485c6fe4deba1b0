"""Whether a paid invoice touches client money, and how far its way into the books has come."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from db.chosen import Banking
from qb import trust_sentences as sentences
from qb.canonical import facts
from qb.directory import says_trust, says_unearned
from qb.hold import Hold, Mend, Reason, day_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from db.records import Invoice
    from db.refusal import Refusal

STANDS_ALONE = {Banking.UNSAID: sentences.NOT_SAID, Banking.NONE: sentences.NONE_HELD}
"""Ways of banking in which no second person is asked: the firm has to say more first."""


@dataclass(frozen=True, slots=True)
class Word:
    """Since which day a second person is asked about an invoice, and who approved it when (firm's days)."""

    asked_on: date
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ClientMoney:
    """How the firm banks client money, whether a second person is named for it, and what was said so far.

    ``words`` goes by :func:`seen_as`: what was said of an invoice that has changed since doesn't count.
    """

    banking: Banking = Banking.UNSAID
    has_second: bool = False
    words: Mapping[str, Word] = field(default_factory=dict)


def touches(invoice: Invoice, banking: Banking) -> str:
    """What makes the invoice client money, in words; empty where nothing does.

    The exports don't tell what is earned, so with everything banked through the client account every paid
    invoice is client money (Law Society rules: CaseEasy facts §5).
    """
    if invoice.stated.trust:
        return sentences.BY_COLUMN.format(says=invoice.stated.trust)
    for payment in invoice.payments:
        if says_trust(payment.method):
            return sentences.BY_METHOD.format(method=payment.method)
    for words in (*(payment.method for payment in invoice.payments), invoice.case.kind):
        if says_unearned(words):
            return sentences.BY_RETAINER.format(says=words)
    return sentences.BY_BANKING if banking is Banking.ALL else ""


def seen_as(invoice: Invoice) -> str:
    """SHA-256 of the invoice's identity, lines and payments: what a second person's word is about."""
    looked_at = facts((invoice.key, invoice.lines, invoice.payments))
    return sha256(json.dumps(looked_at, sort_keys=True).encode()).hexdigest()


def trust_hold(invoice: Invoice, money: ClientMoney) -> Hold | None:
    """Why it is held for touching client money; None where it doesn't.

    Nothing lifts this hold: a second person's word is kept, and booking to trust isn't built.
    """
    why = touches(invoice, money.banking)
    if not why:
        return None
    if money.banking in STANDS_ALONE:
        return _held(STANDS_ALONE[money.banking].said(why=why), Mend.BANKING)
    return _by_word(why, money.words.get(seen_as(invoice)), has_second=money.has_second)


def _by_word(why: str, word: Word | None, *, has_second: bool) -> Hold:
    if word is not None and word.on is not None:
        return _held(sentences.APPROVED.said(by=word.by, day=day_text(word.on)), Mend.NONE)
    if not has_second:
        return _held(sentences.NO_SECOND.said(why=why), Mend.BANKING)
    if word is not None:
        return _held(sentences.ASKED.said(why=why, day=day_text(word.asked_on)), Mend.TRUST)
    return _held(sentences.TO_ASK.said(why=why), Mend.TRUST)


def _held(told: Refusal, mend: Mend) -> Hold:
    return Hold(Reason.TRUST, told, mend)
