"""Book is pressed once, twice, late, by somebody else, or not at all: the books never hold anything twice."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from bot.demo.playground.hands import wait_for
from commands import TASKS, speech
from commands.ids import Task
from commands.parts import leave_parts
from commands.views.blocks import Message, section
from db import cases, syncs
from db.outbox import ClaimedTask
from qb.sandbox import Fault
from tests.commands.house import (
    PATIENCE,
    House,
    add_contact,
    booked,
    choose_contact,
    firm_of,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
    seen_notice,
)
from tests.views.cast import CHANNEL, RENE

if TYPE_CHECKING:
    from bot.demo.playground.seen import SeenMessage
    from commands.context import Context


def totals(house: House, customer: str) -> list[str]:
    """What QuickBooks holds for a customer, invoices and payments, as text."""
    documents = [(kind, one) for kind in ("Invoice", "Payment") for one in house.sandbox.books.entities(kind)]
    return sorted(f"{kind} {one['TotalAmt']:.2f}" for kind, one in documents if _name(house, one) == customer)


def _name(house: House, document: dict[str, dict[str, str]]) -> str:
    customer = house.sandbox.books.entity("Customer", document["CustomerRef"]["value"])
    return "" if customer is None else str(customer["DisplayName"])


def test_an_untaxed_cost_beside_a_taxed_fee_is_booked_to_the_cent(office: House) -> None:
    """Two firms' cases in one go: each fee with its HST, the government's fee without."""
    open_sync(office, "Harbour", "Harbour Tech Recruiting Inc.")
    choose_contact(office)
    preview = preview_of(office, "Harbour Tech Recruiting Inc.")
    assert "$4,955.00" in preview.words
    result = booked(office, "Harbour Tech Recruiting Inc.", 2)
    assert "Read back: total $4,955.00, tax $455.00, balance $0.00, deposited to Chequing" in result.words
    assert preview.ts == result.ts
    expected = ["Invoice 3955.00", "Invoice 4955.00", "Payment 3955.00", "Payment 4955.00"]
    assert expected == totals(office, "Harbour Tech Recruiting Inc.")


def test_a_hostile_name_goes_through_unharmed(office: House) -> None:
    """Added, previewed, booked and read back; only the colon, which QuickBooks doesn't take, is left out."""
    open_sync(office, "00017", "We don't know yet who")
    add_contact(office)
    preview_of(office, CHANNEL)
    result = booked(office, CHANNEL, 1)
    assert "&lt;!channel&gt; &amp; &lt;https://evil|Approve&gt;" in result.text
    assert ["Invoice 565.00", "Payment 565.00"] == totals(office, "<!channel> & <https //evil|Approve>")


def test_a_name_of_many_scripts_goes_through_unharmed(office: House) -> None:
    """Quotes, backslash and Chinese characters reach QuickBooks as they are."""
    open_sync(office, "00018", "We don't know yet who")
    add_contact(office)
    preview_of(office, RENE)
    booked(office, RENE, 1)
    assert ["Invoice 1285.00", "Payment 1285.00"] == totals(office, RENE)


