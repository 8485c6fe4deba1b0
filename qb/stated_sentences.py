"""What is said of an invoice that isn't what the firm's own columns state of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from db.records import Mark
from db.refusal import ANYONE, CONFIRMERS
from qb.hold_sentences import BY_HAND, IN_CASEEASY, held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.refusal import Sentence

MARKED: Mapping[Mark, Sentence] = MappingProxyType(
    {
        Mark.VOID: held(
            "void",
            "The exports call it void ({words}).",
            "A void invoice or payment is never booked. If it isn't void, mend it in CaseEasy.",
            IN_CASEEASY,
            words="State: Voided",
        ),
        Mark.DRAFT: held(
            "draft",
            "The exports call it a draft ({words}), though it has a Paid Date.",
            "Finish it in CaseEasy, then import a new export.",
            IN_CASEEASY,
            words="State: Draft",
        ),
        Mark.OPEN: held(
            "not-paid",
            "The exports call it not paid ({words}), though it has a Paid Date.",
            "Mend it in CaseEasy, then import a new export.",
            IN_CASEEASY,
            words="State: Sent",
        ),
    }
)
DISCOUNT = held(
    "discount",
    "The exports state a discount of {off}.",
    "Discounts are held for now: please book this one by hand.",
    BY_HAND,
    off="$200.00",
)
OTHER_TAX = held(
    "other-tax",
    "The exports state a tax of {stated}, and its payments leave {over} over the amounts it lists.",
    "Mend it in CaseEasy, then import a new export; or say under Columns that the column isn't its tax.",
    ANYONE,
    stated="$110.50",
    over="$150.00",
)
NO_SUCH_RATE = held(
    "no-such-rate",
    "The exports state a tax of {stated}, and no confirmed tax rate comes to exactly that.",
    "Choose the rate under Review Mapping, or say under Columns which tax it is.",
    CONFIRMERS,
    stated="$110.50",
)
OTHER_TOTAL = held(
    "other-total",
    "The exports state a total of {stated}, and its lines and tax come to {total}.",
    "Mend it in CaseEasy, then import a new export; or say under Columns that the column isn't its total.",
    ANYONE,
    stated="$2,330.00",
    total="$2,330.01",
)
