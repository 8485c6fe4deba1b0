"""What is said of an invoice that a sync couldn't bring into the books, or not as it was sent."""

from __future__ import annotations

from db.refusal import Sentence

MENDERS = "whoever asked for its sync, an approver or an admin"

REFUSED = Sentence(
    "outcome.refused",
    "{reason}",
    "Nothing was booked.",
    "Once that is put right, press Try Again.",
    MENDERS,
    {"reason": "The books are closed for its date. Ask your bookkeeper to reopen the period."},
)
HALF_REFUSED = Sentence(
    "outcome.half-refused",
    "{reason}",
    "The invoice is in QuickBooks; a payment of it isn't.",
    "Once that is put right, press Try Again.",
    MENDERS,
    {
        "reason": "QuickBooks could not link the payment to its invoice. Look at the invoice there: somebody "
        "may have changed it."
    },
)
DIFFERS = Sentence(
    "outcome.differs",
    "QuickBooks now shows something else: {differences}",
    "It is booked, and stays as it is there.",
    "Put it right there and press Look Again.",
    MENDERS,
    {"differences": "deposited to: Savings instead of Chequing."},
)
REVIEW = Sentence(
    "outcome.review",
    "{reason}",
    "Whether it is booked isn't sure; until then we send nothing more for it.",
    "Look in QuickBooks. Put it right there and press Look Again, or say that it isn't there.",
    MENDERS,
    {"reason": "QuickBooks has it as Invoice 1009, but its total is 2,330.00 instead of 2,300.00."},
)
