"""What is said when QuickBooks is lost, for each way it can be."""

import pytest

from commands.views import lost as views
from tests.views.cast import NAMES
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, words

STATES = ("reconnect", "locked", "app")


def test_the_messages_look_as_agreed() -> None:
    """Why, what waits, and who can mend it."""
    shown = [views.message(state, "Northgate Immigration Law", "Why it is so.") for state in STATES]
    same_as_kept("lost", [{"text": one.text, "blocks": one.blocks} for one in shown])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("state", STATES)
def test_slack_takes_the_messages(state: str, name: str) -> None:
    """Whatever the company is called and whatever Intuit says."""
    check_message(views.message(state, name, name))


@pytest.mark.parametrize("state", STATES)
def test_connecting_anew_is_offered_only_where_it_helps(state: str) -> None:
    """Nothing is lost in any of them, and each says that it goes on by itself."""
    shown = views.message(state, "Northgate", "")
    assert (state == "reconnect") == ("Reconnect QuickBooks" in words(shown.blocks))
    assert "nothing is booked twice" in shown.text
    assert "goes on by itself" in shown.text
