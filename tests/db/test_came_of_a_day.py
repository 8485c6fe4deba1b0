"""What came of a while: invoices read back or refused, requests rejected; each the firm's own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db import decisions, digests, receipts
from db.digests import Came
from db.effects import Reject
from db.receipts import ReceiptRecord
from tests.db.conftest import NOW
from tests.db.ledger import FAULT, add, claimed, close, invoice_effect
from tests.db.test_requests import ask
from tests.db.test_syncs import propose

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.engine import Database
    from db.firms import Firm

HOUR = timedelta(hours=1)


def came(database: Database, firm: Firm, hours: int) -> Came:
    """Since so many hours after noon."""
    with database.read() as session:
        return digests.came_since(session, firm.id, NOW + hours * HOUR)


def test_what_was_booked_is_told_with_its_total(
    database: Database, firm: Firm, other_firm: Firm, new_id: Callable[[], str]
) -> None:
    """By when it was read back."""
    sync = propose(database, firm, new_id)
    with database.write() as session:
        for hours in (1, 3):
            content = {"total": f"{hours}356.00 CAD"}
            record = ReceiptRecord(f"invoice {hours}", True, content, NOW + hours * HOUR)  # noqa: FBT003 - it ties
            receipts.add(session, firm.id, sync.id, record)
    assert Came(("1356.00 CAD", "3356.00 CAD"), 0, 0) == came(database, firm, 0)
    assert Came(("3356.00 CAD",), 0, 0) == came(database, firm, 2)
    assert Came((), 0, 0) == came(database, other_firm, 0)


def test_what_quickbooks_refused_counts_once_an_invoice(
    database: Database, firm: Firm, other_firm: Firm
) -> None:
    """From when it was refused on."""
    add(database, invoice_effect(firm))
    close(database, claimed(database), Reject(FAULT, "The period is closed."), NOW + HOUR)
    assert Came((), 1, 0) == came(database, firm, 1)
    assert Came((), 0, 0) == came(database, firm, 2)
    assert Came((), 0, 0) == came(database, other_firm, 0)


def test_what_an_approver_rejected_is_told(
    database: Database, firm: Firm, other_firm: Firm, new_id: Callable[[], str]
) -> None:
    """From when it was decided on; an open request isn't rejected."""
    sync = propose(database, firm, new_id)
    ask(database, sync, new_id)
    assert Came((), 0, 0) == came(database, firm, 0)
    with database.write() as session:
        decisions.reject(
            session,
            firm_id=firm.id,
            sync_id=sync.id,
            version=sync.version,
            by="UBEN",
            now=NOW + HOUR,
            reason="The retainer pays this one.",
        )
    assert Came((), 0, 1) == came(database, firm, 1)
    assert Came((), 0, 0) == came(database, firm, 2)
    assert Came((), 0, 0) == came(database, other_firm, 0)
