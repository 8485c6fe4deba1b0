"""Databases to measure on: SQLite's file on the disk, where a commit costs what it will cost a firm."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.databases import BOTH

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path, migrated_sqlite: Path) -> str:
    """A migrated, empty database of either kind."""
    if request.param != "sqlite":
        return str(request.getfixturevalue("postgres_url"))
    path = tmp_path / "caseledger.db"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"
