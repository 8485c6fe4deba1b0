"""What is in the checkout, for the tests that read it: its files, modules and functions."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "commands", "qb", "db")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tracked(*below: str) -> list[Path]:
    """The files that git keeps, or would if asked to now, below these folders: relative, sorted."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *below]
    listed = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return sorted({Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()})


def modules(*below: str) -> list[Path]:
    """The Python files among them, but for Alembic's numbered migrations."""
    return [path for path in tracked(*below) if path.suffix == ".py" and "versions" not in path.parts]


def parsed(path: Path) -> ast.Module:
    """The module's syntax tree."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def lines(path: Path) -> int:
    """How many lines the file has."""
    return len((ROOT / path).read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of the module: where it is, and how many lines it takes."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, Function) and node.end_lineno is not None:
            yield f"{path}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1
