"""What will hold bookings soon is told before it does, with its remedy and whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from db.connections import Connection
from qb.hold import Mend
from qb.mapping import Choice, Kind, Mapping
from qb.omens import Omen, Outlook, Sign, Whose, newest_payment, omens
from qb.plan import plan
from tests.books.given import CHOICES, DIRECTORY, GROUND, LINK, invoice, mapped, paid

if TYPE_CHECKING:
    from qb.entry import Link

NOW = datetime(2026, 5, 4, 13, tzinfo=UTC)
WELL = Connection(
    firm_id="firm-1",
    realm_id="4620816365",
    company_name="Northgate Immigration Law",
    home_currency="CAD",
    state="ok",
    reason="",
    access_expires_at=NOW + timedelta(hours=1),
    refresh_expires_at=NOW + timedelta(days=99),
    version=1,
    lease_until=None,
    connected_by="U0ALICE",
    connected_at=NOW - timedelta(days=1),
)
CALM = Outlook(
    connection=WELL,
    directory=DIRECTORY,
    mapping=Mapping(CHOICES),
    plan=plan([invoice(paid("1695.00"), fee="1500.00")], GROUND),
    exported=date(2026, 5, 4),
    today=date(2026, 5, 4),
    now=NOW,
)


def the(outlook: Outlook) -> Omen:
    """The one thing to see to."""
    (one,) = omens(outlook)
    return one


def test_where_all_is_well_nothing_is_told() -> None:
    """No line of comfort: silence."""
    assert () == omens(CALM)


def test_a_firm_that_has_nothing_yet_hears_nothing() -> None:
    """Neither connected nor imported: the guide says what is next, not this."""
    bare = replace(CALM, connection=None, directory=None, mapping=Mapping(), exported=None)
    assert () == omens(bare)


@pytest.mark.parametrize(
    ("choice", "label", "problem"),
    [
        (Choice(Kind.DEPOSIT, "CAD", "39", "Old Bank"), "Payments in CAD", "Old Bank is inactive"),
        (Choice(Kind.ITEM, "fee", "5", "Old Fees"), "Professional fees", "Old Fees is inactive"),
        (Choice(Kind.METHOD, "e-Transfer", "99", "Gone"), "e-Transfer", "Gone is no longer in QuickBooks"),
        (Choice(Kind.TAX, "fee@13", "17", "HST old"), "Fees with 13 % tax", "HST old is inactive"),
    ],
)
def test_a_mapped_thing_that_is_gone_is_named(choice: Choice, label: str, problem: str) -> None:
    """Account, item, method or code: by the row people know it by."""
    told = the(replace(CALM, mapping=mapped(choice)))
    assert (Sign.TARGET_GONE, Whose.CONFIRMER, Mend.MAP, choice.row) == (
        told.sign,
        told.whose,
        told.mend,
        told.subject,
    )
    assert f"“{label}” can't be booked as mapped: {problem}" in told.line


def test_quickbooks_applying_credits_by_itself_is_told() -> None:
    """An old credit would pay the new invoice first."""
    told = the(replace(CALM, directory=replace(DIRECTORY, auto_apply=True)))
    assert (Sign.CREDITS_APPLIED, Whose.BOOKKEEPER) == (told.sign, told.whose)


def test_numbers_given_by_quickbooks_are_told() -> None:
    """The invoices wouldn't carry CaseEasy's numbers."""
    told = the(replace(CALM, directory=replace(DIRECTORY, custom_numbers=False)))
    assert (Sign.NUMBERS_OFF, Whose.BOOKKEEPER) == (told.sign, told.whose)


def test_books_closed_into_what_is_ready_are_told() -> None:
    """With how many invoices that holds; a period nobody needs is no trouble."""
    closed = replace(DIRECTORY, books_closed_through=date(2026, 4, 30))
    ready = [invoice(paid("1695.00"), fee="1500.00", number=f"INV-{n}") for n in (1, 2)]
    made = plan(ready, replace(GROUND, directory=closed))
    told = the(replace(CALM, directory=closed, plan=made))
    assert Sign.BOOKS_CLOSED is told.sign
    assert (
        "2 paid invoices lie in a period that QuickBooks has closed (through 30 Apr 2026)." == told.sentence
    )
    assert () == omens(replace(CALM, directory=replace(closed, books_closed_through=date(2025, 12, 31))))


@pytest.mark.parametrize("link", [replace(LINK, active=False), replace(LINK, customer_currency="USD")])
def test_invoices_whose_contact_is_lost_are_counted(link: Link) -> None:
    """Nobody is named, as a digest may stand where everybody reads it; the button leads to the list."""
    ready = [invoice(paid("1695.00"), fee="1500.00", number=f"INV-{n}") for n in (1, 2)]
    told = the(replace(CALM, plan=plan(ready, replace(GROUND, links=(link,)))))
    assert (Sign.CONTACT_LOST, Whose.STAFF, Mend.CONTACTS) == (told.sign, told.whose, told.mend)
    assert (
        "2 paid invoices wait, as the contact in QuickBooks was made inactive, merged, or is gone. "
        "See under /qb-contacts what became of it, and mend it there. That is for anybody here."
    ) == told.line


@pytest.mark.parametrize(("days", "seen"), [(14, 0), (13, 1), (0, 1)])
def test_a_connection_near_its_end_is_told(days: int, seen: int) -> None:
    """Less than fourteen days: an admin reconnects."""
    ending = replace(WELL, refresh_expires_at=NOW + timedelta(days=days))
    told = omens(replace(CALM, connection=ending))
    assert [Sign.CONNECTION_ENDING] * seen == [one.sign for one in told]


def test_a_connection_that_is_lost_is_told_elsewhere() -> None:
    """It can't end any more."""
    lost = replace(WELL, state="reconnect", refresh_expires_at=NOW)
    assert () == omens(replace(CALM, connection=lost))


