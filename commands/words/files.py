"""What is said of files that can't be fetched or imported now."""

from __future__ import annotations

from db.refusal import YOU, Sentence

NOT_SLACKS = Sentence(
    "file.not-slacks",
    "One of these files isn't kept by Slack, so it wasn't fetched.",
    "Nothing was changed.",
    "Please download it and add it from your computer.",
    YOU,
)
NOT_HANDED_OUT = Sentence(
    "file.not-handed-out",
    "Slack didn't hand a file out (it answered {status}).",
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
