"""What will hold a firm's bookings soon, or make them come out otherwise, seen before it does harm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from qb.hold import Mend, Reason, day_text
from qb.mapping import row_of_key
from qb.usable import check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from db.connections import Connection
    from db.records import Invoice
    from qb.directory import Directory
    from qb.entry import Plan
    from qb.mapping import Mapping

TOKEN_DAYS = 14
"""So long before the connection ends somebody should renew it (it lasts 100 days from its last use)."""
EXPORT_DAYS = 7
QUIET_DAYS = 14
"""So long without a payment in an export whose own date isn't known: perhaps it is an old one."""
READS_A_MONTH = 500_000
"""Metered reads a month for all firms of one app, on Intuit's Builder tier (Intuit: partner FAQ)."""
READS_NEAR = READS_A_MONTH * 8 // 10


LOST = frozenset({Reason.CONTACT_INACTIVE, Reason.CONTACT_CURRENCY})
"""What keeps a linked contact from being booked to."""


class Sign(StrEnum):
    """What kind of trouble is coming."""

    TARGET_GONE = "target_gone"
    CONTACT_LOST = "contact_lost"
    CREDITS_APPLIED = "credits_applied"
    NUMBERS_OFF = "numbers_off"
    BOOKS_CLOSED = "books_closed"
    CONNECTION_ENDING = "connection_ending"
    READS_NEAR_END = "reads_near_end"
    EXPORT_OLD = "export_old"
    PAYMENTS_OLD = "payments_old"


class Whose(StrEnum):
    """Who can do something about it, as people say it."""

    STAFF = "anybody here"
    CONFIRMER = "an approver or admin"
    ADMIN = "an admin"
    BOOKKEEPER = "whoever runs QuickBooks"
    OPERATOR = "whoever runs CaseLedger"


