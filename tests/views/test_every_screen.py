"""Every screen and message has an example, and stands all checks with short, long and hostile names."""

import ast
from collections.abc import Iterator

import pytest

from commands.views.blocks import Message
from tests.house.tree import modules, parsed
from tests.views import examples, examples_asking, examples_daily, examples_matters
from tests.views.cast import LEFTWARD, NAMES
from tests.views.examples import Shown
from tests.views.limits import check_directions, check_home, check_message, check_modal

EXAMPLES = {
    **examples.EXAMPLES,
    **examples_asking.EXAMPLES,
    **examples_daily.EXAMPLES,
    **examples_matters.EXAMPLES,
}
FRAMES = frozenset({"blocks.modal", "digest.of_day"})
"""What only puts a screen around another builder's blocks, or chooses among others' messages."""


def builders() -> Iterator[str]:
    """Each public function of the views that gives a screen or messages."""
    for path in modules("commands/views"):
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and shows(node):
                yield f"{path.stem}.{node.name}"


def shows(function: ast.FunctionDef) -> bool:
    """Whether it gives screens or messages."""
    given = ast.walk(function.returns) if function.returns else ()
    return bool({"View", "Message"} & {one.id for one in given if isinstance(one, ast.Name)})


def check(shown: Shown) -> None:
    """As Slack and our own rules would have it, wherever it stands."""
    if isinstance(shown, Message):
        check_message(shown)
    elif shown["type"] == "home":
        check_home(shown)
    else:
        check_modal(shown)


def test_every_builder_has_an_example() -> None:
    """A new screen or message is looked at from its first day: tests/views/examples*.py."""
    assert [] == sorted(set(builders()) - set(EXAMPLES) - FRAMES)


def test_every_example_is_of_a_builder() -> None:
    """What was renamed takes its example along."""
    assert [] == sorted(set(EXAMPLES) - set(builders()))


@pytest.mark.parametrize("name", NAMES, ids=["short", "markup", "accents", "long", "disguised"])
@pytest.mark.parametrize("builder", EXAMPLES)
def test_a_screen_stands_all_checks(builder: str, name: str) -> None:
    """Types, limits, surface, size, manners and markup, whatever anybody is called."""
    shown = EXAMPLES[builder](name)
    assert shown
    for one in shown:
        check(one)


@pytest.mark.parametrize("builder", EXAMPLES)
def test_a_name_written_from_right_to_left_flips_nothing_beside_it(builder: str) -> None:
    """Amounts and counts stay on their side of a Hebrew or Arabic name, in markup, labels and plain text."""
    for one in EXAMPLES[builder](LEFTWARD):
        check(one)
        if isinstance(one, Message):
            check_directions([{"type": "mrkdwn", "text": one.text}, *one.blocks])
        else:
            check_directions(one)
