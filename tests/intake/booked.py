"""An invoice of the exports that is on its way into the books, for tests about what came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import effects
from db.effects import NewEffect
from db.records import InvoiceKey
from tests.intake.conftest import NOW
from tests.intake.sheets import CASE

if TYPE_CHECKING:
    from db.engine import Database


def booked(database: Database, firm_id: str, number: str) -> None:
    """The first case's invoice of this number was ordered."""
    subject = InvoiceKey(CASE, number, "S-10002").subject
    ordered = NewEffect(
        firm_id=firm_id,
        realm_id="1",
        subject=subject,
        operation="add_invoice",
        entity="Invoice",
        content={},
        asked_by="U0MARIA",
        invoice=subject,
    )
    with database.write() as session:
        effects.add(session, ordered, NOW)