def test_ten_presses_at_once_book_once(office: House) -> None:
    """One approval; every press is answered; one entry in the books."""
    open_sync(office, "00006", "Amélie Tremblay")
    choose_contact(office)
    preview = preview_of(office, "Amélie Tremblay")
    presses = [
        threading.Thread(target=office.maria.click, args=("Book 1 Invoice", preview)) for _ in range(10)
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    seen_message(office.maria, "1 invoice booked in QuickBooks for Amélie Tremblay")
    seen_notice(office.maria, "It was booked by <@U0MARIA> already")
    assert ["Invoice 5168.31", "Payment 5168.31"] == totals(office, "Amélie Tremblay")


def test_a_click_delivered_again_books_nothing_more(office: House) -> None:
    """Slack, or somebody who recorded it, sends the very same request once more."""
    open_sync(office, "00003", "We don't know yet who")
    add_contact(office)
    preview = preview_of(office, "Leila Haddad")
    pressed = office.maria.click("Book 1 Invoice", preview)
    seen_message(office.maria, "1 invoice booked in QuickBooks for Leila Haddad")
    assert 200 == office.hands.redeliver(pressed.delivery)
    seen_notice(office.maria, "It was booked once.")
    assert ["Invoice 1356.00", "Payment 1356.00"] == totals(office, "Leila Haddad")


def test_cancel_books_nothing_and_says_so(office: House) -> None:
    """And Book can't be pressed any more, even by a request delivered late."""
    open_sync(office, "00035", "We don't know yet who Maria Silva")
    add_contact(office)
    preview = preview_of(office, "Maria Silva")
    office.maria.click("Cancel", preview)
    message = seen_message(office.maria, "Cancelled by <@U0MARIA>")
    assert preview.ts == message.ts
    assert [] == message.buttons
    assert [] == totals(office, "Maria Silva")


def test_what_changed_since_the_preview_is_asked_again(office: House) -> None:
    """Another contact was chosen meanwhile: nothing is booked, and the new preview says what changed."""
    open_sync(office, "00036", "We don't know yet who Fiona Campbell")
    add_contact(office)
    first = preview_of(office, "Fiona Campbell")
    open_sync(office, "00036", "In QuickBooks (CAD): *Fiona Campbell*")
    office.maria.click("Change Contact")
    seen_modal(office.maria, "Same e-mail")
    office.maria.fill("contact_text", "Sofia Rossi")
    office.maria.click("Search Again")
    seen_modal(office.maria, "Sofia Rossi")
    wait_for(lambda: "Sofia Rossi · sofia" in (office.maria.modal() or first).words, PATIENCE)
    office.maria.choose("contact_choice", "Sofia Rossi · sofia.rossi@example.it")
    office.maria.submit()
    seen_modal(office.maria, "Who is that?")
    office.maria.choose("who_pays", "client")
    office.maria.submit()
    seen_modal(office.maria, "In QuickBooks (CAD): *Sofia Rossi*")
    office.maria.close()
    office.maria.click(first.buttons[0], first)
    asked = seen_message(office.maria, "Something changed since you looked")
    assert first.ts != asked.ts
    assert "no longer holds" in next(m for m in office.maria.messages() if m.ts == first.ts).words
    assert [] == totals(office, "Fiona Campbell")


def test_a_refusal_is_told_plainly_and_tried_again(office: House) -> None:
    """QuickBooks refuses the payment; the invoice is there; Try Again brings the payment alone."""
    open_sync(office, "00037", "We don't know yet who")
    add_contact(office)
    preview = preview_of(office, "Fatima Hassan")
    fault = Fault(
        "refuse", method="POST", path="payment", code="610", message="Object Not Found", detail="gone"
    )
    office.sandbox.faults.add(fault)
    office.maria.click(preview.buttons[0], preview)
    result = seen_message(office.maria, "needs attention for Fatima Hassan")
    assert "The invoice is in QuickBooks; a payment of it isn't." in result.words
    office.maria.click("Try Again", result)
    seen_message(office.maria, "booked in QuickBooks for Fatima Hassan")
    expected = [
        "Invoice 3701.00",
        "Invoice 4981.00",
        "Payment 250.00",
        "Payment 250.00",
        "Payment 3451.00",
        "Payment 4731.00",
    ]
    assert expected == totals(office, "Fatima Hassan")


def test_try_again_works_as_often_as_it_is_pressed(office: House) -> None:
    """The new preview was cancelled: another press brings another one; the same press sent twice doesn't."""
    open_sync(office, "00027", "We don't know yet who")
    add_contact(office)
    preview = preview_of(office, "김민준")
    refusal = Fault("refuse", method="POST", path="invoice", code="6210")
    office.sandbox.faults.add(refusal)
    office.maria.click(preview.buttons[0], preview)
    result = seen_message(office.maria, "needs attention for 김민준")
    for _ in range(2):
        pressed = office.maria.click("Try Again", result)
        anew = wait_for(lambda: _to_approve(office), PATIENCE)
        assert 200 == office.hands.redeliver(pressed.delivery)
        office.idle()
        assert 1 == len(_to_approve(office))
        office.maria.click("Cancel", anew[0])
        wait_for(lambda: not _to_approve(office), PATIENCE)


def test_a_preview_whose_posting_was_lost_is_whole_when_posted_again(office: House) -> None:
    """The worker died before it knew that it had posted: what is left out is still told."""
    open_sync(office, "00030", "We don't know yet who")
    add_contact(office)
    office.maria.close()
    context, firm_id = office.program.context, firm_of(office)
    with context.database.read() as session:
        paid = [one.key for one in cases.all_invoices(session, firm_id) if one.paid is not None]
    found = [key for key in paid if key.case.startswith(("00030", "00008"))]
    task = _preview_task(context, firm_id, [[key.case, key.number, key.client] for key in found])
    TASKS[Task.PREVIEW](context, task)
    first = office.maria.messages()[-1]
    assert "Left out" in first.words
    with context.database.write() as session:
        syncs.set_message(session, task.id, firm_id=firm_id, channel="", ts="")
    TASKS[Task.PREVIEW](context, task)
    assert first.words == office.maria.messages()[-1].words
    assert first.ts != office.maria.messages()[-1].ts


def test_parts_follow_in_the_thread_in_their_order(office: House) -> None:
    """One a task, so that one that fails brings none of the others twice."""
    context, firm_id = office.program.context, firm_of(office)
    posted = speech.post(context.slack(), "U0BEN", Message("A long preview", (section("A long preview"),)))
    texts = [f"Part {number}" for number in range(2, 6)]
    messages = [Message(text, (section(text),)) for text in texts]
    for _ in range(2):
        with context.database.write() as session:
            leave_parts(session, context, firm_id, posted, messages, run="a preview")
    office.program.bell.ring()
    office.idle()
    said = [one for one in office.ben.messages() if one.thread_ts == posted.ts]
    assert texts == [one.words for one in said]


def _preview_task(context: Context, firm_id: str, keys: list[list[str]]) -> ClaimedTask:
    return ClaimedTask(
        id=context.new_id(),
        firm_id=firm_id,
        kind=Task.PREVIEW,
        content={"user": "U0MARIA", "invoices": keys},
        key=None,
        attempt=2,
        fence=2,
        lease_until=context.clock(),
        created_at=context.clock(),
    )


def _to_approve(house: House) -> list[SeenMessage]:
    found = house.maria.messages()
    return [one for one in found if "Cancel" in one.buttons and "김민준" in one.words]


def test_a_preview_done_twice_is_shown_once(office: House) -> None:
    """The worker died after it had posted: whoever takes the task over posts nothing more."""
    open_sync(office, "00034", "We don't know yet who")
    add_contact(office)
    preview_of(office, "නිමල් පෙරේරා")
    office.idle()
    before = len(office.maria.messages())
    context = office.program.context
    with context.database.read() as session:
        (sync,) = syncs.recent(session, firm_of(office), 1)
    keys = [[key.case, key.number, key.client] for key in sync.selection]
    again = _preview_task(context, sync.firm_id, keys)
    TASKS[Task.PREVIEW](context, again)
    TASKS[Task.PREVIEW](context, again)
    assert before + 1 == len(office.maria.messages())
