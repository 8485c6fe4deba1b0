"""One playground with its Bolt app for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.playground.stand import standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.playground.stand import Stand


@pytest.fixture
def stand() -> Iterator[Stand]:
    """A playground and a Bolt app that has no listeners yet."""
    with standing() as both:
        yield both
