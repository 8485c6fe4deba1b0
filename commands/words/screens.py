"""What is said of a screen, message or preview that no longer holds."""

from __future__ import annotations

from db.refusal import NOBODY, YOU, Sentence

OLDER_CONTROL = Sentence(
    "screen.older",
    "This is from an older message or screen.",
    "Nothing was done.",
    "Please open it again.",
    YOU,
)
SENT_TWICE = Sentence(
    "screen.sent-twice",
    "You sent this twice, and the first time is the one that counts.",
    "It was answered: {told}",
    "Close this; you needn't send it again.",
    NOBODY,
    {"told": "<@U0MARIA> is approver now."},
)
SCREEN_TOO_OLD = Sentence(
    "screen.too-old",
    "This screen is too old to go on with.",
    "Nothing was changed.",
    "Please open it again.",
    YOU,
)
SCREEN_OVERTAKEN = Sentence(
    "screen.overtaken",
    "Something changed while this screen was open.",
    "Nothing was changed.",
    "Please open it again.",
    YOU,
)
OTHER_COMPANY_SINCE = Sentence(
    "screen.other-company",
    "Another QuickBooks company was connected since this screen was opened.",
    "Nothing was changed.",
    "Please open it again.",
    YOU,
)
MAPPING_CLOSED = Sentence(
    "screen.mapping-closed",
    "You closed the mapping before you confirmed what you chose: {rows}.",
    "Nothing was changed.",
    "Press Go On to confirm it: what you chose is kept for a week.",
    YOU,
    {"rows": "Payments in CAD by Visa"},
)
FINDING_GONE = Sentence(
    "screen.finding-gone",
    "This is not known any more.",
    "Nothing was changed.",
    "Check the books again to see what stands.",
    "an admin or approver",
)
PREVIEW_GONE = Sentence(
    "preview.gone",
    "This preview is not known any more.",
    "Nothing was booked.",
    "Please start again with `/qb-sync`.",
    YOU,
)
DIGEST_OVERTAKEN = Sentence(
    "digest.overtaken",
    "This has changed since the digest was written.",
    "Nothing was snoozed.",
    "Please look at the digest of now with `/qb-digest`.",
    YOU,
)
PREVIEW_BOOKED = Sentence(
    "preview.booked",
    "It was booked by {who} already.",
    "It is under way, and is booked once.",
    "Its message shows how far it is.",
    NOBODY,
    {"who": "<@U0MARIA>"},
)
PREVIEW_DONE = Sentence(
    "preview.done",
    "It was booked by {who} already.",
    "It was booked once.",
    "Its message shows the result.",
    NOBODY,
    {"who": "<@U0MARIA>"},
)
PREVIEW_SUPERSEDED = Sentence(
    "preview.superseded",
    "This preview no longer holds, as something changed since.",
    "Nothing was booked by it.",
    "A newer one was posted: please look at that.",
    YOU,
)
PREVIEW_CANCELLED = Sentence(
    "preview.cancelled",
    "This was cancelled.",
    "Nothing was booked.",
    "Start again with `/qb-sync` if you want to.",
    YOU,
)
PREVIEW_OLDER = Sentence(
    "preview.older",
    "This preview is not the newest one.",
    "Nothing was booked by it.",
    "Please look at the newest one.",
    YOU,
)
DECIDED_ALREADY = Sentence(
    "review.decided-already",
    "This was decided already.",
    "Nothing was changed by your press.",
    "Its message shows how it stands.",
    NOBODY,
)
