"""Every control that a screen shows has its function, and every screen that can be submitted too."""

import json
import re
from typing import Any

import pytest

from commands import ACTIONS, DECISIONS, OPTIONS, TASKS, VIEWS, action_pattern
from commands.ids import Act, Task
from commands.views.blocks import Message
from tests.views.examples import Shown
from tests.views.test_every_screen import EXAMPLES


def controls(thing: object) -> list[dict[str, Any]]:
    """Every control within that Slack tells us about when it is used."""
    if isinstance(thing, list):
        return [control for part in thing for control in controls(part)]
    if not isinstance(thing, dict):
        return []
    if thing.get("type") == "input" and not thing.get("dispatch_action"):
        return []
    found = [control for part in thing.values() for control in controls(part)]
    return [*found, thing] if "action_id" in thing else found


def shown() -> list[Any]:
    """An example of everything that the views build."""
    return [_drawn(one) for example in EXAMPLES.values() for one in example("Maria Silva")]


def _drawn(one: Shown) -> Any:  # noqa: ANN401 - as JSON has it
    drawn = list(one.blocks) if isinstance(one, Message) else one
    return json.loads(json.dumps(drawn))


def test_every_control_has_its_function() -> None:
    """None of them would be answered by the one that answers strangers."""
    patterns = [action_pattern(act) for act in (*ACTIONS, *DECISIONS)]
    used = {control["action_id"] for screen in shown() for control in controls(screen)}
    assert len(used) > 10
    assert [] == [action for action in used if not any(pattern.match(action) for pattern in patterns)]


def test_no_control_has_two_functions() -> None:
    """Bolt would take the first and leave us wondering."""
    patterns = [action_pattern(act) for act in (*ACTIONS, *DECISIONS)]
    used = {control["action_id"] for screen in shown() for control in controls(screen)}
    assert [] == [action for action in used if sum(bool(p.match(action)) for p in patterns) != 1]


def test_every_searching_select_is_served() -> None:
    """Else it stays empty."""
    selects = re.findall(r'"type": "external_select", "action_id": "(\w+)"', json.dumps(shown()))
    assert set(OPTIONS) == set(selects)


def test_every_screen_that_can_be_submitted_has_its_function() -> None:
    """A submit button leads somewhere."""
    submitted = {s["callback_id"] for s in shown() if isinstance(s, dict) and "submit" in s}
    assert set(VIEWS) == submitted


def test_every_task_has_its_function() -> None:
    """The worker knows each kind."""
    assert set(Task) == set(TASKS)


@pytest.mark.parametrize("act", sorted(Act))
def test_ids_are_short_and_plain(act: Act) -> None:
    """They travel with every click."""
    assert re.fullmatch(r"[a-z_]{3,30}", act)
