"""What is said of a request for approval that can't be asked, or was decided already."""

from __future__ import annotations

from db.refusal import ADMIN, NOBODY, YOU, Sentence

OWN = Sentence(
    "approval.own",
    "You asked for this yourself, so another person decides.",
    "Nothing was booked.",
    "Withdraw it in your own message if it is wrong.",
    "{who}",
    {"who": "<@U0BEN> or <@U0ALICE>"},
)
NOT_AN_APPROVER = Sentence(
    "approval.not-an-approver",
    "Only an approver or an admin decides what is booked.",
    "Nothing was booked.",
    "Please leave it to one of them.",
    "{who}",
    {"who": "<@U0BEN> or <@U0ALICE>"},
)
NAMED_FOR_TRUST = Sentence(
    "approval.named-for-trust",
    "This touches trust money, and your firm has named who approves that.",
    "Nothing was booked.",
    "Please leave it to them.",
    "{who}",
    {"who": "<@U0BEN>"},
)
NOT_ASKED_BY_YOU = Sentence(
    "approval.not-asked-by-you",
    "Only {who}, who asked for it, can withdraw it.",
    "It still waits for its approval.",
    "An approver who doesn't want it rejects it.",
    "{who}",
    {"who": "<@U0MARIA>"},
)
APPROVED = Sentence(
    "approval.approved",
    "{who} approved this already.",
    "It is booked once, never twice; the message shows what came of it.",
    "There is nothing to do.",
    NOBODY,
    {"who": "<@U0BEN>"},
)
REJECTED = Sentence(
    "approval.rejected",
    "{who} rejected this: {reason}",
    "Nothing was booked.",
    "Whoever asked can preview it again.",
    "{asked}",
    {"who": "<@U0BEN>", "reason": "The government fee is missing.", "asked": "<@U0MARIA>"},
)
WITHDRAWN = Sentence(
    "approval.withdrawn",
    "{asked} withdrew this.",
    "Nothing was booked.",
    "Whoever asked can preview it again.",
    "{asked}",
    {"asked": "<@U0MARIA>"},
)
EXPIRED = Sentence(
    "approval.expired",
    "Nobody decided this in time, so it has expired.",
    "Nothing was booked.",
    "Whoever asked can preview it and ask again.",
    "{asked}",
    {"asked": "<@U0MARIA>"},
)
SUPERSEDED = Sentence(
    "approval.superseded",
    "What this request was for has changed since.",
    "Nothing was booked from it.",
    "Whoever asked was shown it anew, and can ask again.",
    "{asked}",
    {"asked": "<@U0MARIA>"},
)
OPEN = Sentence(
    "approval.open",
    "You have asked for this already, {at}.",
    "It is asked once, and booked only once somebody approves it.",
    "Its message shows whether it still waits or what came of it.",
    "any approver or admin but you",
    {"at": "12 Oct 2026 09:12"},
)
LOOK_TWICE = Sentence(
    "approval.look-twice",
    "You have pressed this already, and look at it a second time now.",
    "It is booked only once you have.",
    "Please go on in the message below, which shows everything once more.",
    YOU,
)
ASKED_ALREADY = Sentence(
    "approval.asked-already",
    "This waits for approval already, asked for by {asked}: {invoices}.",
    "Nothing was asked or booked.",
    "Leave it out, or have that request decided or withdrawn first.",
    "{asked}",
    {"invoices": "Daniel Osei, INV-1001", "asked": "<@U0MARIA>"},
)
BOOKED_SINCE = Sentence(
    "approval.booked-since",
    "This is in QuickBooks or on its way there since this preview was made: {invoices}.",
    "Nothing was asked, and nothing is booked twice.",
    "Cancel this preview; /qb-sync shows what is left.",
    YOU,
    {"invoices": "Daniel Osei, INV-1001"},
)
GONE = Sentence(
    "approval.gone",
    "This request is not known any more.",
    "Nothing was booked.",
    "Whoever asked can start again with `/qb-sync`.",
    YOU,
)
NOBODY_ELSE = Sentence(
    "approval.nobody-else",
    "This needs a second person, and nobody else in your firm may approve.",
    "Nothing was asked or booked.",
    "Name an approver, such as an outside bookkeeper, in `/qb-settings`; whoever works alone says so there.",
    ADMIN,
)
NOBODY_FOR_THIS = Sentence(
    "approval.nobody-for-this",
    "This always needs a second person, even where somebody works alone.",
    "Nothing was asked or booked.",
    "Name an approver, such as an outside bookkeeper, in `/qb-settings`.",
    ADMIN,
)
NOT_ALONE = Sentence(
    "approval.not-alone",
    "Somebody else can approve by now, so looking a second time yourself isn't enough.",
    "Nothing was booked.",
    "Withdraw this and ask again.",
    YOU,
)
NEEDS_ONE_NOW = Sentence(
    "approval.needs-one-now",
    "This needs a second person's approval now: {why}.",
    "Nothing was booked yet; we have asked for it.",
    "You hear as soon as it is decided.",
    "{who}",
    {"why": "Paid 74 days ago; your firm asks beyond 60", "who": "<@U0BEN> or <@U0ALICE>"},
)
