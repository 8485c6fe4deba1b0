"""What is said where a consent at Intuit came to nothing, on the page and in Slack."""

from __future__ import annotations

from db.refusal import ADMIN, YOU, Sentence

NOTHING = "Nothing was connected."
ANEW = "Type /qb-connect in Slack for a new one."

REFUSED = Sentence(
    "consent.refused",
    "Intuit says that the access wasn't given.",
    NOTHING,
    "Press Connect in Slack to try again.",
    ADMIN,
)
UNKNOWN = Sentence("consent.unknown", "This isn't a link of ours.", NOTHING, ANEW, ADMIN)
USED = Sentence("consent.used", "This link was used before.", "Nothing was changed by it.", ANEW, ADMIN)
EXPIRED = Sentence("consent.expired", "This link is older than ten minutes.", NOTHING, ANEW, ADMIN)
OTHER_BROWSER = Sentence(
    "consent.other-browser",
    "The link was opened in another browser than the one that came back from Intuit.",
    NOTHING,
    "Type /qb-connect in Slack and go through it in one browser.",
    YOU,
)
OTHER_FIRM = Sentence(
    "consent.other-firm",
    "This QuickBooks company is connected to another Slack workspace.",
    NOTHING,
    "Disconnect it there first, or choose another company.",
    "an admin of that workspace, or you with another company",
)
OTHER_COMPANY = Sentence(
    "consent.other-company",
    "This workspace has already booked into another QuickBooks company and stays with it.",
    NOTHING,
    "Choose that company when you connect.",
    ADMIN,
)
NOT_SUPPORTED = Sentence(
    "consent.not-supported",
    "This QuickBooks company keeps its books the US way, with automated sales tax; that isn't supported yet.",
    NOTHING,
    "Choose a company that keeps its books another way.",
    ADMIN,
)
FAILED = Sentence(
    "consent.failed",
    "QuickBooks didn't answer as it should.",
    NOTHING,
    "Please try again in a minute with /qb-connect.",
    ADMIN,
)
MISUNDERSTOOD = Sentence(
    "consent.misunderstood",
    "QuickBooks didn't answer as it should: {reason}",
    NOTHING,
    "Please try again; if it stays so, tell whoever runs CaseLedger, who can run `caseledger check`.",
    "whoever runs CaseLedger",
    {"reason": "Intuit does not know our app: check INTUIT_CLIENT_ID and INTUIT_CLIENT_SECRET."},
)
