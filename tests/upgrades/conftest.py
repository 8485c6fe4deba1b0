"""A database file of a test's own that no migration has touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def sqlite_folder_url(database_folder: Path) -> str:
    """An SQLite file that isn't there yet."""
    return f"sqlite:///{database_folder}/earlier.db"
