"""Backups, restoring and moving: nothing is lost on the way, nothing that is there is overwritten."""

from __future__ import annotations

import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from db import audit, epochs, firms, heartbeats, tables
from db.backups import BackupRefusedError, back_up
from db.engine import AlreadyRunningError, ProcessLock, open_database
from db.restoring import restore
from tests.db.copies import HEAD, effects_in, held, same
from tests.upgrades.earlier import left_by

if TYPE_CHECKING:
    from collections.abc import Iterator


NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CHANGED_BY_RESTORING = {"epochs", "effects", "tasks", "audit_lines", "audit_heads"}


@pytest.fixture
def full_url(bare_database_url: str) -> str:
    """A database of either kind with rows in every table."""
    left_by(bare_database_url, HEAD)
    return bare_database_url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place of either kind where nothing is yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/restored.db"
    else:
        yield request.getfixturevalue("empty_postgres_url")


def path_of(url: str) -> Path:
    """An SQLite address's file."""
    return Path(url.removeprefix("sqlite:///"))


def test_a_backup_put_back_holds_what_was_there(full_url: str, empty_url: str, tmp_path: Path) -> None:
    """From either database into either; sealed bytes, moments, names and empty values come back the same."""
    before, file = held(full_url), tmp_path / "backup"
    made = back_up(full_url, file, NOW)
    done = restore(empty_url, file, NOW + timedelta(days=1))
    after = held(empty_url)
    assert same(before, after, but=CHANGED_BY_RESTORING)
    assert all(before[name].rows <= after[name].rows for name in before)
    assert (NOW, None) == (done.taken_at, done.kept)
    assert made.rows == sum(what.rows for what in before.values()) + 1  # and when it was taken


def test_a_restored_database_doubts_whatever_was_open(full_url: str, empty_url: str, tmp_path: Path) -> None:
    """Since the oldest backup it ever came from; its chain goes on and holds; new rows get new numbers."""
    file, later = tmp_path / "backup", NOW + timedelta(days=1)
    back_up(full_url, file, NOW)
    restore(empty_url, file, later)
    was, now = effects_in(full_url), effects_in(empty_url)
    oldest = was["effect-c"]["unknown_since"]
    assert {(True, oldest, None)} == {
        (row["doubtful"], row["unknown_since"], row["lease_until"]) for row in now.values()
    }
    assert {later + timedelta(seconds=130)} == {row["due_at"] for row in now.values()}
    database = open_database(empty_url)
    with database.write() as session:
        assert () == audit.verify(session, "firm-1")
        assert "database.restored" == audit.lines(session, "firm-1", after=2)[0].verb
        assert epochs.current(session) == epochs.Epoch(oldest, later)
        new = tables.Import(firm_id="firm-2", state="failed", asked_by="", asked_at=NOW, alive_at=NOW)
        session.add(new)
        session.flush()
        assert new.id > 52
    database.close()


def test_a_backup_is_for_its_owner_alone_and_in_one_file(full_url: str, tmp_path: Path) -> None:
    """Nothing is left beside it."""
    file = tmp_path / "backups" / "today"
    file.parent.mkdir()
    back_up(full_url, file, NOW)
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert [file] == list(file.parent.iterdir())


def test_a_backup_is_of_one_moment_whatever_others_write(full_url: str, tmp_path: Path) -> None:
    """The running program holds its database and goes on: audit lines and their head never part in a copy."""
    database, enough = open_database(full_url), threading.Event()

    def go_on() -> None:
        while not enough.is_set():
            with database.write() as session:
                audit.record(
                    session, firm_id="firm-1", at=NOW, actor="U1", verb="tested", subject="it", content={}
                )

    with ProcessLock(full_url):
        writer = threading.Thread(target=go_on)
        writer.start()
        taken = [back_up(full_url, tmp_path / str(number), NOW) for number in range(3)]
        enough.set()
        writer.join()
    assert [()] * 3 == [backup.broken for backup in taken]
    assert taken[0].rows < taken[-1].rows
    database.close()


def test_a_backup_is_never_written_over(full_file: Path, tmp_path: Path) -> None:
    """Nor is anything else of that name."""
    file = tmp_path / "backup"
    file.write_text("mine")
    with pytest.raises(BackupRefusedError, match="is there already"):
        back_up(f"sqlite:///{full_file}", file, NOW)
    assert "mine" == file.read_text()


def test_a_backup_that_can_t_be_written_leaves_nothing(full_file: Path, tmp_path: Path) -> None:
    """The folder isn't there, or the database is no database."""
    with pytest.raises(FileNotFoundError):
        back_up(f"sqlite:///{full_file}", tmp_path / "nowhere" / "backup", NOW)
    full_file.write_bytes(full_file.read_bytes()[:8192] + b"\xff" * 8192)
    with pytest.raises((BackupRefusedError, DatabaseError)):
        back_up(f"sqlite:///{full_file}", tmp_path / "backup", NOW)
    assert [] == list(tmp_path.iterdir())


def test_a_database_of_another_version_is_backed_up_by_that_version(bare_database_url: str) -> None:
    """Before an update, not after it."""
    left_by(bare_database_url, "0004")
    with pytest.raises(BackupRefusedError, match="before you update"):
        back_up(bare_database_url, Path("never-written"), NOW)


