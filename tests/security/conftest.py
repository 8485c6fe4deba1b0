"""The whole product without its worker, reached through its front door only."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.fuzz.door import Front, standing_front

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def front(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """One firm, for all tests of a module: each sees that nothing was written."""
    file = tmp_path_factory.mktemp("front") / "caseledger.db"
    shutil.copyfile(migrated_sqlite, file)
    with standing_front(f"sqlite:///{file}") as standing:
        yield standing
