"""The mapping as people meet it: exceptions, history, what a change would do, and what QuickBooks changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import event

from commands.ids import Act
from db import audit, mappings
from db.firm_settings import settings_of
from qb.gateway import encode
from qb.lists import refresh
from tests.commands.house import (
    choose_contact,
    firm_of,
    modal_words,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.demo.playground.hands import PersonsHands
    from tests.commands.house import House

VISA = "Payments in CAD by Visa"


def confirm_all(house: House, person: PersonsHands | None = None) -> None:
    """Ben, or another person, confirms what the mapping shows, to its end."""
    who = person or house.ben
    while (modal := who.modal()) is not None and modal.submit:
        who.submit()
        seen_modal(who, "onfirm")
        house.idle()
    who.close()


def open_mapping(house: House) -> None:
    """Ben opens the mapping."""
    house.ben.command("/qb-mapping")
    seen_modal(house.ben, "See History")


def add_exception(house: House, label: str) -> None:
    """Ben adds one, and sees its row."""
    house.ben.choose(Act.MAP_EXCEPT, label, search=label[-8:])
    seen_modal(house.ben, f"*{label}*")


def choices(house: House) -> dict[tuple[str, str], str]:
    """What holds, by kind and source."""
    with house.program.database.read() as session:
        kept = mappings.current(session, firm_of(house), house.sandbox.realm_id)
    return {(one.kind, one.source): one.target_name for one in kept}


def rename(house: House, kind: str, name: str, new: str) -> None:
    """Somebody renames one of QuickBooks' things there, and the lists are read anew."""
    company = house.program.context.company(firm_of(house))
    found = company.read(kind, house.sandbox.books.id_of(kind, name)).entity
    change = {"Id": found["Id"], "SyncToken": found["SyncToken"], "sparse": True, "Name": new}
    company.update(kind, encode(change), f"rename-{kind}-1")
    realm, now = house.sandbox.realm_id, house.program.context.clock()
    refresh(company, house.program.database, firm_of(house), realm, now)


def test_cards_get_their_own_account_and_the_preview_says_so(house: House) -> None:
    """Ben sees what it would do before he confirms; the review has his name, the preview names the row."""
    house.ready_to_sync()
    open_sync(house, "00002-Osei", "1003")
    choose_contact(house)
    house.maria.close()
    open_mapping(house)
    house.ben.choose("item:exempt_fee/map_choose", "Professional Fees")
    assert "Card payments (Mastercard, Visa) mostly reach the bank later" in modal_words(house.ben)
    add_exception(house, VISA)
    seen = seen_modal(house.ben, "1 ready invoice would deposit to Card Clearing instead of Chequing.")
    assert "_chosen, not confirmed yet_" in seen.words
    assert ("deposit", "CAD/Visa") not in choices(house)
    confirm_all(house)
    assert "Card Clearing" == choices(house)["deposit", "CAD/Visa"]
    open_mapping(house)
    assert "Reviewed by <@U0BEN> on " in modal_words(house.ben)
    house.ben.close()
    open_sync(house, "00002-Osei", "1003")
    preview = preview_of(house, "Daniel Osei")
    assert f"*Chequing* (Payments in CAD), *Card Clearing* ({VISA})" in preview.words


def test_what_was_chosen_and_not_confirmed_is_not_lost_silently(house: House) -> None:
    """Ben closes the mapping with an exception on it: he hears that nothing was changed, and can go on.

    He found Visa by an accountant's word for it.
    """
    house.ready_to_sync()
    heard = len(house.ben.messages())
    open_mapping(house)
    house.ben.close()
    open_mapping(house)
    found = [one["text"]["text"] for one in house.ben.search_options(Act.MAP_EXCEPT, "cards")]
    assert {VISA, "Payments in CAD by Mastercard"} == set(found)
    add_exception(house, VISA)
    house.ben.close()
    told = seen_message(house.ben, "You closed the mapping before you confirmed what you chose")
    assert f"{VISA}. Nothing was changed." in told.words
    assert heard + 1 == len(house.ben.messages())
    assert ("deposit", "CAD/Visa") not in choices(house)
    house.ben.click("Go On", told)
    seen_modal(house.ben, f"*{VISA}*")
    confirm_all(house)
    assert "CAD/Visa" in {source for _, source in choices(house)}
    assert heard + 1 == len(house.ben.messages())


def test_a_changed_mapping_since_the_preview_is_asked_again(house: House) -> None:
    """The exception is confirmed between the preview and Book: nothing is booked by the old one."""
    house.ready_to_sync()
    open_sync(house, "00002-Osei", "1003")
    choose_contact(house)
    preview_of(house, "Daniel Osei")
    open_mapping(house)
    add_exception(house, VISA)
    confirm_all(house)
    house.maria.click("Book 3 Invoices")
    again = seen_message(house.maria, "Something changed since you looked")
    assert "the deposit account (Chequing → Card Clearing, Chequing)" in again.words
    assert [] == house.sandbox.books.entities("Invoice")


