"""An invoice that can't be booked rightly is held, with every reason met."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.money import NO_CURRENCY
from db.records import Doubt, Invoice, Stated, StatedTax
from qb.entry import Named
from qb.hold import Mend, Reason
from qb.mapping import Choice, Kind, Mapping
from qb.plan import not_connected, plan
from qb.unclear_sentences import UNCLEAR
from tests.books.given import ABROAD, DIRECTORY, GROUND, LINK, ZERO_RATED, cad, invoice, mapped, paid

if TYPE_CHECKING:
    from qb.entry import Link
    from qb.ground import Ground


def reasons(found: Invoice, ground: Ground = GROUND) -> list[Reason]:
    """Why the one invoice is held."""
    (held,) = plan([found], ground).held
    return [hold.reason for hold in held.holds]


HELD = [
    ("one cent over Québec's tax", invoice(paid("5168.32"), fee="4495.16"), Reason.TAX_UNEXPLAINED),
    ("GST by line, a cent above", invoice(paid("1050.00"), fee="999.99"), Reason.TAX_UNEXPLAINED),
    ("56.00 short", invoice(paid("1300.00"), fee="1356.00"), Reason.SHORT),
    ("39.50 over", invoice(paid("1000.00"), fee="850.00"), Reason.TAX_UNEXPLAINED),
    ("refunded next day", invoice(paid("1017.00"), paid("-1017.00", "T-2"), fee="900.00"), Reason.REFUND),
    ("negative line", invoice(paid("800.00"), fee="-200.00", expense="1000.00"), Reason.REFUND),
    (
        "US dollars",
        invoice(paid("1800.00", currency="USD"), fee="1800.00", currency="USD"),
        Reason.FOREIGN_CURRENCY,
    ),
    ("trust transfer", invoice(paid("2260.00", method="Trust transfer"), fee="2000.00"), Reason.TRUST),
    ("courtesy", invoice(), Reason.NOTHING_TO_BOOK),
    ("paid, no payment", invoice(fee="1000.00"), Reason.NO_PAYMENT),
    (
        "one payment before the Paid Date",
        invoice(paid("1130.00", day=date(2026, 5, 2)), fee="1000.00"),
        Reason.PAYMENT_MISSING,
    ),
    ("zero rate not confirmed", invoice(paid("1800.00"), fee="1800.00"), Reason.TAX_UNMAPPED),
    ("long number", invoice(paid("113.00"), fee="100.00", number="N" * 22), Reason.NUMBER_TOO_LONG),
    ("empty payment", invoice(paid("113.00"), paid("0", "T-2"), fee="100.00"), Reason.RECORDS_UNCLEAR),
    ("no number", invoice(paid("113.00"), fee="100.00", number=""), Reason.RECORDS_UNCLEAR),
    ("no transaction", invoice(paid("113.00", ""), fee="100.00"), Reason.RECORDS_UNCLEAR),
    ("twin payments", invoice(paid("113.00"), paid("113.00"), fee="200.00"), Reason.RECORDS_UNCLEAR),
]


@pytest.mark.parametrize(("found", "reason"), [(i, r) for _, i, r in HELD], ids=[name for name, _, _ in HELD])
def test_what_cannot_be_booked_is_held_with_its_reason(found: Invoice, reason: Reason) -> None:
    """Never approximately: one clear reason, and no entry."""
    assert [reason] == reasons(found)
    assert () == plan([found], GROUND).entries


def test_a_missing_tax_payment_is_not_taken_for_no_tax() -> None:
    """The fee was paid first, the tax later, and the Payments export is older: nothing is booked untaxed."""
    fee, tax = paid("1000.00", day=date(2026, 5, 1)), paid("130.00", "T-2")
    ground = replace(GROUND, mapping=mapped(ZERO_RATED))
    (held,) = plan([invoice(fee, fee="1000.00")], ground).held
    assert [Reason.PAYMENT_MISSING] == [found.reason for found in held.holds]
    assert held.holds[0].sentence.endswith("Import the newest Payments export.")
    assert ["HST ON"] == [
        line.tax_code.name for line in plan([invoice(fee, tax, fee="1000.00")], ground).entries[0].lines
    ]


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_of_the_exports_holds_its_invoice(doubt: Doubt) -> None:
    """Each has its own sentence; it stands first."""
    (held,) = plan([invoice(paid("113.00"), fee="100.00", doubts=(doubt,))], GROUND).held
    assert Reason.RECORDS_UNCLEAR == held.holds[0].reason
    assert UNCLEAR[doubt].said() == held.holds[0].told


def test_an_unknown_currency_is_never_taken_for_the_home_currency() -> None:
    """Held for the currency alone: nobody is asked to link or map in no currency."""
    unknown = invoice(paid("113.00", currency=NO_CURRENCY), fee="100.00", currency=NO_CURRENCY)
    assert [Reason.RECORDS_UNCLEAR] == reasons(unknown)


def test_a_missing_invoice_date_is_not_replaced() -> None:
    """The day of payment is not the day of the invoice."""
    undated = replace(invoice(paid("113.00"), fee="100.00"), issued=None)
    assert [Reason.RECORDS_UNCLEAR] == reasons(undated)


def test_every_reason_met_is_listed() -> None:
    """A new client's fee with nothing mapped needs a contact, a method, an account, an item and a code."""
    bare = replace(GROUND, mapping=Mapping(), links=())
    found = invoice(paid("1695.00", method="Wire"), fee="1500.00")
    assert [
        Reason.NO_CONTACT,
        Reason.TAX_UNMAPPED,
        Reason.METHOD_UNMAPPED,
        Reason.DEPOSIT_UNMAPPED,
        Reason.ITEM_UNMAPPED,
    ] == reasons(found, bare)
    (held,) = plan([found], bare).held
    assert ["", "tax:fee@13", "method:Wire", "deposit:CAD", "item:fee"] == [hold.row for hold in held.holds]
    assert Mend.FIND_CONTACT == held.holds[0].mend


