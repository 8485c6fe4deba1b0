"""What a row of the mapping may be given, and what we would suggest for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from db.records import LineKind
from qb.entry import Named
from qb.likeness import likest, meaning, plain
from qb.mapping import AS_DEFAULT, BY_CLIENT, Fund, Kind, row
from qb.provinces import NAMES, PLACES
from qb.tax import fee_percent
from qb.usable import fits, sellable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qb.directory import Account, Directory
    from qb.mapping import Row

UNTAXED_WORDS = {
    "fee@0": "zero rated",
    LineKind.EXPENSE: "out of scope",
    LineKind.EXEMPT_FEE: "exempt",
    LineKind.SURCHARGE: "exempt",
}
CLEARING = " clearing "


@dataclass(frozen=True, slots=True)
class Candidate:
    """A QuickBooks thing a row may be given; ``note`` says why it can't be chosen, where it can't."""

    target: Named
    selectable: bool = True
    note: str = ""


def candidates(needed: Row, directory: Directory, *, converts: bool = False) -> tuple[Candidate, ...]:
    """What the row may be given, by name; a trust account can be chosen for client money only.

    First comes what isn't a thing of QuickBooks: as the default, or that it depends on the client.
    """
    found = sorted(_things(needed, directory, converts=converts), key=lambda one: plain(one.target.name))
    return (*_beside(needed, directory), *found)


def suggest(needed: Row, directory: Directory, *, converts: bool = False) -> Named | None:
    """The likeliest candidate, or None; it counts for nothing until a person confirms it."""
    choosable = [c.target for c in _things(needed, directory, converts=converts) if c.selectable]
    if needed.fund is Fund.TRUST:
        return choosable[0] if len(choosable) == 1 else None
    match needed.kind:
        case Kind.DEPOSIT:
            return _likely_account(needed, directory, choosable)
        case Kind.TAX:
            return _likely_code(needed, choosable)
        case Kind.PLACE:
            return Named(needed.places[0], NAMES[needed.places[0]]) if len(needed.places) == 1 else None
        case _:
            return None if needed.special else likest(needed.label, choosable)


def by_card(method: str) -> bool:
    """Whether a payment method is a card, whose money reaches the bank later, in one sum with others'."""
    return meaning(method) == "card" or " card " in f" {plain(method)} "


def clearing_account(needed: Row, directory: Directory, *, converts: bool = False) -> Named | None:
    """The one account that says it is for clearing, where there is just one the row may be given."""
    found = [
        candidate.target
        for candidate in _things(needed, directory, converts=converts)
        if candidate.selectable and CLEARING in f" {plain(candidate.target.name)} "
    ]
    return found[0] if len(found) == 1 else None


def _beside(needed: Row, directory: Directory) -> Iterator[Candidate]:
    if needed.special and needed.kind in {Kind.DEPOSIT, Kind.ITEM}:
        default = row(needed.kind, needed.base, needed.fund)
        yield Candidate(Named(AS_DEFAULT, f"Same as {default.label}"))
    if needed.kind is Kind.TAX and not needed.special and fee_percent(needed.source):
        codes = sum(1 for _ in _things(needed, directory, converts=False))
        if codes > 1:
            yield Candidate(Named(BY_CLIENT, "It depends on the client's province"))


def _things(needed: Row, directory: Directory, *, converts: bool) -> Sequence[Candidate]:
    match needed.kind:
        case Kind.METHOD:
            return [Candidate(Named(m.id, m.name)) for m in directory.methods if m.active]
        case Kind.DEPOSIT:
            return _accounts(needed, directory, converts=converts)
        case Kind.ITEM:
            return [Candidate(Named(i.id, i.name)) for i in directory.items if sellable(i)]
        case Kind.TAX:
            percent = fee_percent(needed.source) or 0
            codes = (c for c in directory.tax_codes if c.usable and c.percent == percent)
            return [Candidate(Named(code.id, code.name)) for code in codes]
        case Kind.PLACE:
            return [Candidate(Named(short, name)) for short, name in PLACES.items()]
        case _:
            assert_never(needed.kind)


def _accounts(needed: Row, directory: Directory, *, converts: bool) -> Sequence[Candidate]:
    is_trust = needed.fund is Fund.TRUST
    currency, home = needed.base, directory.home_currency
    found = [
        _deposit(account)
        for account in directory.accounts
        if account.takes_deposits and fits(account, currency, home, converts=converts and not is_trust)
        if account.is_trust or not is_trust
    ]
    return [replace(one, selectable=True, note="") for one in found] if is_trust else found


def _deposit(account: Account) -> Candidate:
    note = "trust: for client money only" if account.is_trust else ""
    return Candidate(Named(account.id, account.name), selectable=not account.is_trust, note=note)


def _likely_account(needed: Row, directory: Directory, choosable: Sequence[Named]) -> Named | None:
    """For a currency its own chequing account; for cards what clears them; else nothing."""
    if needed.special:
        return clearing_account(needed, directory) if by_card(needed.special) else None
    ids = {target.id for target in choosable}
    likely = (a for a in directory.accounts if a.id in ids and a.currency == needed.source)
    return next((Named(a.id, a.name) for a in likely if a.subtype == "Checking"), None)


def _likely_code(needed: Row, choosable: Sequence[Named]) -> Named | None:
    """Where several codes have the rate, only what names the one province it can be; we don't guess."""
    if not fee_percent(needed.source):
        words = UNTAXED_WORDS.get(needed.source, "HST")
        return likest(words, choosable) or (choosable[0] if len(choosable) == 1 else None)
    if len(choosable) == 1:
        return choosable[0]
    places = (needed.special,) if needed.special else needed.places
    named = [code for code in choosable if len(places) == 1 and _names(code.name, places[0])]
    return named[0] if len(named) == 1 else None


def _names(text: str, place: str) -> bool:
    words = f" {plain(text)} "
    return f" {plain(place)} " in words or f" {plain(NAMES.get(place, place))} " in words
