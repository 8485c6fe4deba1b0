"""The living message: progress, then what is in the books or why not."""

from dataclasses import replace
from datetime import date

import pytest

from commands.views import result
from commands.views.result import Outcome, PaymentDone, ReadBack, Step, Story
from qb.hold import Mend
from tests.views.cast import LONG, NAMES, NOW, RENE, cad
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, words

LINK = "https://app.qbo.intuit.com/app/invoice?txnId=145"


def booked(number: str = "INV-1001") -> Outcome:
    """One invoice in the books, read back."""
    payment = PaymentDone(cad("2330.00"), date(2026, 10, 12), "e-Transfer", LINK)
    receipt = ReadBack(cad("2330.00"), cad("195.00"), cad("0.00"), ("Chequing",))
    return Outcome(number, number, cad("2330.00"), Step.BOOKED, number, LINK, (payment,), receipt)


def refused(number: str = "INV-1002", sentence: str = "The item Fees is inactive in QuickBooks.") -> Outcome:
    """One that QuickBooks refused."""
    return replace(
        booked(number), step=Step.REFUSED, receipt=None, link="", sentence=sentence, mend=Mend.MAP, again=True
    )


def story(*outcomes: Outcome, client: str = RENE) -> Story:
    """A sync of these invoices."""
    return Story("S-1", client, "U0MARIA", outcomes, NOW, NOW, (client,))


def test_the_result_looks_as_agreed() -> None:
    """One booked, one refused."""
    (message,) = result.result(story(booked(), refused()))
    same_as_kept("result", [message.text, *message.blocks])


def test_progress_looks_as_agreed() -> None:
    """Each invoice with how far it is."""
    message = result.progress(story(*(replace(booked(f"INV-{step}"), step=step) for step in Step)))
    same_as_kept("progress", [message.text, *message.blocks])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", [1, 3, 40, 200])
def test_slack_takes_progress_and_result(name: str, number: int) -> None:
    """However many invoices, and whatever they are called; every one is told once."""
    outcomes = [replace(booked(name), payments=booked().payments * 3, sentence=LONG) for _ in range(number)]
    odd = story(*outcomes, refused(name, LONG), client=name)
    check_message(result.progress(odd))
    messages = result.result(odd)
    for message in messages:
        check_message(message)
    told = "\n".join(words(message.blocks) for message in messages)
    assert number == told.count("balance $0.00")


def test_a_receipt_says_what_was_read_back() -> None:
    """Total, tax, balance and account, as QuickBooks has them."""
    expected = "Read back: total $2,330.00, tax $195.00, balance $0.00, deposited to Chequing"
    assert expected in words(result.result(story(booked()))[0].blocks)


def test_all_well_ends_warmly() -> None:
    """A last line that a person likes to read; not where something is left to do."""
    assert "All of it is in the books" in words(result.result(story(booked()))[-1].blocks)
    assert "All of it is in the books" not in words(result.result(story(booked(), refused()))[-1].blocks)


def test_the_result_names_the_customer_in_quickbooks() -> None:
    """The payer's name there may be another one than the client's here."""
    told = replace(story(booked()), customers=("Osei Holdings Ltd.",))
    assert "Under Osei Holdings Ltd. in QuickBooks" in words(result.result(told)[-1].blocks)


def test_a_refusal_has_its_reason_its_mend_and_another_try() -> None:
    """In plain words, with the buttons."""
    told = words(result.result(story(booked(), refused()))[0].blocks)
    assert "The item Fees is inactive in QuickBooks." in told
    assert "Review Mapping" in told
    assert "Try Again" in told
    assert "1 of 2 invoices booked, 1 needs attention" in told


def test_doubt_promises_not_to_book_twice() -> None:
    """The person needn't press again."""
    told = words(result.progress(story(replace(booked(), step=Step.DOUBT))).blocks)
    assert "we look before we try again, nothing will be booked twice" in told


def test_what_waits_says_why() -> None:
    """QuickBooks asked us to slow down: the person needn't wonder, nor ask anybody."""
    why = "QuickBooks asked us to wait & <try later>"
    told = words(result.progress(story(replace(booked(), step=Step.WAITING, sentence=why))).blocks)
    assert "$2,330.00: waiting (QuickBooks asked us to wait &amp; &lt;try later&gt;)" in told


def test_forty_that_wait_for_long_reasons_fit() -> None:
    """The longest reasons and names are cut, not the message refused."""
    waiting = replace(booked(LONG), step=Step.WAITING, sentence="<&>" + LONG)
    check_message(result.progress(story(*[waiting] * 40)))


def test_waiting_for_a_connection_offers_it() -> None:
    """Reconnect, and it goes on by itself."""
    told = words(result.progress(story(replace(booked(), step=Step.PARKED))).blocks)
    assert "Reconnect QuickBooks" in told


def test_a_sync_is_settled_when_every_invoice_is() -> None:
    """Nothing more will happen by itself."""
    assert story(booked(), refused()).settled
    assert not story(booked(), replace(refused(), step=Step.DOUBT)).settled
