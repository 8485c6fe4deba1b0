"""The operator's commands around a firm at work: backup, restore, and the move to PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.demo.playground.hands import wait_for
from tests.conversations.books import OSEI, booked
from tests.conversations.command_line import caseledger
from tests.conversations.passing import let_pass
from tests.conversations.persons import PATIENCE, messages_that_say, reads
from tests.conversations.story import BOOKED, make_ready, open_sync, preview, preview_osei

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conversations.standing import Standing

pytestmark = pytest.mark.slow
REFUSED = 2


def test_an_old_backup_put_back_books_nothing_twice(alone: Standing) -> None:
    """Taken before Book, put back after it: Maria syncs the case again, and all of it is found.

    Meanwhile QuickBooks ignores request ids: only looking keeps it single.
    """
    maria, file = alone.cast.maria, str(alone.folder / "backup")
    alone.sandbox.switches = replace(alone.sandbox.switches, requestid="ignored")
    with alone.program():
        make_ready(alone.cast)
        preview_osei(maria)
        taken = caseledger(alone.folder, alone.variables, "backup", file)
        assert (0, "") == (taken.code, taken.refusal)
        assert "rows, checked." in taken.answer
        maria.click("Book 3 Invoices")
        reads(maria, BOOKED)
        running = caseledger(alone.folder, alone.variables, "restore", file, "--replace")
        assert REFUSED == running.code
        assert "already running" in running.refusal
    occupied = caseledger(alone.folder, alone.variables, "restore", file)
    assert REFUSED == occupied.code
    assert "repeat with --replace" in occupied.refusal
    done = caseledger(alone.folder, alone.variables, "restore", file, "--replace")
    assert (0, "") == (done.code, done.refusal)
    assert "taken over, not booked twice" in done.answer
    let_pass(alone.database_url, timedelta(minutes=5))
    with alone.program():
        open_sync(maria, "00002", "Daniel Osei")
        shown = preview(maria, "Daniel Osei")
        maria.click("Book 3 Invoices", shown)
        wait_for(lambda: len(messages_that_say(maria, BOOKED)) == 2, PATIENCE)
        checked = caseledger(alone.folder, alone.variables, "check")
    assert list(OSEI) == booked(alone.sandbox)
    assert 0 == checked.code, checked.answer


@pytest.mark.postgres
def test_a_firm_moves_to_postgresql_and_goes_on(
    alone: Standing, empty_postgres_url: str, tmp_path: Path
) -> None:
    """The preview that stood in Slack before the move is booked after it; the old file is left alone."""
    maria, move = alone.cast.maria, ("migrate", "--to", empty_postgres_url)
    with alone.program():
        make_ready(alone.cast)
        shown = preview_osei(maria)
        running = caseledger(alone.folder, alone.variables, *move)
        assert REFUSED == running.code
        assert "already running" in running.refusal
    moved = caseledger(alone.folder, alone.variables, *move)
    assert (0, "") == (moved.code, moved.refusal)
    assert "each compared after writing. Set DATABASE_URL" in moved.answer
    left = caseledger(alone.folder, alone.variables, "run")
    assert REFUSED == left.code
    assert "have moved from here to postgresql+psycopg://" in left.refusal
    there = replace(alone, variables=alone.variables | {"DATABASE_URL": empty_postgres_url})
    with there.program():
        maria.click("Book 3 Invoices", shown)
        assert shown.ts == reads(maria, BOOKED).ts
    assert list(OSEI) == booked(there.sandbox)
    assert 1 == len(messages_that_say(maria, BOOKED))


def test_commands_say_what_is_wrong_with_a_database(tmp_path: Path) -> None:
    """An address nobody answers at, or that is none."""
    for url, says in (
        ("postgresql+psycopg://nobody@127.0.0.1:1/none", "can't be opened"),
        ("mysql://somewhere/else", "neither sqlite:///FILE nor postgresql"),
    ):
        said = caseledger(tmp_path, {"DATABASE_URL": url}, "backup", "never")
        assert REFUSED == said.code
        assert says in said.refusal
        assert [] == list(tmp_path.iterdir())
