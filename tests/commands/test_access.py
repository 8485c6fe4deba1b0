"""Who may do what, decided when they press, whatever a request claims."""

from commands.ids import Act
from db import firms
from tests.commands.forging import as_person, clicking, last_payload, post
from tests.commands.house import (
    House,
    add_contact,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
)


def test_only_an_admin_connects(house: House) -> None:
    """Maria is told whom to ask, and gets no link."""
    house.maria.command("/qb-connect")
    modal = seen_modal(house.maria, "Only an admin may connect QuickBooks. Please ask <@U0ALICE>.")
    assert "quickbooks/connect" not in str(modal.blocks)


def test_only_an_admin_or_approver_confirms_the_mapping(office: House) -> None:
    """Maria may look; a forged submission changes nothing and says whom to ask."""
    office.maria.command("/qb-mapping")
    modal = seen_modal(office.maria, "You can look; only an admin or approver may confirm.")
    assert "" == modal.submit


def test_a_role_taken_away_counts_at_once(office: House) -> None:
    """The screen was opened by somebody who was an approver then."""
    office.ben.command("/qb-mapping")
    seen_modal(office.ben, "a decision for")
    office.ben.submit()
    seen_modal(office.ben, "Page 2 of 2")
    office.ben.close()
    payload = as_person(last_payload(office, "view_submission"), "U0MARIA")
    answer = post(office, payload).json()
    assert "push" == answer["response_action"]
    assert "Only an admin or approver may confirm the mapping." in str(answer["view"])


def test_only_who_asked_may_book(office: House) -> None:
    """Ben's click on Maria's preview, forged, is refused and says who may; nothing is booked."""
    open_sync(office, "00033", "We don't know yet who")
    add_contact(office)
    preview = preview_of(office, "Åsa Björk Svensson")
    office.maria.click("Cancel", preview)
    seen_message(office.maria, "Cancelled by")
    pressed = last_payload(office, "block_actions")
    forged = as_person(clicking(pressed, Act.BOOK, pressed["actions"][0]["value"]), "U0BEN")
    before = len(office.sandbox.books.entities("Invoice"))
    assert 200 == post(office, forged).status_code
    seen_message(office.ben, "Only <@U0MARIA>, who asked for it, can do this.")
    assert before == len(office.sandbox.books.entities("Invoice"))


def test_another_persons_draft_is_refused(office: House) -> None:
    """A sync's screen belongs to who opened it."""
    open_sync(office, "00034", "We don't know yet who")
    office.maria.submit()
    payload = as_person(last_payload(office, "view_submission"), "U0BEN")
    answer = post(office, payload).json()
    assert "This screen is too old to go on with." in str(answer["view"])


def test_a_control_we_do_not_know_is_answered(office: House) -> None:
    """An old message's button: nothing is done, and the person learns that."""
    office.maria.command("/qb")
    seen_modal(office.maria, "How things stand")
    office.maria.click("Sync a Case")
    payload = clicking(last_payload(office, "block_actions"), "from_last_year")
    assert 200 == post(office, payload).status_code
    office.maria.close()
    seen_modal(office.maria, "This is from an older message or screen.")


def test_roles_are_the_firms_own(office: House) -> None:
    """Roles given in another firm mean nothing here."""
    database, context = office.program.database, office.program.context
    with database.write() as session:
        other = firms.meet_firm(
            session,
            team_id="T0OTHERFIRM",
            name="Other",
            timezone="UTC",
            now=context.clock(),
            new_id=context.new_id,
        )
        firms.give_role(
            session, firm_id=other.id, user_id="U0MARIA", role="admin", by="test", now=context.clock()
        )
    office.maria.command("/qb-connect")
    seen_modal(office.maria, "Nothing needs to be done. Only an admin may connect it anew.")
