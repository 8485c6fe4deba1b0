"""The lines of a sales form: what each sells, to which income account, and how it is taxed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from qb.sandbox.books import Books, Draft
from qb.sandbox.currency import by_subtype
from qb.sandbox.money import ZERO, cents, percent_of
from qb.sandbox.refs import optional, required
from qb.sandbox.refusals import (
    RefusedError,
    bad_choice,
    business,
    missing,
    no_discount,
    unsupported,
    wrong_product,
)
from qb.sandbox.tax import Rate, Taxable, TaxLine, excluded, inclusive, overridden, rates_of
from qb.sandbox.wire import Json

MOST_LINES = 750


@dataclass(frozen=True, slots=True)
class Sold:
    """A line that counts; `place` is where it stands in the document."""

    place: int
    account: str
    rates: tuple[Rate, ...]
    net: Decimal
    gross: Decimal | None


@dataclass(frozen=True, slots=True)
class Discount:
    """What is taken off, and the account that bears it."""

    amount: Decimal
    account: str


@dataclass(frozen=True, slots=True)
class Sale:
    """The sums of a sales form."""

    sold: tuple[Sold, ...]
    discount: Discount | None
    taxes: tuple[TaxLine, ...]
    lines: tuple[Json, ...]

    @property
    def subtotal(self) -> Decimal:
        """The lines without tax, before any discount."""
        return sum((one.net for one in self.sold), ZERO)

    @property
    def total(self) -> Decimal:
        """What the customer pays."""
        off = self.discount.amount if self.discount else ZERO
        return self.subtotal - off + sum((one.amount for one in self.taxes), ZERO)


def read_sale(books: Books, draft: Draft, mode: str) -> Sale:
    """The sums of a draft's lines under a GlobalTaxCalculation. Raises RefusedError."""
    wanted = draft.body.get("Line") or []
    if not wanted:
        raise missing("Line")
    taxed = books.taxed and mode != "NotApplicable"
    if taxed and len(wanted) > MOST_LINES:
        raise business(f"A taxable transaction can have no more than {MOST_LINES} lines.")
    rendered = [_rendered(line) for line in wanted if line.get("DetailType") != "SubTotalLineDetail"]
    sold = tuple(
        _sold(books, place, line, taxed=taxed) for place, line in enumerate(rendered) if _sells(line)
    )
    sold, taxes = _taxed(sold, mode, draft, _discount(books, rendered, sold)) if taxed else (sold, ())
    discount = _discount(books, rendered, sold)
    return Sale(sold, discount, taxes, _numbered(draft, rendered, sold, discount))


def _rendered(line: Json) -> Json:
    """One line as it will be kept. Raises 2020, 2170 or 500 for a kind that has no place on a sales form."""
    kind = line.get("DetailType")
    if not kind:
        raise missing("DetailType")
    if kind == "GroupLineDetail":
        raise unsupported("GroupLineDetail in this sandbox")
    if kind not in {"SalesItemLineDetail", "DescriptionOnly", "DiscountLineDetail"}:
        raise RefusedError(bad_choice("DetailType", kind))
    if kind == "SalesItemLineDetail" and not (line.get(kind) or {}).get("ItemRef"):
        return _text_only(line)
    kept = _text_only(line) if kind == "DescriptionOnly" else {k: v for k, v in line.items() if v is not None}
    return {key: value for key, value in kept.items() if key not in {"LinkedTxn", "LineNum"}}


def _text_only(line: Json) -> Json:
    """A line without an item is text: its amount counts for nothing (Intuit: Invoice, line)."""
    return {
        **{key: line[key] for key in ("Id", "Description") if line.get(key)},
        "DetailType": "DescriptionOnly",
        "DescriptionLineDetail": {},
    }


def _sells(line: Json) -> bool:
    return bool(line["DetailType"] == "SalesItemLineDetail")


def _sold(books: Books, place: int, line: Json, *, taxed: bool) -> Sold:
    detail = line["SalesItemLineDetail"]
    item = required(books, "Item", detail["ItemRef"], "ItemRef")
    if line.get("Amount") is None:
        raise missing("Amount")
    amount = cents(line["Amount"])
    _check_product(detail, amount)
    account = item.get("IncomeAccountRef")
    if account is None:
        raise business(f"The item {item['Name']} has no income account.")
    rates = rates_of(books, detail.get("TaxCodeRef")) if taxed else ()
    gross = detail.get("TaxInclusiveAmt")
    return Sold(place, str(account["value"]), rates, amount, cents(gross) if gross is not None else None)


