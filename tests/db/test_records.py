"""Records: what an invoice, a payment and a payer are known by."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from db.money import Money
from db.records import (
    LONGEST_SUBJECT,
    Case,
    Client,
    Invoice,
    InvoiceKey,
    Line,
    LineKind,
    Payment,
    payer_subject,
    payment_subject,
)

PARTS = st.text(st.sampled_from("a|\\ 马"), max_size=6)
KEYS = st.builds(InvoiceKey, PARTS, PARTS, PARTS)


def test_a_subject_is_readable() -> None:
    """A person who looks into the ledger sees whose it is."""
    key = InvoiceKey("00002-Silva", "INV-1001", "C-7")

    assert key.subject == "invoice|C-7|00002-Silva|INV-1001"
    assert payment_subject(key, "TXN-9") == "payment|TXN-9|invoice|C-7|00002-Silva|INV-1001"
    assert payer_subject("C-7", "CAD") == payer_subject("C-7", "CAD", "") == "payer|C-7|CAD"
    assert payer_subject("C-7", "CAD", "2", "1", "2") == "payer|C-7|CAD|1|2"


@given(KEYS, KEYS)
def test_two_invoices_are_two_subjects(one: InvoiceKey, two: InvoiceKey) -> None:
    """Whatever letters people put into their numbers, the bar included."""
    assert (one == two) == (one.subject == two.subject)


@given(KEYS, PARTS, PARTS)
def test_two_payments_of_an_invoice_are_two_subjects(key: InvoiceKey, one: str, two: str) -> None:
    """One transaction each."""
    assert (one == two) == (payment_subject(key, one) == payment_subject(key, two))


def test_a_long_subject_is_cut_and_stays_its_own() -> None:
    """What a database's index can't take is told apart by its hash."""
    one, two = (InvoiceKey("马" * 900, number, "C-7") for number in ("INV-1", "INV-2"))

    assert LONGEST_SUBJECT == len(one.subject) == len(two.subject)
    assert one.subject != two.subject
    assert len(payment_subject(one, "T" * 900)) == LONGEST_SUBJECT
    assert len(payer_subject("马" * 900, "CAD")) == LONGEST_SUBJECT


def test_an_invoice_adds_up_what_it_lists_and_what_came_in() -> None:
    """Before tax, and all payments."""
    client = Client("C-7", "Ana", "ana@example.com")
    case = Case("00002-Silva", client, "CAD")
    invoice = Invoice(
        key=InvoiceKey("00002-Silva", "INV-1001", "C-7"),
        case=case,
        issued=date(2026, 10, 1),
        paid=date(2026, 10, 12),
        lines=(
            Line(LineKind.FEE, Money.of("1500.00", "CAD")),
            Line(LineKind.EXPENSE, Money.of("635.00", "CAD")),
        ),
        payments=(
            Payment("T1", date(2026, 10, 2), "Visa", Money.of("1000.00", "CAD")),
            Payment("T2", date(2026, 10, 12), "Interac", Money.of("1330.00", "CAD")),
        ),
    )

    assert Money.of("2135.00", "CAD") == invoice.listed
    assert Money.of("2330.00", "CAD") == invoice.received
