"""The whole product without its worker, reached through its front door only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fuzz.door import Front, standing_front

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def front(sqlite_url: str) -> Iterator[Front]:
    """Empty records of one firm."""
    with standing_front(sqlite_url) as standing:
        yield standing