def _check_product(detail: Json, amount: Decimal) -> None:
    price, quantity = detail.get("UnitPrice"), detail.get("Qty")
    if not price or not quantity or detail.get("RatePercent") is not None:
        return  # zeroes say nothing: python-quickbooks sends them for what isn't there
    if cents(price * quantity) != amount:
        raise wrong_product("Amount", str(amount))


def _taxed(
    sold: tuple[Sold, ...], mode: str, draft: Draft, discount: Discount | None
) -> tuple[tuple[Sold, ...], tuple[TaxLine, ...]]:
    """The lines at their net and the taxes on them, as sent where the client insists."""
    sent = (draft.body.get("TxnTaxDetail") or {}).get("TaxLine") or []
    if mode == "TaxInclusive":
        given = [Taxable(one.rates, one.net, one.gross or _grossed(one)) for one in sold]
        nets, taxes = inclusive(given)
        sold = tuple(
            replace(one, net=net, gross=line.gross) for one, net, line in zip(sold, nets, given, strict=True)
        )
        return sold, overridden(taxes, sent)
    share = _share_after(sold, discount) if draft.body.get("ApplyTaxAfterDiscount") else Decimal(1)
    bases = [Taxable(one.rates, cents(one.net * share)) for one in sold]
    return sold, overridden(excluded(bases), sent)


def _grossed(one: Sold) -> Decimal:
    """A tax-inclusive line that only says its net."""
    return one.net + percent_of(one.net, sum((rate.percent for rate in one.rates), ZERO))


def _share_after(sold: Sequence[Sold], discount: Discount | None) -> Decimal:
    whole = sum((one.net for one in sold), ZERO)
    return (whole - discount.amount) / whole if discount and whole else Decimal(1)


def _discount(books: Books, lines: Sequence[Json], sold: Sequence[Sold]) -> Discount | None:
    """The discount line, if there is one. Raises 6090 for an empty one, 6000 where discounts are off."""
    line = next((one for one in lines if one["DetailType"] == "DiscountLineDetail"), None)
    if line is None:
        return None
    if not books.prefers("SalesFormsPrefs", "AllowDiscount"):
        raise business("Discounts are turned off in this company.")
    detail = line.get("DiscountLineDetail") or {}
    account = optional(books, "Account", detail.get("DiscountAccountRef"))
    identity = str(account["Id"]) if account else by_subtype(books, "DiscountsRefundsGiven")
    if detail.get("PercentBased"):
        if detail.get("DiscountPercent") is None:
            raise no_discount()
        whole = sum((one.net for one in sold), ZERO)
        return Discount(percent_of(whole, detail["DiscountPercent"]), identity)
    if line.get("Amount") is None:
        raise no_discount()
    return Discount(cents(line["Amount"]), identity)


def _numbered(
    draft: Draft, lines: Sequence[Json], sold: Sequence[Sold], discount: Discount | None
) -> tuple[Json, ...]:
    """The lines with ids, numbers and amounts, and the subtotal QuickBooks adds."""
    known = {line["Id"] for line in (draft.before or {}).get("Line", []) if "Id" in line}
    last = max((int(one) for one in known), default=0)
    amounts = {one.place: one for one in sold}
    kept: list[Json] = []
    for place, line in enumerate(lines):
        number: Json = {}
        if line["DetailType"] != "DiscountLineDetail":
            identity = line.get("Id")
            if identity not in known:
                last += 1
                identity = str(last)
            number = {"Id": identity, "LineNum": place + 1}
        kept.append({**number, **_sums(line, amounts.get(place), discount)})
    subtotal: dict[str, Any] = {
        "Amount": sum((one.net for one in sold), ZERO),
        "DetailType": "SubTotalLineDetail",
        "SubTotalLineDetail": {},
    }
    at = next((n for n, line in enumerate(kept) if line["DetailType"] == "DiscountLineDetail"), len(kept))
    return (*kept[:at], subtotal, *kept[at:])


def _sums(line: Json, sold: Sold | None, discount: Discount | None) -> Json:
    rest = {key: value for key, value in line.items() if key not in {"Id", "LineNum", "Amount"}}
    if line["DetailType"] == "DiscountLineDetail" and discount:
        return {"Amount": discount.amount, **rest}
    if sold is None:
        return rest
    if sold.gross is not None:
        rest["SalesItemLineDetail"] = {**rest["SalesItemLineDetail"], "TaxInclusiveAmt": sold.gross}
    return {"Amount": sold.net, **rest}
