"""The living message: progress, then what is in the books or why not."""

import csv
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest

from commands.views import result
from commands.views.result import Outcome, PaymentDone, ReadBack, Step, Story
from commands.views.sheet import sheet
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
    going = story(*(replace(booked(f"INV-{step}"), step=step) for step in Step))
    message = result.progress(replace(going, stopped_by="U0BEN"))
    same_as_kept("progress", [message.text, *message.blocks])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", [1, 3, 40, 200])
def test_slack_takes_progress_and_result(name: str, number: int) -> None:
    """However many invoices, and whatever they are called; every one is told once."""
    outcomes = [replace(booked(name), payments=booked().payments * 3, sentence=LONG) for _ in range(number)]
    odd = story(*outcomes, refused(name, LONG), client=name)
    check_message(result.progress(odd))
    for message in result.result(odd):
        check_message(message)
    messages = result.everything(odd)
    for message in messages:
        check_message(message)
    told = "\n".join(words(message.blocks) for message in messages)
    assert number == told.count("balance $0.00")


def test_a_receipt_says_what_was_read_back() -> None:
    """Total, tax, balance and account, as QuickBooks has them."""
    expected = "Read back: total $2,330.00, tax $195.00, balance $0.00, deposited to Chequing"
    assert expected in words(result.result(story(booked()))[0].blocks)


def test_a_receipt_of_several_clients_says_whose_each_invoice_is() -> None:
    """On every line, in blocks and in plain text; of one client it stands in the headline."""
    one, two = replace(booked(), client="Maria Silva"), replace(refused(), client=RENE)
    (message,) = result.result(story(one, two, client="2 clients"))
    assert "*INV-1001* · Maria Silva · $2,330.00" in words(message.blocks)
    assert f"*INV-1002* · {RENE} · $2,330.00" in words(message.blocks)
    assert "INV-1001 · Maria Silva: booked as INV-1001." in message.text
    assert "• INV-1001 · Maria Silva · $2,330.00: booked" in words(result.progress(story(one, two)).blocks)
    assert "· Maria Silva" not in words(result.result(story(one, one))[0].blocks)


def test_an_invoice_without_a_link_says_its_number_in_quickbooks() -> None:
    """For who can't follow one."""
    (message,) = result.result(story(replace(booked(), link="")))
    assert "*INV-1001* · $2,330.00 · Invoice INV-1001 in QuickBooks" in words(message.blocks)


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


def many(number: int = 300) -> Story:
    """A sync of so many, two refused and one to be looked up."""
    fine = tuple(replace(booked(f"INV-{n}"), client=f"Client {n}") for n in range(number - 3))
    odd = replace(refused("INV-9"), step=Step.REVIEW, sentence="Please look in QuickBooks.", again=False)
    return story(*fine, refused("INV-7"), refused("INV-8"), odd)


def test_progress_of_many_is_figures_and_what_needs_somebody() -> None:
    """Who started it, who can stop it; not three hundred lines."""
    going = replace(many(), outcomes=(*many().outcomes, replace(booked("INV-10"), step=Step.WAITING)))
    message = result.progress(going)
    told = words(message.blocks)
    assert "297 of 301 invoices booked · 3 need attention" in told
    assert "INV-7" in told
    assert "INV-100" not in told
    assert "Stop Sync" in told
    assert "Started by <@U0MARIA> · Updated" in told
    assert "297 of 301 invoices booked" in message.text


def test_nothing_can_be_stopped_once_all_is_begun() -> None:
    """The button would do nothing."""
    assert "Stop Sync" not in words(result.progress(story(replace(booked(), step=Step.UNDER_WAY))).blocks)


def test_a_result_of_many_sums_up_and_shows_each_exception() -> None:
    """Totals read back, what a person must settle with its buttons, and no list of all."""
    (first, *more) = result.result(many())
    told = words(first.blocks)
    assert "297 of 300 invoices booked, 3 need attention" in told
    assert "$692,010.00* read back from 297 invoices, each ties to the cent; deposited to Chequing" in told
    assert "It Isn't There" in told
    assert "INV-100" not in told
    assert ["Exceptions, part 2 of 2"] == [one.text for one in more]
    assert "The item Fees is inactive in QuickBooks." in words(more[0].blocks)
    assert "Try Again" in told


def test_exceptions_of_many_are_a_table() -> None:
    """Each row says why not, and what to do."""
    (message,) = result.result(replace(many(), outcomes=many().outcomes[:-1]))
    (rows,) = [block["rows"] for block in message.blocks if block["type"] == "table"]
    assert ["Invoice", "Client", "Amount", "Why not, and what to do"] == [cell["text"] for cell in rows[0]]
    assert ["INV-7", "INV-8"] == [row[0]["text"] for row in rows[1:]]


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_a_result_of_nothing_but_exceptions(name: str) -> None:
    """None of them is left out, however many and long they are."""
    refusals = [replace(refused(name, LONG), client=name) for _ in range(150)]
    reviews = [replace(refused(name, LONG), step=Step.REVIEW) for _ in range(50)]
    messages = result.result(story(*refusals, *reviews, client=name))
    for message in messages:
        check_message(message)
    tables = [block for message in messages for block in message.blocks if block["type"] == "table"]
    assert 150 == sum(len(table["rows"]) - 1 for table in tables)
    assert 50 == sum(words(message.blocks).count("It Isn't There") for message in messages) // 2


def test_what_was_stopped_says_by_whom_and_how_to_go_on() -> None:
    """And that nothing is half booked."""
    halted = replace(refused("INV-2"), step=Step.STOPPED, again=False)
    (message,) = result.result(replace(story(booked(), halted), stopped_by="U0BEN"))
    told = words(message.blocks)
    assert "1 of 2 invoices booked, 1 stopped for" in told
    assert "Stopped by <@U0BEN>: 1 booked, 1 not; what was begun was finished" in told
    assert "Resume 1 Invoice" in told
    assert "Try Again" not in told


def test_the_file_tells_of_every_invoice() -> None:
    """A row each, amounts plain, what was read back beside what was booked."""
    rows = list(csv.reader(StringIO(sheet(many()).removeprefix("\ufeff"))))
    assert 301 == len(rows)
    assert ["INV-0", "", "Client 0", "2330.00", "CAD", "booked", "INV-0"] == rows[1][:7]
    assert ["2330.00", "195.00", "0.00", "Chequing", ""] == rows[1][7:]
    assert ["not booked", "INV-7"] == rows[298][5:7]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\u202e=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """Names come from outside; a spreadsheet must show them, not compute them."""
    row = list(csv.reader(StringIO(sheet(story(replace(booked(), client=text, number=text))))))[1]
    assert ("'", "'") == (row[0][0], row[2][0])