def test_a_final_reason_asks_nobody_to_map() -> None:
    """US dollars are held whatever is mapped: the contact and the rows aren't asked for."""
    bare = replace(GROUND, mapping=Mapping(), links=())
    dollars = invoice(paid("1800.00", currency="USD"), fee="1800.00", currency="USD")
    assert [Reason.FOREIGN_CURRENCY] == reasons(dollars, bare)


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        (Choice(Kind.METHOD, "e-Transfer", "5", "Barter"), Reason.TARGET_INACTIVE),
        (Choice(Kind.METHOD, "e-Transfer", "99", "Gone"), Reason.TARGET_INACTIVE),
        (Choice(Kind.DEPOSIT, "CAD", "39", "Old Bank"), Reason.TARGET_INACTIVE),
        (Choice(Kind.DEPOSIT, "CAD", "37", "USD Chequing"), Reason.TARGET_INACTIVE),
        (Choice(Kind.DEPOSIT, "CAD", "41", "Fees"), Reason.TARGET_INACTIVE),
        (Choice(Kind.DEPOSIT, "CAD", "38", "Client Trust CAD"), Reason.TRUST),
        (Choice(Kind.ITEM, "fee", "5", "Old Fees"), Reason.TARGET_INACTIVE),
        (Choice(Kind.ITEM, "fee", "4", "Services"), Reason.TARGET_INACTIVE),
        (Choice(Kind.TAX, "fee@13", "17", "HST old"), Reason.TARGET_INACTIVE),
        (Choice(Kind.TAX, "fee@13", "11", "GST"), Reason.TARGET_INACTIVE),
        (Choice(Kind.TAX, "fee@13", "99", "Gone"), Reason.TARGET_INACTIVE),
    ],
)
def test_a_choice_that_can_no_longer_be_used_holds(choice: Choice, reason: Reason) -> None:
    """What was confirmed once is checked against QuickBooks' lists each time."""
    ground = replace(GROUND, mapping=mapped(choice))
    found = invoice(paid("1695.00"), fee="1500.00")
    assert [reason] == reasons(found, ground)
    (held,) = plan([found], ground).held
    assert (Mend.MAP, choice.row) == (held.holds[0].mend, held.holds[0].row)


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        (replace(LINK, active=False), Reason.CONTACT_INACTIVE),
        (replace(LINK, active=False, merged_into=Named("71", "Silva Holding")), Reason.CONTACT_INACTIVE),
        (replace(LINK, active=False, gone=True), Reason.CONTACT_INACTIVE),
        (replace(LINK, customer_currency="USD"), Reason.CONTACT_CURRENCY),
        (replace(LINK, currency="USD"), Reason.NO_CONTACT),
        (replace(LINK, payer="C-00003"), Reason.NO_CONTACT),
    ],
)
def test_the_contact_must_be_the_payers_in_that_currency(link: Link, reason: Reason) -> None:
    """One fixed currency a customer; an inactive one takes nothing."""
    ground = replace(GROUND, links=(link,))
    assert [reason] == reasons(invoice(paid("1695.00"), fee="1500.00"), ground)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("booked", Reason.ALREADY_BOOKED),
        ("under_way", Reason.UNDER_WAY),
        ("in_review", Reason.NEEDS_REVIEW),
    ],
)
def test_what_is_done_or_under_way_is_not_booked_again(state: str, reason: Reason) -> None:
    """That is all there is to say of it, whatever else is amiss."""
    found = invoice(paid("10.00"), fee="1500.00")
    subjects = frozenset({found.key.subject})
    ground = {
        "booked": replace(GROUND, booked=subjects),
        "under_way": replace(GROUND, under_way=subjects),
        "in_review": replace(GROUND, booked=subjects, in_review=subjects),
    }[state]
    assert [reason] == reasons(found, ground)


