"""Choosing a contact: who pays is asked once, another e-mail is warned of, nobody is added twice."""

from __future__ import annotations

from typing import Any

from bot.demo.playground.hands import wait_for
from qb.sandbox import Fault
from tests.commands.house import (
    PATIENCE,
    House,
    modal_words,
    open_sync,
    preview_of,
    seen_modal,
)
from tests.sandbox.client import Client

HOSTILE = "<!channel> & <https //evil|Approve>"


def customer(house: House, name: str, email: str = "", **others: Any) -> dict[str, Any]:  # noqa: ANN401 - as QuickBooks has it
    """Somebody adds a customer in QuickBooks."""
    body = {"DisplayName": name, **others}
    if email:
        body["PrimaryEmailAddr"] = {"Address": email}
    return Client(house.sandbox).write("Customer", body)


def named(house: House, name: str) -> dict[str, Any]:
    """The customer of that name as QuickBooks has it."""
    (found,) = [one for one in house.sandbox.books.entities("Customer") if one["DisplayName"] == name]
    return found


def find(house: House, case: str, says: str, then: str) -> None:
    """Maria opens a case's sync and searches for its client."""
    open_sync(house, case, says)
    house.maria.click("Find Contact")
    seen_modal(house.maria, then)


def test_who_pays_is_asked_once_and_said_in_the_preview(office: House) -> None:
    """An employer pays for one case: billed to them for the client, and asked no more."""
    employer = customer(office, "Lakeside Farms Ltd.")
    find(office, "00036", "We don't know yet who Fiona Campbell", "Search for someone else")
    office.maria.fill("contact_text", "Lakeside")
    office.maria.click("Search Again")
    seen_modal(office.maria, "Lakeside Farms Ltd.")
    office.maria.choose("contact_choice", employer["Id"])
    office.maria.submit()
    told = seen_modal(office.maria, "isn't called Fiona Campbell, the client, and has another e-mail or none")
    assert "Lakeside Farms Ltd. pays for Fiona Campbell" in told.words
    assert not office.maria.submit().ok
    office.maria.choose("who_pays", "payer")
    office.maria.submit()
    seen_modal(office.maria, "*Lakeside Farms Ltd.*, who pays for Fiona Campbell in case 00036-Campbell")
    shown = preview_of(office, "Fiona Campbell")
    assert "Billed to *Lakeside Farms Ltd.* for client *Fiona Campbell*" in shown.words
    assert "Billed to Lakeside Farms Ltd. for client Fiona Campbell." in shown.text


def test_the_client_under_another_name_is_said_once(office: House) -> None:
    """The same person by another name: linked for every case, without a word about paying."""
    trade = customer(office, "FH Consulting")
    find(office, "00037", "We don't know yet who Fatima Hassan", "Search for someone else")
    office.maria.fill("contact_text", "FH Consulting")
    office.maria.click("Search Again")
    seen_modal(office.maria, "Same name")
    office.maria.choose("contact_choice", trade["Id"])
    office.maria.submit()
    seen_modal(office.maria, "Who is that?")
    office.maria.choose("who_pays", "client")
    office.maria.submit()
    told = seen_modal(office.maria, "In QuickBooks (CAD): *FH Consulting*")
    assert "who pays for" not in told.words
    office.maria.click("Change Contact")
    seen_modal(office.maria, "Search for someone else")
    office.maria.fill("contact_text", "FH Consulting")
    office.maria.click("Search Again")
    seen_modal(office.maria, "FH Consulting")
    office.maria.choose("contact_choice", trade["Id"])
    office.maria.submit()
    wait_for(lambda: "In QuickBooks (CAD): *FH Consulting*" in modal_words(office.maria), PATIENCE)


def test_another_email_is_kept_or_updated(office: House) -> None:
    """Warned of; updated only when asked, and nothing else of the contact is touched."""
    customer(office, "Åsa Björk Svensson", "old@example.se", GivenName="Åsa", FamilyName="Svensson")
    find(office, "00033", "We don't know yet who Åsa Björk Svensson", "Same name")
    office.maria.choose("contact_choice", named(office, "Åsa Björk Svensson")["Id"])
    office.maria.submit()
    told = seen_modal(office.maria, "isn't the same in both")
    assert "QuickBooks: old@example.se" in told.words
    assert "CaseEasy: asa.svensson@example.se" in told.words
    office.maria.choose("which_email", "update")
    office.maria.submit()
    seen_modal(office.maria, "Linked, and the e-mail is updated in QuickBooks.")
    now = named(office, "Åsa Björk Svensson")
    assert ("asa.svensson@example.se", "Åsa") == (now["PrimaryEmailAddr"]["Address"], now["GivenName"])
    office.maria.close()
    seen_modal(office.maria, "In QuickBooks (CAD): *Åsa Björk Svensson*")


