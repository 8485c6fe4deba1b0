"""What people do at the playground's page, and what they wait for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PATIENCE = 40_000


def be(page: Page, who: str) -> None:
    """Become Maria, Ben or Alice."""
    page.get_by_test_id(f"user-{who}").click()
    expect(page.get_by_test_id(f"user-{who}")).to_have_class(re.compile("current"))


def command(page: Page, text: str) -> None:
    """Type a command and press Enter."""
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")


def modal(page: Page, says: str) -> Locator:
    """The modal in front, once it says this."""
    front = page.get_by_test_id("modal").last
    expect(front).to_contain_text(says, timeout=PATIENCE)
    return front


def message(page: Page, says: str) -> Locator:
    """The newest message, once it says this."""
    newest = page.get_by_test_id("message").last
    expect(newest).to_contain_text(says, timeout=PATIENCE)
    return newest


def message_among(page: Page, says: str) -> Locator:
    """The newest of the messages that say this, once there is one."""
    found = page.get_by_test_id("message").filter(has_text=says).last
    expect(found).to_be_visible(timeout=PATIENCE)
    return found


def go_to(page: Page, channel: str) -> None:
    """Open a channel."""
    page.get_by_test_id(f"channel-{channel}").click()
    expect(page.get_by_test_id(f"channel-{channel}")).to_have_class(re.compile("current"))


def go_to_app(page: Page, tab: str) -> None:
    """Open the app's Home or Messages tab."""
    page.get_by_test_id("app").click()
    page.get_by_test_id(f"{tab}-tab").click()


def home(page: Page, says: str) -> Locator:
    """The app's Home, once it says this."""
    go_to_app(page, "home")
    shown = page.get_by_test_id("home")
    expect(shown).to_contain_text(says, timeout=PATIENCE)
    return shown


def press(page: Page, button: str) -> None:
    """Press the newest button of this name."""
    page.get_by_role("button", name=button, exact=True).last.click()
