"""Change data capture over the wire: what was changed, what is gone, and whether that is all."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from qb.gateway import Company, InDoubt, OurBug
from tests.gateway.far_side import FarSide, say

SINCE = datetime(2026, 5, 1, 2, 0, tzinfo=timezone(timedelta(hours=-4)))


def answer(*parts: dict[str, Any]) -> dict[str, Any]:
    """A reply with a part for each entity asked."""
    return {"CDCResponse": [{"QueryResponse": list(parts)}], "time": "2026-05-02T00:00:00Z"}


def test_changed_and_deleted_ones_are_told_apart(company: Company, far_side: FarSide) -> None:
    """One call; full documents with exact amounts, and the ids of what is gone."""
    stub = {"status": "Deleted", "Id": "9", "domain": "QBO"}
    far_side.will(say(answer({"Invoice": [{"Id": "7", "TotalAmt": 113.1}, stub], "totalCount": 2}, {})))
    found = company.changes(("Invoice", "Payment"), SINCE)
    (heard,) = far_side.heard()
    assert "GET" == heard.method
    assert heard.path.endswith("/cdc")
    assert {
        "entities": "Invoice,Payment",
        "changedSince": "2026-05-01T02:00:00-04:00",
        "minorversion": "75",
    } == heard.params
    assert {"Invoice": ({"Id": "7", "TotalAmt": Decimal("113.1")},), "Payment": ()} == found.documents
    assert {"Invoice": frozenset({"9"}), "Payment": frozenset()} == found.deleted
    assert found.complete


def test_a_full_answer_may_not_be_all(company: Company, far_side: FarSide) -> None:
    """A thousand documents are as many as Intuit puts into one."""
    rows = [{"Id": str(number)} for number in range(1000)]
    far_side.will(say(answer({"Invoice": rows[:600]}, {"Payment": rows[600:]})))
    assert not company.changes(("Invoice", "Payment"), SINCE).complete
    far_side.will(say(answer({"Invoice": rows[:600]}, {"Payment": rows[601:]})))
    assert company.changes(("Invoice", "Payment"), SINCE).complete


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"CDCResponse": []},
        {"CDCResponse": [{"QueryResponse": [{}]}]},
        {"CDCResponse": [{"QueryResponse": ["?", {}]}]},
        answer({"Invoice": ["?"]}, {}),
        answer({"Invoice": [{"TotalAmt": 1}]}, {}),
    ],
)
def test_what_is_no_whole_answer_is_doubt(company: Company, far_side: FarSide, content: object) -> None:
    """A part is missing or can't be read: nobody may take it for nothing changed."""
    far_side.will(say(content))
    with pytest.raises(InDoubt):
        company.changes(("Invoice", "Payment"), SINCE)


def test_only_names_of_entities_are_asked_for(company: Company, far_side: FarSide) -> None:
    """Nothing else slips into the address."""
    with pytest.raises(OurBug):
        company.changes(("Invoice&x=1",), datetime(2026, 5, 1, tzinfo=UTC))
    assert () == far_side.heard()
