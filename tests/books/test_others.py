"""An invoice that looks as if it were in QuickBooks already is held, by number, amount or money."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from db.money import Money
from db.said import Answer, Said
from qb.alike import free_number
from qb.entry import Named
from qb.hold import Mend, Reason
from qb.mapping import Choice, Kind
from qb.others import Other, Others
from qb.plan import adds_up, plan
from tests.books.given import DIRECTORY, GROUND, cad, invoice, mapped, paid

if TYPE_CHECKING:
    from qb.entry import Entry, Held
    from qb.ground import Ground

MARIA, ROSSI = Named("58", "Maria Silva"), Named("71", "Sofia Rossi")
BILL = invoice(paid("2330.00"), number="1042", fee="1500.00", expense="635.00")
SALE = Other("Invoice", "7", "1042", date(2026, 4, 20), cad("2330.00"), MARIA, balance=cad("2330.00"))
MONEY = Other("Payment", "8", "", date(2026, 5, 5), cad("2330.00"), MARIA)
FED = Other("Deposit", "9", "", date(2026, 5, 9), cad("2330.00"), Named("", ""), account="35", line="1")


def ground(*others: Other, **said: Answer) -> Ground:
    """The firm's books with these documents of others in them."""
    return replace(GROUND, others=Others.of(others), answers={one.subject: one for one in said.values()})


def answer(
    said: Said, linked: str = "", dismissed: tuple[str, ...] = (), number: str = "", seen: str = ""
) -> Answer:
    """What Ben said of the bill."""
    at = datetime(2026, 5, 6, tzinfo=UTC)
    return Answer(BILL.key.subject, said, "U0BEN", at, linked, dismissed, number, seen)


def held(on: Ground) -> Held:
    """The bill, which is held."""
    (found,) = plan([BILL], on).held
    return found


def booked(on: Ground) -> Entry:
    """The bill, which would be booked."""
    made = plan([BILL], on)
    assert () == made.held
    return made.entries[0]


@pytest.mark.parametrize(
    "other",
    [
        SALE,
        replace(SALE, total=cad("1.00")),
        replace(SALE, number="INV-01042", total=cad("1.00")),
        replace(SALE, customer=ROSSI, total=cad("1.00")),
        replace(SALE, number="7", date=date(2026, 5, 4)),
        replace(SALE, entity="SalesReceipt", balance=None),
        MONEY,
        replace(MONEY, date=date(2026, 4, 26)),
        replace(MONEY, entity="SalesReceipt"),
        FED,
        replace(FED, account="36"),
        replace(FED, customer=MARIA, account="41"),
    ],
    ids=lambda other: (
        f"{other.entity} {other.number} {other.customer.name} {other.total.amount} {other.date}"
    ),
)
def test_what_looks_booked_is_held(other: Other) -> None:
    """Same number, also but for a prefix of the customer's own; same total near by; money within a week."""
    (found,) = held(ground(other)).holds
    assert (Reason.LOOKS_BOOKED, Mend.ALIKE) == (found.reason, found.mend)


@pytest.mark.parametrize(
    "other",
    [
        replace(SALE, number="1043", total=cad("1.00")),
        replace(SALE, number="INV-1042", customer=ROSSI),
        replace(SALE, number="7", customer=ROSSI),
        replace(SALE, number="7", date=date(2026, 5, 11)),
        replace(SALE, total=cad("0.00")),
        replace(MONEY, customer=ROSSI),
        replace(MONEY, date=date(2026, 5, 11)),
        replace(MONEY, total=cad("2330.01")),
        replace(FED, account="41"),
        replace(FED, account="40"),
        replace(FED, total=Money.of("2330.00", "USD"), account="37"),
        replace(FED, customer=ROSSI),
    ],
    ids=lambda other: (
        f"{other.entity} {other.number} {other.customer.name} {other.total.amount} {other.date}"
        f" {other.account}"
    ),
)
def test_what_only_looks_a_little_like_it_holds_nothing(other: Other) -> None:
    """Another number, customer, total, currency; no bank account; money of eight days later; voided."""
    assert "1042" == booked(ground(other)).number


INSTALMENTS = invoice(
    paid("1165.00", "T-1"),
    paid("1165.00", "T-2", day=date(2026, 6, 2)),
    number="1042",
    fee="1500.00",
    expense="635.00",
)


