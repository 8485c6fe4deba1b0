"""The double-entry journal: what every transaction debits and credits, and the balances that follow."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from qb.sandbox.money import ZERO


class UnbalancedError(Exception):
    """Debits are not credits: a fault of the sandbox itself, never of its client."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of an entry; a debit is positive, a credit negative.

    `customer` is whose receivable it is, `rate` the tax rate that makes it payable.
    """

    account: str
    currency: str
    amount: Decimal
    home: Decimal
    customer: str = ""
    rate: str = ""

    def reversed(self) -> "Posting":
        """The same on the other side."""
        return replace(self, amount=-self.amount, home=-self.home)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one transaction does to the accounts; its postings add up to nothing in home currency."""

    kind: str
    id: str
    dated: date
    postings: tuple[Posting, ...]


class Ledger:
    """All entries, and running balances per account, currency and customer."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], Entry] = {}
        self._home: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
        self._foreign: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
        self._customers: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)

    def put(self, entry: Entry) -> None:
        """Book `entry` in place of the transaction's earlier one. Raises UnbalancedError."""
        off = sum((one.home for one in entry.postings), ZERO)
        if off:
            raise UnbalancedError(f"{entry.kind} {entry.id} is off by {off}")
        self.remove(entry.kind, entry.id)
        self._entries[entry.kind, entry.id] = entry
        self._add(entry.postings)

    def remove(self, kind: str, identity: str) -> None:
        """Take the transaction's entry out, if it has one."""
        entry = self._entries.pop((kind, identity), None)
        if entry:
            self._add(one.reversed() for one in entry.postings)

    def hand_over(self, key: tuple[str, str], customer: str, into: str) -> None:
        """What a transaction's entry says of one customer is another's from now on."""
        entry = self._entries.get(key)
        if entry:
            postings = tuple(
                replace(one, customer=into) if one.customer == customer else one for one in entry.postings
            )
            self.put(replace(entry, postings=postings))

    def _add(self, postings: Iterable[Posting]) -> None:
        for one in postings:
            self._home[one.account] += one.home
            self._foreign[one.account, one.currency] += one.amount
            if one.customer:
                self._customers[one.customer] += one.amount

    def entries(self) -> tuple[Entry, ...]:
        """The journal, in the order booked."""
        return tuple(self._entries.values())

    def entry(self, kind: str, identity: str) -> Entry | None:
        """The entry of one transaction."""
        return self._entries.get((kind, identity))

    def home_balance(self, account: str) -> Decimal:
        """Debits less credits of an account, in home currency."""
        return self._home[account]

    def balance(self, account: str, currency: str) -> Decimal:
        """Debits less credits of an account in one currency."""
        return self._foreign[account, currency]

    def owed_by(self, customer: str) -> Decimal:
        """What a customer owes less unapplied money, in the customer's currency."""
        return self._customers[customer]

    def trial_balance(self) -> dict[str, Decimal]:
        """Every account's balance in home currency, debit positive; they add up to nothing."""
        return {account: balance for account, balance in self._home.items() if balance}
