"""The tax taken is the one confirmed rate that explains what the payments leave over, to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.money import Money
from qb.hold import Reason
from qb.tax import TaxRefused, TaxTaken, fee_percent, fee_source, tax_amount, tax_on, tax_taken, taxes_seen
from tests.books.given import CODES, DIRECTORY, cad, code, invoice, paid

HST, GST, QC, ZERO = CODES[0], CODES[1], CODES[2], CODES[3]


@pytest.mark.parametrize(
    ("fee", "received", "taken", "tax"),
    [
        ("1500.00", "1695.00", HST, "195.00"),
        ("2500.00", "2625.00", GST, "125.00"),
        ("4495.16", "5168.31", QC, "673.15"),
        ("999.99", "1049.99", GST, "50.00"),
    ],
)
def test_one_confirmed_rate_explains_it(fee: str, received: str, taken: object, tax: str) -> None:
    """What is received over the fee is that rate's tax, and the fee carries its code."""
    result = tax_taken(invoice(paid(received), fee=fee), (HST, GST, QC))
    assert isinstance(result, TaxTaken)
    assert taken is result.code
    assert cad(tax) == result.tax


def test_quebec_taxes_each_rate_on_the_net() -> None:
    """GST and QST are rounded each for itself: 224.758 and 448.39221."""
    parts = tax_on(QC, cad("4495.16"))
    assert [cad("224.76"), cad("448.39")] == [part.amount for part in parts]


def test_halves_of_a_cent_go_up() -> None:
    """5 % of 0.10 is half a cent: one cent."""
    assert cad("0.01") == tax_amount(GST, cad("0.10"))


def test_government_fees_are_not_taxed() -> None:
    """Ontario: 1,500.00 fee, 195.00 HST on it alone, 635.00 government fee."""
    result = tax_taken(invoice(paid("2330.00"), fee="1500.00", expense="635.00"), (HST, GST))
    assert isinstance(result, TaxTaken)
    assert cad("195.00") == result.tax
    assert [cad("1500.00")] == [part.taxable for part in result.parts]


def test_nothing_taxable_and_nothing_over_is_no_tax() -> None:
    """An expense paid as listed has no tax and no fee code."""
    assert TaxTaken(None, (), cad("0.00")) == tax_taken(invoice(paid("635.00"), expense="635.00"), (HST,))


@pytest.mark.parametrize(
    ("received", "kind", "listed", "reason", "gap"),
    [
        ("1300.00", "fee", "1356.00", Reason.SHORT, "56.00"),
        ("1000.00", "fee", "850.00", Reason.TAX_UNEXPLAINED, "150.00"),
        ("1049.99", "fee", "1000.00", Reason.TAX_UNEXPLAINED, "49.99"),
        ("1050.01", "fee", "1000.00", Reason.TAX_UNEXPLAINED, "50.01"),
        ("1500.00", "fee", "1500.00", Reason.TAX_UNEXPLAINED, "0.00"),
        ("640.00", "expense", "635.00", Reason.TAX_UNEXPLAINED, "5.00"),
    ],
)
def test_what_no_confirmed_rate_explains_is_refused(
    received: str, kind: str, listed: str, reason: Reason, gap: str
) -> None:
    """Nothing is rounded away and nothing plugged: a cent beside the rate is refused."""
    amounts: Any = {kind: listed}
    found = invoice(paid(received), **amounts)
    assert TaxRefused(reason, cad(gap)) == tax_taken(found, (GST,))


def test_no_tax_is_a_rate_to_be_confirmed() -> None:
    """A fee without tax is taken only once somebody has confirmed the zero rate."""
    untaxed = invoice(paid("1800.00"), fee="1800.00")
    assert TaxRefused(Reason.TAX_UNEXPLAINED, cad("0.00")) == tax_taken(untaxed, (HST,))
    assert TaxTaken(ZERO, (), cad("0.00")) == tax_taken(untaxed, (HST, ZERO))


def test_two_confirmed_rates_that_explain_it_are_one_too_many() -> None:
    """On three cents neither 0 % nor 13 % leaves a trace."""
    tiny = invoice(paid("0.03"), fee="0.03")
    assert TaxRefused(Reason.TAX_AMBIGUOUS, cad("0.00")) == tax_taken(tiny, (HST, ZERO))


def test_a_code_that_cannot_be_used_explains_nothing() -> None:
    """An inactive code and one without sales rates are as if they weren't there."""
    retired, empty = code("17", "HST old", "13", active=False), code("16", "Adjustment")
    result = tax_taken(invoice(paid("1695.00"), fee="1500.00"), (retired, empty))
    assert TaxRefused(Reason.TAX_UNEXPLAINED, cad("195.00")) == result


def test_taxes_seen_are_those_of_paid_home_invoices() -> None:
    """The rates QuickBooks knows that explain an invoice, then the untaxed kinds; no foreign ones."""
    seen = (
        invoice(paid("1695.00"), fee="1500.00"),
        invoice(paid("5168.31"), fee="4495.16"),
        invoice(paid("1800.00"), fee="1800.00"),
        invoice(paid("635.00"), expense="635.00"),
        invoice(paid("1130.00", currency="USD"), fee="1000.00", exempt_fee="130.00", currency="USD"),
        invoice(fee="300.00", surcharge="3.00"),
    )
    assert ("fee@0", "fee@13", "fee@14.975", "expense") == tuple(taxes_seen(seen, DIRECTORY))


@pytest.mark.parametrize(
    ("percent", "source"), [("13", "fee@13"), ("20.00", "fee@20"), ("9.975", "fee@9.975")]
)
def test_a_rate_is_written_one_way(percent: str, source: str) -> None:
    """However QuickBooks writes a rate, its mapping row is the same."""
    assert source == fee_source(Decimal(percent))
    assert Decimal(percent) == fee_percent(source)


@given(
    net=st.integers(1, 10**9),
    rates=st.lists(st.decimals(0, 30, places=3), min_size=1, max_size=3),
)
def test_whatever_quickbooks_would_charge_is_taken_as_charged(net: int, rates: list[Decimal]) -> None:
    """A code's own tax on any net is explained by that code, part by part, to the cent."""
    chosen = code("1", "Any", *map(str, rates))
    listed = Money.from_minor(net, "CAD")
    tax = tax_amount(chosen, listed)
    result = tax_taken(invoice(paid(str((listed + tax).amount)), fee=str(listed.amount)), (chosen,))
    assert isinstance(result, TaxTaken)
    assert tax == result.tax
    assert tax.amount == sum(part.amount.amount for part in result.parts)
