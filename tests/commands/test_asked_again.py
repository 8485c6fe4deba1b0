"""Rejected and asked for again, asked for twice: nobody decides or prepares the same unknowingly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.hands import wait_for
from tests.commands.house import (
    PATIENCE,
    House,
    add_contact,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
    seen_notice,
)
from tests.commands.test_approvals import asked, in_channel
from tests.commands.test_booking import totals

if TYPE_CHECKING:
    from bot.demo.playground.hands import PersonsHands
    from bot.demo.playground.seen import SeenMessage


def rejected(house: House, request: SeenMessage, why: str) -> SeenMessage:
    """Ben rejects it; gives what Maria hears."""
    house.ben.click("Reject", request)
    seen_modal(house.ben, "Why not?")
    house.ben.fill("reason", why)
    house.ben.submit()
    told = in_channel(house.ben, why.replace("<", "&lt;").replace(">", "&gt;"))
    assert (request.ts, []) == (told.ts, told.buttons)
    assert "Rejected by <@U0BEN>" in told.words
    return seen_message(house.maria, why.replace("<", "&lt;").replace(">", "&gt;"))


def test_a_rejection_is_told_once_with_its_reason(careful_office: House) -> None:
    """Nothing is booked; the reason stands in one message, and the preview only points to it."""
    house = careful_office
    request = asked(house, "00003", "Leila Haddad")
    preview = seen_message(house.maria, "Waiting for approval:")
    heard = rejected(house, request, "The <government> fee is missing")
    assert "The &lt;government&gt; fee is missing" in heard.words
    assert "Nothing was booked." in heard.words
    wait_for(lambda: "a message below says more" in words_at(house.maria, preview.ts), PATIENCE)
    with_reason = [one.ts for one in house.maria.messages() if "government" in one.words]
    assert [heard.ts] == with_reason
    assert [] == totals(house, "Leila Haddad")


def words_at(person: PersonsHands, ts: str) -> str:
    """What stands in one of this person's messages now."""
    return next(one.words for one in person.messages() if one.ts == ts)


def test_what_was_rejected_is_changed_and_asked_again(careful_office: House) -> None:
    """Another contact is chosen on the sync's screen; who decides reads why, and what changed."""
    house = careful_office
    heard = rejected(house, asked(house, "00004", "Priya Sharma"), "It is the one in Brampton")
    house.maria.click("Sync Again", heard)
    screen = seen_modal(house.maria, "In QuickBooks (CAD)")
    assert "1 invoice, $" in screen.words
    house.maria.click("Change Contact")
    seen_modal(house.maria, "Priya Sharma (Brampton)")
    house.maria.choose("contact_choice", "Priya Sharma (Brampton)")
    house.maria.submit()
    seen_modal(house.maria, "In QuickBooks (CAD): *Priya Sharma (Brampton)*")
    house.maria.submit()
    wait_for(lambda: "Ask to Book 1 Invoice" in house.maria.messages()[-1].buttons, PATIENCE)
    house.maria.click("Ask to Book 1 Invoice", house.maria.messages()[-1])
    again = in_channel(house.ben, "Rejected before")
    assert "*Rejected before* by <@U0BEN>" in again.words
    assert "It is the one in Brampton" in again.words
    assert "→ Priya Sharma (Brampton)) changed." in again.words
    assert "Rejected before" in again.text
    house.maria.click("Withdraw", seen_message(house.maria, "Waiting for approval:"))
    seen_message(house.maria, "Withdrawn by <@U0MARIA>")


def test_an_invoice_is_asked_for_once(careful_office: House) -> None:
    """While it waits nobody can tick it or ask for it again; a screen and a preview from before say why."""
    house = careful_office
    open_sync(house, "00034", "We don't know yet who")
    add_contact(house)
    first = preview_of(house, "නිමල් පෙරේරා")
    open_sync(house, "00034", "In QuickBooks (CAD)")
    house.maria.submit()
    wait_for(lambda: house.maria.messages()[-1].ts != first.ts, PATIENCE)
    left_over = house.maria.messages()[-1]
    house.ben.command("/qb-sync", "00034")
    seen_modal(house.ben, "In QuickBooks (CAD)")
    house.maria.click("Ask to Book 1 Invoice", first)
    in_channel(house.ben, "for නිමල් පෙරේරා?")
    house.maria.click("Ask to Book 1 Invoice", left_over)
    seen_notice(house.maria, "This waits for approval already, asked for by <@U0MARIA>: නිමල් පෙරේරා, 1037.")
    assert {"ticks": "1037 was asked for since this opened. Untick that, please."} == (
        house.ben.submit().errors
    )
    house.ben.close()
    house.ben.command("/qb-sync", "00034")
    screen = seen_modal(house.ben, "waits for approval, asked by <@U0MARIA>")
    assert "No paid invoice is ready to be booked here." in screen.words
    assert not screen.submit
