"""Effects for tests: an invoice and its payments, and the ledger's verbs in their own commits."""

from dataclasses import replace
from datetime import datetime, timedelta

from db import effects, syncs
from db.effects import Claimed, Effect, NewEffect
from db.engine import Database
from db.firms import Firm
from db.records import InvoiceKey, payment_subject
from tests.db.conftest import NOW

REALM = "4620816365"
KEY = InvoiceKey("00002-Силва", "INV-1001", "<!channel> & <https://evil|Approve>")
SECOND = timedelta(seconds=1)
FAULT = {"code": "6210", "message": "Account period closed"}


def invoice_effect(firm: Firm, **changes: object) -> NewEffect:
    """The invoice of the key, to be added."""
    new = NewEffect(
        firm_id=firm.id,
        realm_id=REALM,
        subject=KEY.subject,
        operation="add_invoice",
        entity="Invoice",
        content={"client": 'René "Ané" O\'Brien \\ 马春梅'},
        asked_by="UMARIA",
        invoice=KEY.subject,
    )
    return replace(new, **changes)  # type: ignore[arg-type]


def payment_effect(firm: Firm, parent: Effect, transaction: str = "TXN-1") -> NewEffect:
    """A payment of the invoice, which waits for it."""
    return invoice_effect(
        firm,
        subject=payment_subject(KEY, transaction),
        operation="add_payment",
        entity="Payment",
        depends_on=parent.id,
        position=1,
    )


def a_sync(database: Database, firm: Firm, name: str = "sync-1") -> str:
    """A sync that effects may belong to; gives its id."""
    with database.write() as session:
        return syncs.propose(
            session,
            firm_id=firm.id,
            realm_id=REALM,
            selection=(KEY,),
            plan="{}",
            plan_sha256="0" * 64,
            asked_by="U0MARIA",
            now=NOW,
            new_id=lambda: name,
        ).id


def add(database: Database, new: NewEffect) -> Effect:
    """Write an effect down."""
    with database.write() as session:
        return effects.add(session, new, NOW)


def claim(database: Database, at: datetime = NOW) -> Claimed | None:
    """Claim the next effect."""
    with database.write() as session:
        return effects.claim(session, at)


def claimed(database: Database, at: datetime = NOW) -> Effect:
    """Claim an effect that must be there."""
    taken = claim(database, at)
    assert taken is not None
    return taken.effect


def close(database: Database, effect: Effect, change: effects.Change, at: datetime = NOW) -> bool:
    """Close an effect."""
    with database.write() as session:
        return effects.close(session, effect, change, at)


def read(database: Database, effect: Effect) -> Effect:
    """The effect as it stands now."""
    with database.read() as session:
        found = effects.get(session, effect.firm_id, effect.id)
    assert found is not None
    return found
