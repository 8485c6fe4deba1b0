"""A payment held back since its money looks received goes out once a person said that it's other money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db import answers
from db.said import Answer, Said
from qb.books import ground
from qb.hold import amount_text
from qb.second_look import LooksReceivedError
from qb.unreceived import like_money_of, unreceived
from tests.books.exports import ONTARIO
from tests.books.looking_again import entered, look_now, tried_again
from tests.books.nights import hand
from tests.books.test_tried_again import half

if TYPE_CHECKING:
    from tests.books.office import Office


def money(office: Office) -> list[tuple[str, str, tuple[str, ...]]]:
    """Of each booked invoice what wasn't sent, and how that was seen which looks like it."""
    with office.database.read() as session:
        found = ground(session, office.firm_id)
        assert found is not None
        return [
            (
                one.sync_id,
                amount_text(one.amount),
                tuple(each.other.seen for each in like_money_of(one, found)),
            )
            for one in unreceived(session, office.firm_id, office.sandbox.realm_id)
        ]


def say(office: Office, sync_id: str, said: Said, *dismissed: str) -> None:
    """Ben answers."""
    subject = office.effects(sync_id)[0].subject
    answer = Answer(subject, said, "U0BEN", office.clock(), dismissed=dismissed)
    with office.database.write() as session:
        answers.put(session, office.firm_id, office.sandbox.realm_id, answer)


def test_what_is_other_money_no_longer_holds_a_payment_back(either_office: Office) -> None:
    """A deposit of the same amount, some other client's: named, said to be that, and Try Again sends it."""
    office = either_office
    office.ready(ONTARIO)
    sync_id = half(office)
    assert [(sync_id, "$2,330.00", ())] == money(office)
    entered(office, "Deposit", customer="")
    office.clock.sleep(1)
    looked_at = look_now(office)
    ((_, _, (deposit,)),) = money(office)
    assert deposit.startswith("Deposit:")
    say(office, sync_id, Said.ANOTHER, deposit)
    assert [()] == [seen for _, _, seen in money(office)]
    assert 1 == tried_again(office, sync_id, looked_at)
    assert [] == money(office)
    office.work()
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]


def test_undone_or_changed_there_it_is_asked_about_again(office: Office) -> None:
    """The word was for what the payment there said then, and while nobody takes it back."""
    office.ready(ONTARIO)
    sync_id = half(office)
    there = entered(office, "Payment")
    office.clock.sleep(1)
    looked_at = look_now(office)
    ((_, _, (payment,)),) = money(office)
    say(office, sync_id, Said.ANOTHER, payment)
    say(office, sync_id, Said.NOTHING)
    with pytest.raises(LooksReceivedError):
        tried_again(office, sync_id, looked_at)
    say(office, sync_id, Said.ANOTHER, payment)
    hand(office, "Payment", there, TxnDate="2026-05-05")
    office.clock.sleep(1)
    with pytest.raises(LooksReceivedError, match="payment of 5 May 2026"):
        tried_again(office, sync_id, look_now(office))


def test_an_invoice_that_is_whole_or_not_begun_has_none(office: Office) -> None:
    """Refused payments that were sent since don't count either."""
    office.ready(ONTARIO)
    assert [] == money(office)
    sync_id = half(office)
    office.clock.sleep(1)
    assert 1 == tried_again(office, sync_id, look_now(office))
    assert [] == money(office)
