"""`/qb-contacts`: links with their health; renames are followed, what can't be booked to is mended here."""

from __future__ import annotations

from bot.demo.playground.hands import wait_for
from db import links
from tests.commands.house import (
    PATIENCE,
    House,
    booked,
    firm_of,
    modal_words,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
)
from tests.commands.test_contacts import HOSTILE, customer, named

LOST = "made inactive in QuickBooks"


def linked(house: House, case: str, client: str) -> None:
    """Maria finds a client's contact, whom somebody has added in QuickBooks under the client's own name."""
    customer(house, client)
    open_sync(house, case, f"We don't know yet who {client}")
    house.maria.click("Find Contact")
    seen_modal(house.maria, "Same name")
    house.maria.choose("contact_choice", named(house, client)["Id"])
    house.maria.submit()
    seen_modal(house.maria, f"In QuickBooks (CAD): *{client}*")


def contacts(house: House, words: str, says: str) -> str:
    """Maria looks at somebody's contact, alone on her screen."""
    while house.maria.modal() is not None:
        house.maria.close()
    house.maria.command("/qb-contacts", words)
    return seen_modal(house.maria, says).words


def test_a_rename_is_followed_and_told_once(office: House) -> None:
    """The link stays, the new name is shown everywhere, and the confirmers hear of it once."""
    linked(office, "00036", "Fiona Campbell")
    office.sandbox.rename("Fiona Campbell", HOSTILE)
    told = contacts(office, "Campbell", "Fine. It was called Fiona Campbell when it was linked.")
    assert (
        "In QuickBooks: *&lt;!channel&gt; &amp; &lt;https //evil|Approve&gt;* · linked by <@U0MARIA>" in told
    )
    for person in (office.ben, office.alice):
        heard = seen_message(person, "Fiona Campbell is called")
        assert "1 linked contact was changed in QuickBooks." in heard.text
        assert "The link to Fiona Campbell is kept; nothing needs to be done." in heard.text
    contacts(office, "Campbell", "Fine. It was called Fiona Campbell when it was linked.")
    office.idle()
    assert 1 == sum("Fiona Campbell is called" in one.text for one in office.ben.messages())
    open_sync(office, "00036", "In QuickBooks (CAD): *&lt;!channel&gt;")


def test_nothing_is_booked_to_who_was_made_inactive(office: House) -> None:
    """The preview itself notices; the list says how to mend it, and once mended all goes on."""
    linked(office, "00037", "Fatima Hassan")
    office.sandbox.retire("Fatima Hassan")
    office.maria.submit()
    told = seen_message(office.maria, "The contact Fatima Hassan was made inactive in QuickBooks.")
    assert "Nothing can be booked right now" in told.words
    seen_message(office.ben, "Fatima Hassan was made inactive. Nothing is booked for Fatima Hassan until")
    shown = contacts(office, "Hassan", "Made inactive in QuickBooks")
    assert "*1 needs somebody*" in shown
    assert "Open in QuickBooks" not in shown
    office.ben.command("/qb-contacts", "Hassan")
    assert "Open in QuickBooks" in seen_modal(office.ben, "Made inactive in QuickBooks").words
    office.sandbox.revive("Fatima Hassan (deleted)")
    office.maria.click("Look Again")
    seen_modal(office.maria, "Fine.")
    open_sync(office, "00037", "In QuickBooks (CAD): *Fatima Hassan*")
    preview_of(office, "Fatima Hassan")


def test_a_merge_is_proposed_and_confirmed_by_a_person(office: House) -> None:
    """What we booked stands under another customer: offered for that reason, never followed by itself."""
    linked(office, "00033", "Åsa Björk Svensson")
    preview_of(office, "Åsa Björk Svensson")
    booked(office, "Åsa Björk Svensson", 2)
    customer(office, "Åsa Svensson Holding")
    office.sandbox.merge("Åsa Björk Svensson", "Åsa Svensson Holding")
    shown = contacts(office, "Svensson", "Merged into another.")
    assert "What we booked for it stands under *Åsa Svensson Holding* there now." in shown
    seen_message(office.ben, "Åsa Björk Svensson was merged into Åsa Svensson Holding.")
    with office.program.database.read() as session:
        (link,) = [one for one in _links(office, session) if one.payer == "S-10033"]
    assert "Åsa Björk Svensson" == link.customer_name
    office.maria.click("Use Åsa Svensson Holding")
    seen_modal(office.maria, "Åsa Svensson Holding is used now, for 1 link.")
    assert "merge confirmed by <@U0MARIA>" in modal_words(office.maria)
    with office.program.database.read() as session:
        (link,) = [one for one in _links(office, session) if one.payer == "S-10033"]
    assert ("merged", named(office, "Åsa Svensson Holding")["Id"]) == (link.how, link.customer_id)


