"""The far side of the program, fresh for each test, on either database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conversations.at_emulator import at_emulator
from tests.conversations.standing import Standing, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


@pytest.fixture
def far(database_url: str, tmp_path: Path) -> Iterator[Standing]:
    """Empty records and empty books; the program doesn't run yet."""
    with standing(database_url, tmp_path) as ready:
        yield ready


@pytest.fixture
def alone(sqlite_url: str, tmp_path: Path) -> Iterator[Standing]:
    """The same on SQLite, where one process is all there is."""
    with standing(sqlite_url, tmp_path) as ready:
        yield ready


@pytest.fixture(params=["playground", pytest.param("emulator", marks=pytest.mark.emulator)])
def either(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> Iterator[Standing]:
    """The same with either Slack: the one that lives here, and one that none of us wrote."""
    if request.param == "playground":
        with standing(sqlite_url, tmp_path) as ready:
            yield ready
    else:
        start: Callable[[Mapping[str, Any]], str] = request.getfixturevalue("slack_emulator")
        with at_emulator(start, sqlite_url, tmp_path) as ready:
            yield ready


@pytest.fixture
def shared(postgres_url: str, tmp_path: Path) -> Iterator[Standing]:
    """The same on PostgreSQL, where several processes share the work."""
    with standing(postgres_url, tmp_path) as ready:
        yield ready