def test_a_broken_audit_chain_is_kept_and_said(full_file: Path, empty_url: str, tmp_path: Path) -> None:
    """A backup with it is better than none; whoever takes it or puts it back hears where it is broken."""
    url, file = f"sqlite:///{full_file}", tmp_path / "backup"
    with closing(sqlite3.connect(full_file)) as connection:
        connection.execute("DROP TRIGGER audit_lines_unchanged")
        connection.execute("UPDATE audit_lines SET actor = 'U0MALLORY' WHERE number = 1")
        connection.commit()
    broken = back_up(url, file, NOW).broken
    assert 1 == len(broken)
    assert "doesn't hold at line 1: edited." in broken[0]
    assert broken == restore(empty_url, file, NOW).broken


def test_a_backup_stays_as_it_is(full_file: Path, empty_url: str, tmp_path: Path) -> None:
    """It may be restored again, elsewhere or later."""
    file = tmp_path / "backup"
    back_up(f"sqlite:///{full_file}", file, NOW)
    whole = file.read_bytes()
    restore(empty_url, file, NOW)
    assert whole == file.read_bytes()


def test_restoring_over_records_needs_saying_so_and_keeps_them(full_file: Path, tmp_path: Path) -> None:
    """What SQLite left beside the old file goes along with it: it must not be played into the new one."""
    url, file = f"sqlite:///{full_file}", tmp_path / "backup"
    back_up(url, file, NOW)
    with pytest.raises(BackupRefusedError, match="--replace"):
        restore(url, file, NOW)
    journal = full_file.with_name(f"{full_file.name}-journal")
    journal.write_bytes(b"")
    was = full_file.read_bytes()
    kept = restore(url, file, NOW, replace=True).kept
    assert kept is not None
    assert was == kept.read_bytes()
    assert "full.db.before-20261122T120000Z" == kept.name
    assert kept.with_name(f"{kept.name}-journal").exists()
    assert not journal.exists()


def test_a_damaged_database_counts_as_records(full_file: Path, tmp_path: Path) -> None:
    """It may be all a firm has: it is kept, whatever state it is in."""
    url, file = f"sqlite:///{full_file}", tmp_path / "backup"
    back_up(url, file, NOW)
    full_file.write_bytes(b"\xff" * 5000)
    with pytest.raises(BackupRefusedError, match="--replace"):
        restore(url, file, NOW)
    kept = restore(url, file, NOW, replace=True).kept
    assert kept is not None
    assert b"\xff" * 5000 == kept.read_bytes()


@pytest.mark.parametrize("garbage", [b"", b"\xff" * 5000, b"SQLite format 3\x00" + b"\x00" * 5000])
def test_what_is_no_backup_is_refused(tmp_path: Path, garbage: bytes) -> None:
    """Nothing appears where it would have gone."""
    file, target = tmp_path / "rubbish", tmp_path / "target.db"
    file.write_bytes(garbage)
    with pytest.raises(BackupRefusedError, match="backup"):
        restore(f"sqlite:///{target}", file, NOW)
    assert not target.exists()


def test_a_copied_database_is_no_backup(full_file: Path, tmp_path: Path) -> None:
    """Nobody knows when it was copied, so nobody knows since when to look."""
    with pytest.raises(BackupRefusedError, match="caseledger backup makes one"):
        restore(f"sqlite:///{tmp_path}/target.db", full_file, NOW)


def test_nothing_is_restored_beneath_a_running_program(full_file: Path, tmp_path: Path) -> None:
    """On SQLite it holds the file."""
    url, file = f"sqlite:///{full_file}", tmp_path / "backup"
    back_up(url, file, NOW)
    with ProcessLock(url), pytest.raises(AlreadyRunningError):
        restore(url, file, NOW, replace=True)


@pytest.mark.postgres
def test_a_postgresql_that_is_in_use_or_holds_records_is_left_alone(
    full_file: Path, postgres_url: str, tmp_path: Path
) -> None:
    """A living process first, then a firm: either keeps the backup out, --replace or not."""
    file = tmp_path / "backup"
    back_up(f"sqlite:///{full_file}", file, NOW)
    database = open_database(postgres_url)
    with database.write() as session:
        heartbeats.beat(session, "here", "worker", NOW - timedelta(seconds=59))
    with pytest.raises(BackupRefusedError, match="CaseLedger is running"):
        restore(postgres_url, file, NOW, replace=True)
    with database.write() as session:
        firms.meet_firm(session, team_id="T9", name="N", timezone="UTC", now=NOW, new_id=lambda: "firm-9")
    with pytest.raises(BackupRefusedError, match="holds a firm's records"):
        restore(postgres_url, file, NOW + timedelta(minutes=1), replace=True)
    with database.read() as session:
        assert ["firm-9"] == [firm.id for firm in firms.all_firms(session)]
    database.close()


def test_a_copy_that_differs_is_noticed(full_url: str) -> None:
    """One changed value anywhere alters the table's sum."""
    before = held(full_url)
    database = open_database(full_url)
    with database.write() as session:
        session.execute(text("UPDATE receipts SET ties = (1 = 1)"))
    database.close()
    after = held(full_url)
    assert ["receipts"] == [name for name in before if before[name] != after[name]]
