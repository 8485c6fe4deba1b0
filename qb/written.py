"""Says of a document that carries a mark of our kind whether it is this firm's own of an invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.marks import marker
from qb.operations import ADD_INVOICE, ADD_PAYMENT

if TYPE_CHECKING:
    from collections.abc import Collection

    from qb.entry import Entry

TRIES = 20
"""So many times an invoice may have been refused and ordered anew in what a restored backup forgot."""


def is_own(marks: Collection[str], entry: Entry, firm_id: str) -> bool:
    """Whether one of these marks is what the firm writes for this invoice or one of its payments.

    A backup put back forgets what it booked since: such a document is adopted by its mark when the invoice is
    booked. One that carries another's mark was booked by another installation, for the same company.
    """
    if not marks:
        return False
    subjects = [(entry.subject, ADD_INVOICE), *((one.subject, ADD_PAYMENT) for one in entry.payments)]
    return any(
        marker(firm_id, subject, operation, generation) in marks
        for subject, operation in subjects
        for generation in range(1, TRIES + 1)
    )
