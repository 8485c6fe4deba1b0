"""Journal entries made by hand: debits that equal credits."""

from decimal import Decimal

from qb.sandbox.books import Books, Built, Draft
from qb.sandbox.currency import Terms, currency_fields, debit, owed, squared, terms_of
from qb.sandbox.ledger import Entry, Posting
from qb.sandbox.money import ZERO, cents
from qb.sandbox.period import date_of
from qb.sandbox.refs import required
from qb.sandbox.refusals import business, missing
from qb.sandbox.wire import Json


def build_journal(books: Books, draft: Draft) -> Built:
    """The journal entry. Raises 6000 where debits aren't credits."""
    body = draft.body
    if not body.get("Line"):
        raise missing("Line")
    terms = terms_of(books, draft, None)
    sides = [_side(line) for line in body["Line"]]
    if sum(sides, ZERO):
        raise business("You must have the same amount in debits and credits.")
    dated = date_of(books, draft)
    postings = [_posting(books, line, terms, side) for line, side in zip(body["Line"], sides, strict=True)]
    document = {
        **{key: value for key, value in body.items() if value not in (None, "")},
        **currency_fields(books, terms),
        "TxnDate": dated.isoformat(),
        "Adjustment": body.get("Adjustment") or False,
        "TotalAmt": sum((side for side in sides if side > 0), ZERO),
        "Line": [{**line, "Id": str(place)} for place, line in enumerate(body["Line"])],
    }
    return Built(document, Entry("JournalEntry", draft.id, dated, squared(books, terms, postings)))


def _side(line: Json) -> Decimal:
    if line.get("Amount") is None:
        raise missing("Amount")
    detail = line.get("JournalEntryLineDetail") or {}
    if not detail.get("PostingType"):
        raise missing("PostingType")
    return cents(line["Amount"]) if detail["PostingType"] == "Debit" else -cents(line["Amount"])


def _posting(books: Books, line: Json, terms: Terms, side: Decimal) -> Posting:
    detail = line["JournalEntryLineDetail"]
    account = required(books, "Account", detail.get("AccountRef"), "AccountRef")
    if account["AccountType"] != "Accounts Receivable":
        return debit(books, str(account["Id"]), terms, side)
    entity = (detail.get("Entity") or {}).get("EntityRef")
    if not entity:
        raise business("When you use Accounts Receivable, you must choose a customer in the Name field.")
    customer = required(books, "Customer", entity, "EntityRef")
    return owed(books, str(customer["Id"]), terms, side)
