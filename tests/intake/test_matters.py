"""Whose a shared case number is, and which currency a word means: asked once, never assumed, kept whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db import audit, cases, columns_taught, matters
from db.columns_taught import Column
from db.intake.forms import Report
from db.intake.meanings import Meaning, Taught
from db.intake.persons import ONE_CLIENT
from db.matters import BookedForAnotherError, Matter
from db.records import Doubt
from tests.intake.booked import booked
from tests.intake.conftest import NOW, Importing
from tests.intake.sheets import BILLS, CASE, CLIENT, CLIENTS, HOSTILE, LISTING, LONG, MONEY

if TYPE_CHECKING:
    from db.engine import Database

MARIA = CLIENT
JOAO = (CASE, "S-10009", HOSTILE, "joao@example.com", "Work Permit", "Approved", "CAD")
ANA = (CASE, "S-10010", LONG, "", "Work Permit", "Approved", "CAD")
SHARED = [CLIENTS, MARIA, JOAO]
JONAS = (CASE, "-777", "Jonas Berg", "jonas@example.com", "Work Permit", "Approved", "CAD")
CEDAR = ("00004-Cedar", "-777", HOSTILE, "office@cedar.example", "Work Permit", "Approved", "CAD")
BARE = [CLIENTS, JONAS, CEDAR]


def in_currency(text: str) -> list[tuple[object, ...]]:
    """The listing with this in its Currency."""
    return [CLIENTS, (*CLIENT[:-1], text)]


def open_ones(database: Database, firm_id: str) -> list[Matter]:
    """What waits for an answer."""
    with database.read() as session:
        return [one for one in matters.all_matters(session, firm_id) if one.is_open]


def settle(database: Database, firm_id: str, about: str, said: str) -> bool:
    """Ben answers."""
    with database.write() as session:
        (found,) = (one for one in matters.all_matters(session, firm_id) if one.about == about)
        return matters.settle(session, firm_id, found, said, by="U0BEN", now=NOW)


def invoices(database: Database, firm_id: str) -> list[tuple[str, str, tuple[Doubt, ...]]]:
    """Client, currency and doubts of every invoice."""
    with database.read() as session:
        found = cases.all_invoices(session, firm_id)
        assert set(found) <= {
            one for file in cases.case_file(session, firm_id, CASE) for one in file.invoices
        }
    return [(one.key.client, one.case.currency, one.doubts) for one in found]


def test_a_shared_number_is_asked_about_and_the_answer_counts(
    take: Importing, database: Database, firm_id: str
) -> None:
    """Once, with those who share it; the invoices are that client's from then on, and of nobody else."""
    result = take(SHARED, BILLS, MONEY)
    assert ([("case", CASE)], ("case|00002-Silva",)) == (
        [(one.kind, one.about) for one in result.matters],
        result.anew,
    )
    assert ["S-10002", "S-10009"] == [one.identifier for one in result.matters[0].clients]
    assert (Doubt.SHARED_CASE,) == invoices(database, firm_id)[0][2]

    assert settle(database, firm_id, CASE, "S-10009")
    assert [("S-10009", "CAD", ())] == invoices(database, firm_id)
    assert ((), ()) == ((again := take(SHARED, BILLS, MONEY)).matters, again.anew)


def test_an_answer_can_be_changed_and_is_in_the_audit(
    take: Importing, database: Database, firm_id: str
) -> None:
    """Who said what before stays; the same again is no change; nobody's is an answer too."""
    take(SHARED, BILLS, MONEY)
    assert [True, True, False] == [settle(database, firm_id, CASE, said) for said in ("S-10009", "", "")]
    assert [] == open_ones(database, firm_id)
    assert (Doubt.SHARED_CASE,) == invoices(database, firm_id)[0][2]
    with database.read() as session:
        (matter,) = matters.all_matters(session, firm_id)
        assert ["S-10009", ""] == [one.said for one in matters.history(session, firm_id, matter)]
        told = [one.subject for one in audit.lines(session, firm_id) if one.verb == "question.answered"]
        assert () == audit.verify(session, firm_id)
    assert ["case|00002-Silva"] * 2 == told


def test_who_joins_later_opens_it_again(take: Importing, database: Database, firm_id: str) -> None:
    """What was said of two says nothing of three."""
    take(SHARED, BILLS, MONEY)
    settle(database, firm_id, CASE, "S-10009")
    assert ("case|00002-Silva",) == take([CLIENTS, MARIA, JOAO, ANA]).anew
    assert (Doubt.SHARED_CASE,) == invoices(database, firm_id)[0][2]


