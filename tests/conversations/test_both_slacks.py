"""The same conversations with the playground and with an emulator that none of us wrote.

What the emulator (emulate 0.12.2) can't, and who does it for it here:

=====================================  ============================================================
send commands, clicks, submissions     `slack_requests.py` signs and sends them
carry out the answer to a submission   `emulated.py`, by views.update and views.push of the emulator
give a view back, close one            `relay.py` keeps what the emulator answered
files in a modal                       uploaded to the app's direct messages, named in the submission
give ephemeral messages by a call      read from its inspector page
check blocks, name unnamed blocks      nobody: the playground and tests/views check blocks
redeliver, retry, limit rates          nobody: with the playground only
=====================================  ============================================================

Its own checks that we must pass: triggers once and within three seconds, modals at most three deep, the
manifest's scopes and no others, who may read a file, edit a message or whisper in a conversation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conversations.books import OSEI, booked
from tests.conversations.persons import hears, messages_that_say, reads, sees
from tests.conversations.story import (
    BOOKED,
    add_contact,
    make_ready,
    open_sync,
    preview,
    preview_osei,
)

if TYPE_CHECKING:
    from tests.conversations.standing import Standing

CHANNEL = "<!channel> & <https://evil|Approve>"


def test_the_whole_story_in_either_slack(either: Standing) -> None:
    """Connect, import, map, find, preview, book: the same words, the same cents, one message."""
    maria = either.cast.maria
    with either.program():
        make_ready(either.cast)
        shown = preview_osei(maria)
        maria.click("Book 3 Invoices", shown)
        result = reads(maria, BOOKED)
        maria.command("/qb")
        standing = sees(maria, "How things stand")
    assert shown.ts == result.ts
    assert 1 == len(messages_that_say(maria, BOOKED))
    assert "Read back: total $2,330.00, tax $195.00, balance $0.00, deposited to Chequing" in result.words
    assert "Northgate Immigration Law" in standing.words
    assert list(OSEI) == booked(either.sandbox)


def test_a_hostile_name_in_either_slack(either: Standing) -> None:
    """Added, booked and told without calling the channel or making a link."""
    maria = either.cast.maria
    with either.program():
        make_ready(either.cast)
        open_sync(maria, "00017", "We don't know yet who")
        add_contact(maria)
        shown = preview(maria, CHANNEL)
        maria.click("Book 1 Invoice", shown)
        result = reads(maria, "1 invoice booked in QuickBooks")
    assert "&lt;!channel&gt; &amp; &lt;https://evil|Approve&gt;" in result.text
    expected = ["Invoice 565.00 owing 0.00", "Payment 565.00"]
    assert expected == booked(either.sandbox, "<!channel> & <https //evil|Approve>")


def test_book_pressed_again_in_either_slack(either: Standing) -> None:
    """Cancelled, previewed anew, booked, and the same click delivered again: told, and booked once."""
    maria = either.cast.maria
    with either.program():
        make_ready(either.cast)
        first = preview_osei(maria)
        maria.click("Cancel", first)
        reads(maria, f"Cancelled by <@{maria.id}>")
        open_sync(maria, "00002", "In QuickBooks (CAD): *Daniel Osei*")
        second = preview(maria, "Daniel Osei")
        pressed = maria.click("Book 3 Invoices", second)
        reads(maria, BOOKED)
        assert 200 == either.hands.redeliver(pressed.delivery)
        hears(maria, f"It was booked by <@{maria.id}> already")
    assert list(OSEI) == booked(either.sandbox)


def test_a_screen_says_what_is_missing_in_either_slack(either: Standing) -> None:
    """Nothing ticked, nobody found: the sentence stands under the ticks, and the screen stays."""
    maria = either.cast.maria
    with either.program():
        make_ready(either.cast)
        open_sync(maria, "00002", "We don't know yet who Daniel Osei is in QuickBooks (CAD).")
        refused = maria.submit()
        assert ["First find Daniel Osei in QuickBooks: press Find Contact above."] == [
            *refused.errors.values()
        ]
        sees(maria, "We don't know yet who Daniel Osei is in QuickBooks (CAD).")
        maria.click("Find Contact")
        sees(maria, "Same e-mail")
        maria.close()
        sees(maria, "We don't know yet who Daniel Osei is in QuickBooks (CAD).")
    assert [] == booked(either.sandbox)
