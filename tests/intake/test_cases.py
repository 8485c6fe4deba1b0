"""Cases are found by what people type, each firm's by that firm alone."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from db import cases
from db.cases import CaseFound
from db.engine import Database
from db.intake.spelling import searched, words_of
from db.records import Doubt
from tests.intake.conftest import Importing
from tests.intake.sheets import CLIENTS, HOSTILE, INVOICE, INVOICES, LONG, PAYMENT, PAYMENTS

PEOPLE = [
    ("00002-Silva", "S-10002", "Maria Silva", "maria.silva@example.com", "", "", "CAD"),
    ("00020-Silva", "S-10002", "Maria Silva", "maria.silva@example.com", "", "", "CAD"),
    ("00003-Haddad", "H-10003", "Leïla Haddad", "leila@example.com", "", "", "USD"),
    ("00017-Channel", "C-10017", HOSTILE, "", "", "", "cad"),
    ("00018-O'Brien", "O-10018", LONG, "", "", "", ""),
    ("00011-Garcia", "G-1", "Jose Garcia", "", "", "", "CAD"),
    ("00011-Garcia", "G-2", "Ana Łęcka", "", "", "", "CAD"),
]
BILLS = [
    INVOICE,
    ("00002-Silva", "1002", *INVOICE[2:3], None, *INVOICE[4:]),
    ("00003-Haddad", "1003", *INVOICE[2:]),
    ("00011-Garcia", "1011", *INVOICE[2:]),
    ("00022-Delgado", "1022", *INVOICE[2:]),
]
MONEY = [
    PAYMENT,
    ("00003-Haddad", "for Silva", "1003", *PAYMENT[3:4], "E-Transfer", 5),
    ("00003-Haddad", "T-1", "1003", *PAYMENT[3:4], "Wire transfer", 10),
]

FOUND = {
    "00002": ["00002-Silva"],
    "00002-Silva": ["00002-Silva"],
    "00002-silva": ["00002-Silva"],
    " 0000 ": ["00002-Silva", "00003-Haddad"],
    "silva": ["00002-Silva", "00020-Silva"],
    "SILVA maria": ["00002-Silva", "00020-Silva"],
    "mar sil": ["00002-Silva", "00020-Silva"],
    "leila haddad": ["00003-Haddad"],
    "leila@example.com": ["00003-Haddad"],
    "lecka": ["00011-Garcia"],
    "O'Brien": ["00018-O'Brien"],
    "rené ané": ["00018-O'Brien"],
    "马春": ["00018-O'Brien"],
    "<!channel>": ["00017-Channel"],
    "evil approve": ["00017-Channel"],
    "00022": ["00022-Delgado"],
    "delgado": ["00022-Delgado"],
    "ilva": [],
    "xavier": [],
    "%": [],
    "_": [],
    "nobody": [],
}
"""What people type, and the cases they mean by it."""


@pytest.fixture
def records(take: Importing, new_firm: Callable[[], str], firm_id: str) -> str:
    """The firm's id, with its records and another firm's beside them."""
    take([CLIENTS, *PEOPLE], [INVOICES, *BILLS], [PAYMENTS, *MONEY])
    other = [("00002-Silva", "X-1", "Xavier Other", "x@example.com", "", "", "EUR")]
    stranger = [("00002-Silva", "T-9", "1001", *PAYMENT[3:4], "Barter", 1)]
    take([CLIENTS, *other], [INVOICES, INVOICE], [PAYMENTS, *stranger], firm_id=new_firm())
    return firm_id


def test_a_case_is_found_by_what_people_type(records: str, database: Database) -> None:
    """Number, its beginning, words of the name without accents or capitals, the e-mail; nothing of others."""
    with database.read() as session:
        found = {typed: cases.find_cases(session, records, typed) for typed in FOUND}

    assert FOUND == {typed: [one.number for one in each] for typed, each in found.items()}


def test_a_case_found_says_whose_it_is_and_how_many_are_paid(records: str, database: Database) -> None:
    """What a person needs to choose among several."""
    with database.read() as session:
        assert (
            CaseFound("00002-Silva", "S-10002", "Maria Silva", "maria.silva@example.com", 1),
        ) == cases.find_cases(session, records, "00002")
        assert (CaseFound("00022-Delgado", "", "", "", 1),) == cases.find_cases(session, records, "00022")


def test_an_invoice_number_finds_its_case(records: str, take: Importing, database: Database) -> None:
    """Exactly that number, before cases that begin with it; of a shared case, both; not the unpaid less."""
    take(
        [CLIENTS, PEOPLE[0], ("10-More", "M-1", "More Ten", "", "", "", "CAD")],
        [INVOICES, ("00003-Haddad", "10", *INVOICE[2:])],
    )
    with database.read() as session:
        found = {
            typed: [(one.number, one.client_name) for one in cases.find_cases(session, records, typed)]
            for typed in ("1002", " 1003 ", "1011", "100", "X-1", "10")
        }
        first = cases.find_cases(session, records, "10", limit=1)

    assert [("00002-Silva", "Maria Silva")] == found["1002"]
    assert [("00003-Haddad", "Leïla Haddad")] == found[" 1003 "]
    assert [("00011-Garcia", "Jose Garcia"), ("00011-Garcia", "Ana Łęcka")] == found["1011"]
    assert [] == found["100"]
    assert [] == found["X-1"]
    assert [("00003-Haddad", "Leïla Haddad"), ("10-More", "More Ten")] == found["10"]
    assert ["00003-Haddad"] == [one.number for one in first]


def test_of_a_shared_number_the_name_finds_its_own(records: str, database: Database) -> None:
    """By number both are found, by name one."""
    with database.read() as session:
        both = cases.find_cases(session, records, "00011")
        (one,) = cases.find_cases(session, records, "jose")

    assert ["Jose Garcia", "Ana Łęcka"] == [found.client_name for found in both]
    assert "G-1" == one.client_identifier


def test_a_client_listed_under_two_names_is_found_by_both(
    take: Importing, database: Database, firm_id: str
) -> None:
    """It is one case, of one client, in doubt."""
    take([CLIENTS, PEOPLE[0], (*PEOPLE[0][:2], "Mary Souza", *PEOPLE[0][3:])])

    with database.read() as session:
        for name in ("maria", "souza"):
            assert ["00002-Silva"] == [one.number for one in cases.find_cases(session, firm_id, name)]


def test_nothing_typed_finds_the_first_cases(records: str, database: Database) -> None:
    """As many as asked for."""
    with database.read() as session:
        found = cases.find_cases(session, records, "", limit=2)

    assert ["00002-Silva", "00003-Haddad"] == [one.number for one in found]


def test_the_exact_number_comes_first(take: Importing, database: Database, firm_id: str) -> None:
    """However many begin with it."""
    take([CLIENTS, *((number, number, "A B", "", "", "", "CAD") for number in ("0-12", "12-3", "12"))])

    with database.read() as session:
        assert "12" == cases.find_cases(session, firm_id, "12", limit=1)[0].number


def test_a_transaction_that_pays_elsewhere_too_is_told(records: str, database: Database) -> None:
    """One case is asked for, and what its payments do in another is known."""
    with database.read() as session:
        (found,) = cases.case_file(session, records, "00003-Haddad")

    assert [("1003", (Doubt.SPREAD_PAYMENT,))] == [(one.key.number, one.doubts) for one in found.invoices]


def test_many_cases_are_told_as_each_alone(records: str, database: Database) -> None:
    """Shared numbers, payments spread over two of them and unknown ones too; in few questions."""
    numbers = [str(case) for case, *_ in (*PEOPLE, *BILLS)] + ["00099"]
    for at_once in (2, 500):
        with database.read() as session:
            found = cases.case_files(session, records, numbers, at_once=at_once)
            assert found == {one: cases.case_file(session, records, one) for one in numbers}
    assert [0, 1, 2] == sorted({len(files) for files in found.values()})


def test_a_client_has_all_their_cases(records: str, database: Database) -> None:
    """And of a shared case number, their own file."""
    with database.read() as session:
        silva = cases.cases_of_client(session, records, "S-10002")
        garcia = cases.cases_of_client(session, records, "G-2")

    assert ["00002-Silva", "00020-Silva"] == [one.case.number for one in silva]
    assert ["Ana Łęcka"] == [one.case.client.name for one in garcia]


def test_an_unknown_case_has_no_file(records: str, database: Database) -> None:
    """Nor has another firm's client."""
    with database.read() as session:
        assert () == cases.case_file(session, records, "00099")
        assert () == cases.cases_of_client(session, records, "X-1")


