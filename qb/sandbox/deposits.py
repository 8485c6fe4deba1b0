"""Bank deposits: money that waited in Undeposited Funds, and other money, put into a bank account."""

from decimal import Decimal

from qb.sandbox.books import Books, Built, Draft
from qb.sandbox.currency import Terms, by_subtype, currency_fields, debit, squared, terms_of
from qb.sandbox.ledger import Entry, Posting
from qb.sandbox.links import Link
from qb.sandbox.money import ZERO, cents
from qb.sandbox.period import date_of
from qb.sandbox.refs import optional, required
from qb.sandbox.refusals import business, cannot_link, missing, one_foreign_currency
from qb.sandbox.wire import Json

MOVABLE = ("Payment", "SalesReceipt")


def build_deposit(books: Books, draft: Draft) -> Built:
    """The deposit with its entry and links. Raises RefusedError."""
    body = draft.body
    if not body.get("Line"):
        raise missing("Line")
    bank = required(books, "Account", body.get("DepositToAccountRef"), "DepositToAccountRef")
    if bank["AccountType"] not in {"Bank", "Other Current Asset"}:
        raise business("Select a bank account to deposit to.")
    terms = terms_of(books, draft, None)
    if books.currency_of(bank) not in {books.home, terms.currency}:
        raise one_foreign_currency()
    parts = [_part(books, draft, line, terms) for line in body["Line"]]
    total = sum((amount for amount, _posting, _link in parts), ZERO)
    dated = date_of(books, draft)
    postings = [debit(books, str(bank["Id"]), terms, total), *(posting for _amount, posting, _link in parts)]
    links = tuple(link for _amount, _posting, link in parts if link)
    home = {"HomeTotalAmt": terms.at_home(total)} if books.multicurrency else {}
    document = {
        **{key: value for key, value in body.items() if value not in (None, "")},
        **currency_fields(books, terms),
        **home,
        "TxnDate": dated.isoformat(),
        "TotalAmt": total,
        "Line": [_line(line, place) for place, line in enumerate(body["Line"], 1)],
    }
    return Built(document, Entry("Deposit", draft.id, dated, squared(books, terms, postings)), links)


def _part(books: Books, draft: Draft, line: Json, terms: Terms) -> tuple[Decimal, Posting, Link | None]:
    linked = line.get("LinkedTxn") or []
    if linked:
        return _moved(books, draft, linked[0], terms)
    if line.get("Amount") is None:
        raise missing("Amount")
    detail = line.get("DepositLineDetail") or {}
    account = required(books, "Account", detail.get("AccountRef"), "AccountRef")
    optional(books, "PaymentMethod", detail.get("PaymentMethodRef"))
    amount = cents(line["Amount"])
    return amount, debit(books, str(account["Id"]), terms, -amount), None


def _moved(books: Books, draft: Draft, linked: Json, terms: Terms) -> tuple[Decimal, Posting, Link]:
    """One payment out of Undeposited Funds, at what it was booked for there."""
    key = (str(linked.get("TxnType")), str(linked.get("TxnId")))
    document = books.find(*key) if key[0] in MOVABLE else None
    funds = by_subtype(books, "UndepositedFunds")
    if document is None or document["DepositToAccountRef"]["value"] != funds:
        raise cannot_link()
    if any(source != draft.key for source in books.links.to(key, "Deposit")):
        raise cannot_link("The transaction has been deposited already")
    if books.currency_of(document) != terms.currency:
        raise one_foreign_currency()
    amount: Decimal = document["TotalAmt"]
    entry = books.ledger.entry(*key)
    waiting = sum((one.home for one in entry.postings if one.account == funds), ZERO) if entry else ZERO
    return amount, Posting(funds, books.home, -waiting, -waiting), Link(key, amount, waiting)


def _line(line: Json, place: int) -> Json:
    kept = {key: value for key, value in line.items() if value is not None}
    return kept if line.get("LinkedTxn") else {**kept, "Id": str(place), "LineNum": place}
