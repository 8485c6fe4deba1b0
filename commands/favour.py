"""What one person can ask another to do for them: its words, and who may do it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from commands.ids import Act

BUTTON = 1_800
"""Characters a button's value may have, with room for what Slack adds."""
APPROVER, ADMIN = "approver", "admin"


class Wish(StrEnum):
    """What is asked for."""

    MAP = "map"
    CONNECT = "connect"
    BANKING = "banking"
    GO_LIVE = "go_live"
    CHECK = "check"
    ALIKE = "alike"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Deed:
    """A wish in words (``{thing}`` is what it is about): on a button, asked, done; and what opens it."""

    button: str
    asked: str
    done: str
    open: str
    act: Act
    roles: tuple[str, ...]


DEEDS = {
    Wish.MAP: Deed(
        "Map {thing}", "map {thing}", "mapped {thing}", "Open Mapping", Act.OPEN_MAPPING, (APPROVER, ADMIN)
    ),
    Wish.CONNECT: Deed(
        "Connect QuickBooks",
        "connect QuickBooks",
        "connected QuickBooks",
        "Connect QuickBooks",
        Act.OPEN_CONNECT,
        (ADMIN,),
    ),
    Wish.BANKING: Deed(
        "Say How Client Money Is Banked",
        "say how client money is banked",
        "said how client money is banked",
        "Say How Client Money Is Banked",
        Act.OPEN_BANKING,
        (ADMIN,),
    ),
    Wish.GO_LIVE: Deed(
        "Say Since When to Book",
        "say since when invoices are booked here",
        "said since when invoices are booked here",
        "Choose Go-Live Date",
        Act.OPEN_GOING_LIVE,
        (ADMIN,),
    ),
    Wish.CHECK: Deed(
        "Check the Books",
        "check the books",
        "checked the books",
        "Check the Books",
        Act.CHECK_BOOKS,
        (APPROVER, ADMIN),
    ),
    Wish.ALIKE: Deed(
        "Say What Is Booked Already",
        "say what is in QuickBooks already",
        "said what is in QuickBooks already",
        "Compare",
        Act.OPEN_ALIKE,
        (APPROVER, ADMIN),
    ),
    Wish.COLUMNS: Deed(
        "Explain {thing}",
        "explain {thing} of CaseEasy's exports",
        "explained {thing} of CaseEasy's exports",
        "Open Columns",
        Act.OPEN_COLUMNS,
        (APPROVER, ADMIN),
    ),
}
WHAT_IS_OPEN = "What Is Open"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may; ``name`` as Slack last told it, or empty."""

    user_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class AwayFor:
    """Who would have been asked and is away, by id and name; ``until`` in words, as in ``Friday``."""

    user_id: str
    name: str
    until: str


@dataclass(frozen=True, slots=True)
class Favour:
    """A wish, and whom it is asked of, maybe for somebody who is ``away``.

    ``thing`` is what is to be mapped, ``rows`` the mapping rows that means (none: all that are open), and
    ``draft`` the screen whose invoices wait for it.
    """

    wish: Wish
    of: Colleague
    thing: str = ""
    rows: tuple[str, ...] = ()
    draft: str = ""
    away: AwayFor | None = None

    @property
    def deed(self) -> Deed:
        """Its words."""
        return DEEDS[self.wish]

    @property
    def subject(self) -> str:
        """What is wished, short enough for a key: asked again, it is the same."""
        if not self.rows:
            return self.wish
        return sha256("\n".join(sorted(self.rows)).encode()).hexdigest()

    @property
    def value(self) -> str:
        """What its button carries."""
        carried = {"w": self.wish, "o": self.of.user_id, "t": self.thing, "d": self.draft}
        whole = json.dumps({**carried, "r": self.rows}, separators=(",", ":"))
        return whole if len(whole) <= BUTTON else json.dumps({**carried, "t": "", "r": []})


def favour_of(value: str) -> Favour:
    """What a button carries; ``ValueError`` or ``KeyError`` where it isn't one of ours."""
    carried = json.loads(value)
    return Favour(
        wish=Wish(carried["w"]),
        of=Colleague(str(carried["o"])),
        thing=str(carried["t"]),
        rows=tuple(str(row) for row in carried["r"]),
        draft=str(carried["d"]),
    )
