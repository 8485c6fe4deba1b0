"""Tax to the cent, with figures worked out by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qb.sandbox.tax import Rate, Taxable, excluded, inclusive
from tests.sandbox.client import Client, Json, Refusal


def taxes(booked: Json) -> dict[str, Decimal]:
    """The tax by the id of its rate."""
    lines = booked["TxnTaxDetail"].get("TaxLine", [])
    return {line["TaxLineDetail"]["TaxRateRef"]["value"]: Decimal(line["Amount"]) for line in lines}


@pytest.mark.parametrize(
    ("code", "net", "tax", "total"),
    [
        ("HST ON", "1500.00", "195.00", "1695.00"),
        ("GST", "333.33", "16.67", "350.00"),
        ("HST NS", "100.05", "14.01", "114.06"),
        ("HST NB", "0.30", "0.05", "0.35"),
        ("GST/PST BC", "1000.00", "120.00", "1120.00"),
        ("GST/QST QC", "4495.16", "673.15", "5168.31"),
        ("Zero-rated", "1800.00", "0.00", "1800.00"),
        ("Exempt", "635.00", "0.00", "635.00"),
        ("Out of Scope", "75.00", "0.00", "75.00"),
    ],
)
def test_each_code(client: Client, code: str, net: str, tax: str, total: str) -> None:
    """Halves of a cent go up; Québec's 4,495.16 has GST 224.76 and QST 448.39."""
    booked = client.invoice(client.line(net, code))
    assert (Decimal(tax), Decimal(total)) == (booked["TxnTaxDetail"]["TotalTax"], booked["TotalAmt"])


def test_a_rate_taxes_the_sum_not_the_lines(client: Client) -> None:
    """3 x 333.33 at 5 %: 50.00 on the sum, though 16.67 a line would make 50.01."""
    booked = client.invoice(*[client.line("333.33", "GST")] * 3)
    assert Decimal("50.00") == booked["TxnTaxDetail"]["TotalTax"]
    assert Decimal("1049.99") == booked["TotalAmt"]


def test_two_codes_that_share_a_rate_are_taxed_together(client: Client) -> None:
    """GST is one rate, whether alone or beside QST: 5 % of 100.10 + 100.10 is 10.01."""
    booked = client.invoice(client.line("100.10", "GST"), client.line("100.10", "GST/QST QC"))
    gst, qst = client.id_of("TaxRate", "GST"), client.id_of("TaxRate", "QST")
    assert {gst: Decimal("10.01"), qst: Decimal("9.98")} == taxes(booked)
    assert Decimal("220.19") == booked["TotalAmt"]


def test_tax_is_owed_to_its_agency(client: Client) -> None:
    """Each agency has its own payable account."""
    client.invoice(client.line("1000.00", "GST/QST QC"))
    balance = client.sandbox.books.trial_balance()
    assert (Decimal("-50.00"), Decimal("-99.75")) == (balance["GST/HST Payable"], balance["QST Payable"])


def test_what_the_client_insists_on_is_booked(client: Client) -> None:
    """QST 448.40 for 448.39: the override stands, the other rate is counted."""
    qst = client.ref("TaxRate", "QST")
    detail = {"TaxRateRef": qst, "PercentBased": True, "TaxPercent": Decimal("9.975")}
    override = {
        "TaxLine": [{"Amount": Decimal("448.40"), "DetailType": "TaxLineDetail", "TaxLineDetail": detail}]
    }
    booked = client.invoice(client.line("4495.16", "GST/QST QC"), TxnTaxDetail=override)
    assert Decimal("5168.32") == booked["TotalAmt"]
    assert Decimal("-448.40") == client.sandbox.books.trial_balance()["QST Payable"]


