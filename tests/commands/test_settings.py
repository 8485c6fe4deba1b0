"""The settings in Slack: who may change them, and what a change leaves behind."""

from commands.ids import Act
from db import audit, firm_settings, firms
from tests.commands.forging import as_person, last_payload, post
from tests.commands.house import House, firm_of, seen_message, seen_modal
from tests.views.limits import words


def test_staff_look_and_admins_change(office: House) -> None:
    """Maria sees what holds and whom to ask; Alice gets the buttons."""
    office.maria.command("/qb-settings")
    modal = seen_modal(office.maria, "You can look; only an admin can change these. Please ask <@U0ALICE>.")
    assert "no channel for the digest yet" in modal.words
    assert "open_places" not in str(modal.blocks)
    office.alice.command("/qb-settings")
    assert "open_places" in str(seen_modal(office.alice, "Channels and time zone").blocks)


def test_a_channel_chosen_is_kept_told_and_in_the_audit(house: House) -> None:
    """The channel hears what will be posted there; the list under the page says so at once."""
    house.alice.command("/qb-settings")
    seen_modal(house.alice, "no channel for the digest yet")
    house.alice.click(Act.OPEN_PLACES)
    seen_modal(house.alice, "Requests for approval go to")
    house.alice.choose("place:approval_channel", "C0GENERAL")
    house.alice.choose("zone", "America/Vancouver", search="vancouver")
    house.alice.submit()
    seen_modal(house.alice, "Requests in <#C0GENERAL>")
    house.idle()
    told = house.alice.messages("C0GENERAL")[-1]
    assert "Requests for approval are posted here from now on: <@U0ALICE> chose this channel." == told.text
    with house.program.database.read() as session:
        firm = firms.get_firm(session, firm_of(house))
        assert firm is not None
        assert "America/Vancouver" == firm.timezone
        assert "C0GENERAL" == firm_settings.settings_of(session, firm.id).approval_channel
        subjects = [line.subject for line in audit.lines(session, firm.id) if line.actor == "U0ALICE"]
    assert ["settings", "timezone"] == subjects


def test_a_forged_submission_changes_nothing(office: House) -> None:
    """The page was opened by an admin; Maria sends it in her name."""
    office.alice.command("/qb-settings")
    seen_modal(office.alice, "Channels and time zone")
    office.alice.click(Act.OPEN_PLACES)
    seen_modal(office.alice, "Requests for approval go to")
    office.alice.submit()
    payload = as_person(last_payload(office, "view_submission"), "U0MARIA")
    payload["view"]["state"]["values"]["place:digest_channel"]["place"]["selected_conversation"] = "C0EVIL"
    answer = post(office, payload).json()
    told = words(answer["view"])
    assert "Only an admin may change the channels. Nothing was changed." in told
    assert "Who can: <@U0ALICE>." in told
    with office.program.database.read() as session:
        assert "" == firm_settings.settings_of(session, firm_of(office)).digest_channel


def test_a_channel_we_are_not_in_is_told_to_who_chose_it(house: House) -> None:
    """Nothing can be posted there until somebody invites us."""
    house.alice.command("/qb-settings")
    seen_modal(house.alice, "Channels and time zone")
    house.alice.click(Act.OPEN_PLACES)
    seen_modal(house.alice, "Requests for approval go to")
    house.alice.submit()
    payload = last_payload(house, "view_submission")
    payload["view"]["hash"] = "another"
    payload["view"]["state"]["values"]["place:digest_channel"]["place"]["selected_conversation"] = "C0NOTOURS"
    post(house, payload)
    seen_message(house.alice, "isn't in that channel")
