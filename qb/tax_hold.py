"""Why an invoice's tax can't be booked yet: no rate explains it, or it can't be told which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qb import hold_sentences as sentences
from qb.hold import Hold, Mend, Reason, amount_text, day_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from db.money import Money


def place_unknown(percent: Decimal, client: str, row: str) -> Hold:
    """The tax is one of several provinces', and nobody has said where the client lives."""
    told = sentences.PLACE_UNKNOWN.said(percent=percent_text(percent), client=client)
    return Hold(Reason.TAX_UNMAPPED, told, Mend.MAP, row)


def place_other_rate(percent: Decimal, client: str, place: str, day: date, row: str) -> Hold:
    """Where the client is said to live, the rate was another on the invoice's day."""
    told = sentences.PLACE_OTHER_RATE.said(
        percent=percent_text(percent), client=client, place=place, day=day_text(day)
    )
    return Hold(Reason.TAX_UNEXPLAINED, told, Mend.MAP, row)


def residence_unknown(client: str, row: str) -> Hold:
    """No tax was paid on its fees, and nobody has said where the client resides."""
    return Hold(Reason.TAX_UNMAPPED, sentences.RESIDENCE_UNKNOWN.said(client=client), Mend.MAP, row)


def resides_here(client: str, place: str, row: str) -> Hold:
    """No tax was paid on the fees of somebody who resides in a province."""
    told = sentences.RESIDES_HERE.said(client=client, place=place)
    return Hold(Reason.TAX_UNEXPLAINED, told, Mend.MAP, row)


def unexplained(over: Money, apart: Sequence[tuple[Decimal, Money]] = ()) -> Hold:
    """No confirmed tax rate explains what the payments leave over.

    ``apart``: how much more than each rate (13 is 13 %) asks for was received; below nothing it is short.
    """
    rates = "; ".join(f"{percent_text(percent)}: {_gap_text(gap)}" for percent, gap in apart)
    told = sentences.UNEXPLAINED.said(over=amount_text(over), apart=f" ({rates})" if rates else "")
    return Hold(Reason.TAX_UNEXPLAINED, told, Mend.MAP)


def _gap_text(gap: Money) -> str:
    return f"{amount_text(gap)} over" if gap.amount > 0 else f"{amount_text(-gap)} short"


def ambiguous(over: Money) -> Hold:
    """More than one confirmed rate comes to what the payments leave over."""
    return Hold(Reason.TAX_AMBIGUOUS, sentences.AMBIGUOUS.said(over=amount_text(over)), Mend.NONE)


def sales_tax_off() -> Hold:
    """QuickBooks has sales tax switched off, so lines can't carry a tax code."""
    return Hold(Reason.SALES_TAX_OFF, sentences.SALES_TAX_OFF.said(), Mend.MAP)


def sales_tax_us() -> Hold:
    """A company of the United States, whose sales tax QuickBooks reckons by itself."""
    return Hold(Reason.SALES_TAX_OFF, sentences.SALES_TAX_US.said(), Mend.NONE)
