"""Every boundary a sync passes in the running program, by its name in a trace, and what can go wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Kind(Enum):
    """What is crossed at a boundary, and with which faults the proof crosses it."""

    COMMIT = ("before", "after")
    WRITE = (
        "nothing",  # killed as the call arrives; QuickBooks never acts on it
        "answered",  # done and answered; killed before we write that down
        "cut",  # done, and the connection breaks
        "late",  # the connection breaks, and it is done after we are dead
        "500 before",
        "500 after",
        "504 before",
        "504 after",
        "429 before",
        "429 after",
    )
    READ = ("nothing", "answered", "cut", "500 before", "504 before", "429 before")
    SLACK = ("nothing", "answered", "cut", "500", "429")


WRITES = tuple(
    f"QuickBooks POST {what}"
    for what in (
        "customer",
        "invoice INV-1001",
        "invoice INV-1002",
        "payment T-1",
        "payment T-2",
        "payment T-3",
    )
)
LOOKED_FOR = ("Invoice", "SalesReceipt", "Payment", "Deposit")
"""What others may have written of it, looked for before anything is sent."""
EFFECTS = ("invoice INV-1001", "invoice INV-1002", "payment T-1", "payment T-2", "payment T-3")
ORDERED = f"commit {', '.join(f'{effect} ordered' for effect in EFFECTS)}, sync running"

CLEAR: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(WRITES, 1),
        **{f"commit {effect} sending": 1 for effect in (*EFFECTS, "customer")},
        **{f"commit {effect} confirmed": 1 for effect in EFFECTS},
        "commit contact_links, customer confirmed": 1,
        "commit customer ordered, drafts, task contact.add left": 1,
        "commit sync approved, task sync.expand left": 1,
        ORDERED: 1,
        "commit receipts, sync done": 1,
        "commit task sync.expand running": 1,
        "commit task sync.expand done": 1,
        "commit task sync.watch left": 1,
        "commit task sync.watch running": 1,
        "commit task sync.watch done": 1,
        "commit task contact.add running": 1,
        "commit task contact.add done": 1,
        "commit task sync.fill left": 1,
        "commit task sync.fill running": 1,
        "commit task sync.fill gone": 1,
        "commit roles": 1,
        "commit epochs": 1,
        "commit heartbeats": 1,
        "QuickBooks query Customer by Active": 1,
        "QuickBooks query Vendor by Active": 1,
        "QuickBooks query Employee by Active": 1,
        **{f"QuickBooks query {entity} by TxnDate": 1 for entity in LOOKED_FOR},
        "commit others_read": 1,
        "QuickBooks query Invoice by Id": 1,
        "QuickBooks query Payment by Id": 1,
        "Slack auth.test": 1,
        "Slack chat.update progress": 1,
        "Slack chat.update result": 1,
        "Slack views.update": 2,
    }
)
"""What a sync passes where nothing goes wrong, and how often the proof strikes there."""

DOUBTFUL: Mapping[str, int] = MappingProxyType(
    {
        **{
            f"commit {effect} {state}": 1
            for effect in (*EFFECTS, "customer")
            for state in ("in doubt", "taken up")
        },
        "QuickBooks query Customer by DisplayName": 1,
        "QuickBooks query Invoice by CustomerRef": 2,
        "QuickBooks query Payment by CustomerRef": 3,
        "commit task contact.add left": 1,
    }
)
"""What it passes besides where QuickBooks did each write and nobody heard of it."""

SQLITE: Mapping[str, int] = MappingProxyType(
    {"commit imports": 1, "commit source_rows": 2, "commit effects in doubt, tasks ready": 1}
)
"""What the one process on SQLite does at its start besides."""

POSTGRES: Mapping[str, int] = MappingProxyType({"commit company_calls": 4})
"""What processes on PostgreSQL tell each other besides."""

NOW_AND_THEN = re.compile(r" put back|books\.check_night|^commit checks")
"""What happens in some runs only: the pace asks us to wait, or the night comes and the books are checked."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A boundary, which time it is reached, and a fault; ``doubtful`` tells in which story."""

    boundary: str
    nth: int
    fault: str
    doubtful: bool


def known(*, postgres: bool) -> frozenset[str]:
    """The names a trace may hold, and all of which some trace must hold."""
    return frozenset({*CLEAR, *DOUBTFUL, *(POSTGRES if postgres else SQLITE)})


def kind_of(boundary: str) -> Kind:
    """Whether it is a commit of ours or a call, and to whom."""
    if boundary.startswith("commit "):
        return Kind.COMMIT
    if boundary.startswith("Slack "):
        return Kind.SLACK
    return Kind.WRITE if boundary in WRITES else Kind.READ


def pairs(*, postgres: bool) -> tuple[Pair, ...]:
    """Every boundary with every fault that its kind can meet."""
    own = POSTGRES if postgres else SQLITE
    return (*_crossed({**CLEAR, **own}, doubtful=False), *_crossed(DOUBTFUL, doubtful=True))


def _crossed(strikes: Mapping[str, int], *, doubtful: bool) -> Iterator[Pair]:
    for boundary, times in strikes.items():
        for nth in range(1, times + 1):
            for fault in kind_of(boundary).value:
                yield Pair(boundary, nth, fault, doubtful)
