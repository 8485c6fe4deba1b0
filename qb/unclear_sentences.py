"""What is said of an invoice whose exports can't be taken as they stand, doubt by doubt."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from db.records import Doubt
from db.refusal import ANYONE, CONFIRMERS
from qb.hold_sentences import BY_HAND, IN_CASEEASY, held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.refusal import Sentence

UNCLEAR: Mapping[Doubt, Sentence] = MappingProxyType(
    {
        Doubt.SHARED_CASE: held(
            "shared-case",
            "Its case number belongs to more than one client in CaseEasy, so we can't tell whose it is.",
            "Say under Columns whose it is.",
            CONFIRMERS,
        ),
        Doubt.SHARED_CLIENT: held(
            "shared-client",
            "Its client's identifier in CaseEasy stands for people who may not be one client, so we can't "
            "tell whose contact in QuickBooks to book it to.",
            "Say under Columns whether they are one client; or import a Client Listing with each one's whole "
            "identifier, and say there whose each case is.",
            CONFIRMERS,
        ),
        Doubt.NO_LONGER_EXPORTED: held(
            "no-longer-exported",
            "It, or one of its payments, is no longer in CaseEasy's newest export, though older and newer "
            "ones are.",
            "Say under Columns whether it still counts, or import an export that has it.",
            CONFIRMERS,
        ),
        Doubt.NO_CLIENT: held(
            "no-client",
            "No Client Listing names its case yet.",
            "Import the Client Listing from CaseEasy.",
            ANYONE,
        ),
        Doubt.NO_CURRENCY: held(
            "no-currency",
            "The Client Listing doesn't tell its currency, and we never assume one.",
            "Say under Columns which it is, or fill it in in CaseEasy and import the Client Listing.",
            CONFIRMERS,
        ),
        Doubt.UNCLEAR_DATE: held(
            "unclear-date",
            "One of its dates can be read two ways.",
            "Export dates as year-month-day, such as 2026-10-12.",
            ANYONE,
        ),
        Doubt.UNREADABLE: held(
            "unreadable",
            "One of its cells couldn't be read.",
            "Mend it in CaseEasy, then import a new export.",
            IN_CASEEASY,
        ),
        Doubt.CONFLICTING_ROWS: held(
            "conflicting-rows",
            "Two rows of the exports have the number of this invoice or payment, and say different things.",
            "Mend it in CaseEasy, then import a new export.",
            IN_CASEEASY,
        ),
        Doubt.SPREAD_PAYMENT: held(
            "spread-payment",
            "One of its payments also pays another invoice.",
            "Such payments are held for now: please book this one by hand.",
            BY_HAND,
        ),
        Doubt.NO_NUMBER: held(
            "no-number",
            "Its invoice number or a transaction number is missing, so it can't be told from others.",
            "Export it again with all columns ticked.",
            ANYONE,
        ),
        Doubt.OTHER_CURRENCY: held(
            "other-currency",
            "A column of the exports names another currency for one of its payments than for the invoice.",
            "Mend it in CaseEasy, then import a new export.",
            IN_CASEEASY,
        ),
        Doubt.UNTAUGHT_VALUE: held(
            "untaught-value",
            "The exports give it a fund or status that nobody has explained yet.",
            "Say under Columns what it means.",
            CONFIRMERS,
        ),
    }
)
ANSWERED_UNDER_COLUMNS = frozenset(
    {
        Doubt.UNTAUGHT_VALUE,
        Doubt.SHARED_CASE,
        Doubt.SHARED_CLIENT,
        Doubt.NO_CURRENCY,
        Doubt.NO_LONGER_EXPORTED,
    }
)
