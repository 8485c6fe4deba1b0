"""What those clients were invoiced and paid: the plain ones, and one of each kind that needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.demo.samples.people import OTHERS


@dataclass(frozen=True, slots=True)
class SamplePayment:
    """A payment's part on one invoice, ``ago`` days before today; amounts as CaseEasy writes them."""

    ago: int
    method: str
    amount: str
    transaction: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice; days are counted back from today, amounts are before tax in the case's currency."""

    case: str
    number: str
    issued: int
    paid: int | None
    fee: str = "0"
    expense: str = "0"
    payments: tuple[SamplePayment, ...] = ()
    exempt: str = "0"
    surcharge: str = "0"
    two_ways: bool = False


def _paid(ago: int, method: str, amount: str, transaction: str = "") -> SamplePayment:
    return SamplePayment(ago, method, amount, transaction)


PARTICULAR = (
    # 1,500.00 + 195.00 HST + 635.00 government fee
    Bill("00002-Osei", "1001", 33, 30, "1500.00", "635.00", (_paid(30, "E-Transfer", "2330.00"),)),
    # 2,500.00 + 325.00 HST in two instalments
    Bill(
        "00002-Osei",
        "1002",
        28,
        10,
        "2500.00",
        payments=(_paid(24, "E-Transfer", "1000.00"), _paid(10, "E-Transfer", "1825.00")),
    ),
    # 2,000.00 + 260.00 HST, partly by card
    Bill(
        "00002-Osei",
        "1003",
        20,
        15,
        "2000.00",
        payments=(_paid(15, "E-Transfer", "1260.00"), _paid(15, "Visa", "1000.00")),
    ),
    # not paid yet
    Bill("00002-Osei", "1004", 12, None, "800.00"),
    Bill("00003-Haddad", "1005", 26, 22, "1200.00", payments=(_paid(22, "E-Transfer", "1356.00"),)),
    Bill("00004-Sharma", "1006", 25, 21, "900.00", payments=(_paid(21, "Cheque", "1017.00"),)),
    Bill("00005-Okafor", "1007", 25, 20, "1800.00", payments=(_paid(20, "E-Transfer", "2034.00"),)),
    # GST 224.76 + QST 448.39
    Bill("00006-Tremblay", "1008", 24, 18, "4495.16", payments=(_paid(18, "E-Transfer", "5168.31"),)),
    # US dollars, no tax
    Bill("00007-Brooks", "1009", 24, 17, exempt="1800.00", payments=(_paid(17, "Wire transfer", "1800.00"),)),
    # 56.00 short of 1,356.00
    Bill("00008-Rossi", "1010", 23, 16, "1200.00", payments=(_paid(16, "E-Transfer", "1300.00"),)),
    # 39.50 over 960.50
    Bill("00009-Adeyemi", "1011", 23, 16, "850.00", payments=(_paid(16, "Cheque", "1000.00"),)),
    # 1,130.00 of 3,390.00 given back
    Bill(
        "00010-Nguyễn",
        "1012",
        27,
        19,
        "3000.00",
        payments=(_paid(19, "E-Transfer", "3390.00"), _paid(11, "E-Transfer", "-1130.00")),
    ),
    # the case number is two people's
    Bill("00011-Garcia", "1013", 22, 15, "700.00", payments=(_paid(15, "Visa", "791.00"),)),
    # the Paid Date reads two ways
    Bill("00012-Kowalski", "1014", 34, 28, "600.00", payments=(_paid(28, "Cash", "678.00"),), two_ways=True),
    # one e-Transfer for two invoices
    Bill("00013-Chen", "1015", 21, 14, "1000.00", payments=(_paid(14, "E-Transfer", "1130.00", "CE-88013"),)),
    Bill("00013-Chen", "1016", 21, 14, "400.00", payments=(_paid(14, "E-Transfer", "452.00", "CE-88013"),)),
    Bill("00014-Abdi", "1017", 20, 13, "2000.00", payments=(_paid(13, "Trust transfer", "2260.00"),)),
    # a courtesy: nothing to pay, and marked paid
    Bill("00015-Petrov", "1018", 19, 19),
    # 1,356.00 and 33.90 for the card
    Bill(
        "00016-Santos", "1019", 19, 12, "1200.00", payments=(_paid(12, "Visa", "1389.90"),), surcharge="33.90"
    ),
    Bill("00017-Channel", "1020", 18, 12, "500.00", payments=(_paid(12, "E-Transfer", "565.00"),)),
    Bill("00018-O'Brien", "1021", 18, 11, "1000.00", "155.00", (_paid(11, "E-Transfer", "1285.00"),)),
    Bill("00019-Harbour", "1022", 17, 10, "3500.00", "1000.00", (_paid(10, "Wire transfer", "4955.00"),)),
    Bill("00020-Harbour", "1023", 17, 10, "3500.00", payments=(_paid(10, "Wire transfer", "3955.00"),)),
    # somebody wrote a remark where the amount belongs
    Bill("00021-Yilmaz", "1024", 16, 9, "see note", payments=(_paid(9, "Mastercard", "904.00"),)),
    # no Client Listing row
    Bill("00022-Delgado", "1025", 16, 9, "450.00", payments=(_paid(9, "E-Transfer", "508.50"),)),
    # no currency in the Client Listing
    Bill("00023-Mbeki", "1026", 15, 9, "1600.00", payments=(_paid(9, "E-Transfer", "1808.00"),)),
)

CORRECTED = (_paid(30, "E-Transfer", "2130.00"),)
"""What a later export says of the first of them."""

FEES = ("750.00", "1200.00", "2400.00", "350.00", "1850.00", "995.00", "3200.00")
EXPENSES = ("0", "155.00", "0", "85.00", "1365.00")
METHODS = ("E-Transfer", "E-Transfer", "Visa", "Cheque", "Mastercard", "Direct deposit")
HST = Decimal("0.13")
FIRST_NUMBER = 1027
PLAIN_ONES = range(46)
OPEN_ONES = PLAIN_ONES[3::4]
IN_TWO_PARTS = PLAIN_ONES[1::3]


def _plain(index: int) -> Bill:
    """An ordinary invoice of Ontario, the later ones younger: some are open, some paid in two parts."""
    case = OTHERS[index % len(OTHERS)]
    fee, expense = FEES[index % len(FEES)], EXPENSES[index % len(EXPENSES)]
    issued = min(case.opened, 34 - index * 32 // len(PLAIN_ONES))
    number = str(FIRST_NUMBER + index)
    if index in OPEN_ONES:
        return Bill(case.number, number, issued, None, fee, expense)
    paid = max(issued - 2 - index % 5, 1)
    parts = _parts(Decimal(fee) * (1 + HST) + Decimal(expense), 2 if index in IN_TWO_PARTS else 1)
    method = METHODS[index % len(METHODS)]
    days = (issued, paid)[-len(parts) :]
    payments = tuple(_paid(day, method, f"{part:.2f}") for day, part in zip(days, parts, strict=True))
    return Bill(case.number, number, issued, paid, fee, expense, payments)


def _parts(total: Decimal, count: int) -> tuple[Decimal, ...]:
    return (total,) if count == 1 else (Decimal("250.00"), total - Decimal("250.00"))


PLAIN = tuple(_plain(index) for index in PLAIN_ONES)