def test_what_quickbooks_changed_reopens_its_row_and_holds(house: House) -> None:
    """A renamed account: one row is open, its invoices wait, and confirming it again lets them go."""
    house.ready_to_sync()
    rename(house, "Account", "Chequing", "Main Chequing")
    house.ben.command("/qb-mapping")
    told = seen_modal(house.ben, "its name was Chequing, now Main Chequing").words
    assert "2 of 17 rows need a decision" in told  # the other one was open before
    house.ben.close()
    house.maria.command("/qb-sync", "00002-Osei")
    held = seen_modal(house.maria, "Chequing was changed in QuickBooks since it was confirmed")
    assert "Choose again under Review Mapping." in held.words
    house.maria.close()
    open_mapping(house)
    confirm_all(house)
    assert "Main Chequing" == choices(house)["deposit", "CAD"]
    open_mapping(house)
    assert "1 of 17 rows needs a decision" in modal_words(house.ben)
    house.ben.click("See History")
    assert "Chequing → Main Chequing" in seen_modal(house.ben, "*Payments in CAD*").words


def test_who_may_says_whether_the_bank_converts(house: House) -> None:
    """Kept in the audit; from then on the home currency's accounts may be chosen for dollars."""
    house.connect()
    house.import_samples()
    open_mapping(house)
    dollars = "deposit:USD/map_choose"
    assert ["USD Chequing"] == [one["text"]["text"] for one in house.ben.search_options(dollars, "")]
    house.ben.click("Our Bank Converts")
    seen_modal(house.ben, "Your bank turns USD into CAD")
    assert "Chequing" in [one["text"]["text"] for one in house.ben.search_options(dollars, "")]
    with house.program.database.read() as session:
        assert settings_of(session, firm_of(house)).bank_converts is True
        last = audit.lines(session, firm_of(house))[-1]
    assert ("U0BEN", "settings.changed") == (last.actor, last.verb)
    house.ben.close()
    house.maria.command("/qb-mapping")
    seen_modal(house.maria, "See History")
    assert "Our Bank" not in str(house.maria.modal())


def test_a_search_for_an_exception_goes_through_no_records(house: House) -> None:
    """Slack waits three seconds, and a firm has a hundred thousand rows: the worker found them before."""
    house.connect()
    house.import_samples()
    open_mapping(house)
    house.idle()
    asked: list[str] = []

    def seen(*about: Sequence[object]) -> None:
        asked.append(str(about[2]))

    engine = house.program.database.engine
    event.listen(engine, "before_cursor_execute", seen)
    offered = [one["text"]["text"] for one in house.ben.search_options(Act.MAP_EXCEPT, "visa")]
    event.remove(engine, "before_cursor_execute", seen)
    assert VISA in offered
    assert [] == [words for words in asked if "source_rows" in words]
    add_exception(house, VISA)
    again = [one["text"]["text"] for one in house.ben.search_options(Act.MAP_EXCEPT, "visa")]
    assert VISA not in again
    house.ben.close()


def test_an_old_page_never_takes_back_what_somebody_else_chose(house: House) -> None:
    """Slack sends what stands in every select: Alice, who touched another row, reverts nothing of Ben's."""
    house.ready_to_sync()
    cheque = ("method", "Cheque")
    before = choices(house)["deposit", "CAD"]
    house.alice.command("/qb-mapping")
    seen_modal(house.alice, "See History")
    open_mapping(house)
    house.ben.choose("deposit:CAD/map_choose", "Savings")
    confirm_all(house)
    assert ("Chequing", "Savings") == (before, choices(house)["deposit", "CAD"])
    house.alice.choose("method:Cheque/map_choose", "Cash")
    house.idle()
    confirm_all(house, house.alice)
    assert ("Savings", "Cash") == (choices(house)["deposit", "CAD"], choices(house)[cheque])
    with house.program.database.read() as session:
        kept = mappings.current(session, firm_of(house), house.sandbox.realm_id)
    by = {(one.kind, one.source): one.confirmed_by for one in kept}
    assert ("U0BEN", "U0ALICE") == (by["deposit", "CAD"], by[cheque])


def test_what_two_people_change_is_refused_to_the_second(house: House) -> None:
    """Nothing is confirmed; who was faster is said, and the row is drawn as it stands now."""
    house.ready_to_sync()
    house.alice.command("/qb-mapping")
    seen_modal(house.alice, "See History")
    open_mapping(house)
    house.ben.choose("deposit:CAD/map_choose", "Savings")
    confirm_all(house)
    house.alice.choose("deposit:CAD/map_choose", "Card Clearing")
    house.idle()
    house.alice.submit()
    told = seen_modal(house.alice, "Nothing was confirmed.").words
    assert "Payments in CAD: <@U0BEN> chose Savings" in told
    assert "Savings" == choices(house)["deposit", "CAD"]
    house.alice.click("Choose Again")
    seen_modal(house.alice, "_confirmed_ by <@U0BEN>")
    house.alice.choose("deposit:CAD/map_choose", "Card Clearing")
    house.idle()
    confirm_all(house, house.alice)
    assert "Card Clearing" == choices(house)["deposit", "CAD"]


def test_long_lists_are_searched_here(house: House) -> None:
    """By what is typed, without a call to QuickBooks."""
    house.connect()
    house.import_samples()
    open_mapping(house)
    began = datetime.now(UTC)
    found = [one["text"]["text"] for one in house.ben.search_options("item:fee/map_choose", "disb")]
    assert ["Disbursements", "Government Fees (Disbursements)"] == found
    assert (datetime.now(UTC) - began).total_seconds() < 3
