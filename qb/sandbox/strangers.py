"""What people, bank feeds and other programs enter into the books, as a test or the demo likes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qb.sandbox.books import Books, Draft
from qb.sandbox.kinds import KINDS
from qb.sandbox.wire import Json


@dataclass(frozen=True, slots=True)
class Stranger:
    """An Invoice, SalesReceipt, Payment or Deposit of a customer (by name; a Deposit may be nobody's).

    ``amount`` is in home currency, without tax. ``pays`` is the id of the invoice that a Payment is applied
    to. Money goes into ``account``.
    """

    kind: str
    customer: str
    amount: Decimal
    dated: date
    number: str = ""
    account: str = "Chequing"
    pays: str = ""
    note: str = ""


def enter(books: Books, stranger: Stranger) -> str:
    """Enter it by the rules that a client meets, too; gives its id. Raises RefusedError."""
    kind = KINDS[stranger.kind]
    body = {key: value for key, value in _body(books, stranger).items() if value}
    draft = Draft(stranger.kind, books.next_id(kind.series), body, None, frozenset(body))
    books.commit(draft, kind.build(books, draft), kind.series)
    return str(draft.id)


def _body(books: Books, stranger: Stranger) -> Json:
    common: Json = {"TxnDate": stranger.dated.isoformat(), "PrivateNote": stranger.note}
    if books.multicurrency:
        common["CurrencyRef"] = {"value": books.home}
    into = {"DepositToAccountRef": _ref(books, "Account", stranger.account)}
    whose = {"CustomerRef": _ref(books, "Customer", stranger.customer)} if stranger.customer else {}
    match stranger.kind:
        case "Payment":
            return {**common, **into, **whose, "TotalAmt": stranger.amount, "Line": _applied(stranger)}
        case "Deposit":
            return {**common, **into, "Line": [_deposited(books, stranger)]}
        case "SalesReceipt":
            return {**common, **into, **whose, **_sale(books, stranger)}
        case _:
            return {**common, **whose, **_sale(books, stranger)}


def _sale(books: Books, stranger: Stranger) -> Json:
    detail = {"ItemRef": _ref(books, "Item", "Consultation"), "TaxCodeRef": _ref(books, "TaxCode", "Exempt")}
    line = {
        "DetailType": "SalesItemLineDetail",
        "Amount": stranger.amount,
        "SalesItemLineDetail": detail,
    }
    return {"DocNumber": stranger.number, "GlobalTaxCalculation": "TaxExcluded", "Line": [line]}


def _applied(stranger: Stranger) -> list[Json]:
    linked = [{"TxnId": stranger.pays, "TxnType": "Invoice"}]
    return [{"Amount": stranger.amount, "LinkedTxn": linked}] if stranger.pays else []


def _deposited(books: Books, stranger: Stranger) -> Json:
    detail: Json = {"AccountRef": _ref(books, "Account", "Professional Fees")}
    if stranger.customer:
        named = _ref(books, "Customer", stranger.customer)
        detail["Entity"] = {**named, "name": stranger.customer, "type": "CUSTOMER"}
    return {"DetailType": "DepositLineDetail", "Amount": stranger.amount, "DepositLineDetail": detail}


def _ref(books: Books, kind: str, name: str) -> Json:
    """The thing of that name; KeyError where there is none."""
    for one in books.all(kind):
        if name in {one.get("Name"), one.get("DisplayName")}:
            return {"value": str(one["Id"])}
    raise KeyError(f"{kind} {name}")
