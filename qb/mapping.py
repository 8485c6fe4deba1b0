"""A firm's reviewed choices from CaseEasy values to QuickBooks things, and what still needs one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar, assert_never

from db.chosen import Banking
from db.money import NO_CURRENCY
from db.records import LineKind
from qb.directory import says_trust, says_unearned
from qb.entry import Named
from qb.hold import percent_text
from qb.likeness import likest, plain
from qb.tax import fee_percent, taxes_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.records import Invoice
    from qb.directory import Account, Directory, Item, PaymentMethod, TaxCode

LINE_WORDS = {
    LineKind.FEE: "Professional fees",
    LineKind.EXEMPT_FEE: "Tax-exempt fees",
    LineKind.EXPENSE: "Disbursements",
    LineKind.SURCHARGE: "Card surcharge",
}
UNTAXED_WORDS = {
    "fee@0": "zero rated",
    LineKind.EXPENSE: "out of scope",
    LineKind.EXEMPT_FEE: "exempt",
    LineKind.SURCHARGE: "exempt",
}
HOLDING = frozenset({Banking.ALL, Banking.UNEARNED})
"""The ways of banking in which a firm holds client money."""
NOT_FOR_LINES = frozenset({"Category", "Group"})


Thing = TypeVar("Thing", "Account", "Item", "PaymentMethod", "TaxCode")


class Fund(StrEnum):
    """Whose money an account holds: the firm's own, or its clients' (trust)."""

    OPERATING = "operating"
    TRUST = "trust"


class Kind(StrEnum):
    """What a mapping row chooses."""

    METHOD = "method"  # CaseEasy payment method → QuickBooks payment method
    DEPOSIT = "deposit"  # currency → deposit account of that currency, one a fund
    ITEM = "item"  # line kind → item
    TAX = "tax"  # tax seen ("fee@13", "fee@0", "exempt_fee", "expense", "surcharge") → tax code


@dataclass(frozen=True, slots=True)
class Choice:
    """One confirmed choice."""

    kind: Kind
    source: str
    target_id: str
    target_name: str
    fund: Fund = Fund.OPERATING

    @property
    def row(self) -> str:
        """The row it answers, as ``kind:source``; of client money, as ``kind@trust:source``."""
        return _key(self.kind, self.source, self.fund)


@dataclass(frozen=True, slots=True)
class Mapping:
    """All confirmed choices of a firm for one company."""

    choices: tuple[Choice, ...] = ()

    def choice(self, kind: Kind, source: str, fund: Fund = Fund.OPERATING) -> Choice | None:
        """The confirmed choice for a CaseEasy value, if there is one."""
        wanted = kind, source, fund
        return next((c for c in self.choices if (c.kind, c.source, c.fund) == wanted), None)


@dataclass(frozen=True, slots=True)
class Row:
    """One CaseEasy value that needs a choice; ``label`` says it to people."""

    kind: Kind
    source: str
    label: str
    fund: Fund = Fund.OPERATING

    @property
    def key(self) -> str:
        """The row as ``kind:source``; of client money, as ``kind@trust:source``."""
        return _key(self.kind, self.source, self.fund)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A QuickBooks thing a row may be given; ``note`` says why it can't be chosen, where it can't."""

    target: Named
    selectable: bool = True
    note: str = ""


def row(kind: Kind, source: str, fund: Fund = Fund.OPERATING) -> Row:
    """The row for a CaseEasy value, with its words."""
    return Row(kind, source, _label(kind, source, fund), fund)


def row_of_key(key: str) -> Row:
    """The row a hold names as ``kind:source`` or ``kind@trust:source``."""
    head, _, source = key.partition(":")
    kind, _, fund = head.partition("@")
    return row(Kind(kind), source, Fund(fund) if fund else Fund.OPERATING)


def _key(kind: Kind, source: str, fund: Fund) -> str:
    return f"{kind}:{source}" if fund is Fund.OPERATING else f"{kind}@{fund}:{source}"


def rows_needed(
    invoices: Sequence[Invoice], directory: Directory, banking: Banking = Banking.UNSAID
) -> tuple[Row, ...]:
    """The rows the paid invoices call for: methods, currencies, line kinds, taxes, in this order.

    A firm that holds client money is also asked for the trust account of each currency it has one for.
    """
    paid = [invoice for invoice in invoices if invoice.paid is not None]
    methods = {p.method for i in paid for p in i.payments if not _is_client_money(p.method)}
    currencies = {i.case.currency for i in paid} - {NO_CURRENCY}
    kinds = {line.kind for i in paid for line in i.lines}
    return (
        *(row(Kind.METHOD, method) for method in sorted(methods, key=plain)),
        *_deposits(currencies, directory, banking),
        *(row(Kind.ITEM, kind) for kind in LineKind if kind in kinds),
        *(row(Kind.TAX, source) for source in taxes_seen(paid, directory)),
    )


def _is_client_money(method: str) -> bool:
    return says_trust(method) or says_unearned(method)


def _deposits(currencies: Iterable[str], directory: Directory, banking: Banking) -> Iterable[Row]:
    in_trust = {account.currency for account in directory.accounts if account.takes_trust}
    for currency in sorted(currencies, key=lambda c: (c != directory.home_currency, c)):
        yield row(Kind.DEPOSIT, currency)
        if currency in in_trust and banking in HOLDING:
            yield row(Kind.DEPOSIT, currency, Fund.TRUST)


