"""What a check asks QuickBooks for where one answer can't hold it, or can't be had any more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from qb.gateway import Gateway, InDoubt, Pace, addresses
from qb.reading import changed_since, documents_at
from tests.books.given import DIRECTORY
from tests.books.office import NOON, Clock
from tests.gateway.far_side import FarSide, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qb.gateway import Company

MARK = "[rec:ABCDEFGHIJKLMNOPQRST22]"
ROW = {
    "Id": "70",
    "TotalAmt": 1130,
    "CustomerRef": {"value": "58", "name": "<!channel> & <https://evil|Approve>"},
    "TxnDate": "2026-05-03",
    "PrivateNote": f"memo {MARK}",
    "Line": [
        {"Amount": 1130, "SalesItemLineDetail": {"ItemRef": {"value": "1", "name": "Professional Fees"}}},
        {"Amount": 1130, "DetailType": "SubTotalLineDetail"},
    ],
}


@pytest.fixture
def far_side() -> Iterator[FarSide]:
    """A server that plays what it is told."""
    with FarSide() as running:
        yield running


@pytest.fixture
def company(far_side: FarSide, clock: Clock) -> Company:
    """A company on the far side."""
    url = far_side.url
    gateway = Gateway(
        client_id="app-id",
        client_secret="app-secret",
        redirect_uri="http://127.0.0.1:3000/quickbooks/callback",
        addresses=addresses("sandbox", api=url, authorize=url, token=url, revoke=url),
        clock=clock,
        sleep=clock.sleep,
        pace=Pace(),
    )
    return gateway.company("9", lambda _stale: "token")


def captured(invoices: int) -> dict[str, object]:
    """Change data capture of so many invoices."""
    rows = [{"Id": str(number)} for number in range(invoices)]
    return {"CDCResponse": [{"QueryResponse": [{"Invoice": rows}, {}]}]}


def test_a_full_answer_is_followed_by_lists(company: Company, far_side: FarSide) -> None:
    """A thousand changes: there may be more, and more deletions; the living ones are listed."""
    far_side.will(say(captured(1000)), say({"QueryResponse": {"Invoice": [ROW]}}), say({"QueryResponse": {}}))
    found = changed_since(company, DIRECTORY, NOON - timedelta(days=1), NOON, ())
    assert {("Invoice", "70")} == found.documents.keys()
    assert not found.knows_deletions
    listing = far_side.heard()[1].body.decode()
    assert "FROM Invoice WHERE MetaData.LastUpdatedTime >= '2026-06-09T12:00:00+00:00'" in listing


def test_what_intuit_has_forgotten_is_not_asked_of_it(company: Company, far_side: FarSide) -> None:
    """Thirty days are over: straight to the lists."""
    far_side.will(say({"QueryResponse": {}}), say({"QueryResponse": {}}))
    assert not changed_since(company, DIRECTORY, NOON - timedelta(days=30), NOON, ()).knows_deletions
    assert ["query", "query"] == [heard.path.rpartition("/")[2] for heard in far_side.heard()]


def test_a_document_is_read_whole(company: Company, far_side: FarSide) -> None:
    """Names, mark, lines and day; a subtotal is no line of its own."""
    far_side.will(say({"QueryResponse": {"Invoice": [ROW]}}))
    (document,) = documents_at(company, DIRECTORY, [("Invoice", "70")], lambda _: None).values()
    assert (MARK,) == document.marks
    assert ("58", "<!channel> & <https://evil|Approve>") == (document.customer.id, document.customer.name)
    assert [("1", "Professional Fees", 1130)] == [(i.id, i.name, int(m.amount)) for i, m in document.lines]
    assert "2026-05-03" == str(document.date)


def test_two_hundred_are_asked_for_at_once(company: Company, far_side: FarSide) -> None:
    """Each once, and whoever waits hears how far it is."""
    far_side.will(*[say({"QueryResponse": {}})] * 3)
    heard: list[int] = []
    places = [("Payment", str(number)) for number in range(401)]
    assert {} == documents_at(company, DIRECTORY, [*places, places[0]], heard.append)
    assert [200, 200, 1] == heard


ODD: tuple[dict[str, object], ...] = (
    {"TotalAmt": "n/a"},
    {"CustomerRef": None},
    {"Line": None},
    {"Line": [5]},
    {"CurrencyRef": {"value": "cad"}},
    {"MetaData": None},
)


@pytest.mark.parametrize("odd", ODD)
def test_somebody_elses_unreadable_document_is_passed_over(
    company: Company, far_side: FarSide, odd: dict[str, object]
) -> None:
    """It stops no check of ours: the document beside it is read."""
    theirs = ROW | {"Id": "71", "PrivateNote": "theirs"} | odd
    far_side.will(say({"CDCResponse": [{"QueryResponse": [{"Invoice": [theirs, ROW]}, {}]}]}))
    found = changed_since(company, DIRECTORY, NOON - timedelta(days=1), NOON, {("Invoice", "70")})
    assert {("Invoice", "70")} == found.documents.keys()


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("note", [f"memo {MARK}", "our mark was taken out"])
def test_our_unreadable_document_is_no_clear_answer(
    company: Company, far_side: FarSide, odd: dict[str, object], note: str
) -> None:
    """Passed over, it would count as gone; by its mark or by its id it is known to be ours."""
    ours = ROW | {"PrivateNote": note} | odd
    far_side.will(say({"CDCResponse": [{"QueryResponse": [{"Invoice": [ours]}, {}]}]}))
    with pytest.raises(InDoubt):
        changed_since(company, DIRECTORY, NOON - timedelta(days=1), NOON, {("Invoice", "70")})
    far_side.will(say({"QueryResponse": {"Invoice": [ours]}}))
    with pytest.raises(InDoubt):
        documents_at(company, DIRECTORY, [("Invoice", "70")], lambda _: None)
