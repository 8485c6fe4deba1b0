"""The QuickBooks lists a plan rests on, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qb.likeness import plain

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

TRUST_WORDS = ("trust", "client account", "fiducie", "fideicommis")
UNEARNED_WORDS = ("retainer", "retainers", "unearned", "provision", "acompte")
TRUST_SUBTYPES = frozenset({"TrustAccounts", "RentsHeldInTrust", "TrustAccountsLiabilities"})
BANK = "Bank"
AMERICAN = "US"
"""CompanyInfo's country of a company whose sales tax QuickBooks reckons by itself (Intuit: Sales tax, US)."""
DEPOSIT_TYPES = frozenset({BANK, "Other Current Asset"})


def says_trust(name: str) -> bool:
    """Whether a payment method's or an account's name says that client money is meant."""
    return _says(name, TRUST_WORDS)


def says_unearned(name: str) -> bool:
    """Whether a payment method or a case type says that the money isn't earned yet."""
    return _says(name, UNEARNED_WORDS)


def _says(name: str, signs: tuple[str, ...]) -> bool:
    words = f" {plain(name)} "
    return any(f" {sign} " in words for sign in signs)


@dataclass(frozen=True, slots=True)
class Account:
    """A ledger account; ``currency`` is ISO 4217."""

    id: str
    name: str
    type: str
    subtype: str
    currency: str
    active: bool

    @property
    def takes_deposits(self) -> bool:
        """Bank or Other Current Asset: what a Payment's deposit account may be (Intuit: Payment)."""
        return self.active and self.type in DEPOSIT_TYPES

    @property
    def takes_trust(self) -> bool:
        """Whether client money can be deposited there."""
        return self.takes_deposits and self.is_trust

    @property
    def is_trust(self) -> bool:
        """Whether it holds clients' money, by its kind or, as many firms keep it, by its name alone."""
        return self.subtype in TRUST_SUBTYPES or says_trust(self.name)


@dataclass(frozen=True, slots=True)
class Item:
    """A product or service a sales line can carry."""

    id: str
    name: str
    type: str
    active: bool


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """How money came: cash, cheque, card."""

    id: str
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class TaxRate:
    """One rate of a tax code; ``percent`` 13 is 13 %."""

    id: str
    name: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class TaxCode:
    """A sales tax code with its sales rates; one without rates can't be used on sales."""

    id: str
    name: str
    rates: tuple[TaxRate, ...]
    active: bool

    @property
    def usable(self) -> bool:
        """Active, and it has at least one sales rate."""
        return self.active and bool(self.rates)

    @property
    def percent(self) -> Decimal:
        """All its rates together."""
        return sum((rate.percent for rate in self.rates), start=self.rates[0].percent * 0)


@dataclass(frozen=True, slots=True)
class Directory:
    """A company's lists and the preferences that decide how a sale may be booked.

    ``sales_tax``: lines can carry tax codes with rates. ``country`` is CompanyInfo's, empty where unknown.
    """

    company_name: str
    home_currency: str
    multicurrency: bool
    custom_numbers: bool
    sales_tax: bool
    auto_apply: bool
    books_closed_through: date | None
    accounts: tuple[Account, ...]
    items: tuple[Item, ...]
    methods: tuple[PaymentMethod, ...]
    tax_codes: tuple[TaxCode, ...]
    read_at: datetime
    country: str = ""

    @property
    def banks(self) -> frozenset[str]:
        """The ids of its bank accounts, closed ones too: what lies there was deposited before."""
        return frozenset(account.id for account in self.accounts if account.type == BANK)
