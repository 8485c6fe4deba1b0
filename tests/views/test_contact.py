"""Finding the client among QuickBooks' contacts, and adding one last of all."""

from dataclasses import replace

import pytest

from commands.views import add_contact as add_views
from commands.views import contact as views
from commands.views import payers
from commands.views.blocks import View
from commands.views.contact import Candidate, Search, Twin
from tests.views.cast import LONG, NAMES, RENE
from tests.views.golden import same_as_kept
from tests.views.limits import check_modal, words


def candidate(number: int, name: str = "Maria Silva", blocked: str = "") -> Candidate:
    """One found."""
    return Candidate(
        str(number),
        name,
        "maria.silva@example.com",
        "CAD",
        "same e-mail",
        blocked,
        phone="416-555-0188",
        city="Toronto",
        last_invoice="2026-05-03",
        version="2",
    )


def search(name: str = RENE, found: int = 2) -> Search:
    """A search for a client."""
    vendor = candidate(99, "Amara Okafor", "a vendor of that name: QuickBooks allows a name only once")
    people = (*map(candidate, range(found)), vendor)
    return Search(name, "rene@example.com", "CAD", name, people, name, cases=("00002-Silva", "00003-Silva"))


def test_the_results_look_as_agreed() -> None:
    """Two to choose from, a vendor that can't be chosen, adding last."""
    same_as_kept("contact", views.results(search(), "draft-2"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("found", [0, 1, 8, 30])
def test_slack_takes_the_results(name: str, found: int) -> None:
    """However many are found, and whatever they are called."""
    odd = Search(name, name, "CAD", name, tuple(replace(candidate(n, name), why=LONG) for n in range(found)))
    blocked = replace(odd, found=tuple(replace(one, blocked=name) for one in odd.found))
    for one in (odd, blocked, replace(blocked, adding_refused=name), replace(odd, adding_refused=name)):
        check_modal(views.results(one, "draft-2"))
        check_modal(add_views.add_form(one, "draft-2"))


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_what_comes_of_adding(name: str) -> None:
    """Searching, adding, added, not added."""
    told = (add_views.adding, add_views.added, add_views.still_adding, views.searching)
    for view in (*(one(name) for one in told), payers.updating(name), payers.not_updated(name, name)):
        check_modal(view)


def preselected(search: Search) -> str:
    """The value of the contact that is chosen already."""
    view = views.results(search, "d")
    radios = next(b for b in view["blocks"] if b.get("block_id") == views.CHOICE_BLOCK)["element"]
    return str(radios.get("initial_option", {}).get("value", ""))


def test_only_one_same_email_is_chosen_already() -> None:
    """A name is not enough, and neither are two people with one e-mail address."""
    one, two = candidate(0), candidate(1)
    same, also = replace(one, same_email=True), replace(two, same_email=True)
    assert "" == preselected(replace(search(), found=(one, two)))
    assert "0" == preselected(replace(search(), found=(two, same)))
    assert "" == preselected(replace(search(), found=(same, also)))
    assert views.ADD_NEW == preselected(replace(search(), found=()))


def test_each_result_says_why_it_matched() -> None:
    """The reason stands with the name."""
    assert "same e-mail · CAD · last invoice 3 May 2026" in words(views.results(search(), "d"))


def test_adding_is_the_last_choice() -> None:
    """After everyone found."""
    view = views.results(search(), "d")
    radios = next(b for b in view["blocks"] if b.get("block_id") == views.CHOICE_BLOCK)["element"]
    assert ["0", "1", views.ADD_NEW] == [choice["value"] for choice in radios["options"]]


def test_an_exact_match_cannot_be_added_past() -> None:
    """Then there is no such choice, and the screen says why."""
    told = words(views.results(replace(search(), adding_refused="Same e-mail and name are there."), "d"))
    assert "add a new contact" not in told
    assert "Same e-mail and name are there." in told


def test_who_cannot_be_chosen_is_shown_with_the_reason() -> None:
    """A vendor of that name blocks it, and the person learns that."""
    told = words(views.results(search(), "d"))
    assert "Amara Okafor: a vendor of that name" in told


def test_a_vendor_of_that_name_says_the_way_around() -> None:
    """As nothing can be chosen, nothing is “none of these”."""
    vendor = candidate(99, "Amara Okafor", "This is a vendor, not a customer")
    one = Search("Amara Okafor", "", "CAD", "Amara", (vendor,), "Amara Okafor (client)")
    told = words(views.results(one, "d"))
    assert (
        "Amara Okafor is a vendor in QuickBooks, and a name can be used only once. If it is somebody else, "
        "add the client under another name, such as “Amara Okafor (client)”."
    ) in told
    assert "Add a new contact" in told
    assert "None of these" not in told


def test_the_add_form_warns_of_near_matches() -> None:
    """Once more, before anything is added."""
    assert "QuickBooks already has Maria Silva" in words(add_views.add_form(search(), "d"))


def test_a_refused_contact_says_why_on_the_form() -> None:
    """What was typed stays; the reason stands above it."""
    view = add_views.add_form(search(), "d", "QuickBooks already has a vendor called Apex Couriers.")
    check_modal(view)
    assert "*Not added.* QuickBooks already has a vendor called Apex Couriers." in words(view)


def test_the_button_says_what_it_does() -> None:
    """There must be somebody before this one can be used."""
    nobody = search(found=0)
    refused = replace(nobody, adding_refused="Same e-mail and name are there.")
    shown = words(views.results(refused, "d"))
    assert "or the e-mail to find who is there already." in shown
    assert "add the contact" not in shown
    told = [views.results(one, "d")["submit"]["text"] for one in (search(), nobody, refused)]
    assert ["Use This Contact", "Continue", "Search"] == told


def test_what_tells_people_of_one_name_apart_is_shown() -> None:
    """Telephone and city beside the name, and the day of the last invoice."""
    told = words(views.results(search(), "d"))
    assert "Maria Silva · maria.silva@example.com · 416-555-0188 · Toronto" in told


def test_a_twin_is_one_choice() -> None:
    """Named so that people recognise it, and after those who can be chosen."""
    twin = Twin("Amélie Tremblay (USD)", "Amélie Tremblay", "a@example.ca", "CAD")
    view = views.results(replace(search(found=0), twin=twin), "d")
    same_as_kept("contact_twin", view)
    assert "Add “Amélie Tremblay (USD)”" in words(view)
    assert "Amélie Tremblay is kept in CAD; a contact has one currency" in words(view)


def test_another_email_of_a_twin_is_shown_before_it_is_added() -> None:
    """The option says which e-mail it gets; where QuickBooks has another one, the form shows both."""
    twin = Twin("Amélie Tremblay (USD)", "Amélie Tremblay", "a@example.ca", "CAD", "old@example.ca")
    found = replace(search(found=0), twin=twin, new_name=twin.name, client_email=twin.email, as_twin=True)
    listed, form = views.results(found, "d"), add_views.add_form(found, "d")
    same_as_kept("contact_add_twin", form)
    assert "Add “Amélie Tremblay (USD)” · a@example.ca" in words(listed)
    assert "Amélie Tremblay (CAD) has another e-mail: you see both first" in words(listed)
    assert "From CaseEasy. QuickBooks has old@example.ca for Amélie Tremblay (CAD)." in words(form)
    assert not replace(twin, theirs="a@example.ca, old@example.ca").differs
    assert not replace(twin, theirs="").differs


def test_a_shared_email_must_be_ticked_as_somebody_elses() -> None:
    """Without the tick Slack doesn't take the form, and neither do we."""
    wife = replace(candidate(1, "Ana Silva"), same_email=True)
    view = add_views.add_form(replace(search(), found=(wife,)), "d")
    same_as_kept("contact_apart", view)
    assert "Ana Silva has the same e-mail" in words(view)
    assert all(not block.get("optional") for block in view["blocks"] if block.get("block_id") == "add_apart")


def test_nobody_is_the_client_by_oversight() -> None:
    """Who is added is asked with nothing chosen; only in place of who paid it is who pays."""
    asked = add_views.add_form(search(), "d")
    again = add_views.add_form(replace(search(), pays=True), "d")
    same_as_kept("contact_add_payer", again)
    assert (None, "payer") == (_chosen(asked), _chosen(again))
    assert "rene@example.com" not in words(again)


def _chosen(view: View) -> str | None:
    radios = next(b for b in view["blocks"] if b.get("block_id") == add_views.WHO_BLOCK)["element"]
    value: str | None = radios.get("initial_option", {}).get("value")
    return value


def test_who_pays_is_asked_with_nothing_chosen() -> None:
    """The answer decides whose name stands on the invoice: nobody presses through it."""
    view = payers.who_pays(search("Daniel Osei"), candidate(1, "Harbour Tech Recruiting Inc."), "d")
    same_as_kept("contact_who_pays", view)
    radios = next(b for b in view["blocks"] if b.get("block_id") == payers.WHO_BLOCK)["element"]
    assert "initial_option" not in radios
    assert "For case 00002-Silva and 1 more alone" in words(view)


def test_another_email_is_kept_unless_said_otherwise() -> None:
    """Both are shown, and what QuickBooks has is the choice to begin with."""
    view = payers.which_email(search("Maria Silva"), candidate(1), "d")
    same_as_kept("contact_email", view)
    told = words(view)
    assert "QuickBooks: maria.silva@example.com\nCaseEasy: rene@example.com" in told
