"""One playground with its Bolt app for each test, and its page in a Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.browsers import ARGUMENTS
from tests.playground.stand import standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.playground.stand import Stand

HINTS = ("Import the samples: `/qb-import`.", "Sync a case: `/qb-sync 00002`.")


@pytest.fixture
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """A playground with hints and a sample, and a Bolt app that has no listeners yet."""
    samples = tmp_path_factory.mktemp("samples")
    (samples / "Invoices.csv").write_text("Case,Client\n")
    with standing(samples=samples, hints=HINTS) as both:
        yield both


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """One Chromium for the tests of a file."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, stand: Stand) -> Iterator[Page]:
    """Maria's page; it must not complain on its console."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    opened = context.new_page()
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(stand.playground.url)
    opened.wait_for_selector("body[data-ready]")
    yield opened
    context.close()
    assert [] == complaints
