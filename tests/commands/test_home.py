"""Home: what needs this person first, fresh while they look, and a guide that ends once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground import Person
from bot.demo.playground.hands import wait_for
from db import visits
from tests.commands.forging import last_event, tell
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
from tests.commands.putting_up import PEOPLE, standing_house
from tests.commands.test_approvals import asked

if TYPE_CHECKING:
    from pathlib import Path

    from bot.demo.playground.hands import PersonsHands
    from bot.demo.playground.seen import SeenView


def seen_home(person: PersonsHands, text: str, *, without: str = "\0") -> SeenView:
    """The person's Home, once it says this."""

    def look() -> SeenView | None:
        shown = person.home()
        return shown if shown is not None and text in shown.words and without not in shown.words else None

    try:
        return wait_for(look, PATIENCE)
    except AssertionError as missing:
        shown = person.home()
        raise AssertionError(f"Home doesn't say {text!r}: {shown and shown.words}") from missing


def test_a_new_firm_is_led_to_its_first_booking(house: House) -> None:
    """Each step gives way to the next one by itself, while Alice looks on; then the guide is gone."""
    house.alice.open_home()
    seen_home(house.alice, "Step 1 of 4")
    house.connect()
    seen_home(house.alice, "Step 2 of 4")
    house.import_samples()
    house.map_everything()
    seen_home(house.alice, "Step 4 of 4")
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    preview_of(house, "Amélie Tremblay")
    booked(house, "Amélie Tremblay", 1)
    home = seen_home(house.alice, "Booked lately", without="Your way to the first booking")
    assert "ties to the cent" in home.words
    assert "/app/invoice?" in str(home.blocks)


def test_the_guide_is_never_shown_again_once_hidden(house: House) -> None:
    """Nor after it is opened anew; others still have it."""
    house.maria.open_home()
    seen_home(house.maria, "That is for <@U0ALICE>.")
    house.maria.click("Hide This Guide")
    seen_home(house.maria, "What needs you", without="Step 1 of 4")
    house.maria.open_home()
    house.idle()
    assert "Step 1 of 4" not in seen_home(house.maria, "What needs you").words
    house.ben.open_home()
    seen_home(house.ben, "Step 1 of 4")


def test_home_is_published_for_nobody_who_never_opened_it(house: House) -> None:
    """However much changes."""
    house.import_samples()
    house.idle()
    assert house.maria.home() is None


def test_a_button_of_home_opens_its_screen(office: House) -> None:
    """Home is no modal: nothing is pushed on it."""
    office.maria.open_home()
    seen_home(office.maria, "What needs you")
    office.maria.click("Import Exports")
    seen_modal(office.maria, "The same file twice changes nothing.")


def test_the_same_event_twice_is_one_visit(office: House) -> None:
    """Slack sends it again where our answer came late."""
    office.ben.open_home()
    seen_home(office.ben, "What needs you")
    office.idle()
    before = office.ben.home()
    assert 200 == tell(office, last_event(office)).status_code
    office.idle()
    assert before == office.ben.home()


def test_the_messages_tab_publishes_nothing(house: House) -> None:
    """Slack tells of both tabs by the same event."""
    house.maria.open_messages()
    house.idle()
    assert house.maria.home() is None
    with house.program.database.read() as session:
        assert visits.get(session, firm_of(house), "U0MARIA") is None


def test_somebody_of_another_workspace_sees_nothing(office: House) -> None:
    """The event is answered, and no task is left."""
    office.maria.open_home()
    seen_home(office.maria, "What needs you")
    event = last_event(office)
    forged = event | {"team_id": "T0ELSE", "event": event["event"] | {"user": "U0EVE"}}
    tell(office, forged)
    with office.program.database.read() as session:
        assert visits.get(session, firm_of(office), "U0EVE") is None


def test_staff_get_no_links_into_quickbooks(office: House) -> None:
    """They mostly have no access there."""
    open_sync(office, "00006", "We don't know yet who")
    choose_contact(office)
    preview_of(office, "Amélie Tremblay")
    booked(office, "Amélie Tremblay", 1)
    office.maria.open_home()
    assert "/app/invoice?" not in str(seen_home(office.maria, "Booked lately").blocks)
    office.ben.open_home()
    assert "/app/invoice?" in str(seen_home(office.ben, "Booked lately").blocks)


def test_a_request_shows_on_the_home_of_who_can_decide_and_of_who_asked(careful_office: House) -> None:
    """And goes with the decision: rejected, it leads Maria back; asked anew, the rejection is history."""
    maria, ben = careful_office.maria, careful_office.ben
    maria.open_home()
    ben.open_home()
    request = asked(careful_office, "00033", "Åsa Björk Svensson")
    seen_home(ben, "asks for your approval* of 2 invoices for Åsa Björk Svensson")
    seen_home(maria, "Your request for 2 invoices for Åsa Björk Svensson")
    ben.click("Reject", request)
    seen_modal(ben, "Why not?")
    ben.fill("reason", "Wrong <matter>")
    ben.submit()
    seen_home(ben, "What needs you", without="asks for your approval* of 2 invoices for Åsa Björk Svensson")
    seen_home(maria, "*<@U0BEN> rejected* 2 invoices for Åsa Björk Svensson")
    maria.click("Sync Again", maria.home())
    seen_modal(maria, "*Åsa Björk Svensson*")
    maria.submit()
    preview = seen_message(maria, "for Åsa Björk Svensson?")
    maria.click(preview.buttons[0], preview)
    seen_home(maria, "Your request for 2 invoices", without="rejected* 2 invoices for Åsa Björk Svensson")


def test_a_guest_gets_one_plain_sentence(sqlite_url: str, tmp_path: Path) -> None:
    """Nothing of the firm's is shown, and Home is kept fresh for nobody who may not see it."""
    guest = Person(id="U0GUIDO", name="Guido", title="Outside bookkeeper", guest=True)
    with standing_house(sqlite_url, tmp_path, people=(*PEOPLE, guest)) as house:
        guido = house.hands.as_("U0GUIDO")
        guido.open_home()
        shown = seen_home(guido, "Home is for full members of this workspace")
        assert 1 == len(shown.blocks)
        with house.program.database.read() as session:
            assert visits.get(session, firm_of(house), "U0GUIDO") is None


def test_what_slack_shows_otherwise_than_we_remember_is_drawn_anew(office: House) -> None:
    """Another process published, or we died before writing it down: nothing stays out of date."""
    office.maria.open_home()
    before = seen_home(office.maria, "What needs you")
    office.idle()
    context, firm = office.program.context, firm_of(office)
    with context.database.write() as session:
        visits.published(session, firm, "U0MARIA", shown="", view_hash="lost", rests_until=context.clock())
    office.maria.open_home()
    wait_for(lambda: (shown := office.maria.home()) is not None and shown.hash != before.hash, PATIENCE)
