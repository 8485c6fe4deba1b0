"""A week of a firm at the demo's page, by a clock that is put forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.at_the_page import be, home
from tests.browser.small_firm import write_monday
from tests.conversations.persons import sees
from tests.conversations.story import connect, map_everything

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Camera
    from tests.browser.weekly import Week

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_week_of_a_firm(desk: Page, week: Week, camera: Camera) -> None:
    """Monday's digest, a request, a rejection, a mend by someone else, an approval, Friday's all clear."""
    first_steps(desk, week, camera)


def first_steps(desk: Page, week: Week, camera: Camera) -> None:
    """The guide on Home names each step of the beginning, and no more once it is taken."""
    be(desk, "alice")
    home(desk, "Step 1 of 4")
    camera.take(desk, "guide")
    connect(week.cast.alice)
    import_exports(week, write_monday(week.exports, week.clock().date()))
    map_everything(week.cast.alice)
    home(desk, "Step 4 of 4")


def import_exports(week: Week, names: tuple[str, ...]) -> None:
    """Maria takes exports in."""
    maria = week.cast.maria
    maria.command("/qb-import")
    sees(maria, "The same file twice changes nothing.")
    maria.attach_samples(names)
    maria.submit()
    sees(maria, "unchanged")
    maria.close()