@pytest.mark.parametrize(("reads", "seen"), [(399_999, 0), (400_000, 1)])
def test_reads_near_their_quota_are_told(reads: int, seen: int) -> None:
    """From four fifths of Intuit's 500,000 a month on."""
    told = omens(replace(CALM, reads=reads))
    assert [Whose.OPERATOR] * seen == [one.whose for one in told]


@pytest.mark.parametrize(("exported", "seen"), [(date(2026, 4, 27), 0), (date(2026, 4, 26), 1)])
def test_an_old_export_is_told(exported: date, seen: int) -> None:
    """More than seven days old: anybody may import a newer one."""
    told = omens(replace(CALM, exported=exported))
    assert [(Sign.EXPORT_OLD, Whose.STAFF, Mend.IMPORT)] * seen == [
        (one.sign, one.whose, one.mend) for one in told
    ]


@pytest.mark.parametrize(
    ("dated", "newest", "seen"),
    [
        (False, date(2026, 4, 19), 1),
        (False, date(2026, 4, 20), 0),
        (True, date(2026, 4, 19), 0),
        (False, None, 0),
    ],
)
def test_payments_older_than_the_import_are_asked_about(
    dated: bool,  # noqa: FBT001 - a row of the table
    newest: date | None,
    seen: int,
) -> None:
    """Imported today, and nothing paid for over two weeks: perhaps an old file, perhaps a quiet firm.

    Where the file says its own date, that is what counts.
    """
    told = omens(replace(CALM, dated=dated, newest_payment=newest))
    assert [(Sign.PAYMENTS_OLD, Whose.STAFF, Mend.IMPORT)] * seen == [
        (one.sign, one.whose, one.mend) for one in told
    ]


def test_the_newest_payment_is_told_with_the_age_of_an_old_export() -> None:
    """Both days, as they may be far apart."""
    told = the(replace(CALM, exported=date(2026, 4, 25), newest_payment=date(2026, 4, 3)))
    assert (
        "The newest export from CaseEasy is 9 days old, its newest payment of 3 Apr 2026; "
        "what was paid since isn't known here."
    ) == told.sentence


def test_the_newest_payment_never_lies_ahead() -> None:
    """A slip of the pen in 2062 doesn't make an old export new; without payments nothing is known."""
    today = date(2026, 5, 4)
    made = [invoice(paid("1.00", day=date(2026, 5, 3)), paid("1.00", "T-2", day=date(2062, 5, 3)))]
    assert date(2026, 5, 3) == newest_payment(made, today)
    assert newest_payment([], today) is None


def test_each_is_one_line_with_what_to_do_and_who_can() -> None:
    """Nobody has to ask what to make of it."""
    told = the(replace(CALM, exported=date(2026, 4, 25)))
    assert (
        "The newest export from CaseEasy is 9 days old; what was paid since isn't known here. "
        "Export again and import it with /qb-import. That is for anybody here."
    ) == told.line
