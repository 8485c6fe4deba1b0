"""The test databases themselves: of both kinds, fresh for each test, gone afterwards, missed aloud."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.house.tree import ROOT


def test_a_test_gets_a_database_it_can_write_to(database_url: str) -> None:
    """A table made in one test's database is there to be read again."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE house_probe (answer INTEGER)"))
        connection.execute(text("INSERT INTO house_probe VALUES (42)"))
    with engine.begin() as connection:
        answer = connection.execute(text("SELECT answer FROM house_probe")).scalar_one()
    engine.dispose()
    assert 42 == answer


def test_two_tests_never_meet_in_a_database(bare_database_url: str) -> None:
    """What another test left is not here: the same table can be made again."""
    engine = create_engine(bare_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE house_probe (answer INTEGER)"))
    engine.dispose()


def inner_run(**environment: str) -> subprocess.CompletedProcess[str]:
    """A run of the first test above, by itself, in another environment."""
    this = f"{__file__}::{test_a_test_gets_a_database_it_can_write_to.__name__}"
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("CI", "TEST_", "PYTEST_"))
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", this]
    return subprocess.run(
        command, cwd=ROOT, env=inherited | environment, check=False, capture_output=True, text=True
    )


def test_a_missing_postgresql_is_said_with_what_to_do() -> None:
    """Elsewhere than in CI the run goes on, and ends with what it left out."""
    run = inner_run(TEST_POSTGRES="none")
    assert 0 == run.returncode
    assert "PostgreSQL tests left out: TEST_POSTGRES says none (1)" in run.stdout.splitlines()


def test_a_missing_postgresql_fails_ci() -> None:
    """In CI nothing may be left out."""
    run = inner_run(TEST_POSTGRES="none", CI="true")
    assert 1 == run.returncode
    assert "PostgreSQL tests left out" in run.stdout


@pytest.mark.postgres
def test_a_server_that_is_given_is_used_and_left_clean(postgres_url: str) -> None:
    """With TEST_DATABASE_URL the tests' databases are made there, and removed."""
    server = make_url(postgres_url)
    engine = create_engine(server.set(database="postgres"))
    listing = text("SELECT count(*) FROM pg_database WHERE datname NOT LIKE :ours")
    run = str(server.database).split("_")[1]
    with engine.connect() as connection:
        before = connection.execute(listing, {"ours": f"caseledger_{run}%"}).scalar_one()
    given = server.set(database="postgres").render_as_string(hide_password=False)
    assert 0 == inner_run(TEST_DATABASE_URL=given, CI="true").returncode
    with engine.connect() as connection:
        after = connection.execute(listing, {"ours": f"caseledger_{run}%"}).scalar_one()
    engine.dispose()
    assert before == after
