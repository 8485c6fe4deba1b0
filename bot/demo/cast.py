"""Who and what stands in the demo's Slack, and what a newcomer is told to try first."""

from __future__ import annotations

from bot.demo.playground import Channel, Person

MARIA = Person(id="U0MARIA", name="Maria", title="Staff")
BEN = Person(id="U0BEN", name="Ben", title="Bookkeeper")
ALICE = Person(id="U0ALICE", name="Alice", title="Admin")
PEOPLE = (MARIA, BEN, ALICE)

APPROVALS = Channel(
    id="C0APPROVE",
    name="books-approvals",
    private=True,
    topic="A second pair of eyes",
    members=(BEN.id, ALICE.id),
)
CHANNELS = (
    Channel(id="C0GENERAL", name="general", private=False),
    Channel(id="C0BOOKS", name="books", private=True, topic="What is paid and not in the books yet"),
    APPROVALS,
)

HINTS = (
    "Be Alice (click her on the left) and type `/qb-connect`: let CaseLedger into this demo's QuickBooks.",
    "Be Maria and type `/qb-import`: tick the three newest exports and import them (or attach them below).",
    "Be Alice again and type `/qb-mapping`: look through what was suggested and confirm it.",
    "Be Maria and type `/qb-sync 00002`: find the client, look at the preview, and ask to book it.",
    "Be Ben, open the channel books-approvals (Maria isn't in it) and approve: she gets the receipt.",
    "As Alice, `/qb-settings` → Daily digest: choose the channel books; `/qb-digest` shows it at any time.",
    "What else: Home (on CaseLedger, for each of the three), and as Alice `/qb-settings`.",
    "An odd one: `/qb-sync 00004`, a client QuickBooks knows three times.",
)
