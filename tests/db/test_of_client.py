"""What was booked of one client's invoices: confirmed, the newest first, and nobody else's."""

from datetime import timedelta

from db import effects
from db.effects import State
from db.effects.identifying import of_client
from db.engine import Database
from db.firms import Firm
from db.records import InvoiceKey
from tests.db.conftest import NOW
from tests.db.ledger import REALM, invoice_effect

CLIENT = "C-1_%|<!channel>"


def book(
    database: Database, firm: Firm, client: str, number: str, minutes: int = 0, **changes: object
) -> str:
    """An invoice of the client that is in the books; gives the effect's id."""
    subject = InvoiceKey("00002", number, client).subject
    new = invoice_effect(firm, subject=subject, invoice=subject, **changes)
    with database.write() as session:
        effect = effects.add(session, new, NOW + timedelta(minutes=minutes))
        effects.link(session, effect, f"9{number}", number, NOW + timedelta(minutes=minutes))
    return effect.id


def test_a_clients_newest_bookings_come_first(database: Database, firm: Firm, other_firm: Firm) -> None:
    """This client's alone, whatever signs the identifier holds; of this firm and company; at most so many."""
    older, newer = book(database, firm, CLIENT, "1"), book(database, firm, CLIENT, "2", minutes=1)
    book(database, firm, "C-1x%|<!channel>", "3")
    book(database, firm, f"{CLIENT}|00002", "4")
    book(database, other_firm, CLIENT, "5")
    book(database, firm, CLIENT, "6", realm_id="another company")
    with database.write() as session:
        subject = InvoiceKey("00002", "7", CLIENT).subject
        waiting = effects.add(session, invoice_effect(firm, subject=subject, invoice=subject), NOW)
    assert State.READY is waiting.state
    with database.read() as session:
        found = of_client(session, firm.id, REALM, CLIENT, 10)
        assert [newer, older] == [one.id for one in found]
        assert [newer] == [one.id for one in of_client(session, firm.id, REALM, CLIENT, 1)]
