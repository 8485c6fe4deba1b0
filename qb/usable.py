"""What keeps a confirmed choice from being used: its target is gone, unfit, or not what it was any more."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar, assert_never

from qb.hold import percent_text
from qb.mapping import AS_DEFAULT, BY_CLIENT, Fund, Kind, base
from qb.provinces import PLACES
from qb.tax import fee_percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qb.directory import Account, Directory, Item, PaymentMethod, TaxCode
    from qb.mapping import Choice

NOT_FOR_LINES = frozenset({"Category", "Group"})

Thing = TypeVar("Thing", "Account", "Item", "PaymentMethod", "TaxCode")


def check(choice: Choice, directory: Directory, *, converts: bool = False) -> str | None:
    """What keeps a confirmed choice from being used, as a sentence for people; None if it may be used.

    ``converts``: the firm's bank turns foreign money into the home currency, so its account may take it.
    """
    if choice.target_id in {AS_DEFAULT, BY_CLIENT}:
        return None
    problem = _unfit(choice, directory, converts=converts)
    return problem or _otherwise(choice, directory)


def rests_on(kind: Kind, target_id: str, directory: Directory) -> tuple[tuple[str, str], ...]:
    """What is so of a target now that somebody must look at again once it isn't; nothing if it is gone."""
    match kind:
        case Kind.METHOD:
            method = _by_id(directory.methods, target_id)
            return () if method is None else (("name", method.name),)
        case Kind.DEPOSIT:
            account = _by_id(directory.accounts, target_id)
            return () if account is None else (("name", account.name), *_ledger(account))
        case Kind.ITEM:
            item = _by_id(directory.items, target_id)
            return () if item is None else (("name", item.name), ("type", item.type))
        case Kind.TAX:
            code = _by_id(directory.tax_codes, target_id)
            return () if code is None else (("name", code.name), ("rate", _rates(code)))
        case Kind.PLACE:
            return ()
        case _:
            assert_never(kind)


def fits(account: Account, currency: str, home: str, *, converts: bool) -> bool:
    """Whether payments in ``currency`` may go there: its own currency, or the home one if the bank converts.

    QuickBooks would take the home currency in any case (Intuit: Payment; QuickBooks facts §15).
    """
    return account.currency == currency or (converts and account.currency == home)


def sellable(item: Item) -> bool:
    """Whether a sales line can carry it."""
    return item.active and item.type not in NOT_FOR_LINES


def _ledger(account: Account) -> tuple[tuple[str, str], ...]:
    return ("type", account.type), ("detail type", account.subtype), ("currency", account.currency)


def _rates(code: TaxCode) -> str:
    return " + ".join(percent_text(rate.percent) for rate in code.rates)


def _otherwise(choice: Choice, directory: Directory) -> str | None:
    """It can be used, but isn't what it was when somebody confirmed it."""
    now = dict(rests_on(choice.kind, choice.target_id, directory))
    changed = [(what, then, now.get(what, "")) for what, then in choice.rests_on if now.get(what, "") != then]
    if not changed:
        return None
    told = "; ".join(f"its {what} was {then}, now {new or 'none'}" for what, then, new in changed)
    return f"{choice.target_name} was changed in QuickBooks since it was confirmed: {told}."


def _unfit(choice: Choice, directory: Directory, *, converts: bool) -> str | None:
    match choice.kind:
        case Kind.METHOD:
            return _standing(choice, _by_id(directory.methods, choice.target_id))
        case Kind.DEPOSIT:
            account = _by_id(directory.accounts, choice.target_id)
            return _check_account(choice, account, directory.home_currency, converts=converts)
        case Kind.ITEM:
            return _check_item(choice, _by_id(directory.items, choice.target_id))
        case Kind.TAX:
            return _check_tax(choice, _by_id(directory.tax_codes, choice.target_id))
        case Kind.PLACE:
            return None if choice.target_id in PLACES else f"{choice.target_name} isn't a province."
        case _:
            assert_never(choice.kind)


def _by_id(things: Iterable[Thing], wanted: str) -> Thing | None:
    return next((thing for thing in things if thing.id == wanted), None)


def _standing(choice: Choice, thing: Account | Item | PaymentMethod | TaxCode | None) -> str | None:
    if thing is None:
        return f"{choice.target_name} is no longer in QuickBooks."
    return None if thing.active else f"{choice.target_name} is inactive in QuickBooks."


def _check_account(choice: Choice, account: Account | None, home: str, *, converts: bool) -> str | None:
    problem = _standing(choice, account)
    if account is None or problem is not None:
        return problem
    if account.is_trust and choice.fund is Fund.OPERATING:
        return f"{account.name} is a trust account, which can take client money only."
    if choice.fund is Fund.TRUST and not account.is_trust:
        return f"{account.name} isn't a trust account in QuickBooks."
    if not account.takes_deposits:
        return f"{account.name} can't take deposits in QuickBooks."
    currency = base(choice.kind, choice.source)
    if not fits(account, currency, home, converts=converts and choice.fund is Fund.OPERATING):
        return f"{account.name} is kept in {account.currency}, not in {currency}."
    return None


def _check_item(choice: Choice, item: Item | None) -> str | None:
    problem = _standing(choice, item)
    if item is None or problem is not None:
        return problem
    return None if sellable(item) else f"{item.name} is a {item.type.lower()}, not something that is sold."


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
