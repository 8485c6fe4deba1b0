"""Screens that only say something."""

import pytest

from commands.views import notices
from commands.views.text import name
from qb.hold import Mend
from tests.views.cast import LONG, NAMES
from tests.views.limits import check_modal, words


@pytest.mark.parametrize("sentence", [*NAMES, LONG])
def test_slack_takes_whatever_went_wrong(sentence: str) -> None:
    """Short sentences stand in a box, long ones as text; both are whole."""
    view = notices.trouble("CaseLedger", name(sentence, 2000))
    check_modal(view)
    assert words(view)


def test_a_long_sentence_is_not_cut_to_fit_a_box() -> None:
    """An alert holds 200 characters; what is longer is told in full."""
    told = "Nothing was changed. " * 30
    assert told.strip() in words(notices.trouble("CaseLedger", told.strip()))


def test_a_colleague_is_named_not_numbered() -> None:
    """Mentions work in the box too."""
    view = notices.trouble("CaseLedger", "Please ask <@U0ALICE>.")
    assert "mrkdwn" == view["blocks"][0]["text"]["type"]


def test_loading_says_so() -> None:
    """A screen that opens at once."""
    check_modal(notices.loading("CaseLedger"))


@pytest.mark.parametrize("mend", sorted(Mend))
def test_each_mend_has_its_button_or_none(mend: Mend) -> None:
    """Contacts are found in the sync's own screen; what can't be mended here has no button."""
    control = notices.mend_control(mend)
    assert (control is None) == (mend in {Mend.FIND_CONTACT, Mend.NONE})