def test_two_invoices_of_one_identity_are_both_held() -> None:
    """Neither is the right one."""
    twin = invoice(paid("113.00"), fee="100.00")
    result = plan([twin, twin], GROUND)
    assert () == result.entries
    assert [Reason.RECORDS_UNCLEAR, Reason.RECORDS_UNCLEAR] == [h.holds[0].reason for h in result.held]


def test_two_rates_that_explain_it_hold() -> None:
    """On three cents neither 0 % nor 13 % leaves a trace, and both are confirmed."""
    both = replace(GROUND, mapping=mapped(ZERO_RATED, ABROAD))
    assert [Reason.TAX_AMBIGUOUS] == reasons(invoice(paid("0.03"), fee="0.03"), both)


def test_closed_books_hold_what_is_dated_in_them() -> None:
    """An invoice of 20 April isn't booked into books closed through 20 April; through the 19th it is."""
    found = invoice(paid("113.00"), fee="100.00")
    open_again = replace(DIRECTORY, books_closed_through=date(2026, 4, 19))
    closed = replace(DIRECTORY, books_closed_through=date(2026, 4, 20))
    assert [Reason.BOOKS_CLOSED] == reasons(found, replace(GROUND, directory=closed))
    assert 1 == len(plan([found], replace(GROUND, directory=open_again)).entries)


def test_sales_tax_switched_off_holds_for_that_alone() -> None:
    """Without tax codes in QuickBooks nobody is asked to choose one."""
    directory = replace(DIRECTORY, sales_tax=False)
    choice = Choice(Kind.ITEM, "exempt_fee", "1", "Professional Fees")
    off = replace(GROUND, directory=directory, mapping=mapped(choice))
    untaxed = invoice(paid("213.00"), fee="100.00", exempt_fee="100.00")
    assert [Reason.SALES_TAX_OFF] == reasons(untaxed, off)


def test_a_rate_that_fits_is_not_told_as_missed() -> None:
    """A column states another tax than 13 % comes to: only the rates that miss are named."""
    taxed = replace(
        invoice(paid("113.00"), fee="100.00"), stated=Stated(taxes=(StatedTax("HST", None, cad("12.99")),))
    )
    (held,) = plan([taxed], GROUND).held
    assert "exactly that (14.975 %: $1.98 short; 5 %: $8.00 over)." in held.holds[0].sentence


def test_an_invoice_without_fees_has_no_rate_to_miss() -> None:
    """Too much was paid on a government fee: nothing is said of rates."""
    (held,) = plan([invoice(paid("240.00"), expense="230.00")], GROUND).held
    assert "leave $10.00 over the amounts it lists, and no confirmed tax rate comes to exactly that. It" in (
        held.holds[0].sentence
    )


def test_a_credit_on_a_line_moved_no_money() -> None:
    """Only what payments gave back is told."""
    (held,) = plan([invoice(paid("800.00"), fee="-200.00", expense="1000.00")], GROUND).held
    assert held.holds[0].sentence.startswith("It holds a refund or a credit. ")


def test_without_custom_numbers_quickbooks_numbers_itself() -> None:
    """Our number is not sent, however long; the memo still says it."""
    ground = replace(GROUND, directory=replace(DIRECTORY, custom_numbers=False))
    (entry,) = plan([invoice(paid("113.00"), fee="100.00", number="N" * 30)], ground).entries
    assert "" == entry.number
    assert "N" * 30 in entry.memo


def test_a_long_reference_is_visibly_cut_to_its_end() -> None:
    """21 characters fit; of 22 the last 20 are kept behind a mark, and no more is said of it."""
    tenders = (paid("50.00", "T" * 21), paid("63.00", "X" + "T" * 21))
    (entry,) = plan([invoice(*tenders, fee="100.00")], GROUND).entries
    fits, cut = entry.payments
    assert ("T" * 21, "T" * 21) == (fits.reference, fits.transaction)
    assert ("…" + "T" * 20, "X" + "T" * 21) == (cut.reference, cut.transaction)


def test_references_that_would_look_the_same_hold() -> None:
    """Two transactions that differ only in what is cut off couldn't be told apart in QuickBooks."""
    alike = (paid("50.00", "A" + "T" * 25), paid("63.00", "B" + "T" * 25))
    assert [Reason.REFERENCE_TOO_LONG] == reasons(invoice(*alike, fee="100.00"))


def test_unpaid_invoices_are_no_part_of_a_plan() -> None:
    """They are neither booked nor held."""
    unpaid = replace(invoice(paid("113.00"), fee="100.00"), paid=None)
    result = plan([unpaid], GROUND)
    assert ((), ()) == (result.entries, result.held)
    assert () == not_connected([unpaid]).held


def test_without_a_company_every_paid_invoice_waits_for_it() -> None:
    """The way out is to connect."""
    (held,) = not_connected([invoice(paid("113.00"), fee="100.00")]).held
    assert [(Reason.NOT_CONNECTED, Mend.CONNECT)] == [(h.reason, h.mend) for h in held.holds]
