"""What `caseledger run` sees to before and while it serves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.housekeeping import tidy
from bot.running import CannotStartError, prepared_database, refuse_bad_settings
from bot.settings import read_settings
from db import drafts, firms, outbox
from db.drafts import Draft
from db.engine import open_database, schema_state

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.settings import Settings

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
COMPLETE = "SLACK_SIGNING_SECRET=s\nSLACK_BOT_TOKEN=xoxb-t\nVAULT_KEYS=k:a2V5\n"


def settings_of(folder: Path, text: str) -> Settings:
    """Settings from a .env with this text."""
    env = folder / "settings.env"
    env.write_text(text)
    return read_settings(env)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (COMPLETE + "INTUIT_ENVIRONMENT=production\n", "INTUIT_ENVIRONMENT=production is refused"),
        ("VAULT_KEYS=k:a2V5\n", "SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN"),
        ("SLACK_SIGNING_SECRET=s\nSLACK_BOT_TOKEN=xoxb-t\n", "caseledger keys new"),
        (COMPLETE + "TIMEZONE=Canada/Torronto\n", "no time zone called 'Canada/Torronto'. Set TIMEZONE"),
        (COMPLETE + "TIMEZONE=America\n", "no time zone called 'America'. Set TIMEZONE"),
        (COMPLETE + "TIMEZONE=\n", "no time zone called ''. Set TIMEZONE"),
    ],
)
def test_what_cant_work_is_refused_before_anything_is_touched(tmp_path: Path, text: str, says: str) -> None:
    """Each refusal names the variable or the command that mends it."""
    with pytest.raises(CannotStartError, match=says):
        refuse_bad_settings(settings_of(tmp_path, text), "all")


def test_on_sqlite_one_process_does_everything(tmp_path: Path) -> None:
    """Web and worker apart need PostgreSQL."""
    with pytest.raises(CannotStartError, match="On SQLite one process does everything"):
        refuse_bad_settings(settings_of(tmp_path, COMPLETE), "worker")
    refuse_bad_settings(settings_of(tmp_path, COMPLETE), "all")


def test_an_empty_database_gets_its_tables(bare_database_url: str) -> None:
    """A newcomer needn't know the word migrate."""
    database = prepared_database(bare_database_url)
    assert schema_state(database).fits
    database.close()


def test_a_damaged_file_is_not_served(sqlite_url: str) -> None:
    """SQLite's own check runs at every start."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    with pytest.raises(CannotStartError, match="damaged"):
        prepared_database(sqlite_url)


def add(
    session: Session, name: str, now: datetime, *, key: str | None = None, due_at: datetime | None = None
) -> str:
    """A task of this id; the id of the one there is, where its key is known."""
    return outbox.add_task(
        session, firm_id="firm", kind=name, content={}, now=now, new_id=lambda: name, key=key, due_at=due_at
    )


def test_tidying_forgets_only_what_is_old_and_done(database_url: str) -> None:
    """A task that still waits stays, however old; an ended one goes after a month, a draft after a week."""
    database = open_database(database_url, given_clock=True)
    old = NOW - timedelta(days=31)
    with database.write() as session:
        firm = firms.meet_firm(
            session, team_id="T1", name="N", timezone="UTC", now=old, new_id=lambda: "firm"
        )
        add(session, "waiting", old, due_at=NOW + timedelta(days=1))
        add(session, "ended", old, key="once")
        drafts.keep(session, Draft("d", firm.id, "U1", "sync", {}), NOW - timedelta(days=8))
    with database.write() as session:
        claimed = outbox.claim_task(session, old)
        assert claimed is not None
        outbox.finish_task(session, claimed, old)
    tidy(database, NOW)
    with database.write() as session:
        assert drafts.get(session, firm.id, "d") is None
        assert outbox.next_task_due(session) == NOW + timedelta(days=1)
        assert "again" == add(session, "again", NOW, key="once")
    database.close()
