"""What the proofs of the nets share: a database of a firm made ready, as many times as it takes."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from tests.books.office import Clock
from tests.nets.core import Core
from tests.nets.mutants import NONE, Mutant
from tests.nets.remote import Ids, Remote
from tests.nets.standing import Standing, make_ready

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    NewCore = Callable[..., Core]


@pytest.fixture(scope="session")
def ready_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Standing]:
    """The SQLite file of a firm made ready, to be copied, and who the firm is."""
    path = tmp_path_factory.mktemp("ready") / "caseledger.db"
    shutil.copyfile(migrated_sqlite, path)
    return path, make_ready(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def ordered_sqlite(
    ready_sqlite: tuple[Path, Standing], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Standing]:
    """The same with its first invoice ordered."""
    source, standing = ready_sqlite
    path = tmp_path_factory.mktemp("ordered") / "caseledger.db"
    shutil.copyfile(source, path)
    clock = Clock()
    core = Core(f"sqlite:///{path}", standing, clock, Remote(clock, Ids.HONOURED))
    core.approve(standing.keys[:1])
    core.close()
    return path, standing


@pytest.fixture
def new_core(ready_sqlite: tuple[Path, Standing], database_folder: Path) -> Iterator[NewCore]:
    """Makes cores, each on a database of its own with nothing ordered; only the last one is open."""
    yield from cores(*ready_sqlite, database_folder)


@pytest.fixture
def ordered_core(ordered_sqlite: tuple[Path, Standing], database_folder: Path) -> Iterator[NewCore]:
    """The same with the first invoice ordered."""
    yield from cores(*ordered_sqlite, database_folder)


def cores(source: Path, standing: Standing, folder: Path) -> Iterator[NewCore]:
    """Give what makes cores on copies of a file, and close the last one afterwards."""
    made: list[Core] = []
    numbers = itertools.count(1)

    def make(ids: Ids, mutant: Mutant = NONE) -> Core:
        close()
        path = folder / f"{next(numbers)}.db"
        shutil.copyfile(source, path)
        clock = Clock()
        core = Core(f"sqlite:///{path}", standing, clock, Remote(clock, ids), mutant, first_id=100)
        event.listen(core.database.engine, "connect", unsafe_and_fast)
        made.append(core)
        return core

    def close() -> None:
        while made:
            core = made.pop()
            core.close()
            Path(core.database.url.removeprefix("sqlite:///")).unlink()

    yield make
    close()


def unsafe_and_fast(connection: sqlite3.Connection, record: object) -> None:
    """Only the program dies here, not the machine: nothing need wait for the disk."""
    connection.execute("PRAGMA synchronous = OFF").close()
    connection.execute("PRAGMA journal_mode = MEMORY").close()
