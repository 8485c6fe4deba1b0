"""The sample exports tell the demo's story, the same for the same day."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.samples import write_samples
from bot.demo.samples.bills import PARTICULAR, PLAIN
from bot.demo.samples.exports import client_listing, invoices, payments
from bot.demo.samples.people import KNOWN, OTHERS
from db import cases
from db.engine import Database
from db.intake.stage import FileResult, IncomingFile
from db.money import Money
from db.records import Doubt, Invoice, LineKind
from tests.intake.conftest import Importing
from tests.intake.sheets import HOSTILE, LONG

TODAY = date(2026, 11, 22)
ROTA = "Holiday rota.xlsx"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files written for one day."""
    written = write_samples(tmp_path_factory.mktemp("samples"), today=TODAY)
    return {path.name: path.read_bytes() for path in written}


def files(samples: dict[str, bytes], day: str) -> list[IncomingFile]:
    """The exports of one day."""
    return [IncomingFile(name, content) for name, content in samples.items() if day in name]


def counts(result: FileResult) -> tuple[str, int, int, int, int]:
    """What an import answers for a file."""
    return result.report, result.new, result.changed, result.unchanged, result.unreadable_rows


def test_the_files_are_what_a_person_would_have(samples: dict[str, bytes]) -> None:
    """Two weeks of three reports, one of them as .csv, and something else."""
    assert [
        "Client Listing-export-2026-11-15.xlsx",
        "Invoices-export-2026-11-15.xlsx",
        "Payments-export-2026-11-15.xlsx",
        "Client Listing-export-2026-11-22.xlsx",
        "Invoices-export-2026-11-22.xlsx",
        "Payments-export-2026-11-22.csv",
        "Payments after a correction.csv",
        "Moncton Client Listing.csv",
        "Moncton Invoices.csv",
        "Moncton Payments.csv",
        ROTA,
    ] == list(samples)


def test_the_same_day_gives_the_same_bytes(samples: dict[str, bytes], tmp_path: Path) -> None:
    """Nothing of the clock or of chance is in them."""
    assert samples == {path.name: path.read_bytes() for path in write_samples(tmp_path, today=TODAY)}


def test_the_second_week_is_new_and_changed(take: Importing, samples: dict[str, bytes]) -> None:
    """What the import answers to the files as people would drop them, one week after the other."""
    first = take(*files(samples, "11-15")).files
    second = take(*files(samples, "11-22")).files

    assert [
        ("Client Listing", 41, 0, 0, 0),
        ("Invoices", 62, 0, 0, 2),
        ("Payments", 62, 0, 0, 0),
    ] == [counts(one) for one in first]
    assert [
        ("Client Listing", 2, 1, 40, 0),
        ("Invoices", 8, 4, 58, 2),
        ("Payments", 11, 0, 62, 0),
    ] == [counts(one) for one in second]
    assert [(), ("Responsible Lawyer",), ()] == [one.unknown_headers for one in second]
    assert [0, 0, 0] == [one.absent for one in second]


def test_the_rota_is_not_taken(take: Importing, samples: dict[str, bytes]) -> None:
    """It is one of the things to try."""
    (result,) = take(IncomingFile(ROTA, samples[ROTA])).files

    assert result.refused
    assert result.refused.startswith("This isn't one of CaseEasy's reports we know")


@pytest.fixture
def imported(
    take: Importing, database: Database, firm_id: str, samples: dict[str, bytes]
) -> dict[str, Invoice]:
    """Every invoice after both weeks, by its number."""
    take(*files(samples, "11-15"))
    take(*files(samples, "11-22"))
    with database.read() as session:
        return {one.key.number: one for one in cases.all_invoices(session, firm_id)}


