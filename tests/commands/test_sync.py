"""Finding a case, ticking invoices, finding the contact: no tick is lost on the way."""

from bot.demo.playground.hands import wait_for
from tests.commands.house import (
    PATIENCE,
    House,
    add_contact,
    modal_words,
    open_sync,
    preview_of,
    seen_modal,
)
from tests.views.cast import CHANNEL


def ticked(house: House) -> list[str]:
    """The values ticked in Maria's screen."""
    modal = house.maria.modal()
    assert modal is not None
    return [
        option["value"]
        for controls in modal.values.values()
        for control in controls.values()
        for option in control.get("selected_options") or []
    ]


def chosen(house: House) -> list[str]:
    """The values of the radio buttons that are on in Maria's screen."""
    modal = house.maria.modal()
    assert modal is not None
    return [
        control["selected_option"]["value"]
        for controls in modal.values.values()
        for control in controls.values()
        if control.get("selected_option")
    ]


def test_nothing_typed_opens_the_search(office: House) -> None:
    """Which finds by a part of the name, accents and capitals ignored."""
    office.maria.command("/qb-sync")
    office.maria.fill("search_text", "GENEVIEVE bouch")
    office.maria.submit()
    seen_modal(office.maria, "*Geneviève Bouchard*")


def test_nothing_found_says_what_to_do(office: House) -> None:
    """And leaves what was typed."""
    open_sync(office, "Nobody Atall", "Nothing in the records fits “Nobody Atall”.")


def test_several_found_are_listed(office: House) -> None:
    """Each with its case, to be opened."""
    open_sync(office, "0001", "00012-Kowalski")
    office.maria.click("choose_case_0")
    seen_modal(office.maria, "Case 00010-Nguyễn")


def test_a_clients_name_opens_all_their_cases(office: House) -> None:
    """Both cases of the employer, each invoice saying whose it is."""
    modal = open_sync(office, "harbour tech", "Cases 00019-Harbour, 00020-Harbour")
    assert "00019-Harbour · Paid" in modal.words
    assert "00020-Harbour · Paid" in modal.words


def test_an_invoice_number_opens_its_case(office: House) -> None:
    """Whoever reads 1009 on a bank statement needn't know the case."""
    open_sync(office, "1009", "*Michael Brooks*")


def test_words_behind_qb_go_straight_there(office: House) -> None:
    """`/qb 00002` is the sync of that case."""
    office.maria.command("/qb", "00002")
    seen_modal(office.maria, "*Daniel Osei*")


def test_held_invoices_show_their_reason(office: House) -> None:
    """What the payments leave over, that no rate explains it, and where to mend it."""
    modal = open_sync(office, "00008", "$100.00 over the amounts it lists")
    assert "Review Mapping" in modal.words


def test_an_unclear_paid_date_is_held_and_not_told_as_a_fact(office: House) -> None:
    """The mend is what the import's answer says too."""
    modal = open_sync(office, "1014", "paid date unclear")
    assert "Export dates as year-month-day, such as 2026-10-12." in modal.words


def test_a_shared_case_number_is_held(office: House) -> None:
    """Nobody guesses whose it is: both are named, and its one invoice says once why it waits."""
    modal = open_sync(office, "00011-Garcia", "Its case number belongs to more than one client")
    assert "*Jose Garcia / José García*" in modal.words
    assert "Held: 1 paid invoice" in modal.words


def test_an_invoice_of_two_spellings_is_counted_once_in_a_search(office: House) -> None:
    """One case of two listed clients is one line, with one invoice."""
    modal = open_sync(office, "0001", "*Jose Garcia / José García*\n00011-Garcia · 1 paid invoice")
    assert 1 == modal.words.count("00011-Garcia")


def test_no_tick_is_lost_on_the_way_to_the_contact(office: House) -> None:
    """One unticked, a contact found, and the same two ticked as before; those alone are previewed."""
    open_sync(office, "00002", "We don't know yet who Daniel Osei")
    before = ticked(office)
    assert 3 == len(before)
    office.maria.untick("tick", before[1])
    office.maria.click("Find Contact")
    seen_modal(office.maria, "Same e-mail")
    office.maria.submit()
    seen_modal(office.maria, "In QuickBooks (CAD): *Daniel Osei*")
    assert [before[0], before[2]] == ticked(office)
    assert "Book 2 Invoices" in preview_of(office, "Daniel Osei").buttons


def test_a_preview_needs_a_contact(office: House) -> None:
    """The error stands at the ticks and says which button to press."""
    open_sync(office, "00029", "We don't know yet who")
    errors = office.maria.submit().errors
    assert ["First find נועה כהן in QuickBooks: press Find Contact above."] == list(errors.values())


