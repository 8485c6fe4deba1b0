"""How the story ends, in literal cents: in the books, in our ledger and before Maria's eyes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.crashing.opening import NEWCOMER

if TYPE_CHECKING:
    from tests.crashing.players import Played

Json = dict[str, Any]
BOOKS = {
    1: ["invoice INV-1001 2330.00 owing 0.00", "payment T-1 2330.00 on INV-1001"],
    2: [
        "invoice INV-1002 2825.00 owing 0.00",
        "payment T-2 1000.00 on INV-1002",
        "payment T-3 1825.00 on INV-1002",
    ],
    3: ["invoice INV-1009 113.00 owing 0.00", "payment T-9 113.00 on INV-1009"],
}
"""What each invoice of the story adds to QuickBooks' books."""

LEDGER = {
    1: ["invoice INV-1001 confirmed 1", "payment T-1 confirmed 1", "receipt INV-1001 ties"],
    2: [
        "invoice INV-1002 confirmed 1",
        "payment T-2 confirmed 1",
        "payment T-3 confirmed 1",
        "receipt INV-1002 ties",
    ],
    3: ["invoice INV-1009 confirmed 1", "payment T-9 confirmed 1", "receipt INV-1009 ties"],
}
ALWAYS = ["contact Amélie Tremblay", f"contact {NEWCOMER}", "customer confirmed 1", "sync done"]


def wrongs(played: Played, never_killed: Json) -> list[str]:
    """What is otherwise than it must be; nothing where all is well.

    A message may be posted twice, as Slack has no key for posts; everything else is equal to the word.
    """
    told, invoices = played.told, played.schedule.invoices
    if "books" not in told:
        return [f"it broke: {told.get('broken')} {told.get('log', '')[-3000:]}"]
    numbers = range(1, invoices + 1)
    expected = {
        "stuck": False,
        "again": [],
        "books": sorted([f"customer {NEWCOMER}", *(line for number in numbers for line in BOOKS[number])]),
        "ledger": sorted([*ALWAYS, *(line for number in numbers for line in LEDGER[number])]),
        "audit": [],
        "screens": never_killed["screens"],
    }
    found = [
        f"{name}: {told[name]} instead of {value}" for name, value in expected.items() if told[name] != value
    ]
    if list(dict.fromkeys(told["messages"])) != never_killed["messages"]:
        found.append(f"messages: {json.dumps(told['messages'], ensure_ascii=False)}")
    if told["stuck"]:
        found.append(f"it stood still: {told['why']}")
    return found
