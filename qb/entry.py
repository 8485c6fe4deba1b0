"""What one sync would book, as values: the preview shows these very objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.money import total

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from db.money import Money
    from db.records import InvoiceKey, LineKind
    from qb.hold import Hold


@dataclass(frozen=True, slots=True)
class Named:
    """A QuickBooks thing by id, with the name people know it by."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """The QuickBooks customer of a payer in one currency; what isn't known of it is left as it is here.

    Where ``case`` is named, it is who pays for that case instead of the client. What isn't ``active`` was
    made so, ``merged_into`` another, or is ``gone``.
    """

    payer: str
    currency: str
    customer: Named
    active: bool = True
    customer_currency: str = ""
    case: str = ""
    merged_into: Named | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One sales line, before tax."""

    kind: LineKind
    item: Named
    tax_code: Named
    description: str
    amount: Money


@dataclass(frozen=True, slots=True)
class TaxPart:
    """One tax rate on the summed net of its lines, rounded half-up (QuickBooks' way)."""

    rate: Named
    percent: Decimal
    taxable: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class EntryPayment:
    """One payment to be received against the entry's invoice.

    ``by`` is the mapping's exception that chose the account, in words; empty: the default of its currency.
    ``said`` is the method as CaseEasy calls it; empty: booked before that was kept. No approval rests on it.
    """

    subject: str
    transaction: str
    date: date
    method: Named
    account: Named
    reference: str
    amount: Money
    by: str = ""
    said: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Linked:
    """The Invoice in QuickBooks that a person said is this one; ``open`` is what is still to be received."""

    id: str
    number: str
    open: Money


@dataclass(frozen=True, slots=True)
class Entry:
    """One invoice's part of a plan: an Invoice and its Payments.

    Where it is ``linked``, the Invoice is there already and ``payments`` are those still missing.
    """

    subject: str
    key: InvoiceKey
    client_name: str
    customer: Named
    number: str
    date: date
    memo: str
    lines: tuple[EntryLine, ...]
    taxes: tuple[TaxPart, ...]
    listed: Money
    tax: Money
    total: Money
    payments: tuple[EntryPayment, ...]
    linked: Linked | None = None

    @property
    def received(self) -> Money:
        """What the payments to be booked come to."""
        return total((payment.amount for payment in self.payments), self.total.currency)


@dataclass(frozen=True, slots=True)
class Held:
    """An invoice that isn't booked, with every reason met; ``amount`` is what was received."""

    key: InvoiceKey
    client_name: str
    paid: date | None
    amount: Money
    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Entries to book and invoices held, in CaseEasy's order."""

    realm_id: str
    entries: tuple[Entry, ...]
    held: tuple[Held, ...]
