"""What comes between an approval and its sending: somebody enters it by hand, and we look once more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from qb.others_read import Books, look, oldest_day
from qb.post import try_again
from qb.sandbox import Stranger
from qb.stopping import resume
from tests.books.exports import CUSTOMER
from tests.books.office import MARIA

if TYPE_CHECKING:
    from datetime import datetime

    from qb.stopping import Resumed
    from tests.books.office import Office

PAID = date(2026, 5, 3)


def entered(office: Office, kind: str, amount: str = "2330.00", customer: str = CUSTOMER, **more: str) -> str:
    """Ben enters it by hand meanwhile."""
    return office.sandbox.enter(Stranger(kind, customer, Decimal(amount), PAID, **more))


def look_now(office: Office) -> datetime:
    """A look as the worker makes it; when it began."""
    began = office.clock()
    with office.database.read() as session:
        oldest = oldest_day(office.invoices(session))
    assert oldest is not None
    books = Books(office.firm_id, office.sandbox.realm_id, "CAD")
    look(office.connections.company(office.firm_id), office.database, books, oldest, began)
    return began


def tried_again(office: Office, sync_id: str, looked_at: datetime) -> int:
    """Maria's Try Again, as the worker does it."""
    with office.database.write() as session:
        return try_again(
            session,
            firm_id=office.firm_id,
            sync_id=sync_id,
            subject=office.effects(sync_id)[0].subject,
            by=MARIA,
            now=office.clock(),
            looked_at=looked_at,
        )


def resumed(office: Office, sync_id: str, looked_at: datetime) -> Resumed:
    """Maria's Resume, as the worker does it."""
    return resume(
        office.database,
        firm_id=office.firm_id,
        sync_id=sync_id,
        by=MARIA,
        now=office.clock(),
        looked_at=looked_at,
    )