def test_a_contact_changed_meanwhile_keeps_its_email(office: House) -> None:
    """Somebody typed another one in QuickBooks while Maria looked: linked, and told why not updated."""
    made = customer(office, "Jürgen Müller", "old@example.de")
    find(office, "00032", "We don't know yet who Jürgen Müller", "Same name")
    office.maria.choose("contact_choice", made["Id"])
    office.maria.submit()
    seen_modal(office.maria, "isn't the same in both")
    change = {"Id": made["Id"], "SyncToken": made["SyncToken"], "sparse": True}
    Client(office.sandbox).write("Customer", change | {"PrimaryEmailAddr": {"Address": "theirs@example.de"}})
    office.maria.choose("which_email", "update")
    office.maria.submit()
    told = seen_modal(office.maria, "Linked, but the e-mail in QuickBooks wasn't changed.")
    assert "Somebody changed Jürgen Müller in QuickBooks since you looked" in told.words
    assert "theirs@example.de" == named(office, "Jürgen Müller")["PrimaryEmailAddr"]["Address"]


def test_a_shared_email_is_asked_about(office: House) -> None:
    """A wife has the address: the client is added only once that is ticked."""
    customer(office, "Peter Bouchard", "genevieve.bouchard@example.ca")
    long = "g" * 100 + "@example.ca"
    find(office, "00040", "We don't know yet who Geneviève Bouchard", "Same e-mail")
    office.maria.choose("contact_choice", "add")
    office.maria.submit()
    seen_modal(office.maria, "Peter Bouchard has the same e-mail")
    refused = office.maria.submit()
    assert not refused.ok
    office.maria.choose("add_who", "client")
    office.maria.tick("add_apart", "apart")
    office.maria.fill("add_email", long)
    assert "at most 100 characters in an e-mail" in office.maria.submit().errors["add_email"]
    office.maria.fill("add_email", "genevieve.bouchard@example.ca")
    office.maria.submit()
    seen_modal(office.maria, "*Geneviève Bouchard* is now in QuickBooks")


def test_the_same_email_and_name_cannot_be_added_past(office: House) -> None:
    """There is no way to add, whatever other words are searched for."""
    customer(office, "Silva, Maria", "maria.silva@example.com")
    find(office, "00035", "We don't know yet who Maria Silva", "Same e-mail, same name in another order")
    assert "add a new contact" not in modal_words(office.maria)
    office.maria.fill("contact_text", "Nobody at all")
    office.maria.click("Search Again")
    told = seen_modal(office.maria, "Nobody in QuickBooks fits “Nobody at all”")
    assert "Silva, Maria is in QuickBooks already, with the same e-mail. Choose that contact." in told.words
    assert "add a new contact" not in told.words.casefold()


def test_a_client_of_another_currency_gets_a_twin_in_one_tap(office: House) -> None:
    """The client pays in Canadian dollars, and QuickBooks keeps the contact in US dollars."""
    customer(office, "Ana Lucía López", "ana.lopez@example.mx", CurrencyRef={"value": "USD"})
    find(office, "00043", "We don't know yet who Ana Lucía López", "Add “Ana Lucía López (CAD)”")
    office.maria.choose("contact_choice", "add_twin")
    office.maria.submit()
    seen_modal(office.maria, "*Ana Lucía López (CAD)* is now in QuickBooks")
    twin = named(office, "Ana Lucía López (CAD)")
    assert ("CAD", "ana.lopez@example.mx") == (
        twin["CurrencyRef"]["value"],
        twin["PrimaryEmailAddr"]["Address"],
    )
    office.maria.close()
    seen_modal(office.maria, "In QuickBooks (CAD): *Ana Lucía López (CAD)*")


def test_a_twin_with_another_email_is_seen_first(office: House) -> None:
    """QuickBooks' old address isn't taken unseen: the form shows both, and CaseEasy's is what is added."""
    customer(office, "Wanjiru Njoroge", "old@example.ke", CurrencyRef={"value": "USD"})
    find(office, "00041", "We don't know yet who Wanjiru Njoroge", "has another e-mail: you see both first")
    office.maria.choose("contact_choice", "add_twin")
    office.maria.submit()
    seen_modal(office.maria, "From CaseEasy. QuickBooks has old@example.ke for Wanjiru Njoroge (USD).")
    office.maria.choose("add_who", "client")
    office.maria.submit()
    seen_modal(office.maria, "*Wanjiru Njoroge (CAD)* is now in QuickBooks")
    twin = named(office, "Wanjiru Njoroge (CAD)")
    assert "wanjiru.njoroge@example.ke" == twin["PrimaryEmailAddr"]["Address"]


