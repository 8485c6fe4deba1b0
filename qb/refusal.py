"""What QuickBooks' refusals mean, in words for the people whose invoice it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qb.gateway import OurBug, Refused

NOT_PROOF = frozenset({"600", "6000", "6140"})
"""Codes that can also be the answer to a repeat of what was booked before (Intuit: Error codes)."""

# Intuit: Error codes. {detail} is QuickBooks' own explanation.
SENTENCES = {
    "600": "QuickBooks says it has had this very request before.",
    "610": "Something it needs was made inactive or deleted in QuickBooks: {detail}",
    "620": "QuickBooks could not link the payment to its invoice. Someone may have changed it there.",
    "2050": "A text is too long for QuickBooks: {detail}",
    "2210": "QuickBooks doesn't accept the e-mail address.",
    "2500": "Something it refers to is no longer in QuickBooks: {detail} Review the mapping.",
    "5020": "The person who connected QuickBooks may not do this there. Let one of its admins connect.",
    "5030": "Your QuickBooks subscription doesn't include this.",
    "6000": "QuickBooks refused it: {detail}",
    "6140": "Its number is already used by another invoice in QuickBooks.",
    "6210": "The books are closed for its date. Ask your bookkeeper to reopen the period.",
    "6240": "QuickBooks already has a customer, vendor or employee of this name.",
    "6540": "The payment was already deposited in QuickBooks and can't be changed.",
}
OTHER = "QuickBooks refused it: {detail}"
NOT_BOOKED = "Nothing was booked."


def reason(refused: Refused) -> str:
    """The refusal as a sentence, QuickBooks' own words where ours don't reach."""
    detail = (refused.detail or refused.message or f"code {refused.code}").strip().rstrip(".") + "."
    return SENTENCES.get(refused.code, OTHER).format(detail=detail)


def bug_reason(bug: OurBug) -> str:
    """Our own mistake, owned up to."""
    return f"This is a mistake of CaseLedger's, not yours: {bug.reason}"


def fault_facts(trouble: Refused | OurBug) -> dict[str, Any]:
    """What is kept of a refusal for those who look into it."""
    return {"code": trouble.code, "tid": trouble.tid, "said": str(trouble)}