def test_what_the_exports_settle_is_asked_no_more(take: Importing, database: Database, firm_id: str) -> None:
    """A number that was mended in CaseEasy; nor is one asked about that has no invoice."""
    assert () == take(in_currency("")).matters
    take(BILLS)
    assert [("currency", "")] == [(one.kind, one.about) for one in open_ones(database, firm_id)]
    take(LISTING)
    assert [] == open_ones(database, firm_id)


def test_an_identifier_that_lost_its_letter_is_asked_about(
    take: Importing, database: Database, firm_id: str
) -> None:
    """Once for those it stands for; held until somebody says that they are one client, of just these."""
    result = take(BARE, BILLS, MONEY)
    assert ([("client", "-777")], ("client|-777",)) == (
        [(one.kind, one.about) for one in result.matters],
        result.anew,
    )
    assert [HOSTILE, "Jonas Berg"] == [one.name for one in result.matters[0].clients]
    assert [("-777", "CAD", (Doubt.SHARED_CLIENT,))] == invoices(database, firm_id)

    assert settle(database, firm_id, "-777", ONE_CLIENT)
    assert [("-777", "CAD", ())] == invoices(database, firm_id)
    assert ((), ()) == ((again := take(BARE, BILLS, MONEY)).matters, again.anew)
    assert ("client|-777",) == take([CLIENTS, ("00005-Lee", *JONAS[1:2], LONG, *JONAS[3:])]).anew
    assert [("-777", "CAD", (Doubt.SHARED_CLIENT,))] == invoices(database, firm_id)


def test_different_clients_stay_held_until_each_has_its_own_identifier(
    take: Importing, database: Database, firm_id: str
) -> None:
    """A later Client Listing that has the letter makes it a shared number, which is asked about."""
    take(BARE, BILLS, MONEY)
    assert settle(database, firm_id, "-777", "")
    assert [] == open_ones(database, firm_id)
    assert [("-777", "CAD", (Doubt.SHARED_CLIENT,))] == invoices(database, firm_id)
    assert ("case|00002-Silva",) == take([CLIENTS, (CASE, "J-777", *JONAS[2:])]).anew
    settle(database, firm_id, CASE, "J-777")
    assert [("J-777", "CAD", ())] == invoices(database, firm_id)


def test_who_has_no_invoices_is_not_asked_about(take: Importing, database: Database, firm_id: str) -> None:
    """Nothing rests on it yet; whoever changed a name under a whole identifier is the same client."""
    assert () == take(BARE).matters
    assert [] == open_ones(database, firm_id)
    renamed = [("00004-Costa", "S-10002", "Maria Costa", *CLIENT[3:])]
    assert () == take([CLIENTS, MARIA, *renamed], firm_id=firm_id).matters


@pytest.mark.parametrize("text", ["", "Canadian  Dollars", "$", HOSTILE])
def test_a_currency_nobody_knows_is_asked_about(
    take: Importing, database: Database, firm_id: str, text: str
) -> None:
    """By what the cell says, with some of its cases; never assumed; what was said can be unsaid."""
    (asked,) = take(in_currency(text), BILLS, MONEY).matters
    assert ("currency", (CASE,)) == (asked.kind, asked.cases)
    assert [("S-10002", "XXX", (Doubt.NO_CURRENCY,))] == invoices(database, firm_id)
    settle(database, firm_id, asked.about, "USD")
    assert [("S-10002", "USD", ())] == invoices(database, firm_id)
    settle(database, firm_id, asked.about, "")
    assert [("S-10002", "XXX", (Doubt.NO_CURRENCY,))] == invoices(database, firm_id)


def test_a_currency_that_a_column_tells_is_not_asked_about(
    take: Importing, database: Database, firm_id: str
) -> None:
    """The firm has said already where its invoices' currency stands."""
    with database.write() as session:
        column = Column(Report.INVOICES, "Money")
        columns_taught.teach(session, firm_id, column, Taught(Meaning.CURRENCY, "Money"), by="U0BEN", now=NOW)
    assert () == take(in_currency(""), BILLS).matters


def test_a_case_with_booked_invoices_stays_its_clients(
    take: Importing, database: Database, firm_id: str
) -> None:
    """As another client's they would look as if they had never been booked, and be booked twice."""
    take(LISTING, BILLS, MONEY)
    booked(database, firm_id, "1001")
    take(SHARED)
    with pytest.raises(BookedForAnotherError, match="Maria Silva"):
        settle(database, firm_id, CASE, "S-10009")
    assert [CASE] == [one.about for one in open_ones(database, firm_id)]
    assert settle(database, firm_id, CASE, "S-10002")
    assert [("S-10002", "CAD", ())] == invoices(database, firm_id)