@pytest.mark.parametrize("day", [date(2026, 4, 26), date(2026, 5, 18), date(2026, 6, 9)])
@pytest.mark.parametrize("other", [MONEY, replace(MONEY, entity="SalesReceipt"), FED])
def test_instalments_entered_as_one_are_held(other: Other, day: date) -> None:
    """1,165.00 on 3 May and on 2 June, entered by hand or by the bank as 2,330.00 of a day between."""
    (found,) = plan([INSTALMENTS], ground(replace(other, date=day))).held
    assert [Reason.LOOKS_BOOKED] == [one.reason for one in found.holds]


def test_money_of_another_time_is_not_the_instalments() -> None:
    """Eight days before the first, eight after the last: another 2,330.00."""
    for day in (date(2026, 4, 25), date(2026, 6, 10)):
        assert () == plan([INSTALMENTS], ground(replace(MONEY, date=day))).held


def test_bank_feed_is_seen_where_cards_go_to_clearing() -> None:
    """Our payment is mapped to Card Clearing; the bank's own line of that money lies in Chequing."""
    card = invoice(paid("2330.00", method="Credit Card"), number="1042", fee="1500.00", expense="635.00")
    clearing = mapped(Choice(Kind.DEPOSIT, "CAD", "40", "Card Clearing"))
    for account in ("35", "40"):
        on = replace(ground(replace(FED, account=account)), mapping=clearing)
        assert [Reason.LOOKS_BOOKED] == [one.holds[0].reason for one in plan([card], on).held]


def test_the_document_is_named_as_a_bookkeeper_finds_it() -> None:
    """Kind, number, day, amount, customer, and that it wasn't made here."""
    (found,) = held(ground(SALE)).holds
    assert (
        "Looks already booked: invoice 1042 of 20 Apr 2026, $2,330.00, for Maria Silva, made there by hand "
        "or another program. Say whether that is this invoice: press Compare. Who can: an admin or approver."
    ) == found.line


def test_what_pays_the_document_is_not_told_beside_it() -> None:
    """A hand-made invoice with its payment is one thing to look at."""
    paying = replace(MONEY, applied=(("7", cad("2330.00")),))
    (found,) = held(ground(replace(SALE, balance=cad("0.00")), paying)).holds
    assert "payment" not in found.sentence


def test_numbers_that_quickbooks_gives_are_compared_within_the_customer() -> None:
    """Where QuickBooks numbers by itself, somebody else's 1042 says nothing."""
    numbering = replace(DIRECTORY, custom_numbers=False)
    on = replace(ground(replace(SALE, customer=ROSSI, total=cad("1.00"))), directory=numbering)
    assert "" == booked(on).number
    own = replace(ground(replace(SALE, total=cad("1.00"))), directory=numbering)
    assert Reason.LOOKS_BOOKED is held(own).holds[0].reason


def test_another_is_booked_under_the_number_that_is_free() -> None:
    """Ben said that 1042 is somebody else's: it goes out as CE-1042; what comes up later holds it again."""
    theirs = replace(SALE, customer=ROSSI)
    other = answer(Said.ANOTHER, dismissed=(theirs.seen,), number="CE-1042")
    assert "CE-1042" == booked(ground(theirs, it=other)).number
    assert Reason.LOOKS_BOOKED is held(ground(theirs, MONEY, it=other)).holds[0].reason


@pytest.mark.parametrize(
    "since",
    [{"customer": ROSSI}, {"total": cad("1.00")}, {"date": date(2026, 4, 21)}, {"number": "INV-1042"}],
    ids=lambda since: next(iter(since)),
)
def test_what_was_changed_there_is_asked_about_again(since: dict[str, Any]) -> None:
    """It was another client's when Ben said so, and has become this invoice: that answer was for another."""
    other = answer(Said.ANOTHER, dismissed=(replace(SALE, **since).seen,), number="CE-1042")
    assert Reason.LOOKS_BOOKED is held(ground(SALE, it=other)).holds[0].reason


def test_what_is_open_or_paid_there_makes_it_no_other_document() -> None:
    """Somebody else's invoice is paid: nobody is asked again whose it is."""
    theirs = replace(SALE, customer=ROSSI)
    other = answer(Said.ANOTHER, dismissed=(theirs.seen,), number="CE-1042")
    assert "CE-1042" == booked(ground(replace(theirs, balance=cad("0.00")), it=other)).number


def test_the_print_of_a_document_stays_as_it_is_kept() -> None:
    """Answers in the database carry it, and the migration that wrote the first ones computes it by itself."""
    assert "Invoice:7@20340115b6b3" == SALE.seen
    assert "Deposit:9:1@c461d8017c6f" == FED.seen


