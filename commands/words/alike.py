"""What is said to whoever answers for an invoice that looks as if it were in QuickBooks already."""

from __future__ import annotations

from db.refusal import ANYONE, CONFIRMERS, Sentence

MOVED_ON = Sentence(
    "alike.moved-on",
    "Invoice {number} isn't as it was on the screen any more: it was booked, answered or changed since.",
    "Nothing was changed.",
    "Open the screen again.",
    ANYONE,
    {"number": "1042"},
)
ANSWERED_SINCE = Sentence(
    "alike.answered-since",
    "Invoice {number} was answered after this screen was drawn: {answer}.",
    "Nothing was changed.",
    "It is shown here as it stands now: answer again where that is wrong.",
    CONFIRMERS,
    {"number": "1042", "answer": "@Ben left it held, 12 Oct 2026 at 14:02"},
)
CHANGED_SINCE = Sentence(
    "alike.changed-since",
    "What QuickBooks holds for invoice {number} was changed or deleted there after this screen was drawn.",
    "Nothing was changed.",
    "It is shown here as it stands now: answer again.",
    CONFIRMERS,
    {"number": "1042"},
)
ITS_OWN_MONEY = Sentence(
    "alike.its-own-money",
    "A payment shown is received in QuickBooks for invoice {number} itself, so it is this invoice's money.",
    "Nothing was changed, and nothing is sent.",
    "Leave it so: the money is in the books. If it was entered by mistake, take it off the invoice there.",
    CONFIRMERS,
    {"number": "1042"},
)
LINKED_TWICE = Sentence(
    "alike.linked-twice",
    "That document is linked to another invoice already.",
    "Nothing was changed.",
    "Undo that link first if it was wrong, or press It's Another.",
    CONFIRMERS,
)
UNFIT = Sentence(
    "alike.unfit",
    "Invoice {number} can't be linked to that document: customer, total or what is open there doesn't fit.",
    "Nothing was changed.",
    "Put it right in QuickBooks, press It's Another, or leave it held.",
    CONFIRMERS,
    {"number": "1042"},
)
