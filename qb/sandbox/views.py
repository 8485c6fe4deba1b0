"""How a document looks to a client: balances and links from the books, names beside references."""

from collections.abc import Mapping
from decimal import Decimal

from qb.sandbox.books import Books
from qb.sandbox.money import ZERO
from qb.sandbox.refs import bare, named
from qb.sandbox.sales import open_amount
from qb.sandbox.wire import Json, amount, plain

MONEY = frozenset(
    {
        "Amount",
        "TotalAmt",
        "HomeTotalAmt",
        "Balance",
        "HomeBalance",
        "BalanceWithJobs",
        "UnappliedAmt",
        "TotalTax",
        "NetAmountTaxable",
        "TaxInclusiveAmt",
        "CurrentBalance",
        "CurrentBalanceWithSubAccounts",
        "RemainingCredit",
    }
)
NAMED = {
    "CustomerRef": "Customer",
    "ItemRef": "Item",
    "IncomeAccountRef": "Account",
    "AccountRef": "Account",
    "DiscountAccountRef": "Account",
    "ParentRef": "Customer",
}
ON_RECEIPTS = {"DepositToAccountRef": "Account", "PaymentMethodRef": "PaymentMethod"}
NAMED_IN: Mapping[str, Mapping[str, str]] = {
    "SalesReceipt": ON_RECEIPTS,
    "RefundReceipt": ON_RECEIPTS,
    "Deposit": ON_RECEIPTS,
    "TaxCode": {"TaxRateRef": "TaxRate"},
}
BARE = frozenset({"TaxCodeRef", "TaxRateRef", "DepositToAccountRef", "PaymentMethodRef", "SalesTermRef"})


def view_owed(kind: str, books: Books, document: Json) -> Json:
    """An invoice or credit memo with what is still open and by what it was settled."""
    left, left_home = open_amount(books, document, kind)
    home = {"HomeBalance": left_home} if books.multicurrency else {}
    sources = books.links.to((kind, str(document["Id"])), "Payment")
    linked = [{"TxnId": identity, "TxnType": source} for source, identity in sources]
    credit = {"RemainingCredit": left} if kind == "CreditMemo" else {}
    return {**document, "LinkedTxn": linked, "Balance": left, **home, **credit}


def view_receipt(kind: str, books: Books, document: Json) -> Json:
    """A sales or refund receipt: nothing is ever open, and money may have moved to a deposit."""
    home = {"HomeBalance": ZERO} if books.multicurrency else {}
    return {**document, **_deposits(books, kind, document), "Balance": ZERO, **home}


def view_payment(books: Books, document: Json) -> Json:
    """A payment, with the deposit it went into."""
    return {**document, **_deposits(books, "Payment", document)}


def _deposits(books: Books, kind: str, document: Json) -> Json:
    sources = books.links.to((kind, str(document["Id"])), "Deposit")
    linked = [{"TxnId": identity, "TxnType": source} for source, identity in sources]
    return {"LinkedTxn": linked} if linked else {}


def styled(books: Books, kind: str, document: Json) -> Json:
    """The document in QuickBooks' dress: names, number style, domain and sparse."""
    names = {**NAMED, **NAMED_IN.get(kind, {})}
    dressed = _dressed(books, names, document)
    return {"domain": "QBO", "sparse": False, **dressed}


def _dressed(books: Books, names: Mapping[str, str], document: Json) -> Json:
    return {key: _value(books, names, key, value) for key, value in document.items() if value is not None}


def _value(books: Books, names: Mapping[str, str], key: str, value: object) -> object:
    match value:
        case Decimal():
            return amount(value) if key in MONEY else plain(value)
        case list():
            return [_value(books, names, key, one) for one in value]
        case dict() if key in names and set(value) <= {"value", "name", "type"}:
            return named(books, names[key], value)
        case dict() if key in BARE:
            return bare(value)
        case dict():
            return _dressed(books, names, value)
    return value
