"""Where the schedules are played: a folder of this run's, and its PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.databases import FOLDER, the_server

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def schedules_folder(pytestconfig: pytest.Config) -> Path:
    """This run's folder."""
    return pytestconfig.stash[FOLDER]


@pytest.fixture
def postgres_server(pytestconfig: pytest.Config) -> str:
    """The address of the server that databases are made on."""
    server, _ = the_server(pytestconfig)
    return server.render_as_string(hide_password=False)
