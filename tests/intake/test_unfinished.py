"""An import is seen whole or not at all: when it breaks, is cut off, or others press at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from db.engine import Database
from db.intake import imports
from db.intake.forms import Report
from db.intake.imports import ImportGivenUpError, ImportUnderWayError
from db.intake.rows import KeptRow, digest
from db.intake.shelf import Counts, Shelf
from db.intake.stage import ImportResult, IncomingFile, import_files
from tests.intake.conftest import NOW, Clock, Importing
from tests.intake.looking import counts, rows_kept, seen
from tests.intake.sheets import BILLS, CASE, INVOICE, INVOICES, LISTING, xlsx

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


def long_export(paid: date | None) -> bytes:
    """More invoices than one commit takes."""
    return xlsx(
        [INVOICES, *((CASE, str(number), *INVOICE[2:3], paid, *INVOICE[4:]) for number in range(1, 1201))]
    )


def test_a_long_export_is_staged_in_short_commits(take: Importing, database: Database) -> None:
    """None holds the database for more than 500 rows."""
    take(IncomingFile("a.xlsx", long_export(None)))

    assert 1200 == rows_kept(database)
    assert 500 == imports.BATCH


@pytest.mark.parametrize("looks", range(6))
def test_an_import_that_breaks_anywhere_leaves_nothing_behind(
    take: Importing, database: Database, firm_id: str, clock: Clock, looks: int
) -> None:
    """What was known before is seen unchanged, its leftovers are gone, and the next import works."""
    take(LISTING, IncomingFile("a.xlsx", long_export(None)))
    fuse = Fuse(clock, looks)
    with pytest.raises(PowerCutError):
        import_files(
            database,
            firm_id=firm_id,
            files=[IncomingFile("b.xlsx", long_export(date(2026, 11, 3)))],
            asked_by="U0MARIA",
            now=fuse,
        )

    assert 1201 == rows_kept(database)
    assert (1200, 0) == seen(database, firm_id)
    assert (0, 1200, 0, 0) == counts(take(IncomingFile("b.xlsx", long_export(date(2026, 11, 3)))).files[0])
    assert (1200, 1200) == seen(database, firm_id)


def test_an_import_cut_off_by_a_crash_is_never_seen(
    take: Importing, database: Database, firm_id: str, clock: Clock
) -> None:
    """Its rows stay invisible; another import waits until it is surely dead, then cleans up and works."""
    take(LISTING, IncomingFile("a.xlsx", long_export(None)))
    crash_while_staging(database, firm_id)
    assert (1200, 0) == seen(database, firm_id)

    paid = IncomingFile("b.xlsx", long_export(date(2026, 11, 3)))
    with pytest.raises(ImportUnderWayError):
        take(paid)
    clock.forward(timedelta(minutes=2))
    assert (0, 1200, 0, 0) == counts(take(paid).files[0])
    assert (1200, 1200) == seen(database, firm_id)
    assert 2401 == rows_kept(database)


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
        counts = shelf.put(session, {f"{CASE}|1001": [kept("1001")], f"{CASE}|9999": [kept("9999")]})

        assert 1 == shelf.standing(session) - counts.new
    assert Counts(new=1, changed=1, met=1) == counts


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
    return KeptRow(2, f"{CASE}|{number}", CASE, None, digest(cells), cells)


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
