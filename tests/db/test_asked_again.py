"""What was asked for before: its newest rejection, and what is taken while somebody decides."""

from collections.abc import Callable

import pytest

from db import decisions, requests, syncs
from db.engine import Database
from db.firms import Firm
from db.records import InvoiceKey
from db.requests import Taken
from db.syncs import Sync
from tests.db.conftest import NOW
from tests.db.test_requests import HOUR, RULES, approve, ask, stands
from tests.db.test_syncs import propose

NewId = Callable[[], str]


@pytest.fixture
def sync(database: Database, firm: Firm, new_id: NewId) -> Sync:
    """What Maria was shown."""
    return propose(database, firm, new_id)


def test_what_is_asked_again_finds_its_newest_rejection(
    database: Database, firm: Firm, new_id: NewId, sync: Sync
) -> None:
    """Of the same invoices, whoever asked, before it was asked; of other invoices none."""
    ask(database, sync, new_id)
    reject(database, sync, "First", 1)
    for hours, why in ((2, "Second"), (3, "Third")):
        again = propose(database, firm, new_id)
        ask_at(database, again, new_id, hours)
        request, _ = stands(database, again)
        with database.read() as session:
            before = requests.rejected_before(session, request)
        assert before is not None
        assert {2: "First", 3: "Second"}[hours] == before.reason
        reject(database, again, why, hours)
    other = propose(database, firm, new_id, (InvoiceKey("00009", "INV-9", "C-9"),))
    ask_at(database, other, new_id, 4)
    with database.read() as session:
        assert requests.rejected_before(session, stands(database, other)[0]) is None


def test_an_invoice_is_taken_from_the_request_to_its_booking(
    database: Database, firm: Firm, new_id: NewId, sync: Sync
) -> None:
    """By whom and since when; a preview takes nothing, and what was rejected is free again."""

    def taken() -> dict[str, Taken]:
        with database.read() as session:
            return dict(requests.taken(session, firm.id))

    subjects = [key.subject for key in sync.selection]
    assert {} == taken()
    ask(database, sync, new_id)
    assert dict.fromkeys(subjects, Taken("UMARIA", NOW)) == taken()
    approve(database, sync)
    assert dict.fromkeys(subjects, Taken("UMARIA", NOW, "UBEN")) == taken()
    with database.write() as session:
        assert syncs.start(session, sync.id, NOW, firm_id=firm.id)
    assert {} == taken()
    again = propose(database, firm, new_id)
    ask(database, again, new_id)
    reject(database, again, "No", 1)
    assert {} == taken()


def reject(database: Database, sync: Sync, why: str, hours: int) -> None:
    """Ben rejects it so many hours later."""
    with database.write() as session:
        assert decisions.reject(
            session,
            firm_id=sync.firm_id,
            sync_id=sync.id,
            version=sync.version,
            by="UBEN",
            now=NOW + hours * HOUR,
            reason=why,
        )


def ask_at(database: Database, sync: Sync, new_id: NewId, hours: int) -> None:
    """Maria asks so many hours later."""
    now = NOW + hours * HOUR
    with database.write() as session:
        assert decisions.ask(
            session,
            firm_id=sync.firm_id,
            sync_id=sync.id,
            version=sync.version,
            by="UMARIA",
            now=now,
            expires_at=now + 72 * HOUR,
            rules=RULES,
            new_id=new_id,
        )
