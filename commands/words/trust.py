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
TICK_FIRST = Sentence(
    "trust.tick-first",
    "Nothing is ticked.",
    "Nothing was changed.",
    "Tick what you don't approve, then press it again.",
    YOU,
)