class Closed(dict[str, Other]):
    """Documents that can be looked up and not gone through."""

    def values(self) -> NoReturn:
        """Refuse."""
        raise AssertionError("all documents were gone through for one invoice")

    __iter__ = items = keys = values


def test_no_invoice_goes_through_all_documents() -> None:
    """With thousands of either, what takes a look at each for each would take minutes."""
    documents = Others.of([SALE, MONEY, FED])
    others = replace(documents, by_key=Closed({one.key: one for one in (SALE, MONEY, FED)}))
    said = [None, answer(Said.LINK, "Invoice:7"), answer(Said.HOLD), answer(Said.ANOTHER)]
    for one in said:
        on = replace(GROUND, others=others, answers={one.subject: one} if one else {})
        assert [Reason.LOOKS_BOOKED] == [each.holds[0].reason for each in plan([BILL], on).held]
    (entry,) = plan([BILL], GROUND).entries
    assert "CE-1042" == free_number(entry, others)


def test_a_free_number_is_no_sales_number_there() -> None:
    """Taken by whoever, written however; the next free one, and none where its own is free."""
    (entry,) = plan([BILL], GROUND).entries
    taken = replace(SALE, number=" 1042 ", customer=ROSSI)
    also = replace(taken, id="8", entity="SalesReceipt", number="ce-1042")
    assert "CE2-1042" == free_number(entry, Others.of([taken, also]))
    assert "" == free_number(entry, Others.of([also, replace(MONEY, number="1042")]))


def test_held_stays_held() -> None:
    """Also where what it looked like is gone."""
    for on in (ground(SALE, it=answer(Said.HOLD)), ground(it=answer(Said.HOLD))):
        (found,) = held(on).holds
        assert found.sentence.startswith("Somebody left it held, as it looks already booked: ")


def test_linked_and_paid_there_is_in_the_books_already() -> None:
    """Nothing is missing: it counts as booked, and nothing of it is booked again."""
    link, paying = answer(Said.LINK, "Invoice:7"), replace(MONEY, applied=(("7", cad("2330.00")),))
    (found,) = held(ground(replace(SALE, balance=cad("0.00")), paying, it=link)).holds
    assert (Reason.ALREADY_BOOKED, Mend.NONE) == (found.reason, found.mend)
    receipt = replace(SALE, entity="SalesReceipt", balance=None)
    (found,) = held(ground(receipt, it=answer(Said.LINK, "SalesReceipt:7"))).holds
    assert Reason.ALREADY_BOOKED is found.reason


@pytest.mark.parametrize(
    "paying",
    [
        (),
        (replace(MONEY, total=cad("1000.00"), applied=(("7", cad("1000.00")),)),),
        (replace(MONEY, total=cad("1000.00"), applied=(("7", cad("2330.00")),)),),
    ],
    ids=["a write-off", "a part and a write-off", "a payment that took a credit with it"],
)
def test_linked_and_closed_there_without_money_is_held(paying: tuple[Other, ...]) -> None:
    """A credit or a write-off closed it there: the client's money isn't in the books."""
    on = ground(replace(SALE, balance=cad("0.00")), *paying, it=answer(Said.LINK, "Invoice:7"))
    (found,) = held(on).holds
    assert Reason.LOOKS_BOOKED is found.reason
    assert "not all of that was money: a credit or a write-off closed it there." in found.sentence


def test_linked_and_paid_there_otherwise_is_in_the_books_too() -> None:
    """Paid in full there by one payment where CaseEasy has two."""
    paying = replace(MONEY, applied=(("7", cad("2330.00")),))
    on = ground(replace(SALE, balance=cad("0.00")), paying, it=answer(Said.LINK, "Invoice:7"))
    assert [Reason.ALREADY_BOOKED] == [one.reason for one in plan([INSTALMENTS], on).held[0].holds]


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        (date(2026, 6, 2), date(2026, 5, 3)),
        (date(2026, 6, 9), date(2026, 5, 3)),
        (date(2026, 5, 1), date(2026, 6, 2)),
    ],
)
def test_of_two_equal_payments_the_one_of_another_day_is_missing(there: date, missing: date) -> None:
    """1,165.00 on 3 May and on 2 June: what QuickBooks holds is the one whose day is near."""
    first = replace(MONEY, date=there, total=cad("1165.00"), applied=(("7", cad("1165.00")),))
    on = ground(replace(SALE, balance=cad("1165.00")), first, it=answer(Said.LINK, "Invoice:7"))
    (entry,) = plan([INSTALMENTS], on).entries
    assert [missing] == [payment.date for payment in entry.payments]


