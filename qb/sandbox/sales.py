"""Invoices, sales receipts, credit memos and refund receipts: their rules, their totals and their entries."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from qb.sandbox.books import Books, Built, Draft
from qb.sandbox.currency import (
    Terms,
    by_subtype,
    check_receivable,
    currency_fields,
    debit,
    deposit_account,
    owed,
    squared,
    terms_of,
)
from qb.sandbox.ledger import Entry, Posting
from qb.sandbox.lines import Sale, read_sale
from qb.sandbox.money import ZERO
from qb.sandbox.numbers import number_of
from qb.sandbox.period import date_of
from qb.sandbox.refs import optional, required
from qb.sandbox.refusals import business, cannot_link, missing
from qb.sandbox.tax import TaxLine, summary
from qb.sandbox.wire import Json

DUE_DAYS = 30
ONLINE = ("AllowIPNPayment", "AllowOnlinePayment", "AllowOnlineCreditCardPayment", "AllowOnlineACHPayment")


@dataclass(frozen=True, slots=True)
class Form:
    """What tells the four sales forms apart; `sign` is -1 where money goes back to the customer."""

    kind: str
    sign: int
    cash: bool

    @property
    def owed(self) -> bool:
        """Whether the customer's account is debited or credited."""
        return not self.cash


INVOICE = Form("Invoice", 1, cash=False)
SALES_RECEIPT = Form("SalesReceipt", 1, cash=True)
CREDIT_MEMO = Form("CreditMemo", -1, cash=False)
REFUND_RECEIPT = Form("RefundReceipt", -1, cash=True)


def build_sale(form: Form, books: Books, draft: Draft) -> Built:
    """The form as QuickBooks would keep it, with its entry. Raises RefusedError."""
    body = draft.body
    if not body.get("Line"):
        raise missing("Line")
    party = _party(form, books, body)
    terms = terms_of(books, draft, party)
    check_receivable(books, body.get("ARAccountRef"), terms)
    mode = str(body.get("GlobalTaxCalculation") or "TaxExcluded")
    sale = read_sale(books, draft, mode)
    if sale.total < 0:
        raise business("Transaction amount must be 0 or greater.")
    account = _account(form, books, body, terms)
    dated = date_of(books, draft)
    document = {
        **body,
        **currency_fields(books, terms),
        **_dates(form, body, dated),
        **_sums(books, sale, terms, mode),
        **_addresses(form, body, party),
        **({"DepositToAccountRef": {"value": account}} if account else {}),
        "DocNumber": number_of(books, draft),
    }
    _check_settled(books, draft, sale.total, party)
    optional(books, "PaymentMethod", body.get("PaymentMethodRef"))
    entry = Entry(form.kind, draft.id, dated, _postings(form, books, sale, terms, (party, account)))
    return Built({key: value for key, value in document.items() if value not in (None, "")}, entry)


def _party(form: Form, books: Books, body: Json) -> Json | None:
    """The customer; only cash forms may go without."""
    ref = body.get("CustomerRef")
    return required(books, "Customer", ref, "CustomerRef") if form.owed else optional(books, "Customer", ref)


def _account(form: Form, books: Books, body: Json, terms: Terms) -> str:
    """The account a cash form moves; a refund must name its own."""
    if form.owed:
        return ""
    ref = body.get("DepositToAccountRef")
    if form is REFUND_RECEIPT and not ref:
        raise missing("DepositToAccountRef")
    return deposit_account(books, ref, terms)


def _dates(form: Form, body: Json, dated: date) -> Json:
    due = body.get("DueDate") or (dated + timedelta(days=DUE_DAYS)).isoformat()
    return {"TxnDate": dated.isoformat(), **({"DueDate": due} if form is INVOICE else {})}


def _sums(books: Books, sale: Sale, terms: Terms, mode: str) -> Json:
    home = {"HomeTotalAmt": terms.at_home(sale.total)} if books.multicurrency else {}
    taxed: Json = {"GlobalTaxCalculation": None, "TxnTaxDetail": None}
    if books.taxed:
        taxed = {"GlobalTaxCalculation": mode, "TxnTaxDetail": summary(sale.taxes)}
    return {"Line": list(sale.lines), "TotalAmt": sale.total, **home, **taxed}


def _addresses(form: Form, body: Json, party: Json | None) -> Json:
    """What QuickBooks fills in by itself."""
    address = body.get("BillAddr") or (party or {}).get("BillAddr")
    return {
        "ApplyTaxAfterDiscount": body.get("ApplyTaxAfterDiscount") or False,
        "PrintStatus": body.get("PrintStatus") or "NeedToPrint",
        "EmailStatus": body.get("EmailStatus") or "NotSet",
        **({"BillAddr": address} if address else {}),
        **({name: body.get(name) or False for name in ONLINE} if form is INVOICE else {}),
    }


def _check_settled(books: Books, draft: Draft, total: Decimal, party: Json | None) -> None:
    """A form that payments have settled keeps its customer, and at least what they settled."""
    paid, _home = books.links.settled(draft.key)
    if not paid or draft.before is None or party is None:
        return
    if draft.before["CustomerRef"]["value"] != party["Id"]:
        raise cannot_link()
    if total < paid:
        raise business("The amount of the transaction is less than what has been applied to it.")


def _postings(
    form: Form, books: Books, sale: Sale, terms: Terms, ends: tuple[Json | None, str]
) -> tuple[Posting, ...]:
    """Customer or bank on one side; income, discount and tax payable on the other."""
    party, account = ends
    total = sale.total
    main = owed(books, str(party["Id"]), terms, total) if form.owed and party else None
    postings = [main or debit(books, account, terms, total)]
    postings += [debit(books, one.account, terms, -one.net) for one in sale.sold]
    if sale.discount:
        postings.append(debit(books, sale.discount.account, terms, sale.discount.amount))
    postings += [_tax_owed(books, terms, one) for one in sale.taxes]
    signed = postings if form.sign > 0 else [one.reversed() for one in postings]
    return squared(books, terms, signed)


def _tax_owed(books: Books, terms: Terms, one: TaxLine) -> Posting:
    """What one rate makes payable to its agency; its return asks for it rate by rate."""
    return replace(debit(books, _payable(books, one.rate.agency), terms, -one.amount), rate=one.rate.id)


def _payable(books: Books, agency: str) -> str:
    document = books.find("TaxAgency", agency)
    account = (document or {}).get("TaxTrackedOnSalesAccountRef")
    return str(account["value"]) if account else by_subtype(books, "GlobalTaxPayable")


def open_amount(books: Books, document: Json, kind: str) -> tuple[Decimal, Decimal]:
    """What of an invoice or credit memo isn't settled yet, in its currency and at home."""
    paid, paid_home = books.links.settled((kind, str(document["Id"])))
    total, home = totals(document)
    return total - paid, home - paid_home if total != paid else ZERO


def totals(document: Json) -> tuple[Decimal, Decimal]:
    """What a document comes to, in its currency and at home."""
    total: Decimal = document["TotalAmt"]
    home: Decimal = document.get("HomeTotalAmt", total)
    return total, home
