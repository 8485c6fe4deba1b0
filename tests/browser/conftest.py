"""The real `caseledger demo`, and a Chromium in front of its page."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.demo.playground.hands import Hands
from tests.browser.at_the_page import PATIENCE
from tests.browser.weekly import UNHURRIED_SECONDS, Week, a_week
from tests.browsers import ARGUMENTS
from tests.started import ROOT, stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PICTURES = ROOT / "docs" / "pictures"
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo and where its page is."""

    url: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes the pictures of the README and the docs; elsewhere they go with the test."""

    folder: Path

    def take(self, page: Page, name: str) -> None:
        """A picture of the page as it stands, without what moves in it."""
        page.screenshot(path=self.folder / f"{name}.png", animations="disabled", caret="hide")

    def take_whole(self, page: Page, name: str, height: int) -> None:
        """The same in a window so high."""
        before = page.viewport_size
        page.set_viewport_size({"width": 1180, "height": height})
        self.take(page, name)
        if before is not None:
            page.set_viewport_size(before)


def demo_environment() -> dict[str, str]:
    """Only what a newcomer's shell has."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """`caseledger demo`, up."""
    folder = tmp_path / "demo"
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--folder", str(folder)],
        cwd=tmp_path,
        env=demo_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    too_late = threading.Timer(START_SECONDS, process.kill)
    too_late.start()
    try:
        url = _announced(process)
        # Slack's three seconds are tested elsewhere, not on a busy machine.
        Hands(url).switch(ack_seconds=UNHURRIED_SECONDS)
        yield Demo(url, folder)
    finally:
        too_late.cancel()
        process.send_signal(signal.SIGINT)
        stop(process)
        if process.stdout is not None:
            process.stdout.close()


def _announced(process: subprocess.Popen[str]) -> str:
    said = []
    for line in process.stdout or ():
        said.append(line)
        found = re.search(r"Open\s+(http://127\.0\.0\.1:\d+)", line)
        if found:
            return found.group(1)
    raise AssertionError("the demo didn't come up:\n" + "".join(said))


@pytest.fixture
def browser(chromium: Path) -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(chromium), args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, demo: Demo) -> Iterator[Page]:
    """The demo's page."""
    with opened(browser, demo.url) as shown:
        yield shown


@pytest.fixture
def week(tmp_path: Path) -> Iterator[Week]:
    """The program on a Monday at eight, with a clock that can be put forward."""
    with a_week(tmp_path) as passing:
        yield passing


@pytest.fixture
def desk(browser: Browser, week: Week) -> Iterator[Page]:
    """That week's page."""
    with opened(browser, week.url) as shown:
        yield shown


@contextmanager
def opened(browser: Browser, url: str) -> Iterator[Page]:
    """A page large enough for a picture; any error in its scripts fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-CA")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url)
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def camera(tmp_path: Path) -> Camera:
    """Keeps pictures in docs/pictures where `make pictures` asks for it."""
    folder = PICTURES if os.environ.get("PICTURES") else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    return Camera(folder)
