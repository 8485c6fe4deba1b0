"""Sales tax as QuickBooks counts it: each rate once, on the sum it applies to (Intuit: Sales tax, global)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qb.sandbox.books import Books
from qb.sandbox.money import ZERO, cents, percent_of
from qb.sandbox.refs import optional
from qb.sandbox.refusals import business, made_inactive, no_tax_code
from qb.sandbox.wire import Json

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate of one agency, in per cent."""

    id: str
    percent: Decimal
    agency: str


@dataclass(frozen=True, slots=True)
class Taxable:
    """What one line gives to be taxed: its tax code's rates, and its amount without or with tax."""

    rates: tuple[Rate, ...]
    net: Decimal
    gross: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TaxLine:
    """The tax of one rate on one transaction."""

    rate: Rate
    net: Decimal
    amount: Decimal


def rates_of(books: Books, ref: Json | None) -> tuple[Rate, ...]:
    """The sales rates behind a line's tax code. Raises 6000 for none or an unusable one, 2500, 610."""
    code = optional(books, "TaxCode", ref)
    if code is None:
        raise no_tax_code()
    details = code.get("SalesTaxRateList", {}).get("TaxRateDetail", [])
    if not details:
        raise no_tax_code()
    return tuple(_rate(books, str(one["TaxRateRef"]["value"])) for one in details)


def _rate(books: Books, identity: str) -> Rate:
    rate = books.find("TaxRate", identity)
    if rate is None or rate.get("Active") is False:
        raise made_inactive()
    return Rate(identity, Decimal(rate["RateValue"]), str(rate["AgencyRef"]["value"]))


def excluded(lines: Sequence[Taxable]) -> tuple[TaxLine, ...]:
    """The tax on top: per rate, on the summed net, rounded once."""
    nets: dict[Rate, Decimal] = {}
    for line in lines:
        for rate in line.rates:
            nets[rate] = nets.get(rate, ZERO) + line.net
    return tuple(TaxLine(rate, net, percent_of(net, rate.percent)) for rate, net in nets.items())


def inclusive(lines: Sequence[Taxable]) -> tuple[tuple[Decimal, ...], tuple[TaxLine, ...]]:
    """Each line's net and the tax within; nets and taxes add up to the gross to the cent."""
    nets: list[Decimal] = [ZERO] * len(lines)
    taxes: dict[Rate, TaxLine] = {}
    for rates in dict.fromkeys(line.rates for line in lines):
        places = [place for place, line in enumerate(lines) if line.rates == rates]
        gross = [lines[place].gross or ZERO for place in places]
        found = _within(rates, sum(gross, ZERO))
        for place, net in zip(places, _spread(gross, rates, found), strict=True):
            nets[place] = net
        for one in found:
            old = taxes.get(one.rate, TaxLine(one.rate, ZERO, ZERO))
            taxes[one.rate] = TaxLine(one.rate, old.net + one.net, old.amount + one.amount)
    return tuple(nets), tuple(taxes.values())


def _within(rates: tuple[Rate, ...], gross: Decimal) -> tuple[TaxLine, ...]:
    """The taxes inside one gross sum, the last rate taking what rounding leaves."""
    whole = HUNDRED + sum((rate.percent for rate in rates), ZERO)
    total = gross - cents(gross * HUNDRED / whole)
    amounts = [cents(gross * rate.percent / whole) for rate in rates]
    amounts[-1] += total - sum(amounts, ZERO)
    return tuple(TaxLine(rate, gross - total, amount) for rate, amount in zip(rates, amounts, strict=True))


def _spread(gross: Sequence[Decimal], rates: tuple[Rate, ...], found: tuple[TaxLine, ...]) -> list[Decimal]:
    """Each line's share of the net, the last taking what rounding leaves."""
    whole = HUNDRED + sum((rate.percent for rate in rates), ZERO)
    nets = [cents(one * HUNDRED / whole) for one in gross]
    nets[-1] += sum(gross, ZERO) - sum((one.amount for one in found), ZERO) - sum(nets, ZERO)
    return nets


def overridden(found: tuple[TaxLine, ...], sent: Sequence[Json]) -> tuple[TaxLine, ...]:
    """The tax with the amounts a client insists on. Raises 6000 for a rate given twice or used by no line."""
    amounts: dict[str, Decimal] = {}
    for line in sent:
        rate = (line.get("TaxLineDetail") or {}).get("TaxRateRef")
        if rate is None or line.get("Amount") is None:
            continue
        if rate["value"] in amounts:
            raise business("Each tax rate may be used only once in TxnTaxDetail.")
        amounts[rate["value"]] = cents(line["Amount"])
    _no_strangers(found, amounts)
    return tuple(replace(one, amount=amounts.get(one.rate.id, one.amount)) for one in found)


def _no_strangers(found: tuple[TaxLine, ...], amounts: Mapping[str, Decimal]) -> None:
    known = {one.rate.id for one in found}
    if any(rate not in known for rate in amounts):
        raise business("A tax rate in TxnTaxDetail is used by no line of the transaction.")


def summary(found: tuple[TaxLine, ...]) -> Json:
    """TxnTaxDetail as QuickBooks fills it."""
    total = sum((one.amount for one in found), ZERO)
    lines = [
        {
            "Amount": one.amount,
            "DetailType": "TaxLineDetail",
            "TaxLineDetail": {
                "TaxRateRef": {"value": one.rate.id},
                "PercentBased": True,
                "TaxPercent": one.rate.percent,
                "NetAmountTaxable": one.net,
            },
        }
        for one in found
    ]
    return {"TotalTax": total, **({"TaxLine": lines} if lines else {})}
