"""Holds an invoice to what columns that the firm explained state of it: tax, total, discount, status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.money import total
from qb import stated_sentences as sentences
from qb.hold import Hold, Mend, Reason, amount_text
from qb.tax import TaxTaken, tax_amount, taxable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.money import Money
    from db.records import Invoice, Mark
    from qb.directory import TaxCode


def marked_holds(invoice: Invoice) -> Iterator[Hold]:
    """What says that it isn't to be booked at all, or not yet by us."""
    stated = invoice.stated
    if stated.mark is not None:
        yield _marked(stated.marked, stated.mark)
    if stated.discount:
        yield _discount(stated.discount)


def tying_holds(invoice: Invoice, tax: TaxTaken | Hold) -> Iterator[Hold]:
    """What doesn't tie to the cent: the tax stated, in its parts, and the total stated."""
    stated, over = stated_tax(invoice), invoice.received - invoice.listed
    taken = tax if isinstance(tax, TaxTaken) else None
    if stated is not None and stated != over:
        if over.amount >= 0:  # else it is said to be short
            yield _other_tax(stated, over)
    elif stated is not None and (taken is None or not _in_parts(invoice, taken)):
        yield _no_such_rate(stated)
    whole = invoice.stated.total
    if whole is not None and taken is not None and whole != invoice.listed + taken.tax:
        yield _other_total(whole, invoice.listed + taken.tax)


def stated_tax(invoice: Invoice) -> Money | None:
    """The taxes its columns state, together; None where none does."""
    taxes = invoice.stated.taxes
    return total((one.amount for one in taxes), invoice.case.currency) if taxes else None


def codes_stated(invoice: Invoice, codes: Iterable[TaxCode]) -> tuple[TaxCode, ...]:
    """Of these codes those that the taxes stated can be: to the cent, and of the rate the firm named."""
    stated = stated_tax(invoice)
    if stated is None:
        return tuple(codes)
    charged = [one.percent for one in invoice.stated.taxes if one.amount]
    named = [percent for percent in charged if percent is not None]
    rate = sum(named) if charged and len(named) == len(charged) else None
    net = taxable(invoice)
    return tuple(
        code
        for code in codes
        if code.usable and tax_amount(code, net) == stated and (rate is None or code.percent == rate)
    )


def _in_parts(invoice: Invoice, taken: TaxTaken) -> bool:
    """Whether several taxes stated are the very parts that would be booked; one stands for the whole."""
    stated = sorted(one.amount.amount for one in invoice.stated.taxes if one.amount)
    return len(stated) < 2 or stated == sorted(part.amount.amount for part in taken.parts)  # noqa: PLR2004


def _marked(words: str, mark: Mark) -> Hold:
    """A status of the export says that it isn't simply paid; ``words`` are the export's."""
    return Hold(Reason.MARKED, sentences.MARKED[mark].said(words=words), Mend.COLUMNS)


def _discount(off: Money) -> Hold:
    """A discount is stated, and nobody has said yet how discounts are booked."""
    return Hold(Reason.DISCOUNT, sentences.DISCOUNT.said(off=amount_text(off)), Mend.NONE)


def _other_tax(stated: Money, over: Money) -> Hold:
    """The tax the export states isn't what the payments leave over."""
    told = sentences.OTHER_TAX.said(stated=amount_text(stated), over=amount_text(over))
    return Hold(Reason.STATED, told, Mend.COLUMNS)


def _no_such_rate(stated: Money) -> Hold:
    """No confirmed rate comes to the tax the export states, in the parts it states."""
    return Hold(Reason.STATED, sentences.NO_SUCH_RATE.said(stated=amount_text(stated)), Mend.MAP)


def _other_total(stated: Money, comes_to: Money) -> Hold:
    """The total the export states isn't lines and tax."""
    told = sentences.OTHER_TOTAL.said(stated=amount_text(stated), total=amount_text(comes_to))
    return Hold(Reason.STATED, told, Mend.COLUMNS)
