"""What a newer export lacks is held until somebody says whether it counts, or an export has it again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from db import audit, cases, matters, tables
from db.intake.forms import Report
from db.intake.lacking import COUNTS, LEFT_OUT, Lacking
from db.intake.stage import IncomingFile
from db.records import Doubt
from tests.intake.booked import booked
from tests.intake.conftest import NOW, Importing
from tests.intake.looking import anyway
from tests.intake.sheets import CASE, INVOICES, LISTING, PAYMENTS, xlsx
from tests.intake.test_matters import open_ones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.engine import Database
    from db.intake.result import ImportResult

HELD = (Doubt.NO_LONGER_EXPORTED,)
FIRST, SECOND, THIRD = date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 20)


def bills(*numbers: int, on: date = FIRST, unpaid: Sequence[int] = ()) -> IncomingFile:
    """The Invoices export of a day: each invoice a day after the one before."""
    rows = [
        (
            CASE,
            str(one),
            date(2026, 9, 1 + one % 30),
            None if one in unpaid else FIRST,
            0,
            1500,
            0,
            635,
            "Yes",
        )
        for one in numbers
    ]
    return IncomingFile(f"Invoices-export-{on}.xlsx", xlsx([INVOICES, *rows]))


def money(*numbers: int, on: date = FIRST) -> IncomingFile:
    """The Payments export of a day: of each invoice one payment."""
    rows = [(CASE, f"T-{one}", str(one), date(2026, 9, 1 + one % 30), "Wire", 2330) for one in numbers]
    return IncomingFile(f"Payments-export-{on}.xlsx", xlsx([PAYMENTS, *rows]))


def doubts(database: Database, firm_id: str) -> dict[str, tuple[Doubt, ...]]:
    """By its number what is doubtful of each invoice, the same wherever it is read."""
    with database.read() as session:
        found = {one.key.number: one.doubts for one in cases.all_invoices(session, firm_id)}
        (one,) = cases.case_file(session, firm_id, CASE)
        assert found == {each.key.number: each.doubts for each in one.invoices}
    return found


def say(database: Database, firm_id: str, said: str) -> None:
    """Ben answers the only question."""
    (asked,) = open_ones(database, firm_id)
    with database.write() as session:
        assert matters.settle(session, firm_id, asked, said, by="U0BEN", now=NOW)


@pytest.fixture
def lacked(take: Importing) -> ImportResult:
    """Four invoices; a week later the second is no longer exported."""
    take(LISTING, bills(1001, 1002, 1003, 1004))
    return take(bills(1001, 1003, 1004, 1005, on=SECOND))


def test_what_stood_between_others_is_held_and_asked_about(
    lacked: ImportResult, database: Database, firm_id: str
) -> None:
    """By its number and its day; it stays in the records."""
    told = Lacking(Report.INVOICES, CASE, "1002", SECOND, lacked.import_id or 0)
    assert ((told,), 1) == (lacked.lacking, len(lacked.anew))
    assert [told] == [one.lacking for one in lacked.matters]
    assert {"1001": (), "1002": HELD, "1003": (), "1004": (), "1005": ()} == doubts(database, firm_id)


def test_it_still_counts_until_another_export_lacks_it_anew(
    lacked: ImportResult, take: Importing, database: Database, firm_id: str
) -> None:
    """An export that goes on lacking it asks no more; who said so is in the audit."""
    say(database, firm_id, COUNTS)
    assert () == doubts(database, firm_id)["1002"]
    assert () == take(bills(1001, 1003, 1004, 1005, 1006, on=THIRD)).lacking
    assert [] == open_ones(database, firm_id)
    take(bills(1001, 1002, 1003, 1004, 1005, 1006, on=THIRD))
    assert 1 == len(take(bills(1001, 1003, 1004, 1005, 1006, on=date(2026, 11, 27))).anew)
    assert HELD == doubts(database, firm_id)["1002"]
    with database.read() as session:
        assert () == audit.verify(session, firm_id)
        assert ["question.answered"] == [
            one.verb for one in audit.lines(session, firm_id) if one.subject.startswith("missing|")
        ]
    assert lacked.lacking


def test_an_export_that_has_it_again_settles_it(
    lacked: ImportResult, take: Importing, database: Database, firm_id: str
) -> None:
    """Whatever was said, it is in the records as before."""
    say(database, firm_id, LEFT_OUT)
    assert "1002" not in doubts(database, firm_id)
    take(bills(1001, 1002, 1003, 1004, 1005, on=THIRD))
    assert () == doubts(database, firm_id)["1002"]
    assert [] == open_ones(database, firm_id)
    assert lacked.lacking


def test_nobody_knows_and_it_stays_held(lacked: ImportResult, database: Database, firm_id: str) -> None:
    """That is an answer, too."""
    say(database, firm_id, "")
    assert ([], HELD) == (open_ones(database, firm_id), doubts(database, firm_id)["1002"])
    assert lacked.lacking


def test_what_is_booked_is_not_asked_about(take: Importing, database: Database, firm_id: str) -> None:
    """It is told as what differs from the books is; its records say that it isn't exported any more."""
    take(LISTING, bills(1001, 1002, 1003))
    booked(database, firm_id, "1002")
    result = take(bills(1001, 1003, on=SECOND))
    assert (1, (), []) == (len(result.lacking), result.anew, open_ones(database, firm_id))
    assert HELD == doubts(database, firm_id)["1002"]
    with database.write() as session:
        session.execute(update(tables.Effect).values(state="rejected"))
    assert ["1002"] == [one.lacking.number for one in open_ones(database, firm_id) if one.lacking]


