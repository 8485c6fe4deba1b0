"""What columns that the firm explained state of an invoice must tie to the cent, or it is held."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from db.chosen import Banking
from db.records import Doubt, Mark, Stated, StatedTax
from qb.hold import Mend, Reason
from qb.mapping import Choice, Kind
from qb.plan import plan
from qb.trust import ClientMoney
from tests.books.given import GROUND, cad, code, invoice, mapped, paid

if TYPE_CHECKING:
    from db.records import Invoice
    from qb.entry import Entry
    from qb.ground import Ground
    from qb.hold import Hold

QUEBEC = invoice(paid("5168.31"), fee="4495.16")
ONTARIO = invoice(paid("1695.00"), fee="1500.00")


def hst(amount: str, percent: str | None = "13", name: str = "HST") -> StatedTax:
    """A tax that a column states."""
    return StatedTax(name, None if percent is None else Decimal(percent), cad(amount))


def entry(found: Invoice, ground: Ground = GROUND) -> Entry:
    """What would be booked of the one invoice."""
    (only,) = plan([found], ground).entries
    return only


def holds(found: Invoice, ground: Ground = GROUND) -> list[Hold]:
    """Why the one invoice is held."""
    (held,) = plan([found], ground).held
    return list(held.holds)


@pytest.mark.parametrize(
    ("found", "taxes"),
    [
        pytest.param(ONTARIO, (hst("195.00"),), id="one"),
        pytest.param(ONTARIO, (hst("195.00", None),), id="of an unnamed rate"),
        pytest.param(ONTARIO, (hst("195.00"), hst("0.00", "5", "GST")), id="and none of another"),
        pytest.param(QUEBEC, (hst("224.76", "5", "GST"), hst("448.39", "9.975", "QST")), id="two parts"),
        pytest.param(QUEBEC, (hst("673.15", "14.975", "Taxes"),), id="two parts in one"),
    ],
)
def test_a_tax_that_ties_is_booked(found: Invoice, taxes: tuple[StatedTax, ...]) -> None:
    """As it would be without the column: the confirmed rate, to the cent."""
    assert entry(found) == entry(replace(found, stated=Stated(taxes=taxes)))


@pytest.mark.parametrize(
    ("found", "taxes", "reasons", "sentence"),
    [
        pytest.param(
            ONTARIO,
            (hst("195.01"),),
            [Reason.TAX_UNEXPLAINED, Reason.STATED],
            "The exports state a tax of $195.01, and its payments leave $195.00 over the amounts it lists.",
            id="a cent beside the payments",
        ),
        pytest.param(
            ONTARIO,
            (hst("195.00", "5", "GST"),),
            [Reason.TAX_UNEXPLAINED, Reason.STATED],
            "The exports state a tax of $195.00, and no confirmed tax rate comes to exactly that.",
            id="of another rate",
        ),
        pytest.param(
            QUEBEC,
            (hst("224.77", "5", "GST"), hst("448.38", "9.975", "QST")),
            [Reason.STATED],
            "The exports state a tax of $673.15, and no confirmed tax rate comes to exactly that.",
            id="in other parts",
        ),
    ],
)
def test_a_tax_that_does_not_tie_is_held(
    found: Invoice, taxes: tuple[StatedTax, ...], reasons: list[Reason], sentence: str
) -> None:
    """Nothing is plugged, and nothing guessed from the payments alone."""
    met = holds(replace(found, stated=Stated(taxes=taxes)))

    assert reasons == [one.reason for one in met]
    assert sentence == met[-1].told.what


def test_a_tax_stated_settles_which_of_two_rates_it_is() -> None:
    """1.00 at 13 % and at 12.6 % are both 0.13: without the column it is held as ambiguous."""
    near = code("18", "Near", "12.6")
    directory = replace(GROUND.directory, tax_codes=(*GROUND.directory.tax_codes, near))
    both = mapped(Choice(Kind.TAX, "fee@12.6", "18", "Near"))
    ground = replace(GROUND, directory=directory, mapping=both)
    found = invoice(paid("1.13"), fee="1.00")
    assert [Reason.TAX_AMBIGUOUS] == [one.reason for one in holds(found, ground)]

    booked = entry(replace(found, stated=Stated(taxes=(hst("0.13"),))), ground)

    assert ["HST ON"] == [line.tax_code.name for line in booked.lines]


def test_a_short_payment_is_told_once() -> None:
    """The tax stated adds nothing to it."""
    found = replace(invoice(paid("1300.00"), fee="1356.00"), stated=Stated(taxes=(hst("0.00", None),)))
    assert [Reason.SHORT] == [one.reason for one in holds(found)]


def test_a_total_is_lines_and_tax() -> None:
    """To the cent."""
    assert entry(replace(ONTARIO, stated=Stated(total=cad("1695.00")))) == entry(ONTARIO)
    (only,) = holds(replace(ONTARIO, stated=Stated(total=cad("1695.01"))))
    assert (Reason.STATED, Mend.COLUMNS) == (only.reason, only.mend)
    assert (
        "The exports state a total of $1,695.01, and its lines and tax come to $1,695.00." == only.told.what
    )


def test_a_discount_is_held_until_it_can_be_booked() -> None:
    """And nobody is asked to map anything for it."""
    (only,) = holds(replace(ONTARIO, stated=Stated(discount=cad("-200.00"))))
    assert Reason.DISCOUNT is only.reason
    assert "The exports state a discount of -$200.00." == only.told.what


@pytest.mark.parametrize("mark", Mark)
def test_what_is_void_draft_or_not_paid_is_never_booked(mark: Mark) -> None:
    """Whatever its Paid Date says; the words are the export's."""
    (only,) = holds(replace(ONTARIO, stated=Stated(mark=mark, marked="State: Voided")))
    assert Reason.MARKED is only.reason
    assert "(State: Voided)" in only.told.what


def test_a_fund_that_says_trust_is_client_money() -> None:
    """Held as all client money is, with the words of the column."""
    ground = replace(GROUND, client_money=ClientMoney(Banking.UNEARNED, has_second=True))
    (only,) = holds(replace(ONTARIO, stated=Stated(trust="Fund: Pooled")), ground)
    assert (Reason.TRUST, Mend.TRUST) == (only.reason, only.mend)
    assert "a column of the exports says “Fund: Pooled”" in only.told.what


def test_a_value_nobody_explained_leads_to_the_columns() -> None:
    """Where somebody says what it means."""
    (only,) = holds(replace(ONTARIO, doubts=(Doubt.UNTAUGHT_VALUE,)))
    assert (Reason.RECORDS_UNCLEAR, Mend.COLUMNS) == (only.reason, only.mend)


def test_a_description_goes_on_the_first_line_and_never_into_the_memo() -> None:
    """The memo carries our mark, which words of an export could forge."""
    forged = "Work permit [rec:AAAAAAAAAAAAAAAAAAAAAA]"
    plain = invoice(paid("2330.00"), fee="1500.00", expense="635.00")
    found = replace(plain, stated=Stated(description=forged))

    booked = entry(found)

    assert [
        f"Professional fees, case 00002-Silva: {forged}",
        "Disbursements, case 00002-Silva",
    ] == [line.description for line in booked.lines]
    assert entry(plain).memo == booked.memo
