"""The tax an invoice shows: what its payments leave over, if one confirmed rate explains it to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from db.money import Money, round_half_up, total
from db.records import LineKind
from qb.entry import Named, TaxPart
from qb.hold import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.records import Invoice
    from qb.directory import Directory, TaxCode

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class TaxTaken:
    """The tax that is booked; ``code`` goes on the fee lines, None where there are none."""

    code: TaxCode | None
    parts: tuple[TaxPart, ...]
    tax: Money


@dataclass(frozen=True, slots=True)
class TaxRefused:
    """No tax can be taken; ``gap`` is what is missing (SHORT) or left over."""

    reason: Reason
    gap: Money


def fee_source(percent: Decimal) -> str:
    """The mapping source of fees taxed at ``percent`` (13 is 13 %): ``fee@13``."""
    return f"{LineKind.FEE}@{percent.normalize():f}"


def fee_percent(source: str) -> Decimal | None:
    """The rate a mapping source (``fee@13``, ``fee@15/NB``) stands for; None where it isn't a taxed fee."""
    kind, at, percent = source.partition("/")[0].partition("@")
    return Decimal(percent) if at and kind == LineKind.FEE else None


def taxable(invoice: Invoice) -> Money:
    """What the tax is reckoned on: the fee lines together."""
    fees = (line.amount for line in invoice.lines if line.kind is LineKind.FEE)
    return total(fees, invoice.case.currency)


def tax_on(code: TaxCode, net: Money) -> tuple[TaxPart, ...]:
    """Each rate of ``code`` on the summed net, rounded half-up for itself (QuickBooks' way)."""
    return tuple(
        TaxPart(
            rate=Named(rate.id, rate.name),
            percent=rate.percent,
            taxable=net,
            amount=round_half_up(net.amount * rate.percent / HUNDRED, net.currency),
        )
        for rate in code.rates
    )


def tax_amount(code: TaxCode, net: Money) -> Money:
    """All rates of ``code`` on ``net``, each rounded, then added."""
    return total((part.amount for part in tax_on(code, net)), net.currency)


def tax_taken(invoice: Invoice, confirmed: Sequence[TaxCode]) -> TaxTaken | TaxRefused:
    """The tax of ``invoice`` by the one confirmed fee code that explains what the payments leave over.

    Tax is received less listed. It is taken only to the cent, and only if exactly one code comes to it; a
    zero rate counts as a rate and must be confirmed like any other.
    """
    over, net = invoice.received - invoice.listed, taxable(invoice)
    nothing = total((), over.currency)
    if over < nothing:
        return TaxRefused(Reason.SHORT, -over)
    if not net:
        return TaxRefused(Reason.TAX_UNEXPLAINED, over) if over else TaxTaken(None, (), nothing)
    matches = [code for code in confirmed if code.usable and tax_amount(code, net) == over]
    if len(matches) != 1:
        return TaxRefused(Reason.TAX_AMBIGUOUS if matches else Reason.TAX_UNEXPLAINED, over)
    (code,) = matches
    return TaxTaken(code, tuple(part for part in tax_on(code, net) if part.percent), over)


def rates_shown(invoice: Invoice, directory: Directory) -> tuple[str, ...]:
    """The ``fee@R`` sources that would explain the invoice, by QuickBooks' own codes and by no tax at all."""
    over, net = invoice.received - invoice.listed, taxable(invoice)
    if not net:
        return ()
    known = [(code.percent, tax_amount(code, net)) for code in directory.tax_codes if code.usable]
    untaxed = [] if over else [Decimal(0)]
    return tuple(fee_source(p) for p in sorted({*untaxed, *(p for p, tax in known if tax == over)}))


def flat_tax(invoice: Invoice, percent: Decimal) -> bool:
    """Whether one flat rate on the fees comes to exactly what the payments leave over."""
    net = taxable(invoice)
    tax = round_half_up(net.amount * percent / HUNDRED, net.currency)
    return bool(net) and tax == invoice.received - invoice.listed


def taxes_seen(invoices: Iterable[Invoice], directory: Directory) -> dict[str, list[Invoice]]:
    """The TAX sources (``fee@13``, ``expense``) that paid invoices in the home currency show, with those."""
    seen: dict[str, list[Invoice]] = {}
    for invoice in invoices:
        if invoice.paid is None or not invoice.payments or invoice.case.currency != directory.home_currency:
            continue
        untaxed = dict.fromkeys(str(line.kind) for line in invoice.lines if line.kind is not LineKind.FEE)
        for source in (*rates_shown(invoice, directory), *untaxed):
            seen.setdefault(source, []).append(invoice)
    return {source: seen[source] for source in sorted(seen, key=_order)}


def _order(source: str) -> tuple[bool, Decimal, str]:
    percent = fee_percent(source)
    return (percent is None, percent or Decimal(0), source)
