"""Numbers and identifiers that lost something on their way: never one more invoice, payment or client."""

import pytest

from db.intake.assemble import assemble
from db.intake.persons import Person
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


JONAS = {"Client_Identifier": "-777", "Full_Name": "Jonas Berg", "Email": "jonas@example.com"}
CEDAR = {"Client_Identifier": "-777", "Full_Name": "Cedar Ltd.", "Email": "office@cedar.example"}


def test_two_clients_whose_identifiers_lost_the_same_letter_are_held() -> None:
    """J-777 and C-777 are both -777 then: what is known of one must never count for the other."""
    cases = {"Case_Number": "00003-Berg"}, {"Case_Number": "00004-Cedar"}
    rows = [client(**JONAS, **cases[0]), client(**CEDAR, **cases[1]), *(invoice(**case) for case in cases)]

    assert [(Doubt.SHARED_CLIENT,)] * 2 == [one.invoices[0].doubts for one in assemble(rows)]
    alone = assemble(
        [*rows[:1], *rows[2:3]], elsewhere=[Person("-777", "Cedar Ltd.", "office@cedar.example")]
    )
    assert [(Doubt.SHARED_CLIENT,)] == [one.invoices[0].doubts for one in alone]


def test_one_client_of_two_cases_is_one_client() -> None:
    """With the letter or without it."""
    rows = [client(**JONAS), client(**JONAS, Case_Number="00003-Berg"), invoice()]

    assert [()] == [one.invoices[0].doubts for one in assemble(rows) if one.invoices]


def test_a_bare_identifier_without_a_name_names_nobody() -> None:
    """The next one of that number would be taken for the same client."""
    found = only(client(Client_Identifier="-777", Full_Name=None, Email=None), invoice())

    assert (Doubt.NO_CLIENT,) == found.doubts
