"""Every kind of paid invoice a firm meets, as CaseEasy's exports tell it, each of a client of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A paid invoice: amounts as in its columns, payments as (day, method, amount).

    ``payer`` is who is billed in QuickBooks where it isn't the client; who isn't ``linked`` hasn't been found
    there yet. Of a ``twin`` every payment claims the same transaction number.
    """

    number: str
    title: str
    why: str
    payments: tuple[tuple[str, str, str], ...]
    client: str
    fee: str = ""
    exempt_fee: str = ""
    expense: str = ""
    surcharge: str = ""
    issued: str = "2026-04-20"
    paid: str = ""
    currency: str = "CAD"
    case_type: str = ""
    payer: str = ""
    linked: bool = True
    twin: bool = False

    @property
    def case(self) -> str:
        """Its case's number, as CaseEasy writes them."""
        return f"{self.number}-{self.client.split()[-1]}"

    @property
    def identifier(self) -> str:
        """The client's own number."""
        return f"A-{self.number}"

    @property
    def paid_on(self) -> str:
        """The Paid Date: the last payment's day, unless the export says another."""
        return self.paid or max((day for day, _, _ in self.payments), default=self.issued)


def whole(
    amount: str, method: str = "e-Transfer", day: str = "2026-05-03"
) -> tuple[tuple[str, str, str], ...]:
    """Paid at once."""
    return ((day, method, amount),)


BOOKED = (
    Told(
        "2001",
        "A fee with HST and a government fee",
        "The fee is income and carries its province's code; the government fee is paid on for the client, so "
        "no tax is on it. Its line still names a code, Out of Scope, as QuickBooks wants one on every line. "
        "Which account takes it is the item's: this firm chose an item that posts to income, number 11 shows "
        "one that posts to an asset.",
        whole("2330.00"),
        "Amara Diallo",
        fee="1500.00",
        expense="635.00",
    ),
    Told(
        "2002",
        "A fee with GST and QST",
        "Each rate is reckoned on the whole fee and rounded by itself, half a cent up, as QuickBooks does: "
        "5 % is 224.76, 9.975 % is 448.39. Each is owed to its own agency.",
        whole("5168.31"),
        "Luc Gagnon",
        fee="4495.16",
    ),
    Told(
        "2003",
        "A fee whose tax differs by line and in total",
        "Three fees of 333.33 are 999.99 in the export, and 5 % of that is 50.00. Were 50.01 charged, as "
        "16.67 on each would be, the invoice is held: QuickBooks would say another total.",
        whole("1049.99"),
        "Grace Yuen",
        fee="999.99",
    ),
    Told(
        "2004",
        "Two instalments, months apart",
        "Two payments, each on its own day. The tax falls due with the invoice, so it isn't split.",
        (("2026-05-03", "e-Transfer", "1000.00"), ("2026-06-02", "e-Transfer", "1825.00")),
        "Pablo Reyes",
        fee="2500.00",
    ),
    Told(
        "2005",
        "Paid in two ways on one day",
        "Two payments: the e-Transfer is in the bank already, the card's money comes with others' in one sum "
        "and waits in the clearing account until the bookkeeper matches that deposit.",
        (("2026-05-03", "e-Transfer", "1260.00"), ("2026-05-03", "Credit Card", "1000.00")),
        "Ingrid Voss",
        fee="2000.00",
    ),
    Told(
        "2006",
        "A card surcharge",
        "A line and an item of its own, exempt. It goes where the card's money goes, never to trust.",
        whole("1389.90", "Credit Card"),
        "Samir Nasser",
        fee="1200.00",
        surcharge="33.90",
    ),
    Told(
        "2007",
        "A discount that the fee has already",
        "The export lists 1,800.00, which is 2,000.00 less 200.00: tax is on what the discount leaves.",
        whole("2034.00", "Cheque"),
        "Nadia Petrenko",
        fee="1800.00",
    ),
    Told(
        "2008",
        "A zero-rated fee",
        "No tax, but a code all the same: the sale is reported at 0 %. It is booked so only where a person "
        "said, once, that this client resides outside Canada.",
        whole("1800.00", "Wire"),
        "Omar Haddad",
        fee="1800.00",
    ),
    Told(
        "2009",
        "An exempt fee beside a taxed one",
        "CaseEasy keeps the exempt amount in a column of its own; it has its own item and code.",
        whole("1695.00", "Cheque"),
        "Hana Kim",
        fee="1000.00",
        exempt_fee="565.00",
    ),
    Told(
        "2010",
        "Only a government fee",
        "Nothing of it is taxed, and none of it is a fee of the firm's.",
        whole("230.00"),
        "Piotr Zielinski",
        expense="230.00",
    ),
    Told(
        "2011",
        "A disbursement through a recoverable account",
        "For cases of this type the firm chose an item that posts to an asset: what was paid for the client "
        "is taken back from there, and is no income.",
        whole("1780.00"),
        "Lindiwe Dube",
        fee="1000.00",
        expense="650.00",
        case_type="Family Sponsorship",
    ),
    Told(
        "2012",
        "A rate that several provinces have",
        "15 % is New Brunswick's, Newfoundland and Labrador's and Prince Edward Island's. A person said "
        "where the client lives, and the code is that province's.",
        whole("1150.00"),
        "Luc Cormier",
        fee="1000.00",
    ),
    Told(
        "2013",
        "Somebody else pays for the case",
        "An employer was chosen for this case alone: the invoice and what is owed are the employer's, the "
        "memo names client and case.",
        whole("3390.00", "Wire"),
        "Vikram Rao",
        fee="3000.00",
        payer="Northern Robotics Inc.",
    ),
    Told(
        "2014",
        "A name that QuickBooks wouldn't take",
        "A colon can't be in a customer's name. The client is linked to a customer of another name; the memo "
        "says the client's as CaseEasy has it.",
        whole("113.00"),
        "Silva: Marta & Söhne",
        fee="100.00",
        payer="Silva Marta and Sons",
    ),
)
"""What is booked, one each."""

