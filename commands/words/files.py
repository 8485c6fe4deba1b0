"""What is said of files that can't be fetched or imported now."""

from __future__ import annotations

from db.refusal import NOBODY, YOU, Sentence

NOT_SLACKS = Sentence(
    "file.not-slacks",
    "One of these files isn't kept by Slack, so it wasn't fetched.",
    "Nothing was changed.",
    "Please download it and add it from your computer.",
    YOU,
)
NOT_HANDED_OUT = Sentence(
    "file.not-handed-out",
    "Slack didn't give us one of these files (error {status}).",
    "Nothing was changed.",
    "Please add it again.",
    YOU,
    {"status": "404"},
)
TOO_LARGE = Sentence(
    "file.too-large-to-fetch",
    "A file is larger than 20 MB, more than an export of CaseEasy can be.",
    "Nothing was changed.",
    "Please export fewer months at a time.",
    YOU,
)
TOO_MANY = Sentence(
    "file.too-many",
    "These are more files than can be imported at once.",
    "Nothing was changed.",
    "Please add at most 10 at a time.",
    YOU,
)
NOT_YOUR_FILE = Sentence(
    "file.not-yours",
    "Whether this file is taken in is decided by who sent it, or by an approver or admin.",
    "Nothing was changed.",
    "Ask one of them to look at `/qb`, where it waits.",
    "{who}",
    {"who": "<@U0MARIA> or <@U0BEN>"},
)
FILE_ANSWERED = Sentence(
    "file.answered",
    "{who} has already said to take this file in.",
    "It was taken in once.",
    "What came of it was told to who sent it.",
    NOBODY,
    {"who": "<@U0BEN>"},
)
FILE_LEFT = Sentence(
    "file.left",
    "{who} has already left this file out.",
    "None of it was taken in.",
    "Send it again if it should be taken in after all.",
    YOU,
    {"who": "<@U0BEN>"},
)
FILE_ASKED_ANEW = Sentence(
    "file.asked-anew",
    "What this file is compared with has changed since, so this answer no longer fits.",
    "None of it was taken in.",
    "Please answer the newer question, in `/qb` or the newest message about it.",
    YOU,
)
FILE_GONE = Sentence(
    "file.gone",
    "This file isn't kept here any more.",
    "Nothing was changed.",
    "Send it again if it should be taken in.",
    YOU,
)
