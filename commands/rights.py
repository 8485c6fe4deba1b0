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
    APPROVE = auto()  # the same, and a guest who was made an approver; the request says who decides
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
AMENDING = Need(Right.CONFIRM, "decide what becomes of a booked invoice")
MAPPING = Need(Right.CONFIRM, "confirm the mapping", Wish.MAP)
ALIKE = Need(Right.CONFIRM, "say what is in QuickBooks already", Wish.ALIKE)
COLUMNS = Need(Right.CONFIRM, "say what a column means", Wish.COLUMNS)
CASES = Need(Right.CONFIRM, "say whose a case is or which currency", Wish.COLUMNS)
PLACES = Need(Right.ADMIN, "change the channels")
DIGEST = Need(Right.ADMIN, "change the daily digest")
BANKING = Need(Right.ADMIN, "say how client money is banked", Wish.BANKING)
POLICY = Need(Right.ADMIN, "change when a second person approves")
ALONE = Need(Right.ADMIN, "declare to work alone")
AWAY = Need(Right.CONFIRM, "say who is away")
GOING_LIVE = Need(Right.ADMIN, "say since when invoices are booked", Wish.GO_LIVE)

FOR_COMMANDS: Mapping[Command, Need] = MappingProxyType(
    {
        # Everybody may look, import, find contacts, and preview; the screens themselves say who may do more.
        Command.OVERVIEW: MEMBERS,
        Command.SYNC: MEMBERS,
        Command.CONTACTS: MEMBERS,
        Command.IMPORT: MEMBERS,
        Command.MAPPING: MEMBERS,
        Command.CONNECT: MEMBERS,
        Command.SETTINGS: MEMBERS,
        Command.DIGEST: MEMBERS,
    }
)
FOR_CONTROLS: Mapping[Act, Need] = MappingProxyType(
    {
        # Everybody may look, import, find contacts, and preview.
        Act.OPEN_OVERVIEW: MEMBERS,
        Act.OPEN_IMPORT: MEMBERS,
        Act.OPEN_CONNECT: MEMBERS,
        Act.OPEN_MAPPING: MEMBERS,
        Act.OPEN_COLUMNS: MEMBERS,
        Act.COLUMNS_PAGE_: MEMBERS,
        Act.OPEN_SYNC: MEMBERS,
        Act.OPEN_LISTING: MEMBERS,
        Act.OPEN_SETTINGS: MEMBERS,
        Act.LIST_PAGE_: MEMBERS,
        Act.SEE_DOCUMENT_: MEMBERS,
        Act.CONSENT: MEMBERS,
        Act.MAP_CHOOSE: MEMBERS,
        Act.MAP_PAGE_: MEMBERS,
        Act.MAP_EXCEPT: MEMBERS,
        Act.OPEN_MAP_HISTORY: MEMBERS,
        Act.CHOOSE_CASE_: MEMBERS,
        Act.SYNC_PAGE_: MEMBERS,
        Act.TICK: MEMBERS,
        Act.SELECT_ALL: MEMBERS,
        Act.CLEAR: MEMBERS,
        Act.OPEN_NARROW: MEMBERS,
        Act.CHOOSE_ALL: MEMBERS,
        Act.OPEN_DIGEST_LIST: MEMBERS,
        Act.DIGEST_PAGE_: MEMBERS,
        Act.SYNC_READY: MEMBERS,
        Act.SNOOZE: MEMBERS,
        Act.UNSNOOZE: MEMBERS,
        Act.HIDE_GUIDE: MEMBERS,
        Act.FIND_CONTACT_: MEMBERS,
        Act.CONTACT_TEXT: MEMBERS,
        Act.CONTACT_SEARCH: MEMBERS,
        Act.CONTACT_BACK: MEMBERS,
        Act.OPEN_CONTACTS: MEMBERS,
        Act.CONTACTS_PAGE_: MEMBERS,
        Act.CHOOSE_CONTACT: MEMBERS,
        Act.LOOK_CONTACT: MEMBERS,
        Act.FOLLOW_MERGE: MEMBERS,
        Act.ASK_COLLEAGUE: MEMBERS,
        Act.WITHDRAW_ERRAND: MEMBERS,
        Act.BACK: MEMBERS,
        # Whose sync it is decides: who asked for it, and for mending approvers and admins too.
        Act.BOOK: MEMBERS,
        Act.ASK: MEMBERS,
        Act.WITHDRAW: MEMBERS,
        Act.CONFIRM_ALONE: MEMBERS,
        Act.PREVIEW_AGAIN: MEMBERS,
        Act.SYNC_AGAIN: MEMBERS,
        Act.CANCEL: MEMBERS,
        Act.TRY_AGAIN: MEMBERS,
        Act.LOOK_AGAIN: MEMBERS,
        Act.NOT_THERE: MEMBERS,
        Act.STOP: MEMBERS,
        Act.RESUME: MEMBERS,
        # Who sent the file, approvers and admins: checked behind the door.
        Act.OPEN_WAITING: MEMBERS,
        Act.ANSWER_FILE_: MEMBERS,
        Act.LEAVE_FILE: MEMBERS,
        # Accounting questions.
        Act.BANK_CONVERTS_: MAPPING,
        Act.CHECK_BOOKS: CHECKING,
        Act.SETTLE: CHECKING,
        Act.OPEN_ALIKE: MEMBERS,
        Act.LINK_IT: ALIKE,
        Act.ITS_ANOTHER: ALIKE,
        Act.HOLD_IT: ALIKE,
        Act.UNDO_ANSWER: ALIKE,
        Act.ANSWER_COLUMN_: COLUMNS,
        Act.ANSWER_MATTER_: CASES,
        Act.COLUMN_TAX: COLUMNS,
        Act.AMENDED_RIGHTED: AMENDING,
        Act.AMENDED_LEAVE: AMENDING,
        Act.AMENDED_LATER: AMENDING,
        Act.SEE_AMENDED: AMENDING,
        # Who gives roles, Slack is asked behind the door: owners of the workspace always may.
        Act.OPEN_PEOPLE: MEMBERS,
        Act.PEOPLE_PAGE_: MEMBERS,
        Act.CHANGE_PERSON_: MEMBERS,
        Act.ADD_PERSON: MEMBERS,
        # How the firm wants things done.
        Act.OPEN_PLACES: PLACES,
        Act.ZONE: PLACES,
        Act.OPEN_DIGEST_SETTINGS: DIGEST,
        Act.OPEN_BANKING: BANKING,
        Act.OPEN_GOING_LIVE: GOING_LIVE,
        Act.GO_LIVE_DAY: GOING_LIVE,
        Act.OPEN_POLICY: POLICY,
        Act.OPEN_ALONE: ALONE,
        Act.OPEN_AWAY: AWAY,
        # Everybody may ask; who approves is the person named in the settings, an outside bookkeeper maybe.
        Act.APPROVE: APPROVING,
        Act.REJECT: APPROVING,
        Act.HAND_OVER: APPROVING,
        Act.OPEN_TRUST: APPROVING,
        Act.TRUST_REJECT: APPROVING,
    }
)
FOR_SCREENS: Mapping[Screen, Need] = MappingProxyType(
    {
        # Everybody may look, import, find contacts, and preview.
        Screen.IMPORT: MEMBERS,
        Screen.SYNC_SEARCH: MEMBERS,
        Screen.SYNC: MEMBERS,
        Screen.NARROW: MEMBERS,
        Screen.SNOOZE: MEMBERS,
        Screen.CONTACT: MEMBERS,
        Screen.CONTACTS: MEMBERS,
        Screen.ADD_CONTACT: MEMBERS,
        Screen.WHO_PAYS: MEMBERS,
        Screen.WHICH_EMAIL: MEMBERS,
        # Accounting questions.
        Screen.MAPPING: MAPPING,
        Screen.COLUMN: COLUMNS,
        Screen.COLUMN_TAX: COLUMNS,
        Screen.COLUMN_VALUES: COLUMNS,
        Screen.MATTER_CASE: CASES,
        Screen.MATTER_CURRENCY: CASES,
        Screen.AMENDED: AMENDING,
        # Who gives roles, Slack is asked behind the door: owners of the workspace always may.
        Screen.PERSON: MEMBERS,
        # How the firm wants things done.
        Screen.PLACES: PLACES,
        Screen.DIGEST_SETTINGS: DIGEST,
        Screen.BANKING: BANKING,
        Screen.GOING_LIVE: GOING_LIVE,
        Screen.POLICY: POLICY,
        Screen.ALONE: ALONE,
        Screen.AWAY: AWAY,
        # Everybody may ask; who approves is the person named in the settings, an outside bookkeeper maybe.
        Screen.REJECT: APPROVING,
        Screen.HAND_OVER: APPROVING,
        Screen.TRUST: APPROVING,
        Screen.TRUST_REJECT: APPROVING,
    }
)
"""One table each, as a control and a screen may go by the same name."""

NOBODY_SAID = Need(Right.ADMIN, "do this")
"""What nobody gave a right is kept from everybody but admins, and the tests fail."""


def need_of(thing: Command | Act | Screen) -> Need:
    """What it needs."""
    if isinstance(thing, Command):
        return FOR_COMMANDS.get(thing, NOBODY_SAID)
    if isinstance(thing, Act):
        return FOR_CONTROLS.get(thing, NOBODY_SAID)
    return FOR_SCREENS.get(thing, NOBODY_SAID)