@pytest.mark.parametrize("rates", [["GST", "GST"], ["QST"]])
def test_an_override_names_each_rate_once_and_only_its_own(client: Client, rates: list[str]) -> None:
    """A rate twice, or of no line, is refused."""
    lines = [
        {
            "Amount": 5,
            "DetailType": "TaxLineDetail",
            "TaxLineDetail": {"TaxRateRef": client.ref("TaxRate", name)},
        }
        for name in rates
    ]
    with pytest.raises(Refusal) as caught:
        client.invoice(client.line("100.00", "GST"), TxnTaxDetail={"TaxLine": lines})
    assert "6000" == caught.value.code


def test_inclusive_lines_keep_their_gross(client: Client) -> None:
    """2,825.00 with 13 % inside is 2,500.00 and 325.00; Amount is net, TaxInclusiveAmt gross."""
    line = client.line("2500.00", TaxInclusiveAmt=Decimal("2825.00"))
    booked = client.invoice(line, GlobalTaxCalculation="TaxInclusive")
    assert (Decimal("2825.00"), Decimal("325.00")) == (booked["TotalAmt"], booked["TxnTaxDetail"]["TotalTax"])
    assert Decimal("2500.00") == booked["Line"][0]["Amount"]
    assert Decimal("2825.00") == booked["Line"][0]["SalesItemLineDetail"]["TaxInclusiveAmt"]


def test_inclusive_cents_are_not_lost(client: Client) -> None:
    """3 x 9.99 with 13 % inside: tax 3.45 of 29.97, nets 8.84 + 8.84 + 8.84."""
    lines = [client.line("8.84", TaxInclusiveAmt=Decimal("9.99")) for _ in range(3)]
    booked = client.invoice(*lines, GlobalTaxCalculation="TaxInclusive")
    assert (Decimal("29.97"), Decimal("3.45")) == (booked["TotalAmt"], booked["TxnTaxDetail"]["TotalTax"])
    assert [Decimal("8.84")] * 3 == [line["Amount"] for line in booked["Line"][:3]]


def test_a_company_without_sales_tax_drops_it_silently(client: Client) -> None:
    """No code is asked for, TxnTaxDetail is gone, the total is the lines (Intuit: TaxPrefs.UsingSalesTax)."""
    preferences = client.sandbox.books.entities("Preferences")[0]
    same = {"Id": preferences["Id"], "SyncToken": preferences["SyncToken"]}
    client.write("Preferences", {**same, "TaxPrefs": {"UsingSalesTax": False}})
    bare = client.line("100.00")
    del bare["SalesItemLineDetail"]["TaxCodeRef"]
    booked = client.invoice(bare, TxnTaxDetail={"TotalTax": 13})
    assert Decimal("100.00") == booked["TotalAmt"]
    assert "TxnTaxDetail" not in booked


RATES = st.sampled_from(
    [
        (Rate("1", Decimal(13), "1"),),
        (Rate("2", Decimal(5), "1"), Rate("3", Decimal("9.975"), "2")),
        (Rate("2", Decimal(5), "1"),),
        (Rate("9", Decimal(0), "1"),),
    ]
)
CENTS = st.integers(min_value=-100_000, max_value=10_000_000).map(lambda cents: Decimal(cents) / 100)
LINES = st.lists(st.builds(Taxable, RATES, CENTS, CENTS), min_size=1, max_size=8)


@given(LINES)
def test_inclusive_nets_and_taxes_add_up_to_the_gross(lines: list[Taxable]) -> None:
    """Whatever the lines, no cent is made or lost."""
    nets, taxes = inclusive(lines)
    assert sum(line.gross or 0 for line in lines) == sum(nets) + sum(one.amount for one in taxes)


@given(LINES)
def test_excluded_tax_is_within_half_a_cent_a_rate(lines: list[Taxable]) -> None:
    """Each rate is rounded once: never further than half a cent from the exact tax of its sum."""
    for one in excluded(lines):
        exact = (
            sum((line.net for line in lines if one.rate in line.rates), Decimal(0)) * one.rate.percent / 100
        )
        assert abs(exact - one.amount) <= Decimal("0.005")
