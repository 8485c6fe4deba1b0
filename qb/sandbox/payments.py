"""Payments received: what they settle, what is left over, and where the money went (Intuit: Payment)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qb.sandbox.books import Books, Built, Draft
from qb.sandbox.currency import (
    Terms,
    check_receivable,
    currency_fields,
    debit,
    deposit_account,
    owed,
    squared,
    terms_of,
)
from qb.sandbox.ledger import Entry, Posting
from qb.sandbox.links import Link
from qb.sandbox.money import ZERO, cents
from qb.sandbox.period import date_of
from qb.sandbox.refs import optional, required
from qb.sandbox.refusals import (
    RefusedError,
    bad_choice,
    business,
    cannot_link,
    missing,
    one_foreign_currency,
    too_long,
)
from qb.sandbox.sales import open_amount, totals
from qb.sandbox.wire import Json

LINKABLE = ("Invoice", "CreditMemo")
ELSEWHERE = ("JournalEntry", "Expense", "Check", "CreditCardCredit")


@dataclass(frozen=True, slots=True)
class Applied:
    """A line of a payment: how much of which document; a credit memo adds to what may be applied."""

    document: Json
    kind: str
    amount: Decimal

    @property
    def sign(self) -> int:
        """-1 for a credit."""
        return 1 if self.kind == "Invoice" else -1


def build_payment(books: Books, draft: Draft) -> Built:
    """The payment as QuickBooks would keep it, with its entry and links. Raises RefusedError."""
    body = draft.body
    if body.get("TotalAmt") is None:
        raise missing("TotalAmt")
    customer = required(books, "Customer", body.get("CustomerRef"), "CustomerRef")
    _check_reference(books, body)
    terms = terms_of(books, draft, customer)
    check_receivable(books, body.get("ARAccountRef"), terms)
    total = cents(body["TotalAmt"])
    if total < 0:
        raise business("Transaction amount must be 0 or greater.")
    applied = _applied(books, draft, customer, terms, total)
    unapplied = total - sum((one.sign * one.amount for one in applied), ZERO)
    if unapplied < 0:
        raise business(books.switches.over_applied_detail)
    account = deposit_account(books, body.get("DepositToAccountRef"), terms)
    optional(books, "PaymentMethod", body.get("PaymentMethodRef"))
    dated = date_of(books, draft)
    links = tuple(_link(books, draft, one) for one in applied)
    document = {
        **{key: value for key, value in body.items() if value not in (None, "")},
        **currency_fields(books, terms),
        "TxnDate": dated.isoformat(),
        "TotalAmt": total,
        "UnappliedAmt": unapplied,
        "DepositToAccountRef": {"value": account},
        "ProcessPayment": body.get("ProcessPayment") or False,
        "Line": [_line(books, one) for one in applied],
    }
    postings = [debit(books, account, terms, total), *_receivables(books, customer, terms, applied, links)]
    postings.append(owed(books, str(customer["Id"]), terms, -unapplied))
    entry = Entry("Payment", draft.id, dated, squared(books, terms, postings))
    return Built(document, entry, links)


def _check_reference(books: Books, body: Json) -> None:
    limit = books.switches.payment_reference_limit
    text = body.get("PaymentRefNum") or ""
    if len(text) > limit:
        raise RefusedError(too_long("PaymentRefNum", limit, len(text)))


def _applied(books: Books, draft: Draft, customer: Json, terms: Terms, total: Decimal) -> tuple[Applied, ...]:
    """What the payment's lines settle; where a new one has none, what AutoApplyPayments makes it settle."""
    lines = draft.body.get("Line") or []
    automatic = draft.before is None and books.prefers("SalesFormsPrefs", "AutoApplyPayments")
    if not lines and automatic:
        return _oldest_first(books, customer, total)
    found = tuple(_read_line(books, line, customer, terms) for line in lines)
    _check_open(books, draft, found)
    return found


