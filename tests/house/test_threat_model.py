"""The threat model names tests that are there, for each of its walls."""

import ast
import re
from functools import cache

import pytest

from tests.house.tree import ROOT, modules, parsed

PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
WALLS = re.findall(r"^\| (\d+) \| (.+)$", PAGE, re.MULTILINE)


@cache
def every_test() -> frozenset[str]:
    """The name of every test."""
    return frozenset(
        node.name
        for path in modules("tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def test_there_are_eleven_walls() -> None:
    """As many as there are lines to hold."""
    assert [*range(1, 12)] == [int(number) for number, _ in WALLS]


@pytest.mark.parametrize(("number", "wall"), WALLS, ids=[number for number, _ in WALLS])
def test_every_test_it_names_is_there(number: str, wall: str) -> None:
    """A wall whose test was renamed or removed is no wall that anybody sees hold."""
    named = re.findall(r"`(test_\w+)`", wall)
    assert 3 <= len(named), number
    assert [] == [name for name in named if name not in every_test()]