def test_each_kind_of_invoice_is_there(imported: dict[str, Invoice]) -> None:
    """With the very figures of the story: what is listed, what was received, and what is doubtful."""
    told = {
        number: (imported[number].case.number, *sums(imported[number]), imported[number].doubts)
        for number in map(str, range(1001, 1027))
    }

    assert {
        "1001": ("00002-Osei", "2135.00", "2330.00", ()),
        "1002": ("00002-Osei", "2500.00", "2825.00", ()),
        "1003": ("00002-Osei", "2000.00", "2260.00", ()),
        "1004": ("00002-Osei", "800.00", "0.00", ()),
        "1005": ("00003-Haddad", "1200.00", "1356.00", ()),
        "1006": ("00004-Sharma", "900.00", "1017.00", ()),
        "1007": ("00005-Okafor", "1800.00", "2034.00", ()),
        "1008": ("00006-Tremblay", "4495.16", "5168.31", ()),
        "1009": ("00007-Brooks", "1800.00", "1800.00", ()),
        "1010": ("00008-Rossi", "1200.00", "1300.00", ()),
        "1011": ("00009-Adeyemi", "850.00", "1000.00", ()),
        "1012": ("00010-Nguyễn", "3000.00", "2260.00", ()),
        "1013": ("00011-Garcia", "700.00", "791.00", (Doubt.SHARED_CASE,)),
        "1014": ("00012-Kowalski", "600.00", "678.00", (Doubt.UNCLEAR_DATE,)),
        "1015": ("00013-Chen", "1000.00", "1130.00", (Doubt.SPREAD_PAYMENT,)),
        "1016": ("00013-Chen", "400.00", "452.00", (Doubt.SPREAD_PAYMENT,)),
        "1017": ("00014-Abdi", "2000.00", "2260.00", ()),
        "1018": ("00015-Petrov", "0.00", "0.00", ()),
        "1019": ("00016-Santos", "1233.90", "1389.90", ()),
        "1020": ("00017-Channel", "500.00", "565.00", ()),
        "1021": ("00018-O'Brien", "1155.00", "1285.00", ()),
        "1022": ("00019-Harbour", "4500.00", "4955.00", ()),
        "1023": ("00020-Harbour", "3500.00", "3955.00", ()),
        "1024": ("00021-Yilmaz", "0.00", "904.00", (Doubt.UNREADABLE,)),
        "1025": ("00022-Delgado", "450.00", "508.50", (Doubt.NO_CLIENT, Doubt.NO_CURRENCY)),
        "1026": ("00023-Mbeki", "1600.00", "1808.00", (Doubt.NO_CURRENCY,)),
    } == told


def test_the_three_to_begin_with_are_clean(imported: dict[str, Invoice]) -> None:
    """Paid in one, in two instalments, and by two methods on one day."""
    first, second, third = (imported[number] for number in ("1001", "1002", "1003"))

    assert [LineKind.FEE, LineKind.EXPENSE] == [line.kind for line in first.lines]
    assert [("E-Transfer", cad("1000.00")), ("E-Transfer", cad("1825.00"))] == [
        (one.method, one.amount) for one in second.payments
    ]
    assert second.payments[0].date < second.payments[1].date == second.paid
    assert {("E-Transfer", cad("1260.00")), ("Visa", cad("1000.00"))} == {
        (one.method, one.amount) for one in third.payments
    }
    assert {third.paid} == {one.date for one in third.payments}


def test_every_plain_invoice_ties_at_thirteen_percent(imported: dict[str, Invoice]) -> None:
    """So that all that is paid of them can be booked."""
    paid = [one for number, one in imported.items() if int(number) > 1026 and one.paid]

    assert 35 == len(paid)
    assert [] == [
        one.key.number
        for one in paid
        if one.doubts or one.received.amount - one.listed.amount != Decimal("0.13") * fee(one)
    ]


def test_the_names_of_the_world_are_there() -> None:
    """Both hostile ones among them."""
    names = {case.name for case in (*KNOWN, *OTHERS)}

    assert {HOSTILE, LONG, "نور المصري", "田中 陽子", "Пётр Петров", 'René "Ané" O\'Brien \\ 马春梅'} <= names


@given(st.dates(date(2025, 1, 1), date(2030, 12, 31)))
def test_any_day_has_the_same_story(today: date) -> None:
    """As many rows, nothing later than the export, and one date that reads two ways."""
    listed, billed, paid = (list(rows(today, today)) for rows in (client_listing, invoices, payments))

    assert (44, 73, 74) == (len(listed), len(billed), len(paid))
    assert all(cell <= today for row in (*listed, *billed, *paid) for cell in row if isinstance(cell, date))
    unclear = [row[3] for row in billed[1:] if isinstance(row[3], str)]
    assert 1 == len(unclear)
    number, month, _ = (int(part) for part in unclear[0].split("/"))
    assert number <= 12
    assert month != number


def test_bills_are_numbered_once() -> None:
    """No invoice number is given twice."""
    numbers = [bill.number for bill in (*PARTICULAR, *PLAIN)]

    assert len(numbers) == len(set(numbers))


def cad(amount: str) -> Money:
    """Canadian dollars."""
    return Money(Decimal(amount), "CAD")


def sums(invoice: Invoice) -> tuple[str, str]:
    """What is listed and what was received."""
    return f"{invoice.listed.amount:.2f}", f"{invoice.received.amount:.2f}"


def fee(invoice: Invoice) -> Decimal:
    """The taxable amount."""
    return sum((line.amount.amount for line in invoice.lines if line.kind is LineKind.FEE), Decimal(0))
