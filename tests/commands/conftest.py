"""The whole product, up for one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.house import House, standing_house


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """Empty records, nothing connected, nobody has done anything yet."""
    with standing_house(sqlite_url, tmp_path) as standing:
        yield standing


@pytest.fixture
def ready(house: House) -> House:
    """Connected, imported and mapped."""
    house.ready_to_sync()
    return house
