"""Setting up says in one sentence what a machine lacks."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT


def set_up(path: Path) -> subprocess.CompletedProcess[str]:
    """A set-up on a machine whose programs are those in `path`."""
    for program in ("sh", "dirname"):
        (path / program).symlink_to(str(shutil.which(program)))
    command = [str(ROOT / ".ci/setup"), "run"]
    return subprocess.run(command, env={"PATH": str(path)}, check=False, capture_output=True, text=True)


def test_a_machine_without_python_is_told_what_to_type(tmp_path: Path) -> None:
    """No Python at all: one line with the remedy, and a failure."""
    tried = set_up(tmp_path)
    assert 1 == tried.returncode
    assert tried.stderr.startswith(
        "CaseLedger needs Python 3.11 or newer: type 'sudo apt-get install python3"
    )
    assert 1 == len(tried.stderr.splitlines())


@pytest.mark.parametrize("name", ["python3", "python"])
def test_a_machine_with_an_old_python_is_told_which(tmp_path: Path, name: str) -> None:
    """A Python that is too old is named, so that the person knows we saw it."""
    old = tmp_path / name
    old.write_text('#!/bin/sh\ncase "$2" in *print*) echo 3.9;; *) exit 1;; esac\n')
    old.chmod(0o755)
    tried = set_up(tmp_path)
    assert 1 == tried.returncode
    assert tried.stderr.startswith("CaseLedger needs Python 3.11 or newer (here: 3.9): type 'sudo apt-get")
