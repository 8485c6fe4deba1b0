"""The settings: each page with what holds now, for those who may change it and those who may look."""

import pytest

from commands.ids import Act
from commands.views import places
from commands.views import settings as views
from commands.views.settings import Section, SettingsScreen
from tests.views.cast import NAMES
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, check_modal, words

SECTIONS = (
    Section("Channels and time zone", Act.OPEN_PLACES, places.summary("C0APPROVE", "", "America/Toronto")),
)
SHOWN = SettingsScreen(SECTIONS, ("U0ALICE",))


def test_the_settings_look_as_agreed() -> None:
    """As an admin sees them."""
    same_as_kept("settings", views.screen(SHOWN))


def test_whoever_may_change_nothing_learns_who_can() -> None:
    """The same pages without a button."""
    looked = tuple(Section(one.title, None, one.summary) for one in SECTIONS)
    told = words(views.screen(SettingsScreen(looked, ("U0ALICE", "U0ZOE"))))
    assert "You can look; only an admin can change these. Please ask <@U0ALICE> or <@U0ZOE>." in told
    assert "Change" not in told.split("\n")
    nobody = words(views.screen(SettingsScreen(looked, ())))
    assert "No admin is named; a workspace owner can name one on the People page." in nobody


def test_the_page_for_channels_looks_as_agreed() -> None:
    """One chosen, one not yet."""
    same_as_kept("places", places.page("C0APPROVE", "", "America/Toronto", "V-1"))


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_every_screen(name: str) -> None:
    """Whatever a channel or a zone is called."""
    check_modal(places.page("C0APPROVE", "C0BOOKS", name[:64], "V-1"))
    check_modal(
        views.screen(SettingsScreen((Section("T", Act.OPEN_PLACES, places.summary(name, "", name)),), ()))
    )
    for what in places.TELLS:
        check_message(places.chosen_here(what, name))
        assert "/invite @CaseLedger" in places.not_in_channel(what, name)
