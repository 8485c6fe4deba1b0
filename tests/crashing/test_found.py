"""What the matrix has found once, by name, so that it stays mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.crashing.proving import Stand, never_killed, prove
from tests.crashing.schedules import Blow, Schedule

if TYPE_CHECKING:
    from pathlib import Path

UNHURRIED = pytest.mark.timeout(900)
"""A short form takes half a minute, and longer on a machine that does other things as well."""


@UNHURRIED
@pytest.mark.postgres
def test_a_result_isnt_covered_by_progress(schedules_folder: Path, postgres_server: str) -> None:
    """Killed when it had shown the first progress: the survivor tells the result, and that stays."""
    like = Schedule(workers=2, postgres=True)
    stand = Stand(schedules_folder, postgres_server)
    killed = Schedule((Blow("commit task sync.expand done", "before"),), workers=2, postgres=True)
    assert [] == prove(stand, [killed], never_killed(stand, like)).wrong
