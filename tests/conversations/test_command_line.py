"""The command line beside Slack: each command's sentence and exit code, and what it must not do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from db import cases, firms
from db.engine import open_database
from tests.conversations.command_line import caseledger
from tests.conversations.story import EXPORTS, connect, open_sync

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conversations.standing import Standing

REFUSED = 2


def exports(far: Standing) -> list[str]:
    """Today's three exports on disk."""
    return [str(far.folder / "exports" / name) for name in EXPORTS]


def invoices(database_url: str) -> int:
    """How many invoices the records hold."""
    database = open_database(database_url)
    with database.read() as session:
        firm = firms.only_firm(session)
        found = 0 if firm is None else len(cases.all_invoices(session, firm.id))
    database.close()
    return found


def say_schema(database_url: str, revision: str) -> None:
    """Have the database claim to be of this revision."""
    database = open_database(database_url)
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    database.close()


def test_exports_go_in_by_hand_and_are_there_in_slack(far: Standing) -> None:
    """The answer counts; the same again changes nothing; Maria finds the case afterwards."""
    first = caseledger(far.folder, far.variables, "import", *exports(far))
    assert (0, "") == (first.code, first.refusal)
    assert first.answer.startswith("Imported 186 new rows")
    assert f"{EXPORTS[1]} (Invoices): 70 new, 0 changed, 0 unchanged" in first.answer
    again = caseledger(far.folder, far.variables, "import", *exports(far))
    assert "Nothing new: the records are as they were" == again.answer.splitlines()[0]
    with far.program():
        connect(far.cast.alice)
        open_sync(far.cast.maria, "00002", "Daniel Osei")


def test_a_wrong_file_by_hand_is_refused_and_changes_nothing(alone: Standing) -> None:
    """Somebody's rota is no export: exit code 1, its name and why."""
    rota = str(alone.folder / "exports" / "Holiday rota.xlsx")
    said = caseledger(alone.folder, alone.variables, "import", rota)
    assert 1 == said.code
    assert "Nothing was imported; the records are as they were" == said.answer.splitlines()[0]
    assert "Holiday rota.xlsx: not taken." in said.answer
    assert 0 == invoices(alone.database_url)


def test_days_that_read_two_ways_are_settled_by_an_option(alone: Standing) -> None:
    """Without it nothing is taken in, and the sentence names it."""
    file = alone.folder / "Payments.csv"
    header = "Case Number,Transaction Number,Number,Payment Date,Method,Amount"
    file.write_text(f"{header}\n00002-Osei,T-1,1001,03/04/2026,E-Transfer,10.00\n", encoding="utf-8")
    asked = caseledger(alone.folder, alone.variables, "import", str(file))
    assert 1 == asked.code
    assert "add --dates dmy (day first) or --dates mdy (month first)." in asked.answer
    told = caseledger(alone.folder, alone.variables, "import", "--dates", "mdy", str(file))
    assert (0, "Imported 1 new row") == (told.code, told.answer.splitlines()[0])


def test_on_sqlite_nothing_writes_beside_the_running_program(alone: Standing) -> None:
    """A second `run`, an import and a migration refuse, say why, change nothing; the first serves on."""
    with alone.program():
        for words in (["run"], ["import", *exports(alone)], ["migrate"]):
            said = caseledger(alone.folder, alone.variables, *words)
            assert (REFUSED, "") == (said.code, said.answer), words
            assert "CaseLedger is already running with " in said.refusal
            assert "Nothing was changed. Stop it first, then try again." in said.refusal
        assert 0 == invoices(alone.database_url)
        connect(alone.cast.alice)


def test_migrate_makes_the_tables_and_may_be_repeated(bare_database_url: str, tmp_path: Path) -> None:
    """On a database nobody has touched."""
    variables = {"DATABASE_URL": bare_database_url}
    for _ in range(2):
        said = caseledger(tmp_path, variables, "migrate")
        assert (0, "The database's tables are up to date.\n") == (said.code, said.answer), said.refusal


def test_a_database_of_a_newer_version_is_left_alone(far: Standing) -> None:
    """`run` says which version it would need, and `check` that something is to mend."""
    say_schema(far.database_url, "9999")
    said = caseledger(far.folder, far.variables, "run")
    assert (REFUSED, "") == (said.code, said.answer)
    assert "Nothing was changed. It was written by a newer CaseLedger: install that version." in said.refusal
    assert REFUSED - 1 == caseledger(far.folder, far.variables, "check").code


def test_a_database_of_an_older_version_is_not_touched_by_running(alone: Standing) -> None:
    """The remedy is a command of its own."""
    say_schema(alone.database_url, "0001")
    said = caseledger(alone.folder, alone.variables, "run")
    assert REFUSED == said.code
    assert "Nothing was changed. Run: caseledger migrate." in said.refusal


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"INTUIT_ENVIRONMENT": "production"}, "Set INTUIT_ENVIRONMENT=sandbox."),
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN aren't both set."),
        ({"SLACK_BOT_TOKEN": "xoxb-somebody-else"}, "Slack refuses SLACK_BOT_TOKEN"),
        ({"VAULT_KEYS": ""}, "Run caseledger keys new and put what it prints into .env."),
        ({"PORT": "a door"}, "PORT: "),
    ],
)
def test_run_says_which_setting_it_can_t_start_with(
    alone: Standing, changed: dict[str, str], sentence: str
) -> None:
    """And no secret stands in what it says."""
    said = caseledger(alone.folder, {**alone.variables, **changed}, "run")
    assert REFUSED == said.code
    assert sentence in said.refusal
    assert alone.variables["SLACK_SIGNING_SECRET"] not in said.refusal


def test_check_names_everything_that_is_missing_and_how_to_mend_it(tmp_path: Path) -> None:
    """In an empty folder: nothing is set."""
    said = caseledger(tmp_path, {}, "check")
    assert 1 == said.code
    to_mend = re.findall(r"^FIX  (\w+):", said.answer, re.MULTILINE)
    assert ["Vault", "Intuit", "People", "Slack"] == to_mend
    assert "Run caseledger keys new and put what it prints into .env as VAULT_KEYS." in said.answer


def test_check_is_content_once_all_is_set_up(alone: Standing) -> None:
    """Settings, database, QuickBooks, the audit chain and Slack, while the program runs."""
    with alone.program():
        connect(alone.cast.alice)
        said = caseledger(alone.folder, alone.variables, "check")
    assert 0 == said.code, said.answer
    assert re.search(r"^ok +QuickBooks: Connected to Northgate Immigration Law", said.answer, re.MULTILINE)
    assert re.search(r"^ok +Audit: The audit chain holds\.$", said.answer, re.MULTILINE)


def test_a_new_key_is_one_that_the_vault_takes(alone: Standing) -> None:
    """What `keys new` prints goes into VAULT_KEYS as it is; each is another."""
    first, second = (caseledger(alone.folder, {}, "keys", "new") for _ in range(2))
    assert (0, 0) == (first.code, second.code)
    assert first.answer != second.answer
    checked = caseledger(
        alone.folder, {**alone.variables, "VAULT_KEYS": f"{second.answer.strip()},{first.answer}"}, "check"
    )
    assert re.search("^ok +Vault: 2 keys", checked.answer, re.MULTILINE)
