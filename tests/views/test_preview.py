"""The preview shows exactly what will be booked, whoever the client is and however much it is."""

from dataclasses import replace

import pytest

from commands.views import preview
from commands.views.blocks import Message
from db.records import InvoiceKey
from qb import hold
from qb.entry import Entry, Named
from tests.views.cast import NAMES, RENE, entry, held, two_payments
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, words


def shown(*entries: Entry, changes: tuple[str, ...] = ()) -> tuple[Message, ...]:
    """The messages for these entries."""
    return preview.preview(entries, [held()], sync_id="S-1", version=1, changes=changes)


def test_the_preview_looks_as_agreed() -> None:
    """Fee with HST, untaxed cost, two payments."""
    first, *more = shown(entry(RENE), two_payments(RENE))
    assert [] == more
    same_as_kept("preview", [first.text, *first.blocks])


@pytest.mark.parametrize("client", NAMES)
def test_slack_takes_the_preview(client: str) -> None:
    """No name, however hostile or long, breaks it."""
    odd = replace(entry(client, number=client), customer=replace(entry().customer, name=client))
    for message in preview.preview([odd], [held(client)], sync_id="S-1", version=1, changes=[client] * 9):
        check_message(message)


def test_everything_that_will_be_booked_is_there() -> None:
    """Customer, lines, items, codes, tax, total, and the payment's method, day, reference and account."""
    told = words(shown(entry())[0].blocks)
    for part in (
        "Maria Silva",
        "Professional fees",
        "Immigration fees",
        "HST ON",
        "$1,500.00",
        "Disbursements",
        "Out of scope",
        "$635.00",
        "$195.00",
        "Invoice of 5 Oct 2026, total",
        "$2,330.00",
        "Payment of 12 Oct 2026",
        "e-Transfer, ref. TX-1",
        "Chequing",
    ):
        assert part in told, part


def test_the_text_says_it_all_without_the_table() -> None:
    """A notification or a screen reader gets the same facts."""
    told = shown(two_payments())[0].text
    for part in ("$2,825.00", "tax $325.00", "3 May 2026: $1,000.00", "2 Jun 2026: $1,825.00", "Chequing"):
        assert part in told, part


def test_the_button_says_what_it_does() -> None:
    """The true verb and the true number."""
    assert "Book 3 Invoices" in words(shown(entry(), two_payments(), entry(number="INV-1003"))[0].blocks)
    assert "Book 1 Invoice" in words(shown(entry())[0].blocks)


def test_what_is_left_out_is_said() -> None:
    """A held invoice doesn't vanish silently."""
    assert "INV-1007: Its payments for Maria Silva are $56.00 short." in words(shown(entry())[0].blocks)


def test_a_changed_plan_says_what_changed() -> None:
    """Asked again, with the difference first."""
    assert "HST ON became HST NS" in words(shown(entry(), changes=("HST ON became HST NS",))[0].blocks)


@pytest.mark.parametrize("number", [1, 12, 60, 200])
def test_no_row_is_lost_however_many(number: int) -> None:
    """More than a message holds goes on in its thread, and every invoice is in one table exactly once."""
    messages = shown(*(entry(RENE, f"INV-{n:05}") for n in range(number)))
    for message in messages:
        check_message(message)
    told = "\n".join(words(message.blocks) for message in messages)
    assert number == told.count("Invoice of 5 Oct 2026, total")
    assert number == told.count("Payment of 12 Oct 2026")
    assert 1 == told.count(f"Book {number} Invoice")


def test_an_invoice_of_many_payments_is_torn_only_when_it_must() -> None:
    """Two hundred instalments still fit, over several tables."""
    whole = entry()
    many = replace(whole, payments=whole.payments * 200)
    messages = shown(many)
    for message in messages:
        check_message(message)
    assert 200 == sum(words(message.blocks).count("Payment of 12 Oct 2026") for message in messages)


def test_quickbooks_own_numbers_are_announced() -> None:
    """Where custom numbers are off, the person knows before booking."""
    unnumbered = replace(entry(), number="")
    assert "QuickBooks gives the invoices its own numbers" in words(shown(unnumbered)[0].blocks)


@pytest.mark.parametrize("client", NAMES)
def test_slack_takes_what_becomes_of_a_preview(client: str) -> None:
    """Cancelled, superseded, nothing left to book."""
    odd = [entry(client, client)]
    check_message(preview.cancelled(odd, "U0MARIA"))
    check_message(preview.superseded(odd))
    check_message(preview.nothing_to_book([held(client, client)] * 9))


def test_a_preview_overtaken_by_another_says_that_all_is_booked() -> None:
    """Not "held": there is nothing to do."""
    done = [replace(held(), holds=(hold.already_booked(),))] * 2
    told = preview.nothing_to_book(done)
    assert "are in QuickBooks already." in told.text
    assert "held" not in told.text


def test_nothing_held_is_not_mentioned() -> None:
    """Only what is left out is said to be."""
    (message,) = preview.preview([entry()], [], sync_id="S-1", version=1)
    assert "Left out" not in words(message.blocks)


def test_beside_the_button_stands_how_much_goes_where() -> None:
    """The last thing read before Book is pressed."""
    (first, *_) = shown(entry())
    assert "*$2,330.00* to Maria Silva, into Chequing" == first.blocks[-2]["text"]["text"]


def test_a_preview_of_several_clients_says_how_many() -> None:
    """Nobody is named as if all were theirs; customers and cases are named as far as there is room."""
    several = [
        replace(
            entry(f"Client {n}"),
            key=InvoiceKey("00002-Silva", f"INV-{n}", f"C-{n}"),
            customer=Named(str(n), f"Customer {n}"),
        )
        for n in range(9)
    ]
    (message, *_) = preview.preview(several, (), sync_id="S-1", version=1)
    told = words(message.blocks)
    assert "Book 9 invoices for 9 clients?" in told
    assert "Customer 5 and 3 more" in told


def test_the_account_and_the_row_that_chose_it_are_named() -> None:
    """The default of its currency, or the method's own exception; in plain words too."""
    first = entry()
    own = replace(first.payments[0], account=Named("40", "Card Clearing"), by="Payments in CAD by Visa")
    both = replace(first, payments=(first.payments[0], own))
    (told,) = shown(both)
    where = "Deposited to: *Chequing* (Payments in CAD), *Card Clearing* (Payments in CAD by Visa)"
    assert where in words(told.blocks)
    assert "deposited to Card Clearing (Payments in CAD by Visa)." in told.text