def test_a_client_in_dollars_is_linked_ahead_of_time(office: House) -> None:
    """Foreign currency is held for now, and its contact can be found all the same."""
    shown = contacts(office, "Brooks", "Michael Brooks")
    assert "*Michael Brooks* (USD) · 1 paid invoice waits" in shown
    assert "Not linked yet. Invoices in this currency are held for now" in shown
    office.maria.click("Find Contact")
    seen_modal(office.maria, "Same e-mail, same name")
    office.maria.submit()
    seen_modal(office.maria, "In QuickBooks: *Michael Brooks* · linked by <@U0MARIA>")


def test_who_pays_stays_who_pays(office: House) -> None:
    """An employer's customer is replaced by another: for the same case, and nobody is asked who that is."""
    first = customer(office, "Lakeside Farms Ltd.")
    open_sync(office, "00040", "We don't know yet who Geneviève Bouchard")
    office.maria.click("Find Contact")
    seen_modal(office.maria, "Search for someone else")
    _search_and_choose(office, "Lakeside", first["Id"])
    seen_modal(office.maria, "Who is that?")
    office.maria.choose("who_pays", "payer")
    office.maria.submit()
    seen_modal(office.maria, "who pays for Geneviève Bouchard")
    second = customer(office, "Lakeside Farms (2026) Ltd.")
    office.sandbox.retire("Lakeside Farms Ltd.")
    contacts(office, "Bouchard", "Made inactive in QuickBooks")
    office.maria.click("Choose Again")
    seen_modal(office.maria, "Lakeside Farms (2026) Ltd.")
    office.maria.choose("contact_choice", second["Id"])
    office.maria.submit()
    seen_modal(office.maria, "In QuickBooks: *Lakeside Farms (2026) Ltd.*, who pays for case 00040-Bouchard")


def test_who_is_added_in_place_of_who_paid_pays_too(office: House) -> None:
    """Chosen again and then added: who pays is chosen already, and nothing of the client's stands there."""
    first = customer(office, "Riverside Orchards")
    open_sync(office, "00024", "We don't know yet who")
    office.maria.click("Find Contact")
    seen_modal(office.maria, "Search for someone else")
    _search_and_choose(office, "Riverside", first["Id"])
    seen_modal(office.maria, "Who is that?")
    office.maria.choose("who_pays", "payer")
    office.maria.submit()
    seen_modal(office.maria, "*Riverside Orchards*, who pays for")
    office.sandbox.retire("Riverside Orchards")
    contacts(office, "00024", "Made inactive in QuickBooks")
    office.maria.click("Choose Again")
    seen_modal(office.maria, "Search for someone else")
    wait_for(lambda: "add" in _choices(office), PATIENCE)
    office.maria.choose("contact_choice", "add")
    office.maria.submit()
    seen_modal(office.maria, "Who pays for")
    office.maria.fill("add_name", "Riverside Orchards (2026)")
    office.maria.submit()
    seen_modal(office.maria, "is now in QuickBooks")
    office.maria.close()
    seen_modal(office.maria, "In QuickBooks: *Riverside Orchards (2026)*, who pays for case 00024")


def test_a_button_of_an_older_list_is_refused(office: House) -> None:
    """The merge was confirmed, or undone in QuickBooks, while the list stood open: nothing is linked."""
    linked(office, "00032", "Jürgen Müller")
    preview_of(office, "Jürgen Müller")
    booked(office, "Jürgen Müller", 2)
    customer(office, "Müller GmbH")
    office.sandbox.merge("Jürgen Müller", "Müller GmbH")
    contacts(office, "Müller", "Merged into another.")
    office.sandbox.retire("Müller GmbH")
    office.ben.command("/qb-contacts", "Müller")
    seen_modal(office.ben, "which can't be used for invoices in CAD")
    office.maria.click("Use Müller GmbH")
    wait_for(lambda: "isn't as it was on the screen any more" in _told(office), PATIENCE)


def _told(house: House) -> str:
    return "\n".join((modal_words(house.maria), *house.maria.notices()))


def _links(house: House, session: object) -> tuple[links.ContactLink, ...]:
    return links.all_current(session, firm_of(house), house.sandbox.realm_id)  # type: ignore[arg-type]


def _search_and_choose(house: House, words: str, customer_id: str) -> None:
    house.maria.fill("contact_text", words)
    house.maria.click("Search Again")
    wait_for(lambda: customer_id in _choices(house), PATIENCE)
    house.maria.choose("contact_choice", customer_id)
    house.maria.submit()


def _choices(house: House) -> list[str]:
    modal = house.maria.modal()
    blocks = [] if modal is None else modal.blocks
    radios = [one["element"] for one in blocks if one.get("element", {}).get("type") == "radio_buttons"]
    return [option["value"] for one in radios for option in one["options"]]
