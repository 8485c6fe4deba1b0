"""Check the Books, as people do it: on the screen of /qb, and every night by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import text

from bot.demo.playground.hands import wait_for
from commands import nightly
from commands.ids import Act, Task
from commands.nightly import night_of
from db import audit, checks, findings, outbox
from qb.sandbox import Fault
from tests.commands.forging import as_person, clicking, last_payload, post
from tests.commands.house import (
    PATIENCE,
    House,
    booked,
    choose_contact,
    firm_of,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
)
from tests.sandbox.client import Client

if TYPE_CHECKING:
    from bot.demo.playground.hands import PersonsHands
    from db.findings import Found

TONIGHT = date(2031, 1, 15)


def in_the_books(house: House) -> None:
    """One invoice with its payment, booked and read back."""
    house.ready_to_sync()
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    preview_of(house, "Amélie Tremblay")
    booked(house, "Amélie Tremblay", 1)


def check(person: PersonsHands, says: str) -> None:
    """Press Check the Books on /qb's screen, and wait for what comes of it."""
    person.command("/qb")
    seen_modal(person, "How things stand")
    person.click("Check the Books")
    seen_modal(person, says)
    person.close()
    person.close()


def move_to_savings(house: House) -> None:
    """Somebody changes where the one payment was deposited, in QuickBooks."""
    (found,) = house.sandbox.books.entities("Payment")
    kept = ("Id", "SyncToken", "CustomerRef", "TotalAmt", "Line", "PrivateNote")
    account = {"value": house.sandbox.books.id_of("Account", "Savings")}
    body = {name: found[name] for name in kept} | {"sparse": True, "DepositToAccountRef": account}
    Client(house.sandbox).write("Payment", body)


def leave_night(house: House, night: date, tried: int = 0) -> None:
    """The night's check, as the tick leaves it, or after so many tries."""
    context = house.program.context
    with context.database.write() as session:
        firm_id = firm_of(house)
        assert checks.begin_night(session, firm_id, house.sandbox.realm_id, night, context.clock())
        outbox.add_task(
            session,
            firm_id=firm_id,
            kind=Task.CHECK_NIGHT,
            content={"night": night.isoformat(), "tried": tried},
            now=context.clock(),
            new_id=context.new_id,
        )
    house.program.bell.ring()


def check_tonight(house: House, night: date = TONIGHT) -> None:
    """The night's check, and all that follows from it."""
    leave_night(house, night)
    house.idle()


def known(house: House) -> tuple[Found, ...]:
    """What is kept of what was found."""
    with house.program.database.read() as session:
        return findings.known(session, firm_of(house), house.sandbox.realm_id)


def test_books_as_booked_say_so_at_once(house: House) -> None:
    """Two documents, on the screen; nobody gets a message about nothing."""
    in_the_books(house)
    before = len(house.ben.messages())
    check(house.ben, "All 2 documents are as booked.")
    check_tonight(house)
    assert before == len(house.ben.messages())


def test_an_edit_is_told_settled_and_not_told_again(house: House) -> None:
    """Ben asks, Alice hears too; Ben deals with it, and the message and the next check say so."""
    in_the_books(house)
    move_to_savings(house)
    check(house.ben, "1 thing in QuickBooks is not as booked.")
    told = seen_message(house.ben, "deposited to Savings, we booked Chequing")
    assert "Open in QuickBooks" in told.buttons
    seen_message(house.alice, "deposited to Savings, we booked Chequing")
    house.ben.click("I Have Dealt with It", told)
    changed = seen_message(house.ben, "Dealt with by")
    assert told.ts == changed.ts
    assert "I Have Dealt with It" not in changed.buttons
    before = len(house.ben.messages())
    check(house.ben, "All 2 documents are as booked, but for 1 dealt with already.")
    check_tonight(house)
    assert before == len(house.ben.messages())
    with house.program.database.read() as session:
        verbs = [(line.actor, line.verb) for line in audit.lines(session, firm_of(house))]
    assert ("U0BEN", "finding.settled") in verbs


def test_a_night_that_finds_something_tells_it_once(house: House) -> None:
    """To the bookkeeper and the admin, not to everybody; the next night is silent."""
    in_the_books(house)
    move_to_savings(house)
    maria, ben = len(house.maria.messages()), len(house.ben.messages())
    check_tonight(house)
    seen_message(house.ben, "was edited in QuickBooks")
    seen_message(house.alice, "was edited in QuickBooks")
    check_tonight(house, TONIGHT + timedelta(days=1))
    assert (maria, ben + 1) == (len(house.maria.messages()), len(house.ben.messages()))


def test_a_second_press_is_told_that_a_check_is_under_way(house: House) -> None:
    """Each would read all the books; the one under way tells its news to everybody who may act on it."""
    in_the_books(house)
    context, firm_id = house.program.context, firm_of(house)
    with context.database.write() as session:
        outbox.add_task(
            session,
            firm_id=firm_id,
            kind=Task.CHECK_ASKED,
            content={"view": "V0ALICES", "user": "U0ALICE"},
            now=context.clock(),
            new_id=context.new_id,
            due_at=context.clock() + timedelta(hours=1),
        )
    check(house.ben, "The books are being checked already")
    with context.database.read() as session:
        assert 1 == len(outbox.live_tasks(session, firm_id, {Task.CHECK_ASKED}))