def test_a_payment_that_is_no_longer_exported_holds_its_invoice(
    take: Importing, database: Database, firm_id: str
) -> None:
    """Left out, it was never paid."""
    take(LISTING, bills(1001, 1002, 1003), money(1001, 1002, 1003))
    result = take(money(1001, 1003, on=SECOND))
    assert ["T-1002"] == [one.number for one in result.lacking]
    assert HELD == doubts(database, firm_id)["1002"]
    say(database, firm_id, LEFT_OUT)
    assert () == doubts(database, firm_id)["1002"]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param([bills(1002, 1003, 1004, on=SECOND)], id="the first"),
        pytest.param([bills(1001, 1002, 1003, on=SECOND)], id="the last"),
        pytest.param([bills(1001, 1002, on=SECOND), bills(1003, 1004, on=SECOND)], id="two parts"),
        pytest.param([bills(1001, 1003, on=SECOND), bills(1002, 1004, on=SECOND)], id="by status"),
    ],
)
def test_what_an_export_may_not_reach_is_not_missing(take: Importing, files: list[IncomingFile]) -> None:
    """An export may be of a period, or in parts."""
    take(LISTING, bills(1001, 1002, 1003, 1004))
    assert () == take(*files).lacking


def test_two_offices_exports_in_turn_lack_nothing_of_each_other(take: Importing) -> None:
    """Each is held against the last of its own kind."""
    here, there = range(1001, 1040, 2), range(1002, 1041, 2)
    take(LISTING, bills(*here))
    for on in (SECOND, THIRD):
        assert [(), ()] == [take(bills(*each, on=on)).lacking for each in (there, here)]


def test_what_went_with_the_newest_row_is_asked_about_when_others_follow(
    take: Importing, database: Database, firm_id: str
) -> None:
    """Nothing stood after it in the export that lacked it first; in the next one something does."""
    take(LISTING, bills(1001, 1002, 1003))
    assert () == take(bills(1001, 1002, on=SECOND)).lacking
    assert ["1003"] == [one.number for one in take(bills(1001, 1002, 1004, on=THIRD)).lacking]
    assert HELD == doubts(database, firm_id)["1003"]


def test_a_part_taken_in_between_hides_nothing(take: Importing) -> None:
    """A filtered export came between two whole ones."""
    take(LISTING, bills(*range(1001, 1011)))
    take(bills(1001, 1002, on=SECOND))
    whole = bills(*(one for one in range(1001, 1012) if one != 1005), on=THIRD)
    assert ["1005"] == [one.number for one in take(whole).lacking]


def test_an_older_export_and_an_unpaid_invoice_are_not_judged(take: Importing) -> None:
    """An older one lacks what came later; what isn't paid isn't booked anyway."""
    take(LISTING, bills(1001, 1002, 1003, on=SECOND, unpaid=[1002]))
    old = bills(1001, 1003, on=FIRST)
    (asked,) = take(old).files
    anyway(take, old, asked)
    assert () == take(bills(1001, 1003, on=THIRD, unpaid=[1002])).lacking
