"""What CaseEasy says, as values: clients, cases, invoices, lines and payments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from db.money import Money, total

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

LONGEST_SUBJECT = 500
"""Characters of the longest text under which effects know an invoice, a payment or a payer."""


class LineKind(StrEnum):
    """Which amount column of CaseEasy's Invoices export a line comes from."""

    FEE = "fee"  # Taxable Amount
    EXEMPT_FEE = "exempt_fee"  # Tax Exempt Amount
    EXPENSE = "expense"  # Expense
    SURCHARGE = "surcharge"  # Surcharges


class Doubt(StrEnum):
    """Why a record can't be taken as it stands; each holds its invoice for a person."""

    SHARED_CASE = "shared_case"  # the case number belongs to several clients
    SHARED_CLIENT = "shared_client"  # the client identifier stands for several people
    NO_LONGER_EXPORTED = "no_longer_exported"  # the newest export lacks it, though it reaches over it
    NO_CLIENT = "no_client"  # no Client Listing row names the case
    NO_CURRENCY = "no_currency"  # no Client Listing row tells the currency
    UNCLEAR_DATE = "unclear_date"  # a date can be read two ways
    UNREADABLE = "unreadable"  # a cell of it couldn't be read
    CONFLICTING_ROWS = "conflicting_rows"  # two rows claim one identity with different content
    SPREAD_PAYMENT = "spread_payment"  # one transaction pays several invoices
    NO_NUMBER = "no_number"  # identity is missing (invoice or transaction number)
    OTHER_CURRENCY = "other_currency"  # a payment says another currency than its invoice
    UNTAUGHT_VALUE = "untaught_value"  # a fund or status says something nobody has explained


@dataclass(frozen=True, slots=True)
class Client:
    """A person or company whose case it is; ``identifier`` is CaseEasy's Client Identifier."""

    identifier: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case; ``currency`` is ISO 4217 or ``NO_CURRENCY`` where the exports don't tell."""

    number: str
    client: Client
    currency: str
    kind: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceKey:
    """What an invoice is known by: case number, invoice number and client."""

    case: str
    number: str
    client: str

    @property
    def plain(self) -> list[str]:
        """As JSON holds it; ``InvoiceKey(*plain)`` is the same again."""
        return [self.case, self.number, self.client]

    @property
    def subject(self) -> str:
        """The stable text under which effects know the invoice."""
        return _fit(invoices_of(self.client) + "|".join(_plain(part) for part in (self.case, self.number)))


@dataclass(frozen=True, slots=True)
class Line:
    """One amount of an invoice, before tax."""

    kind: LineKind
    amount: Money


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment's part on one invoice; ``date`` is the firm's calendar day."""

    transaction: str
    date: date
    method: str
    amount: Money


class Mark(StrEnum):
    """What a status says of an invoice or payment that isn't simply paid."""

    OPEN = "open"
    DRAFT = "draft"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class StatedTax:
    """A tax that a column of the export states; ``percent`` (13 is 13 %) where the firm said which rate."""

    name: str
    percent: Decimal | None
    amount: Money


@dataclass(frozen=True, slots=True)
class Stated:
    """What columns that the firm explained say of an invoice, beside CaseEasy's own; empty: nothing.

    ``trust`` and ``marked`` are the words of the export that say client money, or that it isn't simply paid.
    """

    taxes: tuple[StatedTax, ...] = ()
    total: Money | None = None
    discount: Money | None = None
    trust: str = ""
    mark: Mark | None = None
    marked: str = ""
    description: str = ""


NOTHING_STATED = Stated()


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice with its lines and payments; paid is: ``paid`` is there.

    Of a Paid Date that can be read two ways, ``paid`` is the earlier day: no day to show to anybody.
    """

    key: InvoiceKey
    case: Case
    issued: date | None
    paid: date | None
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]
    doubts: tuple[Doubt, ...] = ()
    paid_unclear: bool = False
    stated: Stated = NOTHING_STATED

    @property
    def listed(self) -> Money:
        """What the lines add up to, before tax."""
        return total((line.amount for line in self.lines), self.case.currency)

    @property
    def received(self) -> Money:
        """What the payments add up to."""
        return total((payment.amount for payment in self.payments), self.case.currency)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with all its invoices, oldest first."""

    case: Case
    invoices: tuple[Invoice, ...]


def payment_subject(invoice: InvoiceKey, transaction: str) -> str:
    """The stable text under which effects know a payment's part on an invoice."""
    return _fit(f"payment|{_plain(transaction)}|{invoice.subject}")


def payer_subject(payer: str, currency: str, *cases: str) -> str:
    """The stable text under which effects know a payer in a currency, of these cases alone if any are named.

    In whatever order they are named; an empty one names none.
    """
    named = "".join(f"|{_plain(case)}" for case in sorted(set(cases)) if case)
    return _fit(f"payer|{_plain(payer)}|{currency}{named}")


def invoices_of(client: str) -> str:
    """How the subject of each of a client's invoices begins."""
    return f"invoice|{_plain(client)}|"


def _plain(part: str) -> str:
    return part.replace("\\", "\\\\").replace("|", "\\|")


def _fit(subject: str) -> str:
    # A database index takes about 2,700 bytes; what is too long is told apart by its hash.
    if len(subject) <= LONGEST_SUBJECT:
        return subject
    mark = "|sha256:" + sha256(subject.encode("utf-8", "surrogatepass")).hexdigest()
    return subject[: LONGEST_SUBJECT - len(mark)] + mark