def test_staff_are_told_who_may_check(house: House) -> None:
    """Maria sees no button; what she forges is refused by name, and nothing is read or settled."""
    in_the_books(house)
    move_to_savings(house)
    house.maria.command("/qb")
    assert "Check the Books" not in str(seen_modal(house.maria, "How things stand").blocks)
    house.maria.close()
    check(house.ben, "1 thing in QuickBooks")
    house.ben.click("I Have Dealt with It", seen_message(house.ben, "was edited in QuickBooks"))
    pressed = last_payload(house, "block_actions")
    (one,) = known(house)
    for act, value in ((Act.CHECK_BOOKS, ""), (Act.SETTLE, one.id)):
        assert 200 == post(house, as_person(clicking(pressed, act, value), "U0MARIA")).status_code
    told = seen_message(house.maria, "Only an admin or approver may check the books.")
    assert "<@U0BEN>" in told.text
    assert one.settled_by in {"", "U0BEN"}


def test_a_finding_of_another_firm_is_not_known(house: House) -> None:
    """Its id in a forged press settles nothing."""
    in_the_books(house)
    check(house.ben, "All 2 documents")
    pressed = clicking(last_payload(house, "block_actions"), Act.SETTLE, str(uuid4()))
    post(house, pressed)
    seen_message(house.ben, "This is not known any more. Nothing was changed.")


def test_what_waits_for_a_person_can_be_looked_at_again_from_there(house: House) -> None:
    """The payment is there under our mark and its booking is under review: Look Again adopts it."""
    in_the_books(house)
    with house.program.database.write() as session:
        lost = "UPDATE effects SET state = 'review', remote_id = NULL WHERE entity = 'Payment'"
        session.execute(text(lost))
    check(house.ben, "1 thing in QuickBooks is not as booked.")
    told = seen_message(house.ben, "it waits here for a person to look")
    assert {"Look Again", "It Isn't There"} <= set(told.buttons)
    house.ben.click("Look Again", told)
    seen_message(house.ben, "We look in QuickBooks once more")
    confirmed = text("SELECT count(*) FROM effects WHERE state = 'confirmed' AND adopted")

    def adopted() -> bool:
        with house.program.database.read() as session:
            return bool(session.execute(confirmed).scalar_one())

    wait_for(adopted, PATIENCE)
    assert 1 == len(house.sandbox.books.entities("Payment"))


def test_a_silent_night_is_tried_again(house: House) -> None:
    """QuickBooks gives no answer: a quarter of an hour later, and nobody is woken."""
    in_the_books(house)
    house.sandbox.faults.add(Fault("status", status=503, path="cdc"))
    before = len(house.ben.messages())
    context = house.program.context
    leave_night(house, TONIGHT)
    wait_for(lambda: any(seen.entity == "cdc" for seen in house.sandbox.requests()), PATIENCE)

    def later() -> bool:
        with context.database.read() as session:
            due = outbox.next_task_due(session)
        return due is not None and due - context.clock() > timedelta(minutes=10)

    wait_for(later, PATIENCE)
    assert before == len(house.ben.messages())


def test_a_whole_night_without_an_answer_is_told(house: House) -> None:
    """To who would have heard of a finding, and nobody else."""
    in_the_books(house)
    house.sandbox.faults.add(Fault("status", status=503, path="cdc"))
    maria = len(house.maria.messages())
    leave_night(house, TONIGHT, tried=11)
    seen_message(house.ben, "The books couldn't be checked last night")
    seen_message(house.alice, "The books couldn't be checked last night")
    assert maria == len(house.maria.messages())


def test_each_night_is_begun_once_whoever_ticks(house: House) -> None:
    """The tick has begun this night's already; after many ticks there is one row and one task."""
    house.connect()
    context = house.program.context
    with context.database.read() as session:
        night = night_of(context.clock(), "UTC")
        begun = checks.begun(session, {night, night - timedelta(days=1)})
    for _ in range(20):
        nightly.check_due(context)
    with context.database.read() as session:
        after = checks.begun(session, {night, night - timedelta(days=1)})
    assert 1 == len(after)
    assert begun <= after
    assert 0 == nightly.check_due(context)


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        (datetime(2026, 6, 10, 5, 59, tzinfo=UTC), date(2026, 6, 9)),
        (datetime(2026, 6, 10, 6, 0, tzinfo=UTC), date(2026, 6, 10)),
        (datetime(2026, 3, 8, 7, 0, tzinfo=UTC), date(2026, 3, 8)),  # 02:00 doesn't exist: it is 03:00
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), date(2026, 10, 31)),  # 01:30 for the second time
        (datetime(2026, 11, 1, 7, 0, tzinfo=UTC), date(2026, 11, 1)),
    ],
)
def test_a_night_begins_at_two_where_the_firm_is(moment: datetime, night: date) -> None:
    """On the days when clocks change too: each day has one."""
    assert night == night_of(moment, "America/Toronto")


def test_a_night_whose_answers_cant_be_read_is_told(house: House) -> None:
    """No night's check dies in silence: who would have heard of a finding hears that there was none."""
    in_the_books(house)
    with house.program.database.write() as session:
        session.execute(text("UPDATE directory_entries SET facts = '{}'"))
    leave_night(house, TONIGHT, tried=11)
    seen_message(house.ben, "The books couldn't be checked last night")
