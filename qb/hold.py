"""Why an invoice can't be booked yet, said plainly, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """What stands in the way of booking an invoice."""

    NOT_CONNECTED = "not_connected"
    NO_CONTACT = "no_contact"
    CONTACT_INACTIVE = "contact_inactive"
    CONTACT_CURRENCY = "contact_currency"
    METHOD_UNMAPPED = "method_unmapped"
    DEPOSIT_UNMAPPED = "deposit_unmapped"
    ITEM_UNMAPPED = "item_unmapped"
    TAX_UNMAPPED = "tax_unmapped"
    TARGET_INACTIVE = "target_inactive"  # a mapped account, item, method or code is gone or inactive
    TAX_UNEXPLAINED = "tax_unexplained"  # no confirmed rate explains what the payments leave over
    TAX_AMBIGUOUS = "tax_ambiguous"  # two confirmed rates explain it
    SHORT = "short"  # payments come to less than the listed amounts
    NO_PAYMENT = "no_payment"
    REFUND = "refund"  # a negative amount
    NOTHING_TO_BOOK = "nothing_to_book"  # 0.00
    FOREIGN_CURRENCY = "foreign_currency"
    TRUST = "trust"
    NUMBER_TOO_LONG = "number_too_long"
    REFERENCE_TOO_LONG = "reference_too_long"
    BOOKS_CLOSED = "books_closed"
    RECORDS_UNCLEAR = "records_unclear"  # a Doubt of the exports
    ALREADY_BOOKED = "already_booked"
    UNDER_WAY = "under_way"
    NEEDS_REVIEW = "needs_review"


class Mend(StrEnum):
    """The button that mends a hold."""

    CONNECT = "connect"
    MAP = "map"
    FIND_CONTACT = "find_contact"
    IMPORT = "import"
    NONE = "none"  # held here; made good by a later version or in CaseEasy


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason with its sentence; ``row`` names the mapping row (``kind:source``) where there is one."""

    reason: Reason
    sentence: str
    mend: Mend
    row: str = ""