def _read_line(books: Books, line: Json, customer: Json, terms: Terms) -> Applied:
    """One line. Raises 2020, 620 for a document that can't be linked, 6000 for another currency."""
    if line.get("Amount") is None:
        raise missing("Amount")
    linked = line.get("LinkedTxn") or []
    if len(linked) != 1:
        raise cannot_link()
    kind = linked[0].get("TxnType") or ""
    if kind not in (*LINKABLE, *ELSEWHERE):
        raise RefusedError(bad_choice("TxnType", kind))
    document = books.find(kind, linked[0].get("TxnId") or "")
    if document is None or not _same_customer(books, document, customer):
        raise cannot_link()
    if books.currency_of(document) != terms.currency:
        raise one_foreign_currency()
    amount = cents(line["Amount"])
    if amount <= 0:
        raise business("The amount of each line must be greater than zero.")
    return Applied(document, kind, amount)


def _same_customer(books: Books, document: Json, customer: Json) -> bool:
    """A payment settles what its customer, or a customer under it, owes."""
    owner = str(document["CustomerRef"]["value"])
    if owner == customer["Id"]:
        return True
    child = books.find("Customer", owner) or {}
    return bool((child.get("ParentRef") or {}).get("value") == customer["Id"])


def _check_open(books: Books, draft: Draft, applied: Sequence[Applied]) -> None:
    """Nothing may be settled by more than it still owes."""
    for one in applied:
        key = (one.kind, str(one.document["Id"]))
        paid, _home = books.links.settled(key, but=draft.key)
        wanted = sum((two.amount for two in applied if two.document is one.document), ZERO)
        if wanted > one.document["TotalAmt"] - paid:
            raise business(books.switches.over_balance_detail)


def _oldest_first(books: Books, customer: Json, total: Decimal) -> tuple[Applied, ...]:
    """The open invoices of a customer, oldest first, as far as the money goes."""
    mine = [one for one in books.all("Invoice") if one["CustomerRef"]["value"] == customer["Id"]]
    found: list[Applied] = []
    left = total
    for invoice in sorted(mine, key=lambda one: str(one["TxnDate"])):
        amount = min(left, open_amount(books, invoice, "Invoice")[0])
        if amount > 0:
            found.append(Applied(invoice, "Invoice", amount))
            left -= amount
    return tuple(found)


def _link(books: Books, draft: Draft, one: Applied) -> Link:
    """The link, worth what the settled document's own rate says; the last payment takes the last cent."""
    key = (one.kind, str(one.document["Id"]))
    paid, paid_home = books.links.settled(key, but=draft.key)
    total, home = totals(one.document)
    if paid + one.amount == total:
        return Link(key, one.amount, home - paid_home)
    return Link(key, one.amount, cents(one.amount * one.document.get("ExchangeRate", 1)))


def _receivables(
    books: Books, customer: Json, terms: Terms, applied: Sequence[Applied], links: Sequence[Link]
) -> list[Posting]:
    """What the lines take from (credits: give back to) the receivable account."""
    postings = []
    for one, link in zip(applied, links, strict=True):
        owner = str((one.document.get("CustomerRef") or {"value": customer["Id"]})["value"])
        postings.append(owed(books, owner, terms, -one.sign * one.amount, -one.sign * link.home))
    return postings


def _line(books: Books, one: Applied) -> Json:
    """A line as QuickBooks gives it back, with what it says beside (seen in every real reply)."""
    identity = str(one.document["Id"])
    open_now = open_amount(books, one.document, one.kind)[0]
    facts = {
        "txnId": identity,
        "txnOpenBalance": f"{open_now}",
        "txnReferenceNumber": str(one.document.get("DocNumber", "")),
    }
    named = [
        {
            "name": "{http://schema.intuit.com/finance/v3}NameValue",
            "declaredType": "com.intuit.schema.finance.v3.NameValue",
            "scope": "javax.xml.bind.JAXBElement$GlobalScope",
            "value": {"Name": name, "Value": value},
            "nil": False,
            "globalScope": True,
            "typeSubstituted": False,
        }
        for name, value in facts.items()
    ]
    return {
        "Amount": one.amount,
        "LinkedTxn": [{"TxnId": identity, "TxnType": one.kind}],
        "LineEx": {"any": named},
    }


def without(document: Json, key: tuple[str, str]) -> list[Json]:
    """A payment's lines but those that settle `key`."""
    return [
        line
        for line in document.get("Line", [])
        if (line["LinkedTxn"][0]["TxnType"], line["LinkedTxn"][0]["TxnId"]) != key
    ]
