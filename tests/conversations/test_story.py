"""The whole main job with the program as a process of its own, on either database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conversations.books import OSEI, booked
from tests.conversations.persons import messages_that_say, reads
from tests.conversations.story import BOOKED, make_ready, preview_osei

if TYPE_CHECKING:
    from tests.conversations.standing import Standing


def test_an_export_goes_in_and_entries_come_out(far: Standing) -> None:
    """Three invoices and five payments, to the cent, told in one message that was the preview."""
    maria = far.cast.maria
    with far.program():
        make_ready(far.cast)
        shown = preview_osei(maria)
        assert "$2,330.00" in shown.words
        maria.click("Book 3 Invoices")
        result = reads(maria, BOOKED)
        assert "Read back: total $2,330.00, tax $195.00, balance $0.00, deposited to Chequing" in result.words
    assert list(OSEI) == booked(far.sandbox)
    assert shown.ts == result.ts
    assert 1 == len(messages_that_say(maria, BOOKED))
