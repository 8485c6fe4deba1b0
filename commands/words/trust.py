"""What is said to whoever asks about client money before the firm has said how it banks that."""

from __future__ import annotations

from db.refusal import ADMIN, YOU, Sentence

SAY_FIRST = Sentence(
    "trust.say-first",
    "Your firm hasn't said that it holds client money.",
    "Nothing was changed.",
    "Say under `/qb-settings` how client money is banked; then a second person can be asked.",
    ADMIN,
)
NAME_SECOND = Sentence(
    "trust.name-second",
    "No second person is named who approves what touches client money.",
    "Nothing was changed.",
    "Name one under `/qb-settings`, How client money is banked.",
    ADMIN,
)
NAME_ANOTHER = Sentence(
    "trust.name-another",
    "{who}, who was named to approve client money, is no approver or admin any more.",
    "Nobody was asked, and nothing was changed.",
    "Name somebody else under `/qb-settings`, How client money is banked; what waits is put to them then.",
    ADMIN,
    {"who": "<@U0BEN>"},
)
TICK_FIRST = Sentence(
    "trust.tick-first",
    "Nothing is ticked.",
    "Nothing was changed.",
    "Tick what you don't approve, then press it again.",
    YOU,
)