def rows_open(rows: Iterable[Row], mapping: Mapping, directory: Directory) -> tuple[Row, ...]:
    """The rows nobody has confirmed, or whose choice can no longer be used."""

    def settled(needed: Row) -> bool:
        choice = mapping.choice(needed.kind, needed.source, needed.fund)
        return choice is not None and check(choice, directory) is None

    return tuple(needed for needed in rows if not settled(needed))


def candidates(needed: Row, directory: Directory) -> tuple[Candidate, ...]:
    """What the row may be given, by name; a trust account can be chosen for client money only."""
    match needed.kind:
        case Kind.METHOD:
            found = [Candidate(Named(m.id, m.name)) for m in directory.methods if m.active]
        case Kind.DEPOSIT:
            accounts = (a for a in directory.accounts if a.takes_deposits and a.currency == needed.source)
            found = [_deposit(a) for a in accounts if needed.fund is Fund.OPERATING or a.is_trust]
            if needed.fund is Fund.TRUST:
                found = [replace(one, selectable=True, note="") for one in found]
        case Kind.ITEM:
            found = [Candidate(Named(i.id, i.name)) for i in directory.items if _sellable(i)]
        case Kind.TAX:
            percent = fee_percent(needed.source) or 0
            codes = (c for c in directory.tax_codes if c.usable and c.percent == percent)
            found = [Candidate(Named(code.id, code.name)) for code in codes]
        case _:
            assert_never(needed.kind)
    return tuple(sorted(found, key=lambda candidate: plain(candidate.target.name)))


def suggest(needed: Row, directory: Directory) -> Named | None:
    """The likeliest candidate, or None; it counts for nothing until a person confirms it."""
    choosable = [c.target for c in candidates(needed, directory) if c.selectable]
    if needed.fund is Fund.TRUST:
        return choosable[0] if len(choosable) == 1 else None
    if needed.kind is Kind.DEPOSIT:
        ids = {target.id for target in choosable}
        likely = [a for a in directory.accounts if a.id in ids and a.subtype == "Checking"]
        return Named(likely[0].id, likely[0].name) if likely else None
    if needed.kind is Kind.TAX:
        words = UNTAXED_WORDS.get(needed.source, "HST")
        return likest(words, choosable) or (choosable[0] if len(choosable) == 1 else None)
    return likest(needed.label, choosable)


def check(choice: Choice, directory: Directory) -> str | None:
    """What keeps a confirmed choice from being used, as a sentence for people; None if it may be used."""
    match choice.kind:
        case Kind.METHOD:
            return _standing(choice, _by_id(directory.methods, choice.target_id))
        case Kind.DEPOSIT:
            return _check_account(choice, _by_id(directory.accounts, choice.target_id))
        case Kind.ITEM:
            return _check_item(choice, _by_id(directory.items, choice.target_id))
        case Kind.TAX:
            return _check_tax(choice, _by_id(directory.tax_codes, choice.target_id))
        case _:
            assert_never(choice.kind)


def _deposit(account: Account) -> Candidate:
    note = "trust: for client money only" if account.is_trust else ""
    return Candidate(Named(account.id, account.name), selectable=not account.is_trust, note=note)


def _sellable(item: Item) -> bool:
    return item.active and item.type not in NOT_FOR_LINES


def _by_id(things: Iterable[Thing], wanted: str) -> Thing | None:
    return next((thing for thing in things if thing.id == wanted), None)


def _standing(choice: Choice, thing: Account | Item | PaymentMethod | TaxCode | None) -> str | None:
    if thing is None:
        return f"{choice.target_name} is no longer in QuickBooks."
    return None if thing.active else f"{choice.target_name} is inactive in QuickBooks."


def _check_account(choice: Choice, account: Account | None) -> str | None:
    problem = _standing(choice, account)
    if account is None or problem is not None:
        return problem
    if account.is_trust and choice.fund is Fund.OPERATING:
        return f"{account.name} is a trust account, which can take client money only."
    if choice.fund is Fund.TRUST and not account.is_trust:
        return f"{account.name} isn't a trust account in QuickBooks."
    if not account.takes_deposits:
        return f"{account.name} can't take deposits in QuickBooks."
    if account.currency != choice.source:
        return f"{account.name} is kept in {account.currency}, not in {choice.source}."
    return None


def _check_item(choice: Choice, item: Item | None) -> str | None:
    problem = _standing(choice, item)
    if item is None or problem is not None:
        return problem
    return None if _sellable(item) else f"{item.name} is a {item.type.lower()}, not something that is sold."


def _check_tax(choice: Choice, code: TaxCode | None) -> str | None:
    problem = _standing(choice, code)
    if code is None or problem is not None:
        return problem
    if not code.usable:
        return f"{code.name} has no sales rate in QuickBooks."
    wanted = fee_percent(choice.source) or Decimal(0)
    if code.percent != wanted:
        return f"{code.name} is {percent_text(code.percent)} in QuickBooks, not {percent_text(wanted)}."
    return None


def _label(kind: Kind, source: str, fund: Fund) -> str:
    if kind is Kind.METHOD:
        return source
    if fund is Fund.TRUST:
        return f"Client money in {source}"
    if kind is Kind.DEPOSIT:
        return f"Payments in {source}"
    if kind is Kind.ITEM:
        return LINE_WORDS[LineKind(source)]
    percent = fee_percent(source)
    if percent is None:
        return f"{LINE_WORDS[LineKind(source)]} without tax"
    return f"Fees with {percent_text(percent)} tax" if percent else "Fees without tax"
