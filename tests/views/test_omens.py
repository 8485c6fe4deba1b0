"""What is coming is told in a line each, with its button, wherever it is shown."""

from __future__ import annotations

import pytest

from commands.views.blocks import Message, modal
from commands.views.omens import omen_blocks, omen_words
from qb.hold import Mend
from qb.omens import Omen, Sign, Whose
from tests.views.cast import CHANNEL, NAMES
from tests.views.limits import check_message, check_modal, words

OLD = Omen(
    Sign.EXPORT_OLD, "The newest export is 9 days old.", "Import a newer one.", Whose.STAFF, Mend.IMPORT
)


def gone(name: str) -> Omen:
    """A mapped account that is inactive."""
    return Omen(Sign.TARGET_GONE, f"“{name}” is inactive.", "Choose another.", Whose.CONFIRMER, Mend.MAP)


def test_each_has_its_line_and_its_button() -> None:
    """What is so, what to do, who can."""
    (block,) = omen_blocks([OLD])
    assert (
        "*Before it holds you up:* The newest export is 9 days old. Import a newer one. "
        "That is for anybody here."
    ) == block["text"]["text"]
    assert "Import Exports" == block["accessory"]["text"]["text"]
    (told,) = omen_words([OLD])
    assert told.startswith("Before it holds you up: The newest export is 9 days old.")


def test_where_nothing_is_coming_nothing_is_said() -> None:
    """No headline over nothing."""
    assert ([], []) == (omen_blocks([]), omen_words([]))


def test_many_are_counted() -> None:
    """The first few, and where the others stand."""
    assert "3 more things to see to. `/qb-digest` lists them." in words(omen_blocks([OLD] * 7))
    assert "1 more thing to see to. /qb-digest lists them." == omen_words([OLD] * 5)[-1]


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_them_with_any_name(name: str) -> None:
    """In messages and modals."""
    blocks = omen_blocks([gone(name)] * 9)
    check_modal(modal("notice", "Test", blocks))
    check_message(Message("\n".join(omen_words([gone(CHANNEL)])), tuple(blocks)))
