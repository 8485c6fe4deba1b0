"""A Chromium for the tests that drive the demo page: the machine's own, never one that is downloaded."""

import os
import shutil
from pathlib import Path

import pytest

from tests.leaving_out import leave_out

# Of the program itself: no sandbox (we may be root), nothing sent home.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The Chromium to start, with ARGUMENTS: CHROMIUM where it is set, else the one on the path."""
    named = os.environ.get("CHROMIUM")
    names = (named,) if named else ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        leave_out("browser", "type 'sudo apt-get install chromium', or set CHROMIUM to one")
    return Path(found)
