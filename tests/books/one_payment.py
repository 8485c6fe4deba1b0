"""An invoice with its one payment, as we booked them last week and as QuickBooks has them tonight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from db.effects.values import Effect, State
from db.records import InvoiceKey, LineKind
from qb.entry import Entry, EntryLine, EntryPayment, Named
from qb.sweep import Document, Ours
from tests.books.given import cad

NIGHT = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
LAST_WEEK = NIGHT - timedelta(days=7)
MARK, OTHER_MARK = "[rec:ABCDEFGHIJKLMNOPQRST22]", "[rec:7777777777777777777777]"
SILVA, ROSSI = Named("58", "Maria Silva"), Named("59", 'René "Ané" O\'Brien \\ 马春梅')
CHEQUING, SAVINGS = Named("35", "Chequing"), Named("36", "Savings")
FEES = Named("1", "Professional Fees")
PAYMENT = EntryPayment(
    "p", "T-1", date(2026, 5, 3), Named("4", "E-Transfer"), CHEQUING, "T-1", cad("1130.00")
)
ENTRY = Entry(
    subject="i",
    key=InvoiceKey("00002-Silva", "INV-1", "C-2"),
    client_name="<!channel> & <https://evil|Approve>",
    customer=SILVA,
    number="INV-1",
    date=date(2026, 4, 20),
    memo="memo",
    lines=(EntryLine(LineKind.FEE, FEES, Named("10", "HST ON"), "Fees", cad("1000.00")),),
    taxes=(),
    listed=cad("1000.00"),
    tax=cad("130.00"),
    total=cad("1130.00"),
    payments=(PAYMENT,),
)


def effect(entity: str, remote_id: str | None, state: State = State.CONFIRMED) -> Effect:
    """A booking of last week; without an id QuickBooks never said that it has it."""
    return Effect(
        id=f"effect of {entity}",
        firm_id="F",
        realm_id="9",
        sync_id="S",
        subject=entity,
        invoice="i",
        operation=entity,
        generation=1,
        depends_on=None,
        entity=entity,
        position=0,
        content={},
        request_id="r",
        body=None,
        body_sha256=None,
        state=state,
        due_at=LAST_WEEK,
        attempt=1,
        fence=1,
        lease_until=None,
        doubtful=False,
        first_sent=LAST_WEEK,
        last_sent=LAST_WEEK,
        remote_id=remote_id,
        sync_token="0",
        document_number=None,
        intuit_tid=None,
        adopted=False,
        fault=None,
        reason="",
        asked_by="U0MARIA",
        created_at=LAST_WEEK,
        settled_at=LAST_WEEK,
    )


INVOICE = Ours(effect("Invoice", "70"), OTHER_MARK, ENTRY)
PAID = Ours(effect("Payment", "1043"), MARK, ENTRY, PAYMENT, "70")
INVOICE_THERE = Document(
    entity="Invoice",
    id="70",
    marks=(OTHER_MARK,),
    number="INV-1",
    date=date(2026, 4, 20),
    total=cad("1130.00"),
    tax=cad("130.00"),
    customer=SILVA,
    account=Named("", ""),
    lines=((FEES, cad("1000.00")),),
)
PAID_THERE = Document(
    entity="Payment",
    id="1043",
    marks=(MARK,),
    number="T-1",
    date=date(2026, 5, 3),
    total=cad("1130.00"),
    tax=cad("0.00"),
    customer=SILVA,
    account=CHEQUING,
    applied=(("70", cad("1130.00")),),
)
NOTHING = cad("0.00")
