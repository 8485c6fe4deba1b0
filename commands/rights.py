"""Which right each command, control and screen needs: the one table of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING

from commands.favour import Wish
from commands.ids import Act, Command, Screen

if TYPE_CHECKING:
    from collections.abc import Mapping


class Right(Enum):
    """Who is let in at the door; roles are those of ``db.firms``."""

    MEMBER = auto()  # every full member of the workspace; what is theirs alone is checked behind the door
    APPROVE = (
        auto()
    )  # the same, and a guest who was made an approver; who decides is checked with the request
    CONFIRM = auto()  # approvers and admins
    ADMIN = auto()


@dataclass(frozen=True, slots=True)
class Need:
    """The right, what it is for in words (a verb and its object), and what others may ask for instead."""

    right: Right
    what: str = ""
    wish: Wish | None = None


MEMBERS, APPROVING = Need(Right.MEMBER), Need(Right.APPROVE)
CHECKING = Need(Right.CONFIRM, "check the books", Wish.CHECK)
MAPPING = Need(Right.CONFIRM, "confirm the mapping", Wish.MAP)
PLACES = Need(Right.ADMIN, "change the channels")
BANKING = Need(Right.ADMIN, "say how client money is banked", Wish.BANKING)
GOING_LIVE = Need(Right.ADMIN, "say since when invoices are booked", Wish.GO_LIVE)

NEEDS: Mapping[Command | Act | Screen, Need] = MappingProxyType(
    {
        # Everybody may look, import, find contacts, and preview; the screens themselves say who may do more.
        Command.OVERVIEW: MEMBERS,
        Command.SYNC: MEMBERS,
        Command.IMPORT: MEMBERS,
        Command.MAPPING: MEMBERS,
        Command.CONNECT: MEMBERS,
        Command.SETTINGS: MEMBERS,
        Act.OPEN_OVERVIEW: MEMBERS,
        Act.OPEN_IMPORT: MEMBERS,
        Act.OPEN_CONNECT: MEMBERS,
        Act.OPEN_MAPPING: MEMBERS,
        Act.OPEN_SYNC: MEMBERS,
        Act.OPEN_LISTING: MEMBERS,
        Act.OPEN_SETTINGS: MEMBERS,
        Act.LIST_PAGE_: MEMBERS,
        Act.SEE_DOCUMENT_: MEMBERS,
        Act.CONSENT: MEMBERS,
        Act.MAP_CHOOSE: MEMBERS,
        Act.MAP_PAGE_: MEMBERS,
        Act.CHOOSE_CASE_: MEMBERS,
        Act.SYNC_PAGE_: MEMBERS,
        Act.FIND_CONTACT_: MEMBERS,
        Act.CONTACT_TEXT: MEMBERS,
        Act.CONTACT_SEARCH: MEMBERS,
        Act.ASK_COLLEAGUE: MEMBERS,
        Screen.IMPORT: MEMBERS,
        Screen.SYNC_SEARCH: MEMBERS,
        Screen.SYNC: MEMBERS,
        Screen.CONTACT: MEMBERS,
        Screen.ADD_CONTACT: MEMBERS,
        # Whose sync it is decides: who asked for it, and for mending approvers and admins too.
        Act.BOOK: MEMBERS,
        Act.ASK: MEMBERS,
        Act.WITHDRAW: MEMBERS,
        Act.CONFIRM_ALONE: MEMBERS,
        Act.PREVIEW_AGAIN: MEMBERS,
        Act.CANCEL: MEMBERS,
        Act.TRY_AGAIN: MEMBERS,
        Act.LOOK_AGAIN: MEMBERS,
        Act.NOT_THERE: MEMBERS,
        # Accounting questions.
        Act.CHECK_BOOKS: CHECKING,
        Act.SETTLE: CHECKING,
        Screen.MAPPING: MAPPING,
        # Who gives roles, Slack is asked behind the door: owners of the workspace always may.
        Act.OPEN_PEOPLE: MEMBERS,
        Act.PEOPLE_PAGE_: MEMBERS,
        Act.CHANGE_PERSON_: MEMBERS,
        Act.ADD_PERSON: MEMBERS,
        Screen.PERSON: MEMBERS,
        # How the firm wants things done.
        Act.OPEN_PLACES: PLACES,
        Act.ZONE: PLACES,
        Screen.PLACES: PLACES,
        Act.OPEN_BANKING: BANKING,
        Screen.BANKING: BANKING,
        Act.OPEN_GOING_LIVE: GOING_LIVE,
        Act.GO_LIVE_DAY: GOING_LIVE,
        Screen.GOING_LIVE: GOING_LIVE,
        # Everybody may ask; who approves is the person named in the settings, an outside bookkeeper maybe.
        Act.APPROVE: APPROVING,
        Act.REJECT: APPROVING,
        Act.HAND_OVER: APPROVING,
        Screen.REJECT: APPROVING,
        Screen.HAND_OVER: APPROVING,
        Act.OPEN_TRUST: APPROVING,
        Screen.TRUST: APPROVING,
    }
)


def need_of(thing: Command | Act | Screen) -> Need:
    """What it needs."""
    return NEEDS.get(thing, MEMBERS)
