"""The questions about cases: whose a number is, which currency is meant, and what was answered."""

from dataclasses import replace
from datetime import date

import pytest

from commands.views import columns, matters
from commands.views.columns import ColumnsScreen
from commands.views.importing import ColumnsPut, answer_message
from db.intake.forms import Report
from db.intake.lacking import COUNTS, LEFT_OUT, Lacking
from db.intake.persons import ONE_CLIENT, Person
from db.intake.stage import FileResult, ImportResult
from db.matters import Matter
from db.questions import QuestionKind
from tests.views.cast import NAMES, NOW
from tests.views.golden import same_as_kept
from tests.views.limits import check_modal, words
from tests.views.test_columns import asked

GARCIA = Matter(
    QuestionKind.CASE,
    "00011-Garcia",
    (
        Person("G-10011", "Jose Garcia", "jose@example.com"),
        Person("G-10012", "Ana Garcia", ""),
    ),
)
DOLLARS = Matter(QuestionKind.CURRENCY, "$", cases=("00018-O'Brien", "00019-Li"))
BARE = Matter(
    QuestionKind.CLIENT,
    "-777",
    (Person("-777", "Cedar Ltd.", "office@cedar.example"), Person("-777", "Jonas Berg", "jonas@example.com")),
)
LACKED = Matter(
    QuestionKind.MISSING,
    "invoices|00ff",
    cases=("00002-Silva",),
    lacking=Lacking(Report.INVOICES, "00002-Silva", "1003", date(2026, 11, 20), 7),
)
EMPTY = replace(DOLLARS, about="")


def said(matter: Matter, what: str) -> Matter:
    """Answered by Ben."""
    return replace(matter, said=what, said_by="U0BEN", said_at=NOW)


def every(name: str) -> list[Matter]:
    """Each kind, open, answered and held, of names like this."""
    case = Matter(QuestionKind.CASE, name, tuple(Person(f"{at}{name}", name, name) for at in range(120)))
    client = Matter(QuestionKind.CLIENT, name, tuple(Person(name, f"{at}{name}", name) for at in range(120)))
    currency = Matter(QuestionKind.CURRENCY, name, cases=(name,) * 4)
    lacked = replace(LACKED, lacking=Lacking(Report.PAYMENTS, name, name, date(2026, 11, 20), 7))
    kinds = ((case, f"0{name}"), (client, ONE_CLIENT), (currency, "USD"), (lacked, LEFT_OUT))
    return [one for matter, what in kinds for one in (matter, said(matter, what), said(matter, ""))]


def of_kind(kind: str, name: str) -> list[Matter]:
    """Those of one kind."""
    return [one for one in every(name) if one.kind == kind]


def test_whose_a_case_is_looks_as_agreed() -> None:
    """Those who share it by name, identifier and e-mail; or that nobody can say."""
    same_as_kept("matter_case", matters.whose(GARCIA, [said(GARCIA, "")], "{}"))


def test_whether_they_are_one_client_looks_as_agreed() -> None:
    """Whom the identifier stands for, why it is asked, and what else would settle it."""
    same_as_kept("matter_client", matters.one_client(BARE, [said(BARE, "")], "{}"))


def test_what_is_no_longer_exported_looks_as_agreed() -> None:
    """What it is, what may have become of it, and the ways out."""
    same_as_kept("matter_lacking", matters.still_counts(LACKED, [said(LACKED, "")], "{}"))


def test_which_currency_looks_as_agreed() -> None:
    """What the cell says, some of its cases, the currencies there are, and any other by its code."""
    same_as_kept("matter_currency", matters.which_currency(DOLLARS, ("CAD", "USD"), [], "{}"))


