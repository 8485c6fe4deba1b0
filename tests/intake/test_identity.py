"""Numbers and identifiers that lost something on their way: never one more invoice, payment or client."""

import pytest

from db.intake.assemble import assemble
from db.records import Doubt
from tests.intake.test_assemble import client, invoice, only, payment


@pytest.mark.parametrize(
    ("numbers", "doubts"),
    [
        pytest.param(("0042", "42"), (Doubt.CONFLICTING_ROWS,), id="lost zeros"),
        pytest.param(("0042", "042", "42"), (Doubt.CONFLICTING_ROWS,), id="lost some, lost all"),
        pytest.param(("0", "00"), (Doubt.CONFLICTING_ROWS,), id="nothing but zeros"),
        pytest.param(("42", "420"), (), id="zeros behind count"),
        pytest.param(("INV-042", "INV-42"), (), id="no spreadsheet takes that for a number"),
    ],
)
def test_numbers_that_may_have_lost_their_zeros_are_one_or_two_for_a_person_to_say(
    numbers: tuple[str, ...], doubts: tuple[Doubt, ...]
) -> None:
    """A .csv saved again by a spreadsheet must not make a second invoice, or a second payment, of one."""
    invoices = assemble([client(), *(invoice(Number=number) for number in numbers)])[0].invoices
    paid = only(client(), invoice(), *(payment(Transaction_Number=number) for number in numbers))

    assert [doubts] * len(numbers) == [one.doubts for one in invoices]
    assert doubts == paid.doubts


def test_one_number_in_two_cases_is_two_invoices() -> None:
    """With zeros or without, a case is told by its own number."""
    found = assemble([invoice(Number="0042"), invoice(Number="42", Case_Number="00003-Haddad")])

    assert [(Doubt.NO_CLIENT, Doubt.NO_CURRENCY)] * 2 == [one.invoices[0].doubts for one in found]


@pytest.mark.parametrize("lost", ["-10002", "10002"])
def test_an_identifier_that_lost_its_letter_is_a_second_client_for_a_person_to_settle(lost: str) -> None:
    """The two are never taken for one, and nothing of the case is booked under either."""
    found = assemble([client(), client(Client_Identifier=lost), invoice(), payment()])

    assert [(Doubt.SHARED_CASE,)] * 2 == [one.invoices[0].doubts for one in found]