def test_a_preview_needs_a_tick(office: House) -> None:
    """Nothing ticked is no preview."""
    open_sync(office, "00040", "We don't know yet who")
    office.maria.untick("tick", *ticked(office))
    assert not office.maria.submit().ok
    assert "Geneviève Bouchard" in modal_words(office.maria)


def test_three_of_one_name_are_told_apart(office: House) -> None:
    """Each with its reason; the inactive one can't be chosen; by the name alone nobody is chosen already."""
    open_sync(office, "00004", "We don't know yet who Priya Sharma")
    office.maria.click("Find Contact")
    modal = seen_modal(office.maria, "Priya Sharma (Brampton)")
    assert [] == chosen(office)
    assert "Priya Sharma 2019" in modal.words
    assert "Inactive in QuickBooks" in modal.words


def test_a_vendor_of_that_name_stands_in_the_way_and_there_is_a_way_around(office: House) -> None:
    """The name can be used only once; with something added it works, and the ticks are there."""
    open_sync(office, "00005", "We don't know yet who Amara Okafor")
    office.maria.click("Find Contact")
    told = seen_modal(
        office.maria, "Amara Okafor is a vendor in QuickBooks, and a name can be used only once."
    )
    assert "such as “Amara Okafor (client)”" in told.words
    office.maria.submit()
    seen_modal(office.maria, "will be added to QuickBooks")
    office.maria.choose("add_who", "client")
    office.maria.fill("add_name", "Amara Okafor")
    refused = office.maria.submit()
    assert "a name can be used only once" in refused.errors["add_name"]
    office.maria.fill("add_name", "Amara Okafor (client)")
    office.maria.submit()
    seen_modal(office.maria, "*Amara Okafor (client)* is now in QuickBooks")
    office.maria.close()
    seen_modal(office.maria, "In QuickBooks (CAD): *Amara Okafor (client)*")
    assert 1 == len(ticked(office))


def test_other_words_find_other_people(office: House) -> None:
    """Typed, and the results change."""
    open_sync(office, "00028", "We don't know yet who")
    office.maria.click("Find Contact")
    seen_modal(office.maria, "You see the details before it is added")
    office.maria.fill("contact_text", "rossi")
    office.maria.click("Search Again")
    wait_for(lambda: "Sofia Rossi" in modal_words(office.maria), PATIENCE)


def test_back_from_a_new_contact_leads_to_those_found(office: House) -> None:
    """One step: whoever sees there that it is somebody known chooses them after all."""
    open_sync(office, "00004", "We don't know yet who Priya Sharma")
    office.maria.click("Find Contact")
    seen_modal(office.maria, "Priya Sharma (Brampton)")
    office.maria.choose("contact_choice", "add")
    office.maria.submit()
    form = seen_modal(office.maria, "will be added to QuickBooks")
    assert "Back to Sync" == form.close
    office.maria.click("Back to Contacts Found")
    seen_modal(office.maria, "Search for someone else")
    office.maria.choose("contact_choice", "Priya Sharma (Brampton)")
    office.maria.submit()
    seen_modal(office.maria, "In QuickBooks (CAD): *Priya Sharma (Brampton)*")


def test_adding_twice_adds_once(office: House) -> None:
    """The submission delivered again changes nothing."""
    open_sync(office, "00041", "We don't know yet who")
    add_contact(office)
    sent = [one for one in office.hands.deliveries() if "add_contact" in one["body"]]
    assert 200 == office.hands.redeliver(sent[-1]["id"])
    names = [one["DisplayName"] for one in office.sandbox.books.entities("Customer")]
    assert 1 == names.count("Wanjiru Njoroge")


def test_the_contact_can_be_found_before_anything_is_mapped(house: House) -> None:
    """Maria can't map, but she can find the client meanwhile; the link is kept."""
    house.connect()
    house.import_samples()
    open_sync(house, "00002", "We don't know yet who Daniel Osei is in QuickBooks (CAD).")
    assert "Held" in modal_words(house.maria)
    house.maria.click("Find Contact")
    seen_modal(house.maria, "Same e-mail")
    house.maria.submit()
    seen_modal(house.maria, "In QuickBooks (CAD): *Daniel Osei*")


def test_a_name_with_slacks_own_signs_is_found(office: House) -> None:
    """Slack sends & < > behind a command as entities; the records hold the signs themselves."""
    office.maria.command("/qb-sync", CHANNEL)
    seen_modal(office.maria, "Case 00017-Channel")
