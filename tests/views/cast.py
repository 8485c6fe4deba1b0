"""The people and invoices that the screens are shown with, hostile and long names included."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from db.money import Money
from db.records import InvoiceKey, LineKind
from db.refusal import Refusal
from qb.entry import Entry, EntryLine, EntryPayment, Held, Named, TaxPart
from qb.hold import Hold, Mend, Reason

CHANNEL = "<!channel> & <https://evil|Approve>"
RENE = 'René "Ané" O\'Brien \\ 马春梅'
LONG = "Maximiliana-Theodora Wolfeschlegelsteinhausenbergerdorff " * 8
DISGUISED = "Anna\u202e\u0007gnp.exe\nOK: approved"
LEFTWARD = "אברהם בר-לב"
NAMES = ("Maria Silva", CHANNEL, RENE, LONG, DISGUISED)
NOW = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)


def cad(amount: str) -> Money:
    """Canadian dollars."""
    return Money(Decimal(amount), "CAD")


def usd(amount: str) -> Money:
    """American dollars."""
    return Money(Decimal(amount), "USD")


def entry(client: str = "Maria Silva", number: str = "INV-1001") -> Entry:
    """1,500.00 fee + 195.00 HST + 635.00 government fee = 2,330.00, paid at once by e-Transfer."""
    chequing, transfer = Named("35", "Chequing"), Named("7", "e-Transfer")
    hst, out = Named("5", "HST ON"), Named("2", "Out of scope")
    fee = EntryLine(LineKind.FEE, Named("1", "Immigration fees"), hst, "Professional fees", cad("1500.00"))
    cost = EntryLine(LineKind.EXPENSE, Named("2", "Disbursements"), out, "Disbursements", cad("635.00"))
    tax = TaxPart(Named("9", "HST (ON) 13%"), Decimal(13), cad("1500.00"), cad("195.00"))
    payment = EntryPayment("payment", "TX-1", date(2026, 10, 12), transfer, chequing, "TX-1", cad("2330.00"))
    return Entry(
        subject=f"invoice|{number}",
        key=InvoiceKey("00002-Silva", number, "C-1"),
        client_name=client,
        customer=Named("58", client),
        number=number,
        date=date(2026, 10, 5),
        memo="memo",
        lines=(fee, cost),
        taxes=(tax,),
        listed=cad("2135.00"),
        tax=cad("195.00"),
        total=cad("2330.00"),
        payments=(payment,),
    )


def two_payments(client: str = "Maria Silva") -> Entry:
    """2,500.00 + 325.00 HST = 2,825.00, paid on two days by two methods."""
    whole = entry(client, "INV-1002")
    fee = replace(whole.lines[0], amount=cad("2500.00"))
    first = replace(whole.payments[0], date=date(2026, 5, 3), amount=cad("1000.00"), reference="TX-2")
    card = Named("8", "Credit Card")
    second = replace(first, date=date(2026, 6, 2), amount=cad("1825.00"), method=card, reference="TX-3")
    return replace(
        whole,
        lines=(fee,),
        taxes=(replace(whole.taxes[0], taxable=cad("2500.00"), amount=cad("325.00")),),
        listed=cad("2500.00"),
        tax=cad("325.00"),
        total=cad("2825.00"),
        payments=(first, second),
    )


def told(what: str) -> Refusal:
    """What is said of an invoice that waits, for no reason that needs anything done."""
    return Refusal(what, "None of it is booked.", "", "nobody needs to")


def held(client: str = "Maria Silva", number: str = "INV-1007") -> Held:
    """56.00 short."""
    short = Hold(Reason.SHORT, told(f"Its payments for {client} are $56.00 short."), Mend.IMPORT)
    key = InvoiceKey("00002-Silva", number, "C-1")
    return Held(key, client, date(2026, 10, 9), cad("1300.00"), (short,))
