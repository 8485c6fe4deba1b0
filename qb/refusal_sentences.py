"""What is said of an invoice or payment that QuickBooks refused, or that a person must look at there."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from db.refusal import ADMIN, BOOKKEEPER, CONFIRMERS, OPERATOR, Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

IN_QUICKBOOKS = "whoever may change it in QuickBooks"
MENDERS = "whoever asked for its sync, an approver or an admin"
LOOK_THERE = "Please look there whether it is booked."
DETAIL = "An item assigned to this transaction is inactive."


def refused(key: str, what: str, remedy: str, who: str = IN_QUICKBOOKS, **example: str) -> Sentence:
    """QuickBooks said no, and nothing was booked by it."""
    return Sentence(f"refused.{key}", what, "Nothing was booked.", remedy, who, example)


def unsure(key: str, what: str, remedy: str = LOOK_THERE, **example: str) -> Sentence:
    """Only a person can tell what QuickBooks holds."""
    unclear = "Whether it is booked isn't sure; nothing more is sent for it."
    return Sentence(f"review.{key}", what, unclear, remedy, MENDERS, example)


# Intuit: Error codes. {detail} is QuickBooks' own explanation.
BY_CODE: Mapping[str, Sentence] = MappingProxyType(
    {
        "600": unsure("repeated", "QuickBooks says that it got this same booking before."),
        "610": refused(
            "gone",
            "Something it needs was made inactive or deleted in QuickBooks: {detail}",
            "Make it active there, or choose another under Review Mapping.",
            detail=DETAIL,
        ),
        "620": refused(
            "not-linked",
            "QuickBooks could not link the payment to its invoice.",
            "Look at the invoice there: somebody may have changed it.",
        ),
        "2050": refused(
            "too-long",
            "A text is too long for QuickBooks: {detail}",
            "Shorten it in CaseEasy and import a new export.",
            "anyone who works in CaseEasy",
            detail="Description is longer than 4,000 characters.",
        ),
        "2210": refused(
            "e-mail",
            "QuickBooks doesn't accept the e-mail address.",
            "Correct it, or leave it out.",
            "whoever adds the contact",
        ),
        "2500": refused(
            "reference",
            "Something it refers to is no longer in QuickBooks: {detail}",
            "Choose again under Review Mapping.",
            CONFIRMERS,
            detail=DETAIL,
        ),
        "5010": refused(
            "changed-meanwhile",
            "Somebody changed it in QuickBooks at the same moment.",
            "Look at it again, then decide anew.",
            "whoever asked for it",
        ),
        "5020": refused(
            "no-right",
            "The person who connected QuickBooks may not do this there.",
            "Let one of its admins connect.",
            ADMIN,
        ),
        "5030": refused(
            "subscription",
            "Your QuickBooks subscription doesn't include this.",
            "Change the subscription, or book it by hand.",
            "whoever pays for QuickBooks",
        ),
        "6000": refused(
            "rule", "QuickBooks refused it: {detail}", "Put right there what it names.", detail=DETAIL
        ),
        "6140": refused(
            "number-taken",
            "Its number is already used by another invoice in QuickBooks.",
            "Look there whether that is the same invoice; if not, give one of the two another number.",
        ),
        "6210": refused(
            "books-closed",
            "The books are closed for its date.",
            "Ask your bookkeeper to reopen the period.",
            BOOKKEEPER,
        ),
        "6240": refused(
            "name-taken",
            "QuickBooks already has a customer, vendor or employee of this name.",
            "Choose another name, or choose that contact.",
            "whoever adds the contact",
        ),
        "6540": refused(
            "deposited",
            "The payment was already deposited in QuickBooks and can't be changed.",
            "Take it out of its deposit there first.",
            BOOKKEEPER,
        ),
    }
)
OTHER = refused("other", "QuickBooks refused it: {detail}", "Put right there what it names.", detail=DETAIL)
OUR_MISTAKE = refused(
    "our-mistake",
    "This is a mistake of CaseLedger's, not yours: {reason}",
    "Please book it by hand and tell whoever runs CaseLedger.",
    OPERATOR,
    reason="QuickBooks could not make sense of our request (status 400): Invalid number.",
)
CLIENT_MONEY = refused(
    "client-money",
    "This is client money as things stand now: {why}.",
    "Put right what isn't so in QuickBooks or under Settings; else your bookkeeper books it by hand.",
    BOOKKEEPER,
    why="“Client Trust CAD” is a trust account in QuickBooks now",
)
OTHERWISE_NOW = refused(
    "otherwise-now",
    "It couldn't be sent at once, and what was approved isn't so any more: {why}",
    "Look at its new preview.",
    "whoever asked for its sync, an approver or an admin",
    why="Looks already booked: sales receipt of 3 May 2026, $2,330.00. Say whether that is this invoice.",
)
APPROVED_LONG_AGO = refused(
    "approved-long-ago",
    "It couldn't be sent at once, and it was approved more than a day ago.",
    "Look at its new preview.",
    "whoever asked for its sync, an approver or an admin",
)
LOOKS_RECEIVED = refused(
    "looks-received",
    "Its money looks as if it were in QuickBooks already: {documents}. So the payment wasn't sent.",
    "If it is this one, let it be received there for the invoice. If it is other money, say so under Compare "
    "(Not the Same); if it was entered by mistake, remove it there. Then press Try Again.",
    IN_QUICKBOOKS,
    documents="deposit of 3 May 2026, $2,330.00, added there, perhaps from the bank feed",
)
CHANGED_SINCE = refused(
    "changed-since",
    "Somebody changed {contact} in QuickBooks since you looked, so its e-mail was left alone.",
    "Search for the contact again: you see what it says now.",
    "whoever asked for it",
    contact="Daniel Osei",
)
TOO_LONG_IN_DOUBT = unsure("silent", "QuickBooks has given no clear answer for too long.")
UNSENDABLE = Sentence(
    "review.unsendable",
    "This is a mistake of CaseLedger's, not yours: it couldn't put this into QuickBooks' form, so nothing "
    "was sent.",
    "We booked nothing of it.",
    "Please book it by hand and tell whoever runs CaseLedger.",
    MENDERS,
)
STUMBLED = unsure(
    "stumbled", "This is a mistake of CaseLedger's, not yours: it couldn't read QuickBooks' answer."
)
MAYBE_IN_ANOTHER = unsure(
    "other-company", "It was begun in another QuickBooks company than the one connected now."
)
TWICE = unsure("twice", "QuickBooks has it more than once ({documents}).", documents="Invoice 145 and 146")
DIFFERENT = unsure(
    "different",
    "QuickBooks has it as {document}, but {differs}.",
    document="Invoice 145",
    differs="its total is 2,330.00 instead of 2,300.00",
)
