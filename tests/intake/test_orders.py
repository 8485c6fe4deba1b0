"""Days that read two ways are asked about once a file, unless something in the file settles them."""

from datetime import date

import pytest

from db import cases
from db.engine import Database
from db.intake.orders import DAY_FIRST, MONTH_FIRST, in_order
from db.intake.stage import IncomingFile
from db.records import Doubt, Invoice
from tests.intake.conftest import Importing
from tests.intake.sheets import CASE, INVOICES, comma


def file(*paid: str, answers: dict[str, str] | None = None, issued: str = "2026-03-01") -> IncomingFile:
    """Invoices paid on days written so."""
    rows = [(CASE, f"10{n}", issued, day, 0, 1500, 0, 0, "Yes") for n, day in enumerate(paid)]
    return IncomingFile("Invoices.csv", comma([INVOICES, *rows]).encode(), answers or {})


def invoices(database: Database, firm_id: str) -> list[Invoice]:
    """All there are, by number."""
    with database.read() as session:
        return sorted(cases.all_invoices(session, firm_id), key=lambda one: one.key.number)


def test_nothing_is_taken_until_it_is_answered(take: Importing, database: Database, firm_id: str) -> None:
    """Three rows are shown; the answer reads the whole file, and what was read ends no other way."""
    written = ("03/04/2026", "05/04/2026", "06/07/2026", "08/09/2026")
    waits = take(file(*written))
    question = waits.files[0].question
    assert question is not None
    assert (None, "order") == (waits.import_id, question.kind)
    shown = ["03/04/2026", "05/04/2026", "06/07/2026"]
    assert {"report": "Invoices", "days": shown, "rows": 4} == question.facts
    assert [] == invoices(database, firm_id)

    result = take(file(*written, answers={question.mark: DAY_FIRST}))

    assert (4, 0) == (result.files[0].new, result.files[0].unreadable_rows)
    read = [date(2026, 4, 3), date(2026, 4, 5), date(2026, 7, 6), date(2026, 9, 8)]
    assert read == [one.paid for one in invoices(database, firm_id)]
    assert not any(Doubt.UNCLEAR_DATE in one.doubts for one in invoices(database, firm_id))


@pytest.mark.parametrize(
    ("settles", "read"),
    [("13/04/2026", date(2026, 4, 3)), ("04/13/2026", date(2026, 3, 4))],
    ids=["day first", "month first"],
)
def test_one_day_above_the_twelfth_settles_it(
    take: Importing, database: Database, firm_id: str, settles: str, read: date
) -> None:
    """Nobody is asked what the file tells."""
    assert take(file("03/04/2026", settles)).files[0].question is None
    assert [read, date(2026, 4, 13)] == [one.paid for one in invoices(database, firm_id)]


def test_another_column_settles_it_too(take: Importing, database: Database, firm_id: str) -> None:
    """One program wrote them all."""
    take(file("03/04/2026", issued="28/03/2026"))
    assert [date(2026, 4, 3)] == [one.paid for one in invoices(database, firm_id)]


def test_each_column_follows_what_it_settles_itself(
    take: Importing, database: Database, firm_id: str
) -> None:
    """Another column of the file may write the other way round."""
    first, second = file("03/04/2026", issued="28/02/2026"), file("04/13/2026", issued="02/03/2026")
    rows = [
        *first.content.decode().splitlines(),
        second.content.decode().splitlines()[1].replace("100", "101"),
    ]
    assert take(IncomingFile("Invoices.csv", "\n".join(rows).encode())).files[0].question is None
    assert [(date(2026, 2, 28), date(2026, 3, 4)), (date(2026, 3, 2), date(2026, 4, 13))] == [
        (one.issued, one.paid) for one in invoices(database, firm_id)
    ]


def test_a_file_that_writes_both_ways_is_not_asked_about(
    take: Importing, database: Database, firm_id: str
) -> None:
    """No answer could be right for all of it: each such day holds its invoice."""
    assert take(file("03/04/2026", "13/04/2026", "04/13/2026")).files[0].question is None
    assert [True, False, False] == [one.paid_unclear for one in invoices(database, firm_id)]


def test_a_lone_day_among_others_holds_its_invoice_alone(
    take: Importing, database: Database, firm_id: str
) -> None:
    """Somebody typed it by hand: it tells nothing of the file."""
    assert take(file("03/04/2026", "2026-04-05", "2026-04-06")).files[0].question is None
    assert [True, False, False] == [one.paid_unclear for one in invoices(database, firm_id)]


def test_days_that_are_the_same_either_way_ask_nothing(
    take: Importing, database: Database, firm_id: str
) -> None:
    """4 April is 4 April."""
    assert take(file("04/04/2026")).files[0].question is None
    assert [date(2026, 4, 4)] == [one.paid for one in invoices(database, firm_id)]


@pytest.mark.parametrize(
    ("text", "order", "read"),
    [
        ("03/04/2026", DAY_FIRST, "2026-04-03"),
        ("03/04/2026", MONTH_FIRST, "2026-03-04"),
        ("3.4.2026", DAY_FIRST, "2026-04-03"),
        ("13/04/2026", MONTH_FIRST, "13/04/2026"),
        ("03/04/2026", "", "03/04/2026"),
        ("see note", DAY_FIRST, "see note"),
    ],
)
def test_only_what_reads_two_ways_is_rewritten(text: str, order: str, read: str) -> None:
    """Everything else stands as it did."""
    assert read == in_order(text, order)
