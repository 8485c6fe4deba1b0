"""The tax to book on an invoice's fees: by the one confirmed rate that explains it where the client lives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qb import hold, tax_hold
from qb.hold import Hold, Reason
from qb.mapping import BY_CLIENT, Kind, exception, row, special
from qb.needed import place_row, places_of, resident_row, tax_day
from qb.provinces import ABROAD, lives, rates_in
from qb.stated import codes_stated
from qb.targets import problem_of
from qb.tax import TaxTaken, fee_percent, fee_source, flat_tax, rates_shown, tax_amount, tax_taken, taxable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from db.money import Money
    from db.records import Invoice
    from qb.directory import TaxCode
    from qb.ground import Ground
    from qb.mapping import Choice


RATES_TOLD = 3
"""How many rates are told with what is missing at them; more help nobody."""


@dataclass(frozen=True, slots=True)
class _Rate:
    """A confirmed rate that comes to the tax: the code it is for this client, or what is missing."""

    percent: Decimal
    found: TaxCode | Hold


def tax_of(invoice: Invoice, ground: Ground) -> TaxTaken | Hold:
    """The tax to book, by the confirmed fee rates alone.

    A rate that explains the tax counts before its code is known: nothing is booked by another one while
    somebody still has to say where the client lives. Where that is known, a rate that wasn't that province's
    on the day tax fell due explains nothing.
    """
    explaining = tuple(_explaining(invoice, ground))
    fitting = [rate for rate in explaining if _can_be(rate.percent, invoice, ground)]
    missing = [rate.found for rate in fitting if isinstance(rate.found, Hold)]
    if missing:
        return missing[0]
    taken = tax_taken(invoice, [rate.found for rate in fitting if not isinstance(rate.found, Hold)])
    if isinstance(taken, TaxTaken):
        return taken
    if taken.reason is Reason.SHORT:
        return hold.short(taken.gap)
    if taken.reason is Reason.TAX_AMBIGUOUS:
        return tax_hold.ambiguous(taken.gap)
    if explaining:
        return _elsewhere(invoice, explaining[0].percent, ground)
    return _unconfirmed(invoice, ground) or tax_hold.unexplained(taken.gap, _apart(invoice, ground))


def _explaining(invoice: Invoice, ground: Ground) -> Iterator[_Rate]:
    """The confirmed rates that come to the tax, in the order they were confirmed in."""
    for choice in ground.mapping.choices:
        percent = fee_percent(choice.source) if choice.kind is Kind.TAX else None
        if percent is None or special(choice.kind, choice.source):
            continue  # what a rate becomes in one province is asked where the client is
        codes = _codes_of(choice, percent, ground)
        if _explains(invoice, codes) or (not codes and flat_tax(invoice, percent)):
            yield _Rate(percent, _code(invoice, choice, percent, ground))


def _codes_of(choice: Choice, percent: Decimal, ground: Ground) -> Sequence[TaxCode]:
    """What the rate can be: its code, if it may be used; else every code of its percentage."""
    usable = [code for code in ground.directory.tax_codes if code.usable and code.percent == percent]
    if choice.target_id == BY_CLIENT or problem_of(choice, ground):
        return usable
    return [code for code in usable if code.id == choice.target_id]


def _apart(invoice: Invoice, ground: Ground) -> Sequence[tuple[Decimal, Money]]:
    """By how much the payments miss what each confirmed rate asks for, the nearest first."""
    over, net = invoice.received - invoice.listed, taxable(invoice)
    found: dict[Decimal, Money] = {}
    for choice in ground.mapping.choices if net else ():
        percent = fee_percent(choice.source) if choice.kind is Kind.TAX else None
        if percent and _can_be(percent, invoice, ground):
            for code in _codes_of(choice, percent, ground)[:1]:
                found[percent] = over - tax_amount(code, net)
    missed = [(percent, gap) for percent, gap in found.items() if gap]
    return sorted(missed, key=lambda one: abs(one[1].amount))[:RATES_TOLD]


def _explains(invoice: Invoice, codes: Sequence[TaxCode]) -> bool:
    over, net = invoice.received - invoice.listed, taxable(invoice)
    return bool(net) and any(tax_amount(code, net) == over for code in codes_stated(invoice, codes))


def _code(invoice: Invoice, rate: Choice, percent: Decimal, ground: Ground) -> TaxCode | Hold:
    place = ground.mapping.choice(Kind.PLACE, invoice.case.client.identifier)
    if not percent and place is None:
        return tax_hold.residence_unknown(invoice.case.client.name, resident_row(invoice).key)
    chosen = _placed(invoice, rate, percent, ground) if rate.target_id == BY_CLIENT else rate
    if isinstance(chosen, Hold):
        return chosen
    problem = problem_of(chosen, ground)
    if problem:
        return hold.target_gone(problem, chosen.row)
    return next(code for code in ground.directory.tax_codes if code.id == chosen.target_id)


def _placed(invoice: Invoice, rate: Choice, percent: Decimal, ground: Ground) -> Choice | Hold:
    """The choice for the client's province of a rate that several have, or why there is none yet."""
    asked = place_row(invoice, rate.source)
    place = ground.mapping.choice(Kind.PLACE, asked.source)
    if place is None:
        return tax_hold.place_unknown(percent, invoice.case.client.name, asked.key)
    if place.target_id not in places_of(invoice, rate.source):
        return _elsewhere(invoice, percent, ground)
    needed = row(Kind.TAX, exception(rate.source, place.target_id))
    choice = ground.mapping.choice(Kind.TAX, needed.source)
    return choice or hold.unmapped(Reason.TAX_UNMAPPED, needed.label, needed.key)


def _can_be(percent: Decimal, invoice: Invoice, ground: Ground) -> bool:
    """Whether the rate can be the client's, by what was said of where they live; what isn't known can be.

    A fee is zero-rated only for who resides outside Canada (Excise Tax Act, Sch. VI, Part V, s. 7 and 23).
    """
    place, day = ground.mapping.choice(Kind.PLACE, invoice.case.client.identifier), tax_day(invoice)
    if place is None:
        return True
    if place.target_id == ABROAD:
        return not _goes_by_province(percent, ground)
    rates = rates_in(place.target_id, day) if day is not None else ()
    return bool(percent) and (not rates or percent in rates)


def _goes_by_province(percent: Decimal, ground: Ground) -> bool:
    choice = ground.mapping.choice(Kind.TAX, fee_source(percent))
    return choice is not None and choice.target_id == BY_CLIENT


def _elsewhere(invoice: Invoice, percent: Decimal, ground: Ground) -> Hold:
    """The rate was another where the client lives."""
    client, asked = invoice.case.client, row(Kind.PLACE, invoice.case.client.identifier)
    place, day = ground.mapping.choice(Kind.PLACE, asked.source), tax_day(invoice)
    if place is None or day is None:
        return tax_hold.place_unknown(percent, client.name, asked.key)
    where = lives(place.target_id, place.target_name)
    if not percent:
        return tax_hold.resides_here(client.name, where, asked.key)
    return tax_hold.place_other_rate(percent, client.name, where, day, asked.key)


def _unconfirmed(invoice: Invoice, ground: Ground) -> Hold | None:
    """The mapping row that would explain the tax, had anybody confirmed it."""
    for source in rates_shown(invoice, ground.directory):
        if ground.mapping.choice(Kind.TAX, source) is None:
            needed = row(Kind.TAX, source)
            return hold.unmapped(Reason.TAX_UNMAPPED, needed.label, needed.key)
    return None
