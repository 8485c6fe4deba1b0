"""The far side of several processes at one PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conversations.standing import Standing, standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shared(postgres_url: str, tmp_path: Path) -> Iterator[Standing]:
    """Empty records and empty books; no program runs yet."""
    with standing(postgres_url, tmp_path) as ready:
        yield ready


@pytest.fixture
def alone(sqlite_url: str, tmp_path: Path) -> Iterator[Standing]:
    """The same on SQLite."""
    with standing(sqlite_url, tmp_path) as ready:
        yield ready
