"""How long a number QuickBooks takes, and what of a longer one it is given."""

from __future__ import annotations

DOCUMENT_NUMBER_LIMIT = 21
"""Most characters of an invoice's DocNumber (Intuit: Invoice)."""

REFERENCE_LIMIT = 21
"""Most characters of a payment's PaymentRefNum (as for a sales receipt; Intuit: SalesReceipt)."""


def reference(transaction: str) -> str:
    """The payment reference people see: the transaction number, a longer one visibly cut to its end.

    The end is what tells numbers apart. The whole number stands in the payment's memo, and no payment is ever
    recognised by its reference.
    """
    if len(transaction) <= REFERENCE_LIMIT:
        return transaction
    return "…" + transaction[-(REFERENCE_LIMIT - 1) :]
