"""What is said when QuickBooks, Slack or we ourselves fail."""

from __future__ import annotations

from db.refusal import ADMIN, OPERATOR, YOU, Sentence

LOCKED = Sentence(
    "quickbooks.closed",
    "QuickBooks has closed {company}, mostly for its subscription or billing.",
    "Nothing is lost, and nothing is booked twice: what was approved waits.",
    "Settle it in QuickBooks; we look every hour, and what waits then goes on by itself. Connecting again "
    "doesn't help.",
    "whoever pays for QuickBooks",
    {"company": "the company"},
)
RECONNECT = Sentence(
    "quickbooks.reconnect",
    "QuickBooks no longer lets us into {company}.",
    "Nothing is lost, and nothing is booked twice: what was approved waits.",
    "Reconnect with `/qb-connect`; what waits then goes on by itself.",
    ADMIN,
    {"company": "the company"},
)
APP_REFUSED = Sentence(
    "quickbooks.app",
    "Intuit refuses CaseLedger's app, so nothing can be booked for {company}.",
    "Nothing is lost, and nothing is booked twice: what was approved waits.",
    "Mend its settings and restart it; `caseledger check` helps, connecting again doesn't. What waits then "
    "goes on by itself.",
    OPERATOR,
    {"company": "the company"},
)
SILENT = Sentence(
    "quickbooks.silent",
    "QuickBooks isn't answering right now.",
    "Nothing was changed.",
    "Please try again in a minute.",
    YOU,
)
REFUSED = Sentence(
    "quickbooks.refused",
    "QuickBooks said no: {message}",
    "Nothing was changed.",
    "Put right in QuickBooks what it names, then try again.",
    "whoever may change it in QuickBooks",
    {"message": "Duplicate Name Exists Error."},
)
NOT_CONNECTED = Sentence(
    "quickbooks.not-connected",
    "QuickBooks isn't connected yet.",
    "Nothing was changed.",
    "Connect it with `/qb-connect`.",
    ADMIN,
)
LISTS_UNREAD = Sentence(
    "quickbooks.lists-unread",
    "QuickBooks' lists haven't been read yet.",
    "Nothing was changed.",
    "Please try again in a minute.",
    YOU,
)
SLACK_SILENT = Sentence(
    "slack.silent",
    "Slack didn't answer in time.",
    "Nothing was changed.",
    "Please try again.",
    YOU,
)
SLACK_LATE = Sentence(
    "slack.late",
    "Slack was too slow to open the screen.",
    "Nothing was changed.",
    "Please try again.",
    YOU,
)
OURS = Sentence(
    "ours.unexpected",
    "Something went wrong on our side.",
    "Nothing more was done.",
    "Please try again; if it stays, tell whoever runs CaseLedger the reference.",
    OPERATOR,
)
NOT_FOLLOWED = Sentence(
    "ours.not-followed",
    "We can't show right now what became of what you booked.",
    "It stays approved and is booked once, never twice.",
    "We keep trying, and its message shows the result as soon as we can: please don't book it by hand. If it "
    "stays so, tell whoever runs CaseLedger the reference.",
    OPERATOR,
)