def test_every_invoice_is_counted_once(records: str, database: Database) -> None:
    """One of a shared case number too."""
    with database.read() as session:
        found = cases.all_invoices(session, records)

    assert ["1001", "1002", "1003", "1011", "1022"] == sorted(one.key.number for one in found)


def test_methods_and_currencies_are_those_of_the_exports(records: str, database: Database) -> None:
    """Methods as written, currencies as codes."""
    with database.read() as session:
        assert ("E-Transfer", "Wire transfer") == cases.methods_seen(session, records)
        assert ("CAD", "USD") == cases.currencies_seen(session, records)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LONG, ("rene", "ane", "o", "brien", "马春梅")),
        (HOSTILE, ("channel", "https", "evil", "approve")),
        ("Nguyễn Thị Hoa", ("nguyen", "thi", "hoa")),
        ("Øystein Strauß-Łęcka", ("oystein", "strauss", "lecka")),
        ("İpek Y\u0131lmaz", ("ipek", "yilmaz")),
        ("김민준", ("김민준",)),
        ("snake_case 100%", ("snake", "case", "100")),
        ("", ()),
    ],
)
def test_words_are_folded(text: str, words: tuple[str, ...]) -> None:
    """Accents, capitals and marks don't stand in the way."""
    assert words == words_of(text)
    assert "".join(f" {word}" for word in words) == searched(text)


def test_no_question_about_cases_asks_the_rows_twice(records: str, database: Database) -> None:
    """Right after a large import PostgreSQL would read each once for every other: 1.6 s of 3,000."""
    asked = list[str]()
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    with database.read() as session:
        cases.cases_of_client(session, records, "S-10002")
        cases.find_cases(session, records, "silva")

    about_rows = [question.count("FROM source_rows") for question in asked if "FROM source_rows" in question]
    assert {1} == set(about_rows)
