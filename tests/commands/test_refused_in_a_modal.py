"""A control of a modal that somebody may not use is answered in that modal, where they look."""

from datetime import timedelta

from commands.ids import Act
from db import firm_settings
from tests.commands.forging import clicking, last_payload, post
from tests.commands.house import House, firm_of, modal_words, open_sync, seen_message, seen_modal

ONLY = "Only an admin may say since when invoices are booked."


def before_go_live(house: House) -> None:
    """Everything was paid before the firm began here, so each held invoice has the admin's button."""
    house.connect()
    house.import_samples()
    now = house.program.context.clock()
    with house.program.database.write() as session:
        said = {"go_live": now.date() + timedelta(days=2), "go_live_said": True}
        firm_settings.change(session, firm_id=firm_of(house), by="U0ALICE", now=now, **said)
    open_sync(house, "00002", "Change Go-Live Date")


def test_a_refusal_stands_over_the_modal_with_whom_to_ask(house: House) -> None:
    """The one admin by name, the button that asks her, and the sync below as it was."""
    before_go_live(house)
    heard = len(house.maria.messages())
    house.maria.click(Act.OPEN_GOING_LIVE)
    told = seen_modal(house.maria, ONLY)
    assert "Please ask <@U0ALICE>." in told.words
    house.maria.click("Ask Alice to Say Since When to Book")
    seen_modal(house.maria, "Asked <@U0ALICE> to say since when")
    seen_message(house.alice, "<@U0MARIA> asks you to say since when invoices are booked here.")
    assert heard == len(house.maria.messages())
    house.maria.close()
    assert "Change Go-Live Date" in modal_words(house.maria)


def test_where_no_more_modals_fit_the_refusal_stands_in_it(house: House) -> None:
    """Slack stacks three: on the third it is told above what stands there, once however often pressed."""
    before_go_live(house)
    heard = len(house.maria.messages())
    house.maria.click(Act.OPEN_GOING_LIVE)
    seen_modal(house.maria, ONLY)
    pressed = last_payload(house, "block_actions")
    house.maria.close()
    for _ in range(2):
        below = house.maria.modal()
        assert below is not None
        deep = {"previous_view_id": "V2", "root_view_id": "V1", "hash": below.hash, "id": below.id}
        view = {**pressed["view"], **deep, "blocks": below.blocks}
        assert 200 == post(house, clicking({**pressed, "view": view}, Act.OPEN_GOING_LIVE)).status_code
        house.idle()
    told = seen_modal(house.maria, ONLY)
    assert 1 == told.words.count(ONLY)
    assert "Change Go-Live Date" in told.words
    assert heard == len(house.maria.messages())