@pytest.mark.parametrize("there", [date(2026, 5, 11), date(2026, 6, 10), None])
def test_a_payment_of_no_day_of_ours_is_held(there: date | None) -> None:
    """More than a week from either: which of the two it is, nobody guesses."""
    first = replace(MONEY, date=there, total=cad("1165.00"), applied=(("7", cad("1165.00")),))
    on = ground(replace(SALE, balance=cad("1165.00")), first, it=answer(Said.LINK, "Invoice:7"))
    (found,) = plan([INSTALMENTS], on).held[0].holds
    assert "what is received and open there isn't what its payments leave." in found.sentence


def test_linked_and_open_there_only_its_payment_is_booked() -> None:
    """The invoice is there: the entry names it, and holds the payment that is missing."""
    entry = booked(ground(SALE, it=answer(Said.LINK, "Invoice:7")))
    assert entry.linked is not None
    assert ("7", "1042", cad("2330.00")) == (entry.linked.id, entry.linked.number, entry.linked.open)
    assert [cad("2330.00")] == [payment.amount for payment in entry.payments]
    assert adds_up(entry)


def test_of_two_payments_the_missing_one_is_booked() -> None:
    """1,000.00 of 2,330.00 was received there by hand: 1,330.00 is booked."""
    bill = invoice(
        paid("1000.00", "T-1"), paid("1330.00", "T-2"), number="1042", fee="1500.00", expense="635.00"
    )
    first = replace(MONEY, total=cad("1000.00"), applied=(("7", cad("1000.00")),))
    on = ground(replace(SALE, balance=cad("1330.00")), first, it=answer(Said.LINK, "Invoice:7"))
    (entry,) = plan([bill], on).entries
    assert [cad("1330.00")] == [payment.amount for payment in entry.payments]
    assert adds_up(entry)


@pytest.mark.parametrize(
    "other",
    [
        replace(SALE, balance=cad("2000.00")),
        replace(SALE, total=cad("2331.00"), balance=cad("2331.00")),
        replace(SALE, customer=ROSSI),
    ],
)
def test_a_link_that_does_not_fit_is_held(other: Other) -> None:
    """Something else is open there, another total, another customer: a person looks, nothing is plugged."""
    (found,) = held(ground(other, it=answer(Said.LINK, "Invoice:7"))).holds
    assert found.sentence.startswith("It was linked to invoice 1042")


def test_a_link_to_what_is_gone_is_held() -> None:
    """Somebody deleted the document: nobody said what becomes of the invoice."""
    (found,) = held(ground(it=answer(Said.LINK, "Invoice:7"))).holds
    assert Reason.LOOKS_BOOKED is found.reason


def test_money_beside_a_linked_invoice_holds_what_is_missing() -> None:
    """The invoice is linked and its payment lies there unapplied: receiving it again would double it."""
    (found,) = held(ground(SALE, MONEY, it=answer(Said.LINK, "Invoice:7"))).holds
    assert found.sentence.startswith("Looks already booked: payment of 5 May 2026")


def test_a_linked_document_is_no_other_invoices() -> None:
    """What was said to be one invoice isn't held against the next of the same amount."""
    twin = invoice(paid("2330.00", "T-9"), number="1043", fee="1500.00", expense="635.00")
    paying = replace(MONEY, applied=(("7", cad("2330.00")),))
    link = answer(Said.LINK, "Invoice:7", seen=SALE.seen)
    on = ground(replace(SALE, balance=cad("0.00")), paying, it=link)
    assert ["1043"] == [entry.number for entry in plan([BILL, twin], on).entries]


def test_a_linked_document_that_became_another_invoice_is_asked_about() -> None:
    """It was linked to 1042 and has another day and number by now: it may be 1043, so 1043 waits."""
    twin = invoice(paid("2330.00", "T-9"), number="1043", fee="1500.00", expense="635.00")
    link = answer(Said.LINK, "Invoice:7", seen=SALE.seen)
    made = plan([twin], ground(replace(SALE, number="1043", date=date(2026, 4, 22)), it=link))
    assert [Reason.LOOKS_BOOKED] == [one.holds[0].reason for one in made.held]
