"""What is shown is what is booked, whatever it is called and however it is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.money import Money
from db.records import Client, Invoice, LineKind, Payment
from qb.canonical import canonical, from_canonical, plan_hash
from qb.entry import Named
from qb.plan import adds_up, plan
from qb.tax import tax_amount
from tests.books.given import ABROAD, CODES, GROUND, LINK, MARIA, ZERO_RATED, invoice, mapped, paid

HOSTILE = ("<!channel> & <https://evil|Approve>", 'René "Ané" O\'Brien \\ 马春梅')


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_kept_as_it_is(name: str) -> None:
    """Whatever a client is called, the plan says it so and reads back so."""
    found = invoice(paid("1695.00"), fee="1500.00", client=Client(MARIA.identifier, name, MARIA.email))
    result = plan([found], replace(GROUND, links=(replace(LINK, customer=Named("58", name)),)))
    (entry,) = from_canonical(canonical(result)).entries
    assert (name, name) == (entry.client_name, entry.customer.name)
    assert name in entry.memo


def test_the_hash_tells_one_plan_from_another() -> None:
    """Any change of what would be booked is another plan; what is held beside it is not."""
    first = plan([invoice(paid("1695.00"), fee="1500.00")], GROUND)
    beside = plan([invoice(paid("1695.00"), fee="1500.00"), invoice(number="INV-2")], GROUND)
    elsewhere = replace(first, realm_id="1")
    other = plan([invoice(paid("1695.00", method="Credit Card"), fee="1500.00")], GROUND)
    assert plan_hash(first) == plan_hash(beside)
    assert 3 == len({plan_hash(first), plan_hash(elsewhere), plan_hash(other)})


amounts = st.integers(-5_00, 2000_00).map(lambda cents: str(Decimal(cents).scaleb(-2)))
payments = st.builds(
    paid,
    amounts,
    st.text(max_size=30),
    st.sampled_from(["e-Transfer", "Credit Card", "Cash", "From trust"]),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
)
invoices = st.builds(
    lambda tenders, number, **lines: invoice(*tenders, number=number, **lines),
    st.lists(payments, max_size=4),
    st.text(max_size=25),
    fee=amounts,
    exempt_fee=amounts,
    expense=amounts,
    surcharge=amounts,
)


def settle(found: Invoice, code: int) -> Invoice:
    """The invoice with a last payment that makes it whole at one of the tax codes."""
    fees = sum((line.amount.amount for line in found.lines if line.kind is LineKind.FEE), Decimal())
    due = found.listed + tax_amount(CODES[code], Money(fees, "CAD")) - found.received
    last = Payment("LAST", date(2026, 5, 1), "e-Transfer", due)
    return replace(found, payments=(*found.payments, last))


@given(st.lists(st.builds(settle, invoices, st.integers(0, 3)) | invoices, max_size=4))
def test_no_entry_is_planned_that_does_not_tie(found: list[Invoice]) -> None:
    """Lines and tax make the total, and the payments make it again."""
    result = plan(found, replace(GROUND, mapping=mapped(ZERO_RATED, ABROAD)))
    assert len(found) == len(result.entries) + len(result.held)
    assert all(held.holds for held in result.held)
    sources = {i.key.subject: i for i in found}
    for entry in result.entries:
        assert adds_up(entry)
        assert sources[entry.subject].received == entry.total
        assert all(line.tax_code.id and line.item.id and line.amount.amount > 0 for line in entry.lines)
        assert all(payment.amount.amount > 0 for payment in entry.payments)
    again = from_canonical(canonical(result))
    assert result.entries == again.entries
    assert plan_hash(result) == plan_hash(again)
