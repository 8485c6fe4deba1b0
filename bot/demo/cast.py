"""Who and what stands in the demo's Slack, and what a newcomer is told to try first."""

from __future__ import annotations

from bot.demo.playground import Channel, Person

MARIA = Person(id="U0MARIA", name="Maria", title="Staff")
BEN = Person(id="U0BEN", name="Ben", title="Bookkeeper")
ALICE = Person(id="U0ALICE", name="Alice", title="Admin")
PEOPLE = (MARIA, BEN, ALICE)

CHANNELS = (
    Channel(id="C0GENERAL", name="general", private=False),
    Channel(id="C0BOOKS", name="books", private=True),
)

HINTS = (
    "Be Alice (click her on the left) and type `/qb-connect`: let CaseLedger into this demo's QuickBooks.",
    "Be Maria and type `/qb-import`: tick the three newest exports and import them.",
    "Be Alice again and type `/qb-mapping`: look through what was suggested and confirm it.",
    "Be Maria and type `/qb-sync 00002`: look at the preview, then book. Its links open QuickBooks.",
    "An odd one: `/qb-sync 00004`, a client QuickBooks knows three times. `/qb` tells how things stand.",
)
