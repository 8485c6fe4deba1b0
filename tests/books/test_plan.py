"""A paid invoice is booked whole and to the cent, or held with every reason met."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from db.records import Invoice, LineKind
from qb.entry import Named
from qb.plan import plan
from tests.books.given import (
    GROUND,
    cad,
    invoice,
    paid,
)

if TYPE_CHECKING:
    from qb.entry import Entry


def booked(found: Invoice) -> Entry:
    """The one entry of a plan over one invoice."""
    (entry,) = plan([found], GROUND).entries
    return entry


def test_a_taxed_fee_and_an_untaxed_expense_are_booked() -> None:
    """Ontario: 1,500.00 fee + 195.00 HST + 635.00 government fee = 2,330.00, a tax code on each line."""
    entry = booked(invoice(paid("2330.00"), fee="1500.00", expense="635.00"))
    assert (cad("2135.00"), cad("195.00"), cad("2330.00")) == (entry.listed, entry.tax, entry.total)
    assert [("1", "10"), ("2", "15")] == [(line.item.id, line.tax_code.id) for line in entry.lines]
    assert [(Decimal(13), cad("1500.00"), cad("195.00"))] == [
        (part.percent, part.taxable, part.amount) for part in entry.taxes
    ]
    (payment,) = entry.payments
    assert ("4", "35", "T-1", cad("2330.00")) == (
        payment.method.id,
        payment.account.id,
        payment.reference,
        payment.amount,
    )


def test_two_payments_keep_their_own_days() -> None:
    """2,825.00 came as 1,000.00 on 3 May and 1,825.00 on 2 June, and so it is booked, oldest first."""
    later, first = paid("1825.00", "T-2", day=date(2026, 6, 2)), paid("1000.00", "T-1", day=date(2026, 5, 3))
    entry = booked(invoice(later, first, fee="2500.00"))
    assert cad("2825.00") == entry.total
    assert [(date(2026, 5, 3), cad("1000.00")), (date(2026, 6, 2), cad("1825.00"))] == [
        (payment.date, payment.amount) for payment in entry.payments
    ]


def test_split_tender_keeps_its_methods() -> None:
    """2,260.00 came as 1,260.00 by e-Transfer and 1,000.00 by card."""
    card = paid("1000.00", "T-2", method="Credit Card")
    entry = booked(invoice(paid("1260.00", "T-1"), card, fee="2000.00"))
    assert [("E-Transfer", cad("1260.00")), ("Visa", cad("1000.00"))] == [
        (payment.method.name, payment.amount) for payment in entry.payments
    ]


def test_a_surcharge_has_its_own_line_and_item() -> None:
    """1,356.00 + 33.90 surcharge = 1,389.90; the surcharge isn't taxed."""
    entry = booked(invoice(paid("1389.90"), fee="1200.00", surcharge="33.90"))
    assert [("Card Surcharge", "Exempt", cad("33.90"))] == [
        (line.item.name, line.tax_code.name, line.amount)
        for line in entry.lines
        if line.kind is LineKind.SURCHARGE
    ]
    assert cad("1389.90") == entry.total


def test_quebec_is_booked_with_both_rates() -> None:
    """4,495.16 + GST 224.76 + QST 448.39 = 5,168.31."""
    entry = booked(invoice(paid("5168.31"), fee="4495.16"))
    assert [cad("224.76"), cad("448.39")] == [part.amount for part in entry.taxes]
    assert cad("5168.31") == entry.total


def test_a_discount_already_taken_off_the_fee_ties() -> None:
    """2,000.00 less 200.00, HST on 1,800.00: 2,034.00 where the export lists 1,800.00."""
    assert cad("2034.00") == booked(invoice(paid("2034.00"), fee="1800.00")).total


def test_who_pays_for_a_case_is_billed_for_that_case_alone() -> None:
    """An employer pays for one case; the client's other cases stay the client's."""
    first = invoice(paid("2330.00"), fee="1500.00", expense="635.00")
    link = GROUND.link(first.case.client.identifier, "CAD")
    assert link is not None
    employer = replace(link, customer=Named("70", "Harbour Tech"), case=first.case.number)
    ground = replace(GROUND, links=(*GROUND.links, employer))
    second = replace(first, key=replace(first.key, case="00099"), case=replace(first.case, number="00099"))
    assert [Named("70", "Harbour Tech"), link.customer] == [
        entry.customer for entry in plan([first, second], ground).entries
    ]
