"""An import is seen whole or not at all: when it breaks, is cut off, or others press at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from db.engine import Database
from db.intake import imports
from db.intake.column import JSON
from db.intake.forms import Report
from db.intake.imports import ImportGivenUpError, ImportUnderWayError
from db.intake.rows import KeptRow, digest
from db.intake.shelf import Counts, Shelf
from db.intake.stage import ImportResult, IncomingFile, Progress, import_files
from tests.intake.conftest import NOW, Clock, Importing
from tests.intake.looking import counts, rows_kept, seen
from tests.intake.sheets import BILLS, CASE, INVOICE, INVOICES, LISTING, comma, xlsx

MANY = 9_000

STAGED = '{"Case Number": "00002-Silva", "Number": "9999", "Paid Date": "2026-11-03"}'


class PowerCutError(Exception):
    """The process ends here."""


class Fuse:
    """A clock that lets a process live for so many looks at it."""

    def __init__(self, clock: Clock, looks: int) -> None:
        self._clock = clock
        self._looks = looks

    def __call__(self) -> datetime:
        """The moment, until it blows."""
        self._looks -= 1
        if self._looks < 0:
            raise PowerCutError
        return self._clock()


def long_export(paid: str) -> bytes:
    """More invoices than one commit takes."""
    rows = ((CASE, str(number), "2026-11-01", paid, *INVOICE[4:]) for number in range(1, MANY + 1))
    return comma([INVOICES, *rows]).encode()


def test_a_long_export_is_staged_in_short_commits(database: Database, firm_id: str, clock: Clock) -> None:
    """None holds the database for more than 4,000 rows; after each it is told how far the file is."""
    told: list[Progress] = []
    files = [IncomingFile("a.csv", long_export(""))]
    import_files(database, firm_id=firm_id, files=files, asked_by="U0MARIA", now=clock, tell=told.append)

    assert 9000 == rows_kept(database)
    assert [Progress("a.csv", done, 9000) for done in (4000, 8000, 9000)] == told


@pytest.mark.parametrize("looks", range(7))
def test_an_import_that_breaks_anywhere_leaves_nothing_behind(
    take: Importing, database: Database, firm_id: str, clock: Clock, looks: int
) -> None:
    """What was known before is seen unchanged, its leftovers are gone, and the next import works."""
    take(LISTING, IncomingFile("a.csv", long_export("")))
    fuse = Fuse(clock, looks)
    with pytest.raises(PowerCutError):
        import_files(
            database,
            firm_id=firm_id,
            files=[IncomingFile("b.csv", long_export("2026-11-03"))],
            asked_by="U0MARIA",
            now=fuse,
        )

    assert 9001 == rows_kept(database)
    assert (9000, 0) == seen(database, firm_id)
    assert (0, 9000, 0, 0) == counts(take(IncomingFile("b.csv", long_export("2026-11-03"))).files[0])
    assert (9000, 9000) == seen(database, firm_id)


def test_an_import_cut_off_by_a_crash_is_never_seen(
    take: Importing, database: Database, firm_id: str, clock: Clock
) -> None:
    """Its rows stay invisible; another import waits until it is surely dead, then cleans up and works."""
    take(LISTING, IncomingFile("a.csv", long_export("")))
    crash_while_staging(database, firm_id)
    assert (9000, 0) == seen(database, firm_id)

    paid = IncomingFile("b.csv", long_export("2026-11-03"))
    with pytest.raises(ImportUnderWayError):
        take(paid)
    clock.forward(timedelta(minutes=2))
    assert (0, 9000, 0, 0) == counts(take(paid).files[0])
    assert (9000, 9000) == seen(database, firm_id)
    assert 18001 == rows_kept(database)


def test_a_failed_import_still_clearing_up_is_looked_past(
    take: Importing, database: Database, firm_id: str, clock: Clock
) -> None:
    """Its rows stand for nothing, and what it ended stands, for the import that comes meanwhile."""
    take(LISTING, BILLS)
    crash_while_staging(database, firm_id)
    with database.write() as session:
        session.execute(text("UPDATE imports SET state = 'failed' WHERE state = 'staging'"))
        import_id = imports.begin(session, firm_id, "U0MARIA", clock())
        shelf = Shelf(firm_id, import_id, Report.INVOICES, frozenset(INVOICES))
        compared = shelf.compare(session, {f"{CASE}|1001": [kept("1001")], f"{CASE}|9999": [kept("9999")]})
        shelf.write(session, compared)

        assert 1 == shelf.standing(session) - compared.counts.new
    assert Counts(new=1, changed=1, met=1) == compared.counts


def test_at_a_start_an_unfinished_import_is_cleared_at_once(
    take: Importing, database: Database, firm_id: str
) -> None:
    """Where one process uses the database, nobody else can be importing."""
    take(LISTING)
    crash_while_staging(database, firm_id)
    imports.abandon_unfinished(database, firm_id, NOW, silent=timedelta(0))

    assert 1 == rows_kept(database)
    assert (1, 0, 0, 0) == counts(take(BILLS).files[0])


def test_an_import_that_was_overtaken_changes_nothing(
    take: Importing, database: Database, firm_id: str, clock: Clock
) -> None:
    """A process that slept through its time finds that it no longer counts."""
    with database.write() as session:
        sleeper = imports.begin(session, firm_id, "U0BEN", clock())
    clock.forward(timedelta(minutes=2))
    take(BILLS)

    with pytest.raises(ImportGivenUpError), database.write() as session:
        imports.keep_alive(session, sleeper, clock())
    with pytest.raises(ImportGivenUpError), database.write() as session:
        imports.apply(session, sleeper, [], clock())


def test_many_at_once_take_a_file_in_once(database: Database, firm_id: str, clock: Clock) -> None:
    """Whoever comes while another import lives is told so; the row is new exactly once."""
    barrier = threading.Barrier(6)

    def press(_: int) -> ImportResult | ImportUnderWayError:
        barrier.wait()
        files = [IncomingFile("a.xlsx", xlsx(BILLS))]
        try:
            return import_files(database, firm_id=firm_id, files=files, asked_by="U0MARIA", now=clock)
        except ImportUnderWayError as busy:
            return busy

    with ThreadPoolExecutor(6) as people:
        answers = list(people.map(press, range(6)))

    assert 1 == sum(answer.files[0].new for answer in answers if isinstance(answer, ImportResult))
    assert 1 == rows_kept(database)


def kept(number: str) -> KeptRow:
    """An incoming invoice of that number."""
    cells = {"Case Number": CASE, "Number": number}
    return KeptRow(2, f"{CASE}|{number}", CASE, None, digest(cells), JSON.encode(cells))


def crash_while_staging(database: Database, firm_id: str) -> None:
    """Leave an import as a killed process does: staging, some rows replaced, some new."""
    with database.write() as session:
        import_id = imports.begin(session, firm_id, "U0BEN", NOW)
        session.execute(
            text(
                "INSERT INTO source_rows (firm_id, report, key, occurrence, case_number, since, row_number, "
                "sha256, cells) VALUES (:firm, 'invoices', '00002-Silva|9999', 1, :case, :id, 2, 'x', :cells)"
            ),
            {"firm": firm_id, "id": import_id, "case": CASE, "cells": STAGED},
        )
        session.execute(
            text("UPDATE source_rows SET until = :id WHERE since <> :id AND report = 'invoices'"),
            {"id": import_id},
        )