HELD = (
    Told("2101", "US dollars, no tax", "", whole("1800.00"), "Michael Stone", fee="1800.00", currency="USD"),
    Told("2102", "A cent of QST too much", "", whole("5168.32"), "Julie Roy", fee="4495.16"),
    Told("2103", "GST by line, a cent above", "", whole("1050.00"), "Wei Lin", fee="999.99"),
    Told("2104", "56.00 short of 1,356.00", "", whole("1300.00"), "Sofia Conti", fee="1200.00"),
    Told("2105", "1,000.00 paid on 960.50", "", whole("1000.00"), "Ife Bello", fee="850.00"),
    Told(
        "2106",
        "Paid, and given back the next day",
        "",
        (("2026-05-03", "e-Transfer", "1017.00"), ("2026-05-04", "e-Transfer", "-1017.00")),
        "Tran Minh",
        fee="900.00",
    ),
    Told("2107", "A retainer", "", whole("3000.00", "Retainer"), "Elena Popa", exempt_fee="3000.00"),
    Told(
        "2108", "A transfer from trust", "", whole("2260.00", "Trust transfer"), "Aisha Noor", fee="2000.00"
    ),
    Told("2109", "A courtesy of 100 %", "", (), "Ravi Menon"),
    Told("1042", "A number that QuickBooks has already", "", whole("113.00"), "Carla Diaz", fee="100.00"),
    Told(
        "2110",
        "A client who isn't linked yet",
        "",
        whole("113.00"),
        "Priya Sharma",
        fee="100.00",
        linked=False,
    ),
    Told(
        "2111",
        "Dated in a closed period",
        "",
        whole("113.00", day="2025-12-30"),
        "Jan Novak",
        fee="100.00",
        issued="2025-12-15",
    ),
    Told("2112", "A method nobody has mapped", "", whole("113.00", "Zelle"), "Bo Larsen", fee="100.00"),
    Told("2113", "Less than its lines, even without tax", "", whole("900.00"), "Kofi Mensah", fee="1000.00"),
    Told("2114", "Called paid, no payment there", "", (), "Yuki Mori", fee="1000.00", paid="2026-05-03"),
    Told(
        "2115",
        "Paid off later than its last payment",
        "",
        whole("1000.00"),
        "Dana Weiss",
        fee="1000.00",
        paid="2026-05-20",
    ),
    Told(
        "2116",
        "Two payments of one transaction number",
        "",
        (("2026-05-03", "e-Transfer", "500.00"), ("2026-05-03", "e-Transfer", "630.00")),
        "Tomas Horak",
        fee="1000.00",
        twin=True,
    ),
    Told(
        "2117",
        "US dollars, of a client known in Canadian ones",
        "",
        whole("1800.00"),
        "Liam Walsh",
        fee="1800.00",
        currency="USD",
        linked=False,
    ),
    Told(
        "2118",
        "No tax, of a client who resides in Ontario",
        "",
        whole("1200.00"),
        "Greta Blum",
        fee="1200.00",
    ),
    Told(
        "2119",
        "No tax, and nobody said where the client resides",
        "",
        whole("1800.00"),
        "Ahmed Saleh",
        fee="1800.00",
    ),
    Told(
        "INV-2026-IMMIGRATION-00117",
        "A number of 26 characters",
        "",
        whole("113.00"),
        "Rosa Lund",
        fee="100.00",
    ),
)
"""What is held for something in the records themselves."""
