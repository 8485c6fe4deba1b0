"""How things stand with a firm, as Home and `/qb` show it: the values both are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.views.vacancies import NONE, Vacancies

if TYPE_CHECKING:
    from datetime import date, datetime

    from commands.favour import Favour
    from commands.stand_ins import Absence
    from commands.views.looked import Looked
    from commands.views.waiting import AskedFile
    from db.connections import Connection
    from db.money import Money
    from qb.hold import Mend
    from qb.omens import Omen


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """Paid invoices held for one reason; ``key`` is what the listing knows it by."""

    key: str
    reason: str
    invoices: int
    totals: tuple[Money, ...]
    mend: Mend
    example: str  # the sentence of one of them


@dataclass(frozen=True, slots=True)
class RecentSync:
    """A sync of the last days; ``at`` is an aware moment.

    ``stopped`` and ``attention`` are how many of its invoices were stopped, and how many need somebody.
    """

    asked_by: str
    at: datetime
    state: str
    invoices: int
    client_name: str
    stopped: int = 0
    attention: int = 0


@dataclass(frozen=True, slots=True)
class StoppedSync:
    """A sync that ended because ``by`` stopped it: ``stopped`` of its invoices aren't booked.

    ``may``: whether this person may resume it.
    """

    sync_id: str
    client_name: str
    by: str
    stopped: int
    invoices: int
    may: bool


@dataclass(frozen=True, slots=True)
class NewestExport:
    """The newest export: when it was imported, by whom, which files, and how many days old it is.

    That is by its own date (``exported``) where its name tells it, else by the day of the import.
    ``newest_payment`` is the newest day of a payment of a paid invoice. ``older_since`` is the date of
    an older export that was imported after it.
    """

    at: datetime
    by: str
    files: tuple[str, ...]
    days: int
    older_since: date | None = None
    exported: date | None = None
    newest_payment: date | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A sync under way: how many of its invoices are in the books, and how many need somebody."""

    client_name: str
    asked_by: str
    booked: int
    attention: int
    invoices: int


@dataclass(frozen=True, slots=True)
class Done:
    """A finished sync with what was read back of it; ``at`` is an aware moment.

    ``documents`` are the names of booked invoices with their links into QuickBooks, empty for who has no
    access there; ``customers`` are whose they are there.
    """

    client_name: str
    asked_by: str
    approved_by: str
    at: datetime
    booked: int
    invoices: int
    totals: tuple[Money, ...]
    accounts: tuple[str, ...]
    differing: int
    documents: tuple[tuple[str, str], ...] = ()
    customers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a second person's yes: what for, since when (aware), and where it stands (a channel)."""

    asked_by: str
    at: datetime
    invoices: int
    client_name: str
    totals: tuple[Money, ...]
    channel: str = ""


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """A request of this person's that somebody rejected; ``case`` leads back to its sync."""

    by: str
    at: datetime
    invoices: int
    client_name: str
    reason: str
    case: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the screens show of a firm, to one person."""

    connection: Connection | None
    intuit_is_set: bool
    mapping_rows: int
    mapping_open: int
    newest: NewestExport | None
    ready: int
    ready_totals: tuple[Money, ...]
    held: tuple[HeldGroup, ...]  # the largest first
    under_way: int
    review: int
    differing: int
    booked: int
    syncs: tuple[RecentSync, ...]
    connecting: tuple[str, ...] = ()  # who may connect, where this person may not
    looked: Looked | None = None  # when QuickBooks was; None where there is no company
    asked_for: int = 0  # of what is ready, what waits for a second person's approval
    mapping: tuple[str, ...] = ()  # who may confirm the mapping, where this person may not
    asks: tuple[Favour, ...] = ()  # whom this person can ask for what is to be done and isn't theirs
    may_check: bool = False  # whether this person may check the books
    checked: datetime | None = None  # when QuickBooks was compared with what was booked
    not_as_booked: int = 0  # what a check found and nobody has dealt with
    amended: int = 0  # booked invoices of which CaseEasy says something else now
    before: int = 0  # paid before the firm began here: taken as in the books already
    go_live_unsaid: bool = False  # no admin has said since when we book
    banking_unsaid: bool = False  # no admin has said how client money is banked
    omens: tuple[Omen, ...] = ()  # what will hold bookings soon
    more_omens: int = 0  # beside those
    reasons: int = 12  # how many of ``held`` are shown by name
    to_decide: tuple[Asked, ...] = ()  # what waits for this person's yes or no
    asked: tuple[Asked, ...] = ()  # what this person asked for and nobody has decided
    turned_down: tuple[TurnedDown, ...] = ()
    stopped: tuple[StoppedSync, ...] = ()  # syncs that wait for Resume
    asked_files: tuple[AskedFile, ...] = ()  # files that wait for this person's answer
    away: Absence | None = None  # this person is marked away
    stands_for: tuple[Absence, ...] = ()  # for whom this person decides meanwhile
    vacant: Vacancies = NONE  # for what an admin has to name somebody else
    running: tuple[Running, ...] = ()
    done: tuple[Done, ...] = ()
