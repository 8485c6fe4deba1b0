"""Every refusal comes from the catalogue: none is made up where it is raised."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import words
from tests.house.tree import modules, parsed

PRODUCT = [
    path
    for path in modules("bot", "commands", "qb", "db")
    if not path.is_relative_to("qb/sandbox") and not path.is_relative_to("bot/demo")
]
TYPE = Path("db/refusal.py")
"""Where sentences become refusals."""
STORED = Path("commands/errors.py")
"""Where one that was kept for the worker is read again."""
REFUSING = ("RefusedError", "NotAllowedError")


def test_refusals_are_made_of_sentences() -> None:
    """Only a sentence of the catalogue becomes a refusal."""
    others = [path for path in PRODUCT if path not in {TYPE, STORED} and knows(parsed(path), "Refusal")]
    assert [] == [f"{path}:{line}" for path in others for line in calls(parsed(path), "Refusal")]


def test_sentences_stand_in_the_catalogue() -> None:
    """A module that makes one is listed by `caseledger messages`."""
    listed = {module.__name__ for chapter in words.CHAPTERS.values() for module in chapter}
    making = {name_of(path) for path in PRODUCT if list(calls(parsed(path), "Sentence"))}
    named = {name_of(path) for path in PRODUCT if path.stem.endswith("sentences")}
    assert set() == (making | named) - listed


def test_no_refusal_is_a_text_of_its_own() -> None:
    """What is raised is never put together on the spot."""
    assert [] == [f"{path}:{line}" for path in PRODUCT for line in made_up(parsed(path))]


@pytest.mark.parametrize(
    "planted",
    [
        'raise RefusedError("No.")',
        'raise access.NotAllowedError(f"Only {who}.")',
        'raise RefusedError("No. {}".format(1))',
        'raise RefusedError("No. " + why)',
        "raise NotConnectedError(NO)",
    ],
)
def test_a_text_made_up_is_noticed(planted: str) -> None:
    """The rule above sees each way to make one."""
    family = f"class NotConnectedError(RefusedError): ...\nNO = 'No.'\n{planted}"
    assert list(made_up(ast.parse(family)))


def knows(tree: ast.Module, name: str) -> bool:
    """Whether the module takes this from where refusals are kept."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "db.refusal"
        and name in {a.name for a in node.names}
        for node in ast.walk(tree)
    )


def calls(tree: ast.Module, name: str) -> Iterator[int]:
    """The lines that call this by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name:
            yield node.lineno


def made_up(tree: ast.Module) -> Iterator[int]:
    """The lines that raise a refusal with a text of their own."""
    texts = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and is_text(node.value, frozenset())
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and refuses(node.exc):
            yield from (node.lineno for given in node.exc.args[:1] if is_text(given, frozenset(texts)))


def refuses(raised: ast.Call) -> bool:
    """Whether what is raised is one of ours, by its name or its family's."""
    return ast.unparse(raised.func).rpartition(".")[2] in FAMILY


def is_text(given: ast.expr, texts: frozenset[str]) -> bool:
    """Whether an argument is a text: written there, put together there, or a constant of the module."""
    if isinstance(given, ast.Name):
        return given.id in texts
    if isinstance(given, ast.Call):
        return ast.unparse(given.func).rpartition(".")[2] in {"format", "join", "str"}
    return isinstance(given, ast.Constant | ast.JoinedStr | ast.BinOp)


def family() -> frozenset[str]:
    """The two refusals and the classes made of them."""
    found = set(REFUSING)
    for path in PRODUCT:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base) in REFUSING for base in node.bases):
                found.add(node.name)
    return frozenset(found)


FAMILY = family()


def name_of(path: Path) -> str:
    """The module's name."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