def test_another_script_is_no_hindrance(office: House) -> None:
    """Олена Шаповал is Olena Shapoval in QuickBooks, and Trần Văn Đức is Tran Van Duc."""
    customer(office, "Olena Shapoval")
    customer(office, "Tran Van Duc")
    find(office, "00030", "We don't know yet who Олена Шаповал", "Olena Shapoval")
    assert "Same name in other letters" in modal_words(office.maria)
    office.maria.close()
    office.maria.close()
    find(office, "00039", "We don't know yet who Trần Văn Đức", "Tran Van Duc")
    assert "Same name in other letters" in modal_words(office.maria)


def test_who_pays_is_replaced_by_adding(office: House) -> None:
    """The employer changed: what is typed is added and billed; and at last the client pays for herself."""
    find(office, "00034", "We don't know yet who", "You see the details before it is added")
    _add(office, "Employer X Inc", "payer")
    seen_modal(office.maria, "In QuickBooks (CAD): *Employer X Inc*, who pays for")
    _change(office)
    _add(office, "Employer Y Ltd", "payer")
    seen_modal(office.maria, "In QuickBooks (CAD): *Employer Y Ltd*, who pays for")
    assert ["Employer X Inc", "Employer Y Ltd"] == [
        named(office, name)["DisplayName"] for name in ("Employer X Inc", "Employer Y Ltd")
    ]
    _change(office)
    _add(office, "Jane of Case 34", "client")
    told = seen_modal(office.maria, "In QuickBooks (CAD): *Jane of Case 34*")
    assert "who pays for" not in told.words


def _change(house: House) -> None:
    house.maria.click("Change Contact")
    seen_modal(house.maria, "Search for someone else")
    house.maria.choose("contact_choice", "add")


def _add(house: House, name: str, who: str) -> None:
    """Add a new contact, without an e-mail, and go back to the sync."""
    house.maria.submit()
    seen_modal(house.maria, "will be added to QuickBooks")
    house.maria.fill("add_name", name)
    house.maria.fill("add_email", "")
    refused = house.maria.submit()
    assert not refused.ok  # nothing is chosen before somebody says who that is
    house.maria.choose("add_who", who)
    house.maria.submit()
    seen_modal(house.maria, f"*{name}* is now in QuickBooks")
    house.maria.close()


def test_nothing_else_is_added_while_one_is_on_its_way(house: House) -> None:
    """QuickBooks may have the first any moment: whoever asks for another one is told, and it isn't added."""
    house.ready_to_sync()
    house.sandbox.faults.add(Fault("cut", method="POST", path="customer", after=True))
    find(house, "00003", "We don't know yet who", "You see the details before it is added")
    for contact in ("Employer X Inc", "Employer Y Ltd"):
        house.maria.submit()
        seen_modal(house.maria, "will be added to QuickBooks")
        house.maria.fill("add_name", contact)
        house.maria.fill("add_email", "")
        house.maria.choose("add_who", "payer")
        house.maria.submit()
        if contact == "Employer X Inc":
            wait_for(lambda: not house.sandbox.faults.waiting(), PATIENCE)
            house.maria.close()
            house.maria.click("Find Contact")
            seen_modal(house.maria, "You see the details before it is added")
            house.maria.choose("contact_choice", "add")
    told = seen_modal(house.maria, "Employer X Inc is still on its way to QuickBooks").words
    assert "Employer Y Ltd wasn't added." in told
    names = [one["DisplayName"] for one in house.sandbox.books.entities("Customer")]
    assert (1, 0) == (names.count("Employer X Inc"), names.count("Employer Y Ltd"))


def test_who_pays_may_be_added(office: House) -> None:
    """An employer who isn't in QuickBooks yet, for this case alone; a hostile name is only a name."""
    find(office, "00026", "We don't know yet who 田中 陽子", "You see the details before it is added")
    office.maria.submit()
    seen_modal(office.maria, "will be added to QuickBooks")
    office.maria.fill("add_name", HOSTILE)
    office.maria.fill("add_email", "")
    office.maria.choose("add_who", "payer")
    office.maria.submit()
    seen_modal(office.maria, "is now in QuickBooks")
    office.maria.close()
    seen_modal(office.maria, "who pays for 田中 陽子 in case 00026-Tanaka")
