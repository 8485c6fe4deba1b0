"""Everything Slack sends comes twice, at the same instant and again later: the same books, and told once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.demo.playground.hands import wait_for
from db import tables
from db.engine import open_database
from tests.conversations.books import OSEI, booked, count
from tests.conversations.persons import PATIENCE, messages_that_say, reads, sees, told
from tests.conversations.story import BOOKED, add_contact, make_ready, open_sync, preview, preview_osei

if TYPE_CHECKING:
    from tests.conversations.standing import Standing


def wait_until_idle(database_url: str) -> None:
    """Until nothing is left to do."""
    database = open_database(database_url)
    row = tables.Task
    waiting = select(func.count()).select_from(row).where(row.state.in_(("ready", "running")))

    def idle() -> bool:
        with database.read() as session:
            return session.execute(waiting).scalar_one() == 0

    wait_for(idle, PATIENCE)
    database.close()


def said(far: Standing) -> list[str]:
    """Every direct message to any of the three, without what only they see."""
    people = (far.cast.maria, far.cast.ben, far.cast.alice)
    return [one.words for person in people for one in person.messages() if not one.ephemeral]


def test_every_request_of_the_story_at_the_same_instant_twice(far: Standing) -> None:
    """Commands, clicks and submissions in pairs: one import, one preview, one booking, one result."""
    maria = far.cast.maria
    far.hands.switch(twice=True)
    with far.program():
        make_ready(far.cast)
        preview_osei(maria)
        maria.click("Book 3 Invoices")
        reads(maria, BOOKED)
        wait_until_idle(far.database_url)
        assert list(OSEI) == booked(far.sandbox)
        expected = ["Imported 186 new rows", BOOKED]
        assert expected == [one.split("\n")[0] for one in messages_to(far)], told(maria)
        assert 1 == len(messages_that_say(far.cast.alice, "Connected to"))


def messages_to(far: Standing) -> list[str]:
    """Maria's direct messages, without what only she sees."""
    return [one.words for one in far.cast.maria.messages() if not one.ephemeral]


def test_a_contact_added_twice_at_the_same_instant_is_one(far: Standing) -> None:
    """Two submissions of Add Contact: one customer in QuickBooks, and the sync goes on."""
    maria = far.cast.maria
    with far.program():
        make_ready(far.cast)
        before = count(far.sandbox, "Customer")
        far.hands.switch(twice=True)
        open_sync(maria, "00018", "We don't know yet who")
        add_contact(maria)
        preview(maria, 'René "Ané" O\'Brien \\ 马春梅')
        wait_until_idle(far.database_url)
    assert before + 1 == count(far.sandbox, "Customer")


def test_every_request_of_the_story_again_later(far: Standing) -> None:
    """Recorded and sent once more, signed afresh: nothing is booked, imported or mapped anew."""
    maria = far.cast.maria
    with far.program():
        make_ready(far.cast)
        preview_osei(maria)
        maria.click("Book 3 Invoices")
        reads(maria, BOOKED)
        maria.command("/qb")
        sees(maria, "How things stand")
        maria.close()
        wait_until_idle(far.database_url)
        before = said(far)
        for delivery in far.hands.deliveries():
            assert 200 == far.hands.redeliver(delivery["id"]), delivery["body"]
        wait_until_idle(far.database_url)
        assert list(OSEI) == booked(far.sandbox)
        more = Counter(said(far)) - Counter(before)
        assert [] == [words for words in more if "Nothing was changed" not in words]
