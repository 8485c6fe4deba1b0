"""`caseledger backup`, `restore` and `migrate --to` on the command line: exit codes and sentences."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from tests.upgrades.earlier import left_by, revisions

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = 2


@pytest.fixture
def firm(tmp_path: Path) -> str:
    """A firm's records in an SQLite file."""
    url = f"sqlite:///{tmp_path}/caseledger.db"
    left_by(url, revisions()[-1])
    return url


def typed(url: str, *words: object) -> Result:
    """What comes of typing this."""
    return CliRunner(env={"DATABASE_URL": url}).invoke(main, [str(word) for word in words])


def test_a_backup_is_told_in_one_sentence(firm: str, tmp_path: Path) -> None:
    """Where it is, how much, and what isn't in it."""
    said = typed(firm, "backup", tmp_path / "b")
    assert 0 == said.exit_code
    assert said.output.startswith(f"Backed up to {tmp_path / 'b'}: ")
    assert "rows, checked." in said.output
    assert "VAULT_KEYS somewhere else" in said.output


def test_restoring_says_what_was_kept_and_what_comes_next(firm: str, tmp_path: Path) -> None:
    """The person who restores isn't at their calmest: each next step is named."""
    typed(firm, "backup", tmp_path / "b")
    assert REFUSED == typed(firm, "restore", tmp_path / "b").exit_code
    said = typed(firm, "restore", tmp_path / "b", "--replace")
    assert 0 == said.exit_code
    for words in ("The database that was there is now", "not booked twice", "/qb-connect", "newest exports"):
        assert words in said.output


def test_check_tells_of_a_restored_database(firm: str, tmp_path: Path) -> None:
    """Whoever wonders later why more is asked of QuickBooks finds it there."""
    typed(firm, "backup", tmp_path / "b")
    typed(f"sqlite:///{tmp_path}/again.db", "restore", tmp_path / "b")
    said = typed(f"sqlite:///{tmp_path}/again.db", "check")
    assert "everything is looked for in QuickBooks before it is sent" in said.output


def test_a_broken_audit_fails_the_command_after_the_backup_is_there(firm: str, tmp_path: Path) -> None:
    """So that cron writes to somebody."""
    with closing(sqlite3.connect(tmp_path / "caseledger.db")) as connection:
        connection.execute("DROP TRIGGER audit_lines_unchanged")
        connection.execute("UPDATE audit_lines SET actor = 'U0MALLORY' WHERE number = 1")
        connection.commit()
    said = typed(firm, "backup", tmp_path / "b")
    assert 1 == said.exit_code
    assert (tmp_path / "b").exists()
    assert "doesn't hold at line 1: edited. Somebody changed the record by hand." in said.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("backup", "nowhere/b"), "See that its folder is there"),
        (("migrate", "--to", "sqlite:///other.db"), "moves an SQLite file to PostgreSQL"),
        (("migrate", "--to", "postgresql+psycopg://nobody@127.0.0.1:1/none"), "can't be opened"),
        (("migrate", "--to", "what?"), "isn't a database address"),
    ],
)
def test_what_can_t_be_done_is_refused_in_words(firm: str, words: tuple[str, ...], says: str) -> None:
    """Never a traceback; nothing was changed."""
    said = typed(firm, *words)
    assert REFUSED == said.exit_code
    assert says in said.output
