"""In which currency and at what rate a transaction is, and which accounts fit (Intuit: Multicurrency)."""

from dataclasses import dataclass
from decimal import Decimal

from qb.sandbox.books import Books, Draft
from qb.sandbox.ledger import Posting
from qb.sandbox.money import ZERO, at_rate
from qb.sandbox.refs import currency_ref, optional
from qb.sandbox.refusals import business, multicurrency_off, one_foreign_currency, rate_missing
from qb.sandbox.wire import Json

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Terms:
    """The currency of one transaction; `rate` is home units for one of its own."""

    currency: str
    rate: Decimal
    home: str

    @property
    def foreign(self) -> bool:
        """Whether it isn't in home currency."""
        return self.currency != self.home

    def at_home(self, value: Decimal) -> Decimal:
        """`value` in home currency, to the cent."""
        return at_rate(value, self.rate)


def terms_of(books: Books, draft: Draft, party: Json | None) -> Terms:
    """Currency and rate of a draft. Raises 6000 where the customer has another, 2410 without a rate."""
    ref = draft.body.get("CurrencyRef")
    currency = str(ref["value"]) if ref else books.home
    if currency != books.home and not books.multicurrency:
        raise multicurrency_off()
    if party is not None and books.currency_of(party) != currency:
        raise one_foreign_currency()
    return Terms(currency, _rate(books, draft, currency), books.home)


def _rate(books: Books, draft: Draft, currency: str) -> Decimal:
    if currency == books.home:
        return ONE
    rate = draft.body.get("ExchangeRate")
    if rate is None:
        if books.switches.missing_rate == "refuse":
            raise rate_missing()
        return ONE
    if rate <= 0:
        raise business("The exchange rate must be greater than zero.")
    return Decimal(rate)


def currency_fields(books: Books, terms: Terms) -> Json:
    """What a reply says about currency."""
    rate = {"ExchangeRate": terms.rate} if books.multicurrency else {}
    return {"CurrencyRef": currency_ref(terms.currency), **rate}


def debit(books: Books, account: str, terms: Terms, value: Decimal, home: Decimal | None = None) -> Posting:
    """A debit (credit if negative) of `value`, kept in the account's own currency."""
    at_home = terms.at_home(value) if home is None else home
    document = books.find("Account", account)
    own = books.currency_of(document) if document else books.home
    if own == terms.currency:
        return Posting(account, own, value, at_home)
    return Posting(account, books.home, at_home, at_home)


def owed(books: Books, customer: str, terms: Terms, value: Decimal, home: Decimal | None = None) -> Posting:
    """A debit (credit if negative) to the receivable account of the transaction's currency."""
    at_home = terms.at_home(value) if home is None else home
    return Posting(receivable(books, terms.currency), terms.currency, value, at_home, customer)


def squared(books: Books, terms: Terms, postings: list[Posting]) -> tuple[Posting, ...]:
    """The postings; what foreign exchange and its rounding leave over goes to exchange gain or loss."""
    off = sum((one.home for one in postings), ZERO)
    kept = [one for one in postings if one.amount or one.home]
    if not off or not terms.foreign:
        return tuple(kept)
    return (*kept, Posting(by_subtype(books, "ExchangeGainOrLoss"), books.home, -off, -off))


def receivable(books: Books, currency: str) -> str:
    """The receivable account of a currency."""
    for account in books.all("Account"):
        if account["AccountType"] == "Accounts Receivable" and books.currency_of(account) == currency:
            return str(account["Id"])
    raise business(f"There is no receivable account in {currency}.")


def by_subtype(books: Books, subtype: str) -> str:
    """The account QuickBooks keeps for one purpose, found by its subtype."""
    return next(str(one["Id"]) for one in books.all("Account") if one["AccountSubType"] == subtype)


def deposit_account(books: Books, ref: Json | None, terms: Terms) -> str:
    """Where money goes: `ref` or Undeposited Funds. Raises 6000 for a wrong type or currency, 2500, 610."""
    account = optional(books, "Account", ref)
    if account is None:
        return by_subtype(books, "UndepositedFunds")
    if account["AccountType"] not in {"Bank", "Other Current Asset"}:
        raise business("Select a bank or other current asset account to deposit to.")
    if books.currency_of(account) not in {books.home, terms.currency}:
        raise one_foreign_currency()
    return str(account["Id"])


def check_receivable(books: Books, ref: Json | None, terms: Terms) -> None:
    """ARAccountRef needs not be sent; sent, its currency must fit (Intuit: Multicurrency)."""
    account = optional(books, "Account", ref)
    if account is not None and books.currency_of(account) != terms.currency:
        raise business(
            "The transaction needs to be in the same currency as the A/R and A/P accounts you use."
        )
