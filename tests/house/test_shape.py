"""The house stays easy to read: small modules and functions, honest names, errors caught by theirs."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

from tests.house.tree import PACKAGES, functions, lines, modules, parsed

# A name made of these says nothing; each part of a name is looked at.
EMPTY_PARTS = {"util", "utils", "helper", "helpers", "manager"}
# These say nothing where they are the whole name.
EMPTY_NAMES = {"data", "process"}
SECOND_SENTENCE = re.compile(r"[.!?]['\")]*\s+[A-Z]")


EVERYTHING = modules(*PACKAGES, "tests")


def test_a_module_opens_with_one_sentence() -> None:
    """The first paragraph of its docstring is one sentence that says what the module is for."""
    assert {} == {str(path): said for path in EVERYTHING if not is_sentence(said := opening(parsed(path)))}


def test_a_module_has_at_most_300_lines() -> None:
    """A longer one is two subjects."""
    assert {} == {str(path): size for path in EVERYTHING if (size := lines(path)) > 300}


def test_a_function_has_at_most_50_lines() -> None:
    """A longer one holds another, unnamed."""
    assert [] == [where for path in EVERYTHING for where, length in functions(path) if length > 50]


def test_half_the_modules_have_at_most_120_lines() -> None:
    """Most subjects are small."""
    sizes = [size for path in modules(*PACKAGES) if (size := lines(path))]
    assert statistics.median(sizes) <= 120


def test_half_the_functions_have_at_most_10_lines_and_most_30() -> None:
    """Nine of ten functions fit without a thought of scrolling."""
    lengths = sorted(length for path in modules(*PACKAGES) for _, length in functions(path))
    assert statistics.median(lengths or [0]) <= 10
    assert lengths == [] or lengths[round(0.9 * (len(lengths) - 1))] <= 30


def test_names_say_something() -> None:
    """No module, class or function is called after nothing in particular."""
    assert [] == [f"{path} {name}" for path in EVERYTHING for name in names(path) if is_empty(name)]


def test_at_most_two_places_catch_everything() -> None:
    """The Slack error handler and the worker's wrapper; elsewhere an error is caught by its name."""
    caught = [f"{path}:{line}" for path in modules(*PACKAGES) for line in broad_catches(parsed(path))]
    assert len(caught) <= 2, caught


@pytest.mark.parametrize(
    "catching",
    [
        "try:\n    pass\nexcept:\n    pass",
        "try:\n    pass\nexcept Exception as error:\n    pass",
        "try:\n    pass\nexcept (OSError, BaseException):\n    pass",
        "with contextlib.suppress(Exception):\n    pass",
    ],
)
def test_a_broad_catch_is_noticed(catching: str) -> None:
    """The rule above sees through each way to catch everything."""
    assert 1 == len(list(broad_catches(ast.parse(catching))))


def test_a_narrow_catch_is_left_alone() -> None:
    """An error caught by its name is what we want."""
    assert [] == list(broad_catches(ast.parse("try:\n    pass\nexcept OSError:\n    pass")))


@pytest.mark.parametrize("name", ["db_utils", "ContactManager", "test_helpers", "process", "data"])
def test_empty_names_are_noticed(name: str) -> None:
    """The rule above sees through underscores and capitals."""
    assert is_empty(name)


@pytest.mark.parametrize("name", ["database", "processed_rows", "contacts", "Mapping", "data_table"])
def test_full_names_are_left_alone(name: str) -> None:
    """A word that merely begins like an empty one is a word."""
    assert not is_empty(name)


@pytest.mark.parametrize("said", ["", "What it is for", "What it is for. And something else."])
def test_what_is_not_one_sentence_is_noticed(said: str) -> None:
    """Nothing, an unfinished sentence and two sentences are not what a module opens with."""
    assert not is_sentence(said)


def opening(tree: ast.Module) -> str:
    """The first paragraph of a module's docstring, without the source that it may name at its end."""
    paragraph = (ast.get_docstring(tree) or "").partition("\n\n")[0]
    return re.sub(r"\s+Source: .*", "", paragraph, flags=re.DOTALL)


def is_sentence(said: str) -> bool:
    """Whether this is one sentence, ended."""
    return said.endswith(".") and SECOND_SENTENCE.search(said) is None


def names(path: Path) -> Iterator[str]:
    """What the module calls itself, its classes and its functions."""
    yield path.stem
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name


def is_empty(name: str) -> bool:
    """Whether the name could stand on anything."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)
    return name.lower() in EMPTY_NAMES or any(part.lower() in EMPTY_PARTS for part in parts)


def broad_catches(tree: ast.Module) -> Iterator[int]:
    """The lines where a module catches, or silences, whatever comes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = [node.type or ast.copy_location(ast.Name("BaseException"), node)]
        else:
            caught = node.args if is_suppress(node) else []
        yield from (each.lineno for each in caught if names_everything(each))


def is_suppress(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether this is contextlib's way of silencing errors."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress")


def names_everything(caught: ast.expr) -> bool:
    """Whether an exception class, or one of a tuple's, is the root of them all."""
    return any(
        isinstance(node, ast.Name) and node.id in {"Exception", "BaseException"} for node in ast.walk(caught)
    )
