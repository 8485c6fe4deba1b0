"""The playground as a program of its own, with a manifest file."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import requests
import yaml

from bot.demo.playground.hands import Hands
from bot.demo.playground.manifest import read_manifest
from tests.playground.stand import COMMANDS, SCOPES, manifest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A manifest file."""
    path = tmp_path / "manifest.yml"
    path.write_text(yaml.safe_dump(manifest()))
    return path


def test_a_manifest_file_reads_like_a_manifest(file: Path) -> None:
    """Commands, scopes, events and switches, from YAML or from a dictionary."""
    found = read_manifest(file)
    assert found == read_manifest(manifest())
    assert (COMMANDS, frozenset(SCOPES)) == (tuple(each.name for each in found.commands), found.scopes)
    assert (True, True, True) == (found.interactive, found.options_url, found.home_tab)


def test_optional_scopes_count_as_granted() -> None:
    """An admin may leave them out; here they were accepted."""
    content = manifest(scopes=["commands"])
    content["oauth_config"]["scopes"]["bot_optional"] = ["files:write"]
    assert frozenset(["commands", "files:write"]) == read_manifest(content).scopes


def test_an_empty_manifest_promises_nothing() -> None:
    """No commands, no scopes, no interactivity."""
    found = read_manifest({})
    assert ((), frozenset(), False, False) == (
        found.commands,
        found.scopes,
        found.interactive,
        found.home_tab,
    )


def test_it_runs_alone(file: Path) -> None:
    """It says where it is, serves, and ends on Ctrl-C."""
    command = [sys.executable, "-m", "bot.demo.playground", "--port", "0", "--manifest", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        url = running.stdout.readline().split()[1]
        assert 200 == requests.get(url, timeout=5).status_code
        names = [each["name"] for each in Hands(url).as_("U0MARIA").screen()["rooms"]]
        assert ["general", "books", "books-approvals", "CaseLedger"] == names
        running.send_signal(signal.SIGINT)
        assert 0 == running.wait(10)
