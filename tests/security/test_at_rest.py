"""What lies on the disk: for nobody else's eyes, and read back without running anything."""

from __future__ import annotations

import ast
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import click

from bot.__main__ import main
from tests.house.tree import PACKAGES, modules, parsed
from tests.intake.sheets import LISTING, xlsx
from tests.started import ROOT as TREE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RUNS_WHAT_IT_READS = {
    "pickle",
    "cPickle",
    "_pickle",
    "marshal",
    "shelve",
    "dill",
    "cloudpickle",
    "jsonpickle",
    "joblib",
}
RUNS_WHAT_IT_IS_GIVEN = {"eval", "exec", "compile", "__import__"}
SECRETS = ("token", "secret", "key", "password")


def openly(folder: Path, *words: str) -> None:
    """Type a command on a machine where new files are for everybody."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(TREE)},
        check=True,
        capture_output=True,
        timeout=60,
        umask=0,
    )


def test_only_the_program_reads_what_it_writes(tmp_path: Path) -> None:
    """Database, lock and backup are 0600 whatever the machine's habit is."""
    (tmp_path / "listing.xlsx").write_bytes(xlsx(LISTING))
    openly(tmp_path, "migrate")
    openly(tmp_path, "import", "listing.xlsx")
    openly(tmp_path, "backup", "backup.db")
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in tmp_path.iterdir()}
    del modes["listing.xlsx"]
    assert {"caseledger.db", "backup.db"} <= modes.keys()
    assert {"0o600"} == set(modes.values()), modes


def imported() -> Iterator[tuple[str, str]]:
    """Each module of ours, and what it imports by its first name."""
    for path in modules(*PACKAGES):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Import):
                yield from ((str(path), alias.name.partition(".")[0]) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield str(path), node.module.partition(".")[0]


def test_nothing_we_read_can_run() -> None:
    """No pickle and its like, anywhere: rows, files and messages are data."""
    assert [] == [each for each in imported() if each[1] in RUNS_WHAT_IT_READS]


def test_nothing_we_are_given_is_run() -> None:
    """No eval, no exec; no shell."""
    found = [
        f"{path}:{node.lineno}"
        for path in modules(*PACKAGES)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in RUNS_WHAT_IT_IS_GIVEN)
            or any(word.arg == "shell" for word in node.keywords)
            or (isinstance(node.func, ast.Attribute) and ast.unparse(node.func) in {"os.system", "os.popen"})
        )
    ]
    assert [] == found


def commands(group: click.Command, name: str = "caseledger") -> Iterator[tuple[str, click.Command]]:
    """The command and all below it."""
    yield name, group
    if isinstance(group, click.Group):
        for word, command in group.commands.items():
            yield from commands(command, f"{name} {word}")


def test_no_secret_is_an_argument() -> None:
    """Arguments are seen by everybody on the machine: secrets come from the environment or .env."""
    taken = [
        (name, word) for name, each in commands(main) for one in each.params for word in (one.name, *one.opts)
    ]
    assert ("caseledger run", "--role") in taken
    assert [] == [each for each in taken if any(secret in str(each[1]) for secret in SECRETS)]
