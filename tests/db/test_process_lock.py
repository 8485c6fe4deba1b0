"""One process holds an SQLite file; PostgreSQL is shared by many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.engine import AlreadyRunningError, ProcessLock

if TYPE_CHECKING:
    from pathlib import Path


def test_one_process_holds_an_sqlite_file(tmp_path: Path) -> None:
    """The second one is refused at once, and let in when the first is gone."""
    url = f"sqlite:///{tmp_path / 'books.db'}"
    with ProcessLock(url), pytest.raises(AlreadyRunningError, match="Nothing was changed"):
        ProcessLock(url)

    ProcessLock(url).release()


def test_postgresql_needs_no_process_lock() -> None:
    """Many processes share it."""
    url = "postgresql+psycopg://host/books"
    with ProcessLock(url), ProcessLock(url):
        pass