@pytest.mark.parametrize(
    ("matter", "told"),
    [
        (said(GARCIA, "G-10012"), "its invoices are Ana Garcia (G-10012)'s."),
        (said(GARCIA, ""), "kept held, as nobody can say."),
        (said(BARE, ONE_CLIENT), "Client -777, 2 different entries: they are one client."),
        (said(BARE, ""), "kept held, as nobody can say that they are one."),
        (
            said(LACKED, COUNTS),
            "Invoice 1003 of case 00002-Silva, no longer exported: it still counts.",
        ),
        (said(LACKED, LEFT_OUT), "it is gone, and left out."),
        (said(DOLLARS, "USD"), "Currency “$” · Client Listing: it is USD."),
        (said(EMPTY, "CAD"), "Currency an empty cell · Client Listing: it is CAD."),
    ],
)
def test_what_was_answered_is_said(matter: Matter, told: str) -> None:
    """In the list too, with by whom and when."""
    assert told in words(matters.saved(matter, left=0)["blocks"])
    listed = words([matters.listed(matter, 0, may_answer=True)])
    assert "<@U0BEN>" in listed
    assert "Change Answer" in listed


def test_an_answer_is_ticked_when_it_is_opened_again() -> None:
    """The client by a mark, as identifiers may be longer than an option's value."""
    _told, choice, *_ = matters.whose(said(GARCIA, "G-10012"), [], "{}")["blocks"]
    jose, ana, _held = (one["value"] for one in choice["element"]["options"])
    assert ana == choice["element"]["initial_option"]["value"]
    assert ["G-10011", "", None] == [matters.client_chosen(GARCIA, one) for one in (jose, "held", "7")]
    _told, same, *_ = matters.one_client(said(BARE, ONE_CLIENT), [], "{}")["blocks"]
    assert ONE_CLIENT == same["element"]["initial_option"]["value"]
    assert [ONE_CLIENT, "", None] == [matters.client_chosen(BARE, one) for one in (ONE_CLIENT, "held", "7")]
    _told, counts, *_ = matters.still_counts(said(LACKED, LEFT_OUT), [], "{}")["blocks"]
    assert LEFT_OUT == counts["element"]["initial_option"]["value"]
    assert [COUNTS, "", None] == [matters.client_chosen(LACKED, one) for one in (COUNTS, "held", ONE_CLIENT)]
    _told, _seen, other, *_ = matters.which_currency(said(DOLLARS, "EUR"), ("CAD",), [], "{}")["blocks"]
    assert "EUR" == other["element"]["initial_value"]


def test_they_stand_in_the_list_of_columns_those_that_wait_first() -> None:
    """One list of all that is asked, with how many there are."""
    shown = ColumnsScreen(
        (asked(),), may_answer=True, answerers=("U0BEN",), matters=(GARCIA, said(DOLLARS, "USD"))
    )
    told = words(columns.screen(shown))
    assert "2 questions need an answer." in told
    assert told.index("00011-Garcia") < told.index("Colour") < told.index("It is USD")


def test_the_answer_of_an_import_says_who_is_asked() -> None:
    """Beside what columns mean."""
    result = ImportResult(1, (FileResult("a.xlsx", "Client Listing", new=2),))
    put = ColumnsPut(("Colour",), "U0BEN", others=tuple(map(matters.asks, (GARCIA, BARE, LACKED, EMPTY))))
    assert (
        "5 questions went to <@U0BEN>: what “Colour” means; whose case 00011-Garcia is, whether -777 is one "
        "client, whether invoice 1003 of case 00002-Silva still counts, which currency an empty cell is. The "
        "rows are in; until it is answered, invoices that rest on it are held."
    ) in answer_message(result, (), put).text


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_every_screen(name: str) -> None:
    """A hundred and twenty who share a number, with names as long as they come."""
    for one in every(name):
        if one.kind is QuestionKind.CASE:
            check_modal(matters.whose(one, [one] * 9, "{}"))
        elif one.kind is QuestionKind.CLIENT:
            check_modal(matters.one_client(one, [one] * 9, "{}"))
        elif one.kind is QuestionKind.MISSING:
            check_modal(matters.still_counts(one, [one] * 9, "{}"))
        else:
            check_modal(matters.which_currency(one, ("CAD",) * 120, [one] * 9, "{}"))
        check_modal(matters.saved(one, left=3))
    check_modal(
        columns.screen(
            ColumnsScreen((), may_answer=True, answerers=("U0BEN",), matters=tuple(every(name) * 2))
        )
    )