@dataclass(frozen=True, slots=True)
class Omen:
    """One thing to see to: what is so, what to do, and who can; plain text, names as they are.

    ``mend`` is the button that leads there, where it is done here. ``subject`` tells two of one sign apart.
    """

    sign: Sign
    sentence: str
    remedy: str
    whose: Whose
    mend: Mend = Mend.NONE
    subject: str = ""

    @property
    def line(self) -> str:
        """All of it in one line."""
        return f"{self.sentence} {self.remedy} That is for {self.whose}."


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the signs are read from, as it stands now.

    Without a company there is neither ``connection`` nor ``directory``. ``today`` is the firm's day, ``now``
    an aware moment, ``exported`` the day of the newest export: its own where it is ``dated``, else that of
    its import; ``newest_payment`` the newest day of a payment. ``reads`` counts this month's metered reads.
    """

    connection: Connection | None
    directory: Directory | None
    mapping: Mapping
    plan: Plan
    exported: date | None
    today: date
    now: datetime
    reads: int = 0
    dated: bool = True
    newest_payment: date | None = None


def newest_payment(invoices: Iterable[Invoice], today: date) -> date | None:
    """The newest day of a payment of these; a day that lies ahead is a slip, and tells nothing."""
    days = (payment.date for invoice in invoices for payment in invoice.payments if payment.date <= today)
    return max(days, default=None)


def omens(outlook: Outlook) -> tuple[Omen, ...]:
    """Everything that is coming, what stops most first; nothing where all is well."""
    return tuple(_omens(outlook))


def _omens(outlook: Outlook) -> Iterator[Omen]:
    if outlook.connection is not None:
        yield from _token(outlook.connection, outlook.now)
    if outlook.directory is not None:
        yield from _targets(outlook.mapping, outlook.directory)
        yield from _contacts(outlook.plan)
        yield from _closed(outlook.plan, outlook.directory)
        yield from _preferences(outlook.directory)
    if outlook.reads >= READS_NEAR:
        yield _reads(outlook.reads)
    if outlook.exported is not None:
        yield from _export(outlook, (outlook.today - outlook.exported).days)


def _token(connection: Connection, now: datetime) -> Iterator[Omen]:
    left = connection.refresh_expires_at - now
    if connection.state == "ok" and left < timedelta(days=TOKEN_DAYS):
        when = day_text(connection.refresh_expires_at.date())
        yield Omen(
            Sign.CONNECTION_ENDING,
            f"QuickBooks will let us in no more after {when}.",
            "Reconnect before then with /qb-connect; until then everything is booked as usual.",
            Whose.ADMIN,
            Mend.CONNECT,
        )


def _targets(mapping: Mapping, directory: Directory) -> Iterator[Omen]:
    for choice in mapping.choices:
        problem = check(choice, directory, converts=mapping.converts)
        if problem is not None:
            yield Omen(
                Sign.TARGET_GONE,
                f"“{row_of_key(choice.row).label}” can't be booked as mapped: {problem}",
                "Choose again under Review Mapping; what needs it is held until then.",
                Whose.CONFIRMER,
                Mend.MAP,
                choice.row,
            )


def _contacts(plan: Plan) -> Iterator[Omen]:
    waiting = sum(any(hold.reason in LOST for hold in held.holds) for held in plan.held)
    if waiting:
        wait = "1 paid invoice waits" if waiting == 1 else f"{waiting} paid invoices wait"
        yield Omen(
            Sign.CONTACT_LOST,
            f"{wait}, as the contact in QuickBooks was made inactive, merged, or is gone.",
            "See under /qb-contacts what became of it, and mend it there.",
            Whose.STAFF,
            Mend.CONTACTS,
        )


def _closed(plan: Plan, directory: Directory) -> Iterator[Omen]:
    closed = sum(all(hold.reason is Reason.BOOKS_CLOSED for hold in held.holds) for held in plan.held)
    if closed and directory.books_closed_through is not None:
        many = "1 paid invoice that is otherwise ready lies" if closed == 1 else f"{closed} paid invoices lie"
        yield Omen(
            Sign.BOOKS_CLOSED,
            f"{many} in a period that QuickBooks has closed "
            f"(through {day_text(directory.books_closed_through)}).",
            "Reopen the period in QuickBooks, or book by hand; nothing of it is booked until then.",
            Whose.BOOKKEEPER,
        )


def _preferences(directory: Directory) -> Iterator[Omen]:
    if directory.auto_apply:
        yield Omen(
            Sign.CREDITS_APPLIED,
            "QuickBooks applies credits and payments by itself, so a new invoice may be paid by an old credit"
            " before its own payment arrives.",
            "Switch it off in QuickBooks under Account and settings, Advanced, Automation.",
            Whose.BOOKKEEPER,
        )
    if not directory.custom_numbers:
        yield Omen(
            Sign.NUMBERS_OFF,
            "QuickBooks numbers invoices by itself, so they won't carry CaseEasy's numbers.",
            "Switch on custom transaction numbers in QuickBooks under Account and settings, Sales.",
            Whose.BOOKKEEPER,
        )


def _reads(reads: int) -> Omen:
    return Omen(
        Sign.READS_NEAR_END,
        f"{reads:,} of the {READS_A_MONTH:,} reads that Intuit allows a month are used; past that QuickBooks"
        " answers no questions until next month.",
        "Check the books less often, or choose a larger plan at Intuit; what is approved is still booked.",
        Whose.OPERATOR,
    )


def _export(outlook: Outlook, days: int) -> Iterator[Omen]:
    """By the export's own day. Where that isn't known, no payment for long is a question: it may be so."""
    paid = outlook.newest_payment
    if days > EXPORT_DAYS:
        newest = "" if paid is None else f", its newest payment of {day_text(paid)}"
        yield Omen(
            Sign.EXPORT_OLD,
            f"The newest export from CaseEasy is {days} days old{newest}; what was paid since isn't known"
            " here.",
            "Export again and import it with /qb-import.",
            Whose.STAFF,
            Mend.IMPORT,
        )
    elif not outlook.dated and paid is not None and (outlook.today - paid).days > QUIET_DAYS:
        yield Omen(
            Sign.PAYMENTS_OLD,
            f"The newest payment of a paid invoice is of {day_text(paid)}, and an export was imported since.",
            "If more was paid since, export again and import it with /qb-import.",
            Whose.STAFF,
            Mend.IMPORT,
        )
