"""The record of who did what, written by many processes at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from db import audit, firms
from db.audit import Break
from db.engine import open_database
from tests.db.test_audit import tamper
from tests.started import ROOT

PROCESSES, LINES = 4, 100
WRITING = """
import sys
from datetime import UTC, datetime
from db import audit
from db.engine import open_database
url, who = sys.argv[1:]
database = open_database(url)
for number in range(100):
    with database.write() as session:
        audit.record(session, firm_id="firm", at=datetime.now(UTC), actor=who, verb="note",
                     subject=str(number), content={"n": number})
"""


@pytest.mark.postgres
def test_four_processes_make_one_chain_of_four_hundred(postgres_url: str) -> None:
    """Numbered through, each line carrying the one before; an edited one is named."""
    database, now = open_database(postgres_url), datetime.now(UTC)
    with database.write() as session:
        firm = firms.meet_firm(
            session, team_id="T1", name="F", timezone="UTC", now=now, new_id=lambda: "firm"
        )
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITING, postgres_url, f"U{number}"], cwd=ROOT)
        for number in range(PROCESSES)
    ]
    assert [0] * PROCESSES == [writer.wait(60) for writer in writers]
    with database.read() as session:
        written = audit.lines(session, firm.id)
        assert () == audit.verify(session, firm.id)
    ours = [line for line in written if line.verb == "note"]
    assert PROCESSES * LINES == len(ours)
    assert [*range(1, len(written) + 1)] == [line.number for line in written]
    assert PROCESSES == len({line.actor for line in ours})
    tamper(database, "UPDATE audit_lines SET actor = 'UEVE' WHERE number = 217 AND firm_id = :firm", firm)
    with database.read() as session:
        assert Break(217, "edited") == audit.verify(session, firm.id)[0]
    database.close()
