"""What is said of a paid invoice that touches client money: each begins with the word Trust."""

from __future__ import annotations

from db.refusal import ADMIN, Sentence
from qb.hold_sentences import BY_HAND, held

UNTIL_THEN = "Until then your bookkeeper books it by hand."
BY_METHOD = "it was paid by “{method}”, which is client money"
BY_RETAINER = "“{says}” says that it isn't earned yet"
BY_BANKING = "your firm banks everything through the client account, so this was paid into it"
BY_COLUMN = "a column of the exports says “{says}”, which your firm calls client money"
BY_ACCOUNT = "“{account}” is a trust account in QuickBooks now"
EXAMPLE = BY_METHOD.format(method="Trust transfer")

NOT_SAID = held(
    "trust-banking-not-said",
    "Trust: {why}, and nobody has said yet how your firm banks client money.",
    "Say it under Settings, How client money is banked.",
    ADMIN,
    why=EXAMPLE,
)
NONE_HELD = held(
    "trust-none-held",
    "Trust: {why}, but your firm said that it holds no client money.",
    "Mend it in CaseEasy, or say anew under Settings how client money is banked.",
    ADMIN,
    why=EXAMPLE,
)
NO_SECOND = held(
    "trust-no-second-person",
    "Trust: {why}, and no second person is named who approves that.",
    "Name one under Settings, How client money is banked.",
    ADMIN,
    why=EXAMPLE,
)
TO_ASK = held(
    "trust-to-ask",
    "Trust: {why}.",
    "Ask the second person named for it, under Review Trust. " + UNTIL_THEN,
    "anyone in your firm may ask",
    why=EXAMPLE,
)
ASKED = held(
    "trust-asked",
    "Trust: {why}. The second person was asked on {day}.",
    "It waits for that approval, under Review Trust. " + UNTIL_THEN,
    "the second person named for client money",
    why=EXAMPLE,
    day="3 May 2026",
)
APPROVED = held(
    "trust-approved",
    "Trust: approved by {by} on {day}.",
    "It stays held, and is booked once trust booking is built. " + UNTIL_THEN,
    BY_HAND,
    by="Ben",
    day="3 May 2026",
)

SENTENCES: tuple[Sentence, ...] = (NOT_SAID, NONE_HELD, NO_SECOND, TO_ASK, ASKED, APPROVED)
